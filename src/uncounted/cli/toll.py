"""``uncounted toll`` and ``uncounted why``: a range with its policy, and the way down to the words."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncounted.cli.common import answer, case_option, json_option, open_case

if TYPE_CHECKING:
    from uncounted.model.incidents import TollCell
    from uncounted.stages.toll.cells import By

BY: tuple["By", ...] = ("month", "place", "actor", "group", "harm", "incident")

policy_option = click.option("--policy", default=None, help="The rules by name [default: the case's, else literal].")
as_of_option = click.option(
    "--as-of", metavar="WHEN", help="The case as it stood then: a date, a time or an entry number."
)


@click.command()
@case_option
@click.option("--by", "parts", type=click.Choice(BY), multiple=True, help="Break the toll down (repeatable).")
@policy_option
@as_of_option
@json_option
def toll(folder: Path, parts: tuple[str, ...], policy: str | None, as_of: str | None, as_json: bool) -> None:
    """Add up the accepted claims under a named policy: ranges, never confidence intervals."""
    from uncounted.case import telling

    with open_case(folder) as case:
        now, rules = telling.standing(case, as_of), telling.policy_of(case, policy, as_of)
        cells = telling.cells(now, rules, [part for part in BY if part in parts])
        known = telling.tolls_of(now, rules)
        stated = () if parts else telling.stated_totals(now, rules, known)
        told = () if parts else telling.beside(telling.graded(now, rules, known), rules, known)
    if as_json:
        answer(cells + told + stated)
        return
    if not cells:
        click.echo("no accepted claim of an incident gives a figure yet; next: uncounted review, uncounted match")
    for cell in cells:
        click.echo(line(cell))
    if told:
        click.echo("\nbeside the toll, not in it:")
    for cell in told:
        click.echo(line(cell))
    if stated:
        click.echo("\ntotals that sources state, not added to the incidents:")
    for cell in stated:
        click.echo(line(cell))


def line(cell: "TollCell") -> str:
    """One cell as one line."""
    from uncounted.stages.toll.ranges import said

    labels = [value for key, value in cell.cell.items() if key not in ("harm", "group")]
    name = " · ".join([f"{cell.cell['group']} {cell.cell['harm']}", *labels])
    rests = f"{len(cell.incidents)} incidents, " if cell.incidents else ""
    share = cell.share_alone if cell.incidents else None
    alone = "" if share is None else f", {share:.0%} on one origin alone"
    best = "" if cell.best is None else f"best {cell.best}   "
    return (
        f"{name:44} {said(cell.low, cell.high):>14}   {best}{rests}{cell.origins} origins, "
        f"{len(cell.claims)} claims{alone}   [{cell.policy}]"
    )


@click.command()
@click.argument("cell")
@case_option
@policy_option
@as_of_option
def why(cell: str, folder: Path, policy: str | None, as_of: str | None) -> None:
    """Print what a figure rests on, down to the passages.

    CELL is KEY=VALUE, several joined by commas as the toll prints them ("harm=killed,month=2025-03"), or the id of an
    incident or a claim.
    """
    from uncounted.case import telling
    from uncounted.stages.toll.why import render

    with open_case(folder) as case:
        now, rules = telling.standing(case, as_of), telling.policy_of(case, policy, as_of)
        for found in telling.find_cells(now, rules, cell):
            click.echo(render(telling.why(now, rules, found)))
