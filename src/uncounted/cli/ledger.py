"""``uncounted verify`` and ``uncounted rebuild``: is it unbroken, and do the views follow from facts?"""

from pathlib import Path

import click

from uncounted.cli.common import bar, case_option, open_case


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path())
@click.option("--key", type=click.Path(path_type=Path), help="Also check that sealed values open to their commitments.")
def verify(path: Path, key: Path | None) -> None:
    """Check a case or an exported bundle, byte by byte; exit 1 names the first thing that is broken."""
    from uncounted.ledger.sealed import read_keys
    from uncounted.ledger.verify import verify_case

    with open_case(path) as case, bar() as told:
        found = verify_case(
            case.ledger,
            case.objects,
            keys=read_keys(key) if key else (),
            progress=lambda done, whole: told("verify", done / max(whole, 1)),
        )
    click.echo(
        f"unbroken: {found.entries} entries, {found.objects} objects, {found.passages} passages; root {found.root}"
    )


@click.command()
@case_option
def rebuild(folder: Path) -> None:
    """Drop the views and fold them again from facts alone."""
    with open_case(folder) as case:
        before = case.views.dump()
        case.views.rebuild()
        same = before == case.views.dump()
    click.echo(f"views rebuilt from {'the same facts, unchanged' if same else 'facts; they differed and are mended'}")
