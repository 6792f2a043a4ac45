"""``uncounted export``: the release in the forms that others read."""

from pathlib import Path

import click

from uncounted.cli.common import answer, case_option, json_option, open_case
from uncounted.cli.toll import as_of_option, policy_option


@click.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@click.option("--as", "formats", multiple=True, metavar="FORMAT", help="Which form; repeatable [default: all].")
@case_option
@policy_option
@as_of_option
@json_option
def export(
    target: Path, formats: tuple[str, ...], folder: Path, policy: str | None, as_of: str | None, as_json: bool
) -> None:
    """Write the accepted claims and incidents into TARGET: package, xlsx, parquet, geojson, jsonld, ftm, hxl, ged,
    acled, airwars. Every row carries the ids of its incident, claims and reports.
    """
    from uncounted.case import telling
    from uncounted.stages.publish.formats import FORMATS
    from uncounted.stages.publish.formats import export as write

    with open_case(folder) as case:
        dossier = telling.dossier(case, telling.policy_of(case, policy), as_of)
    written = write(dossier, target, formats or FORMATS)
    if as_json:
        answer([str(path) for path in written])
    else:
        for path in written:
            click.echo(f"wrote {path}")
