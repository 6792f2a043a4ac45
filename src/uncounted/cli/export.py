"""``uncounted export``: the release in the forms that others read, or an imported table as it stands."""

from pathlib import Path

import click

from uncounted.cli.common import answer, case_option, json_option, open_case
from uncounted.cli.toll import as_of_option, policy_option
from uncounted.model.errors import BadInput


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--as", "formats", multiple=True, metavar="FORMAT", help="Which form; repeatable [default: all].")
@click.option("--table", metavar="NAME", help="Write this imported table back into the file TARGET, .xlsx or .csv.")
@case_option
@policy_option
@as_of_option
@json_option
def export(
    target: Path,
    formats: tuple[str, ...],
    table: str | None,
    folder: Path,
    policy: str | None,
    as_of: str | None,
    as_json: bool,
) -> None:
    """Write the accepted claims and incidents into TARGET: package, xlsx, parquet, geojson, jsonld, ftm, hxl, ged,
    acled, airwars. Every row carries the ids of its incident, claims and reports.

    With --table it is one imported table that is written, with its own columns and strings, as its updates left it.
    """
    if table is not None:
        _table(folder, table, target, as_json=as_json)
        return
    from uncounted.case import telling
    from uncounted.stages.publish.formats import FORMATS
    from uncounted.stages.publish.formats import export as write

    if target.is_file():
        raise BadInput(str(target), "it is a file, and an export is a folder", "Name a folder")
    with open_case(folder) as case:
        dossier = telling.dossier(case, telling.policy_of(case, policy), as_of)
    written = write(dossier, target, formats or FORMATS)
    if as_json:
        answer([str(path) for path in written])
    else:
        for path in written:
            click.echo(f"wrote {path}")


def _table(folder: Path, table: str, target: Path, *, as_json: bool) -> None:
    from uncounted.case import exporting

    with open_case(folder) as case:
        number = exporting.write_table(case, table, target)
    if as_json:
        answer({"file": str(target), "rows": number})
    else:
        click.echo(f"wrote {number:,} rows into {target}")
