"""``uncounted correction`` and ``uncounted overlap``: what outsiders ask to be set right; totals added once."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncounted.cli.common import acting, answer, by_option, case_option, json_option, open_case

if TYPE_CHECKING:
    from uncounted.model.corrections import Verdict


@click.group()
def correction() -> None:
    """Take in requests for correction by form, and decide them: by name, with a public note."""


@correction.command("form")
def form() -> None:
    """Print the form, to be handed out with a release."""
    from uncounted.case.corrections import blank

    click.echo(blank(), nl=False)


@correction.command("add")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@case_option
@by_option
@json_option
def add_request(file: Path, folder: Path, by: str | None, as_json: bool) -> None:
    """Take in a filled form; who asks is kept under seal."""
    from uncounted.case import corrections

    with open_case(folder) as case:
        asked = corrections.ask(case, file, acting(by))
    if as_json:
        answer(asked)
    else:
        click.echo(f"{asked.id}: {asked.reason}, about {asked.about}")


@correction.command("list")
@case_option
@json_option
def list_requests(folder: Path, as_json: bool) -> None:
    """List the requests, those that wait first."""
    with open_case(folder) as case:
        found = case.views.corrections()
    if as_json:
        answer(found)
        return
    for one in sorted(found, key=lambda one: one.verdict is not None):
        decided = f"{one.verdict} by {one.by}: {one.note}" if one.verdict else "waits"
        words = " ".join(one.said.split()) or "(the words are under seal)"
        click.echo(f"{one.id}  {one.reason:14} {one.about}  {decided}\n    {words}")


@correction.command("decide")
@click.argument("request")
@click.argument("verdict", type=click.Choice(["accepted", "partly", "declined"]))
@case_option
@by_option
@click.option("--note", required=True, help="What the public is told.")
@click.option("--reject", multiple=True, metavar="CLAIM", help="Take this claim out of the count (repeatable).")
@click.option("--entry", "entries", multiple=True, type=int, help="A judgement that carries this out (repeatable).")
def decide(
    request: str,
    verdict: "Verdict",
    folder: Path,
    by: str | None,
    note: str,
    reject: tuple[str, ...],
    entries: tuple[int, ...],
) -> None:
    """Decide REQUEST. The note is published beside the figures that change because of it."""
    from uncounted.case import corrections

    with open_case(folder) as case:
        entry = corrections.decide(case, request, verdict, acting(by), note, reject=reject, entries=entries)
    click.echo(f"recorded as entry {entry.number}", err=True)


@click.command()
@click.argument("total")
@click.argument("low", type=int)
@click.argument("high", type=int)
@case_option
@by_option
@click.option("--incident", "incidents", multiple=True, required=True, help="An incident that holds them (repeatable).")
@click.option("--reason", required=True, help="How you know.")
def overlap(
    total: str, low: int, high: int, folder: Path, by: str | None, incidents: tuple[str, ...], reason: str
) -> None:
    """State that LOW to HIGH of the dead of TOTAL (the claim of a period's total) are in known incidents already.

    What is left of the total is then told, alone and together with the incidents; neither figure is changed by it.
    """
    from uncounted.case import corrections

    with open_case(folder) as case:
        entry = corrections.overlap(case, total, incidents, (low, high), by=acting(by), reason=reason)
    click.echo(f"recorded as entry {entry.number}", err=True)
