"""``uncounted diff``: why figures changed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncounted.cli.common import answer, bar, case_option, json_option, open_case

if TYPE_CHECKING:
    from uncounted.case.changes import Changed, Figure


@click.command()
@click.argument("before")
@click.argument("after")
@case_option
@json_option
def diff(before: str, after: str, folder: Path, as_json: bool) -> None:
    """Say why figures changed between BEFORE and AFTER: releases (a folder or a name), dates or numbers of entries.

    Every figure that differs is led from what it was to what it is, step by step, each with its cause and its entries
    in the ledger.
    """
    from uncounted.case import changes

    with open_case(folder) as case, bar() as told:
        found = changes.diff(
            case,
            changes.state(case, before),
            changes.state(case, after),
            progress=lambda done, whole: told("tell again", done / max(whole, 1)),
        )
    if as_json:
        answer(found)
        return
    for one in found.changed:
        click.echo("\n".join(lines(one)))
    click.echo(f"{len(found.changed)} figures changed, {found.unchanged} did not")


def lines(one: "Changed") -> list[str]:
    """A changed figure and its steps, a line each."""
    labels = [value for key, value in one.cell.items() if key not in ("harm", "group")]
    name = " · ".join([f"{one.cell['group']} {one.cell['harm']}", *labels])
    steps = [
        f"   {step.cause}: {_said(step.before)} → {_said(step.after)}   {step.words}"
        f"{' – ' + ', '.join(step.by) if step.by else ''}"
        for step in one.steps
    ]
    return [f"{name}: {_said(one.before)} → {_said(one.after)}", *steps]


def _said(figure: "Figure | None") -> str:
    from uncounted.stages.toll.ranges import said

    return "not there" if figure is None else said(*figure)
