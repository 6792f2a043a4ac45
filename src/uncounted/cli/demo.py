"""``uncounted demo``: a case from invented reports, from the first file to the published site."""

import subprocess
import sys
import time
from pathlib import Path

import click

from uncounted.model.errors import Refused


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"))
@click.option("--serve/--no-serve", default=True, help="Open the review desk and the site on this machine at the end.")
@click.option("--port", type=int, default=8733, show_default=True, help="0 takes any free port.")
@click.option("--open/--no-open", "show", default=True, help="Open them in the browser.")
def demo(folder: Path, serve: bool, port: int, show: bool) -> None:
    """Build the demonstration's case in FOLDER [default: demo] from invented reports, and print its toll.

    Everything in it is made up. A folder that is there already is shown as it stands.
    """
    from uncounted.case import Case, telling
    from uncounted.cli.toll import line
    from uncounted.demo.build import REVIEWER, SITE, build

    if not (folder / "ledger.sqlite").exists():
        build(folder, lambda said: click.echo(said, err=True))
    with Case(folder) as case:
        now, rules = telling.standing(case), telling.policy_of(case, None)
        click.echo("The toll of the demonstration (all invented), a bound and not a confidence interval:\n")
        for cell in telling.cells(now, rules):
            click.echo(line(cell))
        click.echo("\ntotals that sources state, not added to the incidents:")
        for cell in telling.stated_totals(now, rules):
            click.echo(line(cell))
        click.echo(
            f"\nwhy: uncounted why --case {folder} harm=killed,group=people\nsite: {folder / SITE / 'index.html'}"
        )
        if serve and sys.stdin.isatty():
            from uncounted.case.desk import CaseDesk
            from uncounted.web.serving import run

            run(CaseDesk(case), REVIEWER, port=port, show=show)
    if serve and not sys.stdin.isatty():
        click.echo(_in_background(folder, port, REVIEWER))


def _in_background(folder: Path, port: int, reviewer: str) -> str:
    """Serve for an hour without a terminal, where nobody could press Ctrl-C; say where, and how to stop it."""
    log = folder.with_name(folder.name + ".log")
    command = [
        sys.executable, "-c", "from uncounted.cli import main; main()", "serve", "--case", str(folder),
        "--by", reviewer, "--port", str(port), "--no-open", "--minutes", "60",
    ]  # fmt: skip
    with log.open("w") as stream:
        serving = subprocess.Popen(  # noqa: S603 -- this program itself, with its own arguments
            command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, start_new_session=True
        )
    until = time.monotonic() + 20
    while "Ctrl-C" not in log.read_text():
        if serving.poll() is not None or time.monotonic() > until:
            serving.kill()
            raise Refused(
                "the review desk", log.read_text().strip() or "it did not start", "Give --no-serve or --port 0"
            )
        time.sleep(0.1)
    said = log.read_text().replace("stop it with Ctrl-C", f"for an hour; stop it with: kill {serving.pid}")
    return said.strip()
