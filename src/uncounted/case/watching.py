"""Watch a feed: what it announces is preserved before it vanishes, and looked at again for changes.

Where it stands is kept in the case's folder after every item, so that a watch that is stopped goes on where it was.
That file is no evidence: what is lost with it is looked at again, and nothing is added twice.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from uncounted.case import intake
from uncounted.case.case import Case
from uncounted.case.intake import Outcome
from uncounted.ledger.objects import sync_folder
from uncounted.model.errors import BadInput, NotFound, UncountedError
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent
from uncounted.model.identity import digest
from uncounted.stages.capture import Fault, Options, Taken
from uncounted.stages.capture.again import looked_again
from uncounted.stages.capture.feed import Feed, read_feed
from uncounted.stages.capture.found import found
from uncounted.stages.capture.polite import Polite, Wait, usable_feed

AGAIN = (3_600.0, 21_600.0, 86_400.0, 259_200.0, 604_800.0, 2_592_000.0)
"""Seconds after which an item is looked at again: an hour, six, a day, three, a week, then every thirty days."""

FEEDS = 50
"""Feeds of one index that are followed in one pass."""


class Watched(msgspec.Struct, kw_only=True):
    """One item: when it was first seen and last looked at (seconds since 1970), how often, and its last capture."""

    first: float
    looked: float = 0.0
    times: int = 0
    capture: str | None = None
    failed: str = ""


class Progress(msgspec.Struct, kw_only=True):
    """Where the watch of one feed stands. ``etag`` and ``modified`` let the server say that nothing is new.

    ``named`` are the feeds that a page or an index named when it was last read: those may have news when it has none.
    """

    feed: str
    etag: dict[str, str] = {}
    modified: dict[str, str] = {}
    named: dict[str, tuple[str, ...]] = {}
    items: dict[str, Watched] = {}
    rest: dict[str, float] = {}
    """Hosts that asked to be left alone, and until when."""


class Watch:
    """The watch of one feed in one case. ``clock`` gives seconds since 1970."""

    def __init__(
        self,
        case: Case,
        feed: str,
        options: Options,
        polite: Polite,
        clock: Callable[[], float] = lambda: datetime.now(UTC).timestamp(),
    ) -> None:
        self.case, self.feed, self.options, self.polite, self.clock = case, feed, options, polite, clock
        self._file = case.folder / "watching" / f"{digest(feed.encode())[:16]}.json"
        self.progress = _read(self._file, feed)

    def look(self, by: Agent) -> Iterator[Outcome]:
        """One pass: new items are preserved, and those whose time has come are looked at again.

        A feed that cannot be asked now is a fault and keeps nothing else from being looked at; at the very first pass,
        where there is nothing else, it is raised.
        """
        yield from self._asked(self.feed, FEEDS)
        for url in self._due():
            if self._resting(url):
                continue
            yield from self._looked(url, by)
            self._keep()
        self._keep()

    def _asked(self, feed: str, left: int) -> Iterator[Outcome]:
        """Ask a feed and those that it names, ``left`` of them at most; yields what could not be asked."""
        try:
            if self._resting(feed):
                raise Wait(feed, self.progress.rest[_host(feed)] - self.clock())
            further = self._announced(feed)
        except Wait as fault:
            self._rests(feed, fault)
            yield Outcome(kind="fault", name=feed, said=str(fault))
            return
        except UncountedError as fault:
            if feed == self.feed and not self.progress.items:
                raise
            yield Outcome(kind="fault", name=feed, said=str(fault))
            return
        for one in further[: max(0, left)]:
            if one != feed:
                yield from self._asked(one, left - len(further))

    def _announced(self, feed: str) -> tuple[str, ...]:
        """Note what a feed announces; returns the feeds that it names."""
        conditions = (("If-None-Match", self.progress.etag), ("If-Modified-Since", self.progress.modified))
        known = feed in self.progress.named  # else what it names would be lost with an answer that nothing is new
        asked = tuple((name, kept[feed]) for name, kept in conditions if known and feed in kept)
        page = usable_feed(self.polite.ask(feed, asked))
        if page.status == 304:
            return self.progress.named.get(feed, ())
        read: Feed = read_feed(page.url, page.body, self.options.limit)
        for item in read.items:
            self.progress.items.setdefault(item.url, Watched(first=self.clock()))
        self.progress.named[feed] = read.feeds
        for header, kept in (("etag", self.progress.etag), ("last-modified", self.progress.modified)):
            if value := page.header(header):
                kept[feed] = value
            else:
                kept.pop(feed, None)
        self._keep()
        return read.feeds

    def _due(self) -> list[str]:
        """The items to look at now: new ones first, in the feed's order, then the longest overdue."""
        new = [url for url, item in self.progress.items.items() if not item.times]
        now, old = self.clock(), []
        for url, item in self.progress.items.items():
            wait = AGAIN[min(item.times, len(AGAIN)) - 1]
            if item.times and item.looked + wait <= now:
                old.append((item.looked + wait, url))
        return new + [url for _, url in sorted(old)]

    def _looked(self, url: str, by: Agent) -> Iterator[Outcome]:
        item = self.progress.items[url]
        try:
            self.polite.turn(url)
            before = self._before(url, item)
            taken = self._new(url) if before is None else self._again(before)
            item.failed = ""
        except Wait as fault:
            self._rests(url, fault)
            return
        except UncountedError as fault:
            item.failed, taken = str(fault), None
            yield Outcome(kind="fault", name=url, said=str(fault))
        item.looked, item.times = self.clock(), item.times + 1
        for outcome in intake.add(self.case, [taken] if taken else [], by):
            item.capture = outcome.capture.id if outcome.capture else item.capture
            yield outcome

    def _before(self, url: str, item: Watched) -> Capture | None:
        """The last capture of an item: as noted, else as the case itself holds it."""
        if item.capture:
            try:
                return self.case.views.capture(item.capture)
            except NotFound:
                item.capture = None
        held = [capture for capture in self.case.views.captures() if capture.url == url]
        return held[-1] if held else None

    def _new(self, url: str) -> Taken:
        for one in found(url, self.options):
            if isinstance(one, Fault):
                raise one.error
            return one
        raise BadInput(url, "nothing was found there")

    def _again(self, before: Capture) -> Taken | None:
        url = str(before.url)
        words = self._words(before)
        return looked_again(before, words, lambda: self._new(url), lambda: self.polite.ask(url), self.options)

    def _words(self, before: Capture) -> str:
        """The text that the address had when it last had one."""
        while before.text is None and before.follows:
            before = self.case.views.capture(before.follows)
        return self.case.text(before.id)

    def _resting(self, url: str) -> bool:
        """Whether its server asked to be left alone until later."""
        return self.progress.rest.get(_host(url), 0) > self.clock()

    def _rests(self, url: str, fault: Wait) -> None:
        self.progress.rest[_host(url)] = self.clock() + fault.seconds

    def _keep(self) -> None:
        self._file.parent.mkdir(exist_ok=True)
        scratch = self._file.with_suffix(f".{os.getpid()}")
        with scratch.open("wb") as stream:
            stream.write(msgspec.json.encode(self.progress))
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(self._file)
        sync_folder(self._file.parent)


def _read(file: Path, feed: str) -> Progress:
    """Where a watch stands; from the start when the file is missing or damaged."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Progress)
    except (OSError, msgspec.MsgspecError):
        return Progress(feed=feed)
    return found if found.feed == feed else Progress(feed=feed)


def _host(url: str) -> str:
    return url.split("/", 3)[2]
