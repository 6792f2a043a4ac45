"""``uncounted serve``: the review desk in the browser, on this machine alone."""

from pathlib import Path

import click

from uncounted.cli.common import acting, by_option, case_option, open_case


@click.command()
@case_option
@by_option
@click.option("--port", type=int, default=8733, show_default=True, help="0 takes any free port.")
@click.option("--open/--no-open", "show", default=True, help="Open it in the browser.")
@click.option("--site", type=click.Path(path_type=Path), help="Also show this published site, under /site/.")
@click.option("--minutes", type=float, help="Stop after so many minutes [default: on Ctrl-C].")
def serve(folder: Path, by: str | None, port: int, show: bool, site: Path | None, minutes: float | None) -> None:
    """Open the review desk on 127.0.0.1; nobody else on the network can reach it."""
    from uncounted.case.desk import CaseDesk
    from uncounted.web.serving import run

    with open_case(folder) as case:
        run(CaseDesk(case), acting(by), port=port, show=show, site=site, minutes=minutes)
