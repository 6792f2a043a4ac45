"""Read and locate the captures of a case. Each reading is a fact; a newer reader adds, never overwrites."""

import time
from collections.abc import Callable, Iterator
from typing import Protocol

import msgspec

from uncounted.case.case import Case
from uncounted.case.consent import barred
from uncounted.model.claims import Claim, Document
from uncounted.model.errors import Refused, UncountedError
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent, AnyFact, ClaimsLocated, ClaimsRead, Whereabouts
from uncounted.model.identity import named_in_case

BATCH = 20
AT_LEAST_EVERY = 2.0
"""Seconds after which what was read is kept, full batch or not: a slow reader's work is not lost."""
GIVE_UP = 3
"""So many reports in a row that a reader could not read, and the rest is left unread."""

Locate = Callable[[Document, tuple[Claim, ...]], tuple[Whereabouts, ...]]


class Reading(Protocol):
    """A reader, as far as a case needs one."""

    @property
    def name(self) -> str:
        """Name and version."""
        ...

    def read(self, document: Document) -> tuple[Claim, ...]:
        """The claims of a document."""
        ...


class WasRead(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one capture: how many claims, or why it could not be read."""

    capture: Capture
    claims: int = 0
    fault: str | None = None


def unread(case: Case, reader: Reading) -> list[Capture]:
    """The captures with text that this reader has not read yet, without those that must not be given to it.

    A report whose analysis was refused is given to no reader, here or elsewhere.

    Rows of figures that were imported have their claims already; a reader would only read them twice.
    """
    kept_back = withheld(case, reader) | barred(case.views, "analyse")
    return [
        capture
        for capture in case.views.captures()
        if capture.text
        and not (capture.extractor or "").startswith("figures-")
        and capture.id not in kept_back
        and not case.views.was_read(capture.id, capture.text, reader.name)
    ]


class KeptBack(Refused):
    """A report that must not be read, or not by this reader."""


def withheld(case: Case, reader: Reading) -> frozenset[str]:
    """The captures of which anything is or was under seal, and those of the same text, for a reader that sends text
    away from this machine."""
    if sends_to(reader) is None:
        return frozenset()
    sealed = {field.sealed.subject for field in case.views.sealed()}
    captures = case.views.captures()
    texts = {capture.text for capture in captures if capture.id in sealed and capture.text}
    return frozenset(capture.id for capture in captures if capture.id in sealed or capture.text in texts)


def sends_to(reader: Reading) -> str | None:
    """The host that a reader sends the text of reports to; ``None`` when it stays on this machine."""
    host: str | None = getattr(reader, "sends_to", None)
    return host


def document(case: Case, capture: Capture) -> Document:
    """A capture as a reader is given it."""
    return Document(
        id=capture.id,
        text=case.text(capture.id),
        published=capture.published,
        language=capture.language,
        publisher=capture.publisher,
    )


def read(case: Case, reader: Reading, locator: str, locate: Locate) -> Iterator[WasRead]:
    """Read what is unread; yields what became of each capture once that is safe on disk.

    A capture that the reader cannot read stays unread; after :data:`GIVE_UP` of them in a row the rest is left.
    """
    with case.writing("read reports"):
        facts: list[tuple[Agent, AnyFact]] = []
        done: list[WasRead] = []
        failed, kept = 0, time.monotonic()
        for capture in unread(case, reader):
            given = document(case, capture)
            try:
                claims = named_in_case(reader.read(given))
                failed = 0
            except UncountedError as fault:
                done.append(WasRead(capture=capture, fault=str(fault)))
                failed += 1
                if failed == GIVE_UP:
                    break
                continue
            facts.append(
                (
                    Agent("machine", reader.name),
                    ClaimsRead(capture=capture.id, text=str(capture.text), reader=reader.name, claims=claims),
                )
            )
            if claims:
                found = locate(given, claims)
                located = ClaimsLocated(capture=capture.id, locator=locator, found=found)
                facts.append((Agent("machine", locator), located))
            done.append(WasRead(capture=capture, claims=len(claims)))
            if len(done) >= BATCH or time.monotonic() > kept + AT_LEAST_EVERY:
                case.record_together(facts)
                yield from done
                facts, done, kept = [], [], time.monotonic()
        case.record_together(facts)
        yield from done


def read_one(case: Case, capture: str, reader: Reading, locator: str, locate: Locate) -> int:
    """Read one capture, unless this reader read it before; returns how many claims that found.

    ``KeptBack`` where whoever gave the report did not allow that it is analysed, or it may not be sent where the reader
    sends it.
    The right to write is held only while what was found is recorded, so that people go on judging meanwhile.
    """
    taken = case.views.capture(capture)
    if capture in barred(case.views, "analyse"):
        rule = "whoever gave it does not allow that it is analysed, so it is not read"
        raise KeptBack(f"capture {capture}", rule, "Ask for consent, then state it: uncounted consent")
    if capture in withheld(case, reader):
        rule = f"it is or was under seal, and the reader {reader.name} sends text away from this machine"
        raise KeptBack(f"capture {capture}", rule, "Use a reader that stays on this machine")
    if not taken.text or case.views.was_read(capture, taken.text, reader.name):
        return 0
    given = document(case, taken)
    claims = named_in_case(reader.read(given))
    read_fact = ClaimsRead(capture=capture, text=taken.text, reader=reader.name, claims=claims)
    facts: list[tuple[Agent, AnyFact]] = [(Agent("machine", reader.name), read_fact)]
    if claims:
        located = ClaimsLocated(capture=capture, locator=locator, found=locate(given, claims))
        facts.append((Agent("machine", locator), located))
    with case.writing("read a report"):
        case.record_together(facts)
    return len(claims)


def relocate(case: Case, locator: str, locate: Locate) -> Iterator[tuple[Capture, int]]:
    """Look up places and dates again of what waits for review; yields each capture with how many claims changed.

    For a list of places that grew after reading. What a person judged keeps the place that they saw.
    """
    with case.writing("locate again"):
        for capture in case.views.captures():
            waiting = tuple(one.claim for one in case.views.claims("proposed", capture.id))
            if not waiting:
                continue
            found = locate(document(case, capture), waiting)
            fresh = tuple(
                where
                for claim, where in zip(waiting, found, strict=True)
                if (where.place and where.place != claim.place) or (where.time and where.time != claim.time)
            )
            if fresh:
                case.record(Agent("machine", locator), ClaimsLocated(capture=capture.id, locator=locator, found=fresh))
            yield capture, len(fresh)
