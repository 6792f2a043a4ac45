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
    device_key,
    json_option,
    open_case,
    progress,
    publication_options,
)
from uncounted.model.errors import BadInput
from uncounted.model.facts import Agent

if TYPE_CHECKING:
    from uncounted.case import Case
    from uncounted.case.intake import Outcome
    from uncounted.stages.capture import Fault, Options, Taken

TOLD = {"added": "added", "same_text": "added, same text as {like}", "known": "already here as {like}"}


@click.command()
@click.argument("reports", nargs=-1)
@case_option
@by_option
@publication_options
@click.option("--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column of a CSV holds a field.")
@click.option("--day-first/--month-first", default=None, help="How a chat export writes its dates.")
@click.option("--encoding", help="The charset of the files, where it can't be told from them.")
@click.option("--limit", type=int, default=50, show_default=True, metavar="MB", help="The largest file that is taken.")
@click.option(
    "--browser/--plain",
    "browser",
    default=None,
    help="Visit addresses with a browser, or fetch them plainly [default: a browser where there is one].",
)
@click.option("--video", is_flag=True, help="Also fetch the videos of addresses that a browser visits (yt-dlp).")
@click.option("--watch", "feed", metavar="FEED", help="Follow a feed or sitemap, and its pages' changes.")
@click.option("--every", type=float, default=30, show_default=True, metavar="MINUTES", help="How often --watch looks.")
@click.option("--once", is_flag=True, help="Let --watch look once and stop.")
@click.option("--delay", type=float, default=5, show_default=True, metavar="SECONDS", help="Between two requests.")
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
    browser: bool | None,
    video: bool,
    feed: str | None,
    every: float,
    once: bool,
    delay: float,
    as_json: bool,
) -> None:
    """Preserve REPORTS: files, folders, mailboxes, chat exports, CSV tables, pictures, http(s) addresses.

    Original bytes are kept, a working text is taken, duplicates are named. Adding again adds nothing. What can't be
    taken is named with the reason, the rest goes in, and the exit status is 2.

    An address is visited with a browser where there is one: the page with all it was made from, its picture, its PDF
    and how it was collected are kept as one WACZ file. Fetching tells the site, and whoever runs the network, that
    somebody here wants that page.

    With --watch what a feed announces is preserved before it vanishes, and looked at again after an hour, six hours, a
    day, three days, a week and every month: a changed or deleted page becomes a capture that follows the old one, with
    the difference. It asks politely (robots.txt, one request at a time) and goes on where it stopped. The site can see
    that somebody here follows it.
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
        browser="auto" if browser is None else "always" if browser else "never",
        video=video,
        collector=device_key(),
    )
    if bool(reports) == bool(feed):
        raise click.UsageError("name reports to add, or a feed to --watch")
    outcomes = []
    with open_case(folder) as case:
        agent = Agent("person", acting(by))
        if feed:
            coming = _watched(case, feed, options, agent, None if once else every, delay)
        else:
            coming = intake.add(case, progress(_found(reports, options), "add"), agent)
        for outcome in coming:
            outcomes.append(outcome)
            _tell(outcome, quiet=as_json)
    if as_json:
        answer(outcomes)
    if any(outcome.kind == "fault" for outcome in outcomes):
        sys.exit(BadInput.exit_status)


def _watched(
    case: "Case", feed: str, options: "Options", agent: Agent, every: float | None, delay: float
) -> "Iterator[Outcome]":
    """Look at a feed, again and again until Ctrl-C unless ``every`` is ``None``."""
    import time

    from uncounted.case.watching import Watch
    from uncounted.model.errors import UncountedError
    from uncounted.stages.capture.polite import Polite

    click.echo(f"watching {feed}: the site, and whoever runs the network, can see it. Stop with Ctrl-C", err=True)
    watch = Watch(case, feed, options, Polite(options, delay=delay))
    try:
        while True:
            try:
                yield from watch.look(agent)
            except UncountedError as fault:
                if every is None:
                    raise
                click.echo(f"not reached this time: {fault}", err=True)
            if every is None:
                return
            time.sleep(every * 60)
    except KeyboardInterrupt:
        click.echo("stopped; the same command goes on from here", err=True)


def _tell(outcome: "Outcome", *, quiet: bool) -> None:
    """Say what became of one report, once it is safe on disk; faults go to standard error."""
    if outcome.kind == "fault":
        click.echo(f"not taken: {outcome.said}", err=True)
    elif not quiet and outcome.capture:
        part = f" ({outcome.capture.part})" if outcome.capture.part else ""
        click.echo(f"{outcome.capture.id}  {outcome.name}{part}: {TOLD[outcome.kind].format(like=outcome.like)}")
        if outcome.capture.follows:
            click.echo(f"               {outcome.capture.change}; it follows {outcome.capture.follows}")
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
