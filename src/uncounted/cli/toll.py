"""``uncounted toll`` and ``uncounted why``: a range with its policy, and the way down to the words."""

from pathlib import Path

import click

from uncounted.cli.common import answer, bounds, case_option, json_option, open_case

BY = ("month", "place", "actor", "group", "harm", "incident")

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
        cells = telling.toll(telling.standing(case, as_of), parts, policy)
    if as_json:
        answer(cells)
        return
    if not cells:
        click.echo("no accepted claim gives a figure yet; next: uncounted review")
    for cell in cells:
        name = " · ".join(f"{value}" for value in cell.cell.values()) or "all"
        click.echo(
            f"{name:44} {bounds(cell.low, cell.high):>14}   {len(cell.incidents)} incidents, "
            f"{cell.origins} origins, {len(cell.claims)} claims   [{cell.policy}]"
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

    with open_case(folder) as case:
        click.echo(telling.why(telling.standing(case, as_of), cell, policy))
