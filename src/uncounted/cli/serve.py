"""``uncounted serve``: the review desk in the browser, on this machine alone."""

from pathlib import Path

import click

from uncounted.cli.common import acting, by_option, case_option, open_case


@click.command()
@case_option
@by_option
@click.option("--port", type=int, default=8733, show_default=True, help="0 takes any free port.")
@click.option("--open/--no-open", "show", default=True, help="Open it in the browser.")
@click.option("--host", "hosts", multiple=True, metavar="NAME", help="A name under which a proxy here passes on.")
@click.option(
    "--idle", type=click.FloatRange(min=1), default=30, show_default=True, metavar="MINUTES",
    help="Who leaves the desk for so long must come in again.",
)  # fmt: skip
@click.option("--minutes", type=float, help="Stop after so many minutes [default: on Ctrl-C].")
def serve(
    folder: Path, by: str | None, port: int, show: bool, hosts: tuple[str, ...], idle: float, minutes: float | None
) -> None:
    """Open the review desk on 127.0.0.1; nobody else on the network can reach it.

    While the case has no accounts it is yours: the address that is printed works once. On the page People you choose a
    password and invite others; from then on everybody signs in, through a tunnel or a proxy with TLS on this machine.
    """
    from uncounted.case.desk import CaseDesk
    from uncounted.web.serving import run

    with open_case(folder) as case:
        run(CaseDesk(case), acting(by), port=port, show=show, minutes=minutes, hosts=hosts, idle=idle)
