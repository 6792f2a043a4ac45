"""How things stand, from all that was said of each. Pure functions over a subject's events in order of entries."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec

from uncounted.ledger.views.events import Compared, Event, Located, Reading, Withdrawn
from uncounted.model.claims import Claim, Place, Time
from uncounted.model.evidence import Capture, Sealed
from uncounted.model.facts import (
    CaptureDescribed,
    CaptureTaken,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    FieldErased,
    FieldSealed,
    JudgementUndone,
    PairJudged,
)
from uncounted.model.review import Pair, ReviewedClaim, Status

T = TypeVar("T", Place, Time)


class SealedField(msgspec.Struct, frozen=True, kw_only=True):
    """A field under seal: ``entry`` sealed it, ``erased`` numbers the entry that erased it."""

    sealed: Sealed
    entry: int
    erased: int | None = None


def in_force(events: Sequence[Event]) -> list[Event]:
    """Return the events that were not taken back, without the takings-back themselves.

    An undo counts unless a later undo that counts names it, so undoing an undo brings the judgement back.
    """
    void: set[int] = set()
    kept = []
    for event in reversed(events):
        if isinstance(event.what, JudgementUndone):
            if event.entry not in void:
                void.add(event.what.entry)
        elif event.entry not in void:
            kept.append(event)
    return kept[::-1]


def capture_stands(events: Sequence[Event]) -> Capture | None:
    """Return a capture with what people later said of its publication; the first taking stays."""
    stands: Capture | None = None
    for event in in_force(events):
        if isinstance(event.what, CaptureTaken):
            stands = stands or event.what.capture
    for event in in_force(events):
        if stands and isinstance(event.what, CaptureDescribed):
            said = {name: getattr(event.what, name) for name in ("publisher", "author", "published", "language")}
            stands = msgspec.structs.replace(stands, **{n: value for n, value in said.items() if value is not None})
    return stands


def claim_stands(events: Sequence[Event]) -> ReviewedClaim | None:
    """Return a claim as it stands, ``None`` if nobody proposes it any more and no person ever spoke of it.

    The latest judgement in force gives the status; a person's latest edit in force gives the form, else the reading
    that was there when a person first judged it, else the newest reading.
    """
    held = in_force(events)
    beside = list(_compared(events))
    if any(one.same and not one.leads for one in beside) and not _spoken_of(events):
        return None  # the other reader's claim stands for both
    judged = [e for e in held if isinstance(e.what, ClaimJudged | ClaimEdited | ClaimAdded)]
    edits = [e.what for e in judged if isinstance(e.what, ClaimEdited | ClaimAdded)]
    read = _reading(events, judged[0].entry if judged else None)
    if not edits and (read is None or not (_spoken_of(events) or _proposed(events))):
        return None
    # A person's edit is the whole claim as they saw it; no locator fills in what they left out.
    if edits:
        form = edits[-1].claim if isinstance(edits[-1], ClaimAdded) else _kept_id(edits[-1])
    else:
        assert read is not None
        form = _located(read, [e.what for e in held if isinstance(e.what, Located)])
    last = judged[-1] if judged else None
    return ReviewedClaim(
        claim=form,
        read=read,
        status=_status(last),
        readers=tuple(
            dict.fromkeys(
                [e.what.reader for e in events if isinstance(e.what, Reading)]
                + [one.reader for one in beside if one.same and one.reader]
            )
        ),
        agreed=any(one.same for one in beside),
        by=last.by.name if last else None,
        entry=last.entry if last else None,
        reason=getattr(last.what, "reason", "") if last else "",
    )


def pair_stands(events: Sequence[Event]) -> Pair | None:
    """Return the latest verdict in force on a pair."""
    for event in reversed(in_force(events)):
        if isinstance(event.what, PairJudged):
            left, right = sorted((event.what.left, event.what.right))
            return Pair(
                left=left,
                right=right,
                verdict=event.what.verdict,
                by=event.by.name,
                entry=event.entry,
                reason=event.what.reason,
            )
    return None


def last_in_force(events: Sequence[Event]) -> Event | None:
    """Return the latest event in force, for things of which only the last word counts."""
    held = in_force(events)
    return held[-1] if held else None


def sealed_stands(events: Sequence[Event]) -> SealedField | None:
    """Return a sealed field and whether it was erased."""
    sealed = next((e for e in events if isinstance(e.what, FieldSealed)), None)
    erased = next((e.entry for e in events if isinstance(e.what, FieldErased)), None)
    if sealed is None or not isinstance(sealed.what, FieldSealed):
        return None
    return SealedField(sealed=sealed.what.sealed, entry=sealed.entry, erased=erased)


def first_said(events: Sequence[Event]) -> tuple[int, int]:
    """Return where a claim first appeared, ``(entry, position)``: its place in the queue."""
    return next(
        (e.entry, e.what.position if isinstance(e.what, Reading) else 0)
        for e in events
        if isinstance(e.what, Reading | ClaimAdded | ClaimEdited)
    )


def _readings(events: Sequence[Event]) -> Iterator[tuple[int, Claim]]:
    return ((e.entry, e.what.claim) for e in events if isinstance(e.what, Reading))


def _reading(events: Sequence[Event], judged: int | None) -> Claim | None:
    """Return the reading that a judgement spoke of: the newest before it, or the first if all came later."""
    readings = list(_readings(events))
    before = [claim for entry, claim in readings if judged is None or entry < judged]
    if before:
        return before[-1]
    return readings[0][1] if readings else None


def _proposed(events: Sequence[Event]) -> bool:
    """Say whether any reader still proposes the claim."""
    proposing: dict[str, bool] = {}
    for event in events:
        if isinstance(event.what, Reading | Withdrawn):
            proposing[family(event.what.reader)] = isinstance(event.what, Reading)
    return any(proposing.values())


def family(reader: str) -> str:
    """Return a reader's name without its version: ``grammar/2`` replaces what ``grammar/1`` proposed."""
    return reader.partition("/")[0]


def _compared(events: Sequence[Event]) -> Iterator[Compared]:
    """Yield the latest word of each comparison, one a pair of readers' families."""
    latest = {frozenset(map(family, e.what.readers)): e.what for e in events if isinstance(e.what, Compared)}
    yield from latest.values()


def released(claim: str, events: Sequence[Event]) -> Iterator[tuple[str, Compared]]:
    """Yield the claims that a withdrawn claim stood for, with the word that they stand by themselves again.

    A claim of which a person ever spoke goes on standing for them.
    """
    if not _spoken_of(events):
        for one in _compared(events):
            if one.same and one.same != claim and one.leads:
                yield one.same, Compared(readers=one.readers)


def _spoken_of(events: Sequence[Event]) -> bool:
    return any(not isinstance(e.what, Reading | Withdrawn | Located | Compared) for e in events)


def _status(last: Event | None) -> Status:
    if last is None:
        return "proposed"
    return last.what.verdict if isinstance(last.what, ClaimJudged) else "accepted"


def _kept_id(fact: ClaimEdited) -> Claim:
    return msgspec.structs.replace(fact.edited, id=fact.claim)


def _located(form: Claim, found: Sequence[Located]) -> Claim:
    """Fill in place and time as last located."""
    place = next((f.place for f in reversed(found) if f.place), form.place)
    time = next((f.time for f in reversed(found) if f.time), form.time)
    return msgspec.structs.replace(form, place=place, time=time)
