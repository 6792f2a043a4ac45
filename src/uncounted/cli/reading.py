"""The case-bound half of ``uncounted read``: read and locate what no reader of this version has read."""

from pathlib import Path

import click
import msgspec

from uncounted.cli.common import bar, open_case, progress
from uncounted.stages.read.options import Asked, ReaderOptions
from uncounted.stages.read.options import reader as find_reader
from uncounted.stages.read.protocol import Reader


class Spent:
    """What was asked of a model: tokens, seconds, and the faults that were left after asking twice."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def told(self, one: Asked) -> None:
        """Hear of one question; a fault that a second answer still has is told at once."""
        self.asked.append(one)
        if one.attempt > 1:
            for fault in one.faults:
                click.echo(f"uncounted: {one.document}: {fault}", err=True)

    def show(self) -> None:
        """Say what it came to; nothing where no model was asked."""
        if not self.asked:
            return
        again = sum(one.attempt > 1 for one in self.asked)
        tokens = sum(one.asked for one in self.asked), sum(one.answered for one in self.asked)
        seconds = sum(one.seconds for one in self.asked)
        click.echo(
            f"asked {len(self.asked)} times ({again} of them again): {tokens[0]:,} tokens sent, {tokens[1]:,} received,"
            f" {seconds:.1f} s",
            err=True,
        )


def warn(reader: Reader, what: str) -> None:
    """Say plainly what leaves the machine, and for where; nothing for a reader that asks nobody."""
    from uncounted.case.reading import sends_to

    host = sends_to(reader)
    if host is not None:
        click.echo(f"the whole text of {what} leaves this machine for {host}, read by {reader.name}", err=True)
    elif reader.name.startswith("llm:"):
        click.echo(f"{reader.name} answers on this machine: nothing leaves it by way of uncounted", err=True)


def made(name: str, options: ReaderOptions, what: str) -> Reader:
    """The reader of that name, with the word on what leaves the machine said."""
    reader = find_reader(name, options)
    warn(reader, what)
    return reader


def read_case(folder: Path, name: str, options: ReaderOptions, spent: Spent) -> None:
    """Read and locate the unread captures of a case; each reading is a fact, and judged claims stay as judged."""
    from uncounted.case import consent, learning, reading
    from uncounted.stages.locate.attach import LOCATOR, locate
    from uncounted.stages.locate.gazetteer import open_gazetteer

    with open_case(folder) as case:
        reader = find_reader(name, msgspec.structs.replace(options, changes=learning.changes(case)))
        kept_back = reading.withheld(case, reader)
        if kept_back:
            click.echo(f"{len(kept_back)} reports with something under seal stay on this machine, unread", err=True)
        refused = consent.barred(case.views, "analyse") & {capture.id for capture in case.views.captures()}
        if refused:
            click.echo(f"{len(refused)} reports are not read: consent to analyse them was refused", err=True)
        waiting = reading.unread(case, reader)
        if not waiting:
            click.echo(f"nothing to read: {reader.name} has read every report that has a text", err=True)
            return
        warn(reader, f"{len(waiting)} reports")
        with bar() as told:
            gazetteer = open_gazetteer(case.folder / "gazetteer.csv", told)
        read = reading.read(case, reader, LOCATOR, lambda document, claims: locate(document, claims, gazetteer))
        done = list(progress(read, "read", total=len(waiting)))
        proposed = case.views.counts()["proposed"]
    failed = [one for one in done if one.fault]
    for one in failed:
        click.echo(f"uncounted: {one.capture.name} ({one.capture.id}): {one.fault}", err=True)
    spent.show()
    found = sum(one.claims for one in done)
    left = f", {len(waiting) - len(done) + len(failed)} stay unread" if failed else ""
    click.echo(
        f"read {len(done) - len(failed)} reports, {found} claims{left}; {proposed} wait for review: uncounted review",
        err=True,
    )
    if failed:
        raise click.exceptions.Exit(1)


def learn_case(folder: Path, by: str, reason: str, *, forget: bool) -> None:
    """Let the case's reader learn from review, or forget it; say what changed and what it is worth."""
    from uncounted.case import learning
    from uncounted.stages.read.scorer import changed

    with open_case(folder) as case:
        if forget:
            learning.forget(case, by, reason)
            click.echo("the reader goes back to the shipped weights; read again with: uncounted read", err=True)
            return
        found = learning.learn(case, by, reason)
    click.echo(
        f"learned from {found.judgements} judgements of {found.reports} reports: {found.held} held as read, "
        f"{found.judgements - found.held} did not"
    )
    click.echo(
        f"on reports left out: log loss {found.before:.3f} before, {found.after:.3f} after (gain {found.gain:.3f}); "
        f"pairs in the right order {found.ranked[0]:.1%} before, {found.ranked[1]:.1%} after"
    )
    for name, value in changed(found.changes):
        click.echo(f"  {name:24} {value:+.2f}")
    click.echo("read again with: uncounted read; take it back with: uncounted read --forget", err=True)


def explain_claim(folder: Path, name: str) -> None:
    """Say what made one claim of a case: its words, tokens, rule, features, runners-up and chain."""
    from uncounted.case import learning

    with open_case(folder) as case:
        click.echo(learning.explained(case, name))


def locate_case(folder: Path) -> None:
    """Look up places and dates again of the claims that wait for review, after the case's list of places grew."""
    from uncounted.case import reading
    from uncounted.stages.locate.attach import LOCATOR, locate
    from uncounted.stages.locate.gazetteer import open_gazetteer

    with open_case(folder) as case:
        with bar() as told:
            gazetteer = open_gazetteer(case.folder / "gazetteer.csv", told)
        done = reading.relocate(case, LOCATOR, lambda document, claims: locate(document, claims, gazetteer))
        changed = [number for _, number in progress(done, "locate", total=len(case.views.captures()))]
    click.echo(f"looked at {len(changed)} reports; {sum(changed)} claims have another place or date", err=True)
