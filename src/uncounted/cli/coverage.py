"""``uncounted coverage``: who reported what, and what rests on how little."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncounted.cli.common import answer, case_option, json_option, open_case
from uncounted.cli.toll import as_of_option, policy_option

if TYPE_CHECKING:
    from uncounted.model.coverage import Coverage
    from uncounted.stages.coverage import Difference


@click.command()
@case_option
@policy_option
@as_of_option
@click.option(
    "--only", metavar="SET", help="Only the incidents of a set: KEY=VALUE,… (place, within, actor, from, to)."
)
@click.option("--compare", nargs=2, metavar="SET SET", help="Two sets of incidents beside each other.")
@json_option
def coverage(
    folder: Path,
    policy: str | None,
    as_of: str | None,
    only: str | None,
    compare: tuple[str, str] | None,
    as_json: bool,
) -> None:
    """Say who reported what: articles, outlets and origins beside the toll, with 95 % intervals from drawing anew.

    It describes the reports at hand. What nobody reported is not in it.
    """
    from uncounted.case import covering

    with open_case(folder) as case:
        if compare:
            found = covering.compared(case, *compare, policy, as_of)
            if as_json:
                answer(found)
            else:
                _differences(found, *compare)
            return
        covered = covering.coverage(case, policy, as_of, only)
    if as_json:
        answer(covered)
    else:
        _told(covered)


def _told(covered: "Coverage") -> None:
    for one in covered.measures:
        if one.value is None:
            click.echo(f"{one.name:44} not known")
            continue
        within = "" if one.low is None or one.high is None else f"  ({one.low:.2f} to {one.high:.2f})"
        click.echo(f"{one.name:44} {one.value:8.2f}{within}  over {one.number} {one.of}")
    if covered.outlets:
        click.echo("\nreports  incidents  by nobody else  publisher")
    for outlet in covered.outlets[:20]:
        click.echo(f"{outlet.reports:7} {outlet.incidents:10} {outlet.alone:15}  {outlet.name or 'not known'}")
    if covered.hedges:
        click.echo("\nput in doubt  claims  who speaks")
    for hedge in covered.hedges:
        click.echo(f"{hedge.hedged:12} {hedge.of:7}  {hedge.kind}")


def _differences(found: "tuple[Difference, ...]", left: str, right: str) -> None:
    click.echo(f"{left}  against  {right}; the difference with its 95 % interval, of these two sets alone")
    for one in found:
        if one.left is None or one.right is None:
            click.echo(f"{one.name:44} not known in both sets")
            continue
        within = "" if one.low is None or one.high is None else f"  ({one.low:+.2f} to {one.high:+.2f})"
        click.echo(f"{one.name:44} {one.left:8.2f} {one.right:8.2f} {one.difference:+8.2f}{within}")
