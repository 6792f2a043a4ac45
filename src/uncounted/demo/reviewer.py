"""The demonstration's reviewer: judges what was read by a sheet that says what the reports hold.

The sheet (``judgements.toml``) is a person's work, written from the reports alone. What a reader proposed and the sheet
confirms is accepted as read; what it has otherwise is corrected; what it lacks is added; the rest is rejected. A report
that it does not speak of is left for whoever opens the desk.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import msgspec

from uncounted.case import reviewing
from uncounted.case.case import Case
from uncounted.model.claims import Claim, Count, Named, Passage, Place, Source, Time
from uncounted.model.evidence import Capture
from uncounted.model.vocabulary import (
    DatePrecision,
    Group,
    Harm,
    Modality,
    PlacePrecision,
    Quantifier,
    Scope,
    SourceKind,
)

SHEET = Path(__file__).with_name("judgements.toml")


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a place of the sheet lies."""

    lat: float
    lon: float
    precision: PlacePrecision
    gazetteer: str


class Held(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One claim as the sheet has it: words of the report and what they say; ``of`` numbers the claim it is part of."""

    quote: str
    harm: Harm
    group: Group = "people"
    count: str | None = None
    low: int | None = None
    high: int | None = None
    quantifier: Quantifier | None = None
    scope: Scope = "incident"
    modality: Modality = "asserted"
    victim: str | None = None
    of: int | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The claims of one report with what they share: place, day or ``first/last`` days, who did it, who told it."""

    name: str
    part: str | None = None
    place: str | None = None
    date: str
    precision: DatePrecision | None = None
    actor: str | None = None
    chain: tuple[tuple[str, SourceKind], ...]
    claims: tuple[Held, ...]


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole sheet."""

    places: dict[str, Point]
    report: tuple[Report, ...]


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """How many claims were accepted as read, corrected, added and rejected."""

    accepted: int = 0
    corrected: int = 0
    added: int = 0
    rejected: int = 0


def read_sheet() -> Sheet:
    """The sheet that ships with the demonstration."""
    return msgspec.convert(tomllib.loads(SHEET.read_text()), Sheet)


def review(case: Case, by: str) -> Judged:
    """Judge every proposed claim of the demonstration's case; tells how the judgements fell."""
    sheet = read_sheet()
    fell = dict.fromkeys(Judged.__struct_fields__, 0)
    for capture in case.views.captures():
        read = [reviewed.claim for reviewed in case.views.claims(status="proposed", capture=capture.id)]
        for claim in held(sheet, capture, case.text(capture.id)):
            same = next((one for one in read if agrees(one, claim)), None)
            near = same or next((one for one in read if overlaps(one, claim)), None)
            if same:
                reviewing.judge(case, same.id, "accepted", by)
                fell["accepted"] += 1
            elif near:
                corrected = msgspec.structs.replace(claim, victim=claim.victim or near.victim, means=near.means)
                reviewing.edit(case, near.id, corrected, by, reason="corrected by the sheet")
                fell["corrected"] += 1
            else:
                reviewing.add_claim(case, claim, by, reason="missed by the reader")
                fell["added"] += 1
            read = [one for one in read if one is not near]
        # A report that the sheet does not speak of waits for whoever opens the desk.
        for one in read if any(report.name == capture.name for report in sheet.report) else ():
            reviewing.judge(case, one.id, "rejected", by, reason="the report does not say this, or says it twice")
            fell["rejected"] += 1
    return Judged(**fell)


def agrees(read: Claim, claim: Claim) -> bool:
    """Whether a claim as read says what the sheet says: in the same words, of the same event and actor, by one word."""

    def said(one: Claim) -> tuple[object, ...]:
        count, time, place = one.count, one.time, one.place
        return (
            one.harm, one.group, one.scope, one.modality, count.low, count.high, count.quantifier,
            _tellers(one),
            (time.from_, time.to) if time else None,
            place.gazetteer if place else None,
        )  # fmt: skip

    did = claim.actor is None or (read.actor is not None and read.actor.name == claim.actor.name)
    return said(read) == said(claim) and did and overlaps(read, claim)


def _tellers(claim: Claim) -> list[str]:
    """The names of a chain after its publisher, without articles and without the publisher named again."""
    names = [re.sub(r"^the ", "", source.name.casefold()) for source in claim.attribution]
    return [name for name in names[1:] if name != names[0]]


def overlaps(read: Claim, claim: Claim) -> bool:
    """Whether two claims speak of one harm to one group in overlapping words."""
    one, two = read.passage, claim.passage
    return (read.harm, read.group) == (claim.harm, claim.group) and one.start < two.end and two.start < one.end


def held(sheet: Sheet, capture: Capture, text: str) -> Iterator[Claim]:
    """The claims that the sheet holds a capture to make, grounded in its text."""
    for report in sheet.report:
        if (report.name, report.part) != (capture.name, capture.part):
            continue
        drafts = [_claim(sheet, report, one, capture, text) for one in report.claims]
        for one, draft in zip(report.claims, drafts, strict=True):
            yield msgspec.structs.replace(draft, subset_of=drafts[one.of].id if one.of is not None else None)


def _claim(sheet: Sheet, report: Report, one: Held, capture: Capture, text: str) -> Claim:
    passage = find(text, one.quote)
    counted = find(text, one.count, passage.start) if one.count else None
    quantifier = one.quantifier or ("unquantified" if one.low is None else "exact" if one.low == one.high else "range")
    draft = Claim(
        document=capture.id,
        id="",
        harm=one.harm,
        group=one.group,
        passage=passage,
        victim=find(text, one.victim, passage.start) if one.victim else None,
        count=Count(low=one.low, high=one.high, quantifier=quantifier, **_span(counted)),
        scope=one.scope,
        modality=one.modality,
        attribution=tuple(_chain(report, capture, text)),
        place=_place(sheet, report, text),
        time=_time(report),
        actor=Named(name=report.actor, **_span(find(text, report.actor))) if report.actor else None,
        confidence=1.0,
        reader="person",
    )
    return msgspec.structs.replace(draft, id=f"{passage.start}-{one.group}")


def _chain(report: Report, capture: Capture, text: str) -> Iterator[Source]:
    if capture.publisher:
        yield Source(name=capture.publisher, kind="publisher")
    for name, kind in report.chain:
        if name != capture.publisher:
            yield Source(name=name, kind=kind, **(_span(find(text, name)) if name in text else Span()))


def _place(sheet: Sheet, report: Report, text: str) -> Place | None:
    if report.place is None:
        return None
    point = sheet.places[report.place]
    return Place(
        name=report.place, lat=point.lat, lon=point.lon, precision=point.precision, gazetteer=point.gazetteer,
        **_span(find(text, report.place)),
    )  # fmt: skip


def _time(report: Report) -> Time:
    first, _, last = report.date.partition("/")
    return Time(from_=first, to=last or first, precision=report.precision or ("period" if last else "day"))


class Span(TypedDict, total=False):
    """A passage as the fields of a quoted thing."""

    text: str
    start: int
    end: int


def _span(passage: Passage | None) -> Span:
    return Span(text=passage.text, start=passage.start, end=passage.end) if passage else Span()


def find(text: str, words: str, start: int = 0) -> Passage:
    """The first place at or after ``start`` where the words stand as words, whatever white space is between them."""
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
    found = re.compile(pattern).search(text, start) or re.search(pattern, text)
    if found is None:
        raise ValueError(f"the sheet quotes {words!r}, which the report does not say")
    return Passage(found.group(), found.start(), found.end())
