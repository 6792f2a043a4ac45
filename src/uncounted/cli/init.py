"""``uncounted init``: make a case."""

from pathlib import Path

import click

from uncounted.cli.common import acting, by_option


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", required=True, help="What the case is about, for its pages.")
@click.option("--invented", is_flag=True, help="Mark every page: all in this case is made up.")
@by_option
def init(folder: Path, title: str, invented: bool, by: str | None) -> None:
    """Make an empty case in FOLDER."""
    from uncounted.case import Case
    from uncounted.model.facts import Agent

    Case.create(folder, title, Agent("person", acting(by)), invented=invented).close()
    click.echo(f"made a case in {folder}; next: uncounted add --case {folder} REPORTS…", err=True)
