"""``uncounted verify`` and ``uncounted rebuild``: is it unbroken, and do the views follow from facts?"""

from pathlib import Path

import click

from uncounted.cli.common import case_option, open_case


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path())
def verify(path: Path) -> None:
    """Check a case or an exported bundle, byte by byte; exit 1 names the first thing that is broken."""
    from uncounted.ledger import verify_path

    click.echo(verify_path(path))


@click.command()
@case_option
def rebuild(folder: Path) -> None:
    """Drop the views and fold them again from facts alone."""
    with open_case(folder) as case:
        before = case.views.dump()
        case.views.rebuild()
        same = before == case.views.dump()
    click.echo(f"views rebuilt from {'the same facts, unchanged' if same else 'facts; they differed and are mended'}")
