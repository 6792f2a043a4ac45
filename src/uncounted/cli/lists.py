"""``uncounted list``: victim lists in versions."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncounted.cli.common import acting, answer, by_option, case_option, json_option, open_case
from uncounted.model.errors import BadInput
from uncounted.model.facts import Agent

if TYPE_CHECKING:
    from uncounted.stages.assess.versions import Changed


@click.group("list")
def lists() -> None:
    """Keep victim lists: each version whole, the newest current, what changed between two told."""


@lists.command("add")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--name", required=True, help="What the list is called in this case, like ministry.")
@click.option("--version", "when", metavar="WHEN", help="The list's own date: 2025-03-31.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column holds a field.")
@case_option
@by_option
@json_option
def add_list(
    file: Path, name: str, when: str | None, columns: tuple[str, ...], folder: Path, by: str | None, as_json: bool
) -> None:
    """Preserve FILE (CSV with id and name, and any of sex, age, birth_date, death_date, place) as one version.

    Adding the same file again adds nothing. What a later version no longer holds stays in the earlier ones.
    """
    from uncounted.case import lists as deeds

    mapped = {}
    for column in columns:
        field, equals, held = column.partition("=")
        if not equals:
            raise BadInput(f"--column {column}", "a column is named as FIELD=COLUMN", "Like --column name=full_name.")
        mapped[field] = held
    with open_case(folder) as case:
        made = deeds.add(case, file, Agent("person", acting(by)), name=name, version=when, columns=mapped)
    if as_json:
        answer(made)
    else:
        click.echo(f"{made.list} {made.version or ''}: {made.entries} entries")


@lists.command("show")
@case_option
@json_option
def show(folder: Path, as_json: bool) -> None:
    """Name the lists of the case and their versions."""
    from uncounted.case import lists as deeds

    with open_case(folder) as case:
        found = deeds.versions(case)
    if as_json:
        answer(found)
        return
    for one in found:
        click.echo(f"{one.list:24} {one.version or 'without a date':20} {one.entries:>8} entries   {one.by}")


@lists.command("compare")
@click.argument("name")
@click.argument("before", required=False)
@click.argument("after", required=False)
@case_option
@json_option
def compare(name: str, before: str | None, after: str | None, folder: Path, as_json: bool) -> None:
    """Tell what changed in list NAME between versions BEFORE and AFTER [default: the two newest].

    That an entry is gone says that the list's keeper took it out, not that the death did not happen.
    """
    from uncounted.case import lists as deeds

    with open_case(folder) as case:
        found = deeds.compare(case, name, before, after)
    if as_json:
        answer(found)
        return
    for change in found.changes:
        click.echo(_line(change))
    kinds = [change.kind for change in found.changes]
    told = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    click.echo(f"{found.same} entries are the same{'; ' + told if told else ''}")


def _line(change: "Changed") -> str:
    fields = "; ".join(
        f"{field}: {was or '(nothing)'} → {now or '(nothing)'}" for field, (was, now) in change.fields.items()
    )
    more = " – ".join(part for part in (fields, change.why) if part)
    return f"{change.kind:10} {change.id}  {change.name}{'  ' + more if more else ''}"
