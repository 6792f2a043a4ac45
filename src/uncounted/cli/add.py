"""``uncounted add``: preserve reports."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncounted.cli.common import (
    acting,
    answer,
    by_option,
    case_option,
    json_option,
    open_case,
    progress,
    publication_options,
)
from uncounted.model.errors import BadInput
from uncounted.model.facts import Agent

if TYPE_CHECKING:
    from uncounted.case.intake import Outcome
    from uncounted.stages.capture import Fault, Options, Taken

TOLD = {"added": "added", "same_text": "added, same text as {like}", "known": "already here as {like}"}


@click.command()
@click.argument("reports", nargs=-1, required=True)
@case_option
@by_option
@publication_options
@click.option("--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column of a CSV holds a field.")
@click.option("--day-first/--month-first", default=None, help="How a chat export writes its dates.")
@click.option("--encoding", help="The charset of the files, where it can't be told from them.")
@click.option("--limit", type=int, default=50, show_default=True, metavar="MB", help="The largest file that is taken.")
@json_option
def add(
    reports: tuple[str, ...],
    folder: Path,
    by: str | None,
    publisher: str | None,
    author: str | None,
    published: str | None,
    language: str | None,
    columns: tuple[str, ...],
    day_first: bool | None,
    encoding: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Preserve REPORTS: files, folders, mailboxes, chat exports, CSV tables, http(s) addresses.

    Original bytes are kept, a working text is taken, duplicates are named. Adding again adds nothing. What can't be
    taken is named with the reason, the rest goes in, and the exit status is 2.
    """
    from uncounted.case import intake
    from uncounted.stages.capture import Options

    options = Options(
        publisher=publisher,
        author=author,
        published=published,
        language=language,
        columns=dict(_pair(column) for column in columns),
        day_first=day_first,
        encoding=encoding,
        limit=limit * 1_000_000,
    )
    outcomes = []
    with open_case(folder) as case:
        agent = Agent("person", acting(by))
        for outcome in intake.add(case, progress(_found(reports, options), "add"), agent):
            outcomes.append(outcome)
            _tell(outcome, quiet=as_json)
    if as_json:
        answer(outcomes)
    if any(outcome.kind == "fault" for outcome in outcomes):
        sys.exit(BadInput.exit_status)


def _tell(outcome: "Outcome", *, quiet: bool) -> None:
    """Say what became of one report, once it is safe on disk; faults go to standard error."""
    if outcome.kind == "fault":
        click.echo(f"not taken: {outcome.said}", err=True)
    elif not quiet and outcome.capture:
        part = f" ({outcome.capture.part})" if outcome.capture.part else ""
        click.echo(f"{outcome.capture.id}  {outcome.name}{part}: {TOLD[outcome.kind].format(like=outcome.like)}")
        for partly in outcome.capture.partial:
            click.echo(f"               only in part: {partly}")
        for note in outcome.notes:
            click.echo(f"               note: {note}")


def _pair(column: str) -> tuple[str, str]:
    field, equals, name = column.partition("=")
    if not equals:
        raise BadInput(f"--column {column}", "a column is named as FIELD=COLUMN", "Like --column text=Description.")
    return field, name


def _found(reports: tuple[str, ...], options: "Options") -> "Iterator[Taken | Fault]":
    from uncounted.model.errors import UncountedError
    from uncounted.stages.capture import Fault, found

    for report in reports:
        try:
            yield from found(report, options)
        except UncountedError as fault:
            yield Fault(path=report, error=fault)
