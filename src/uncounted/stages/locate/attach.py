"""Where and when each claim's harm happened, by the position of places and times around its passage."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

import msgspec

from uncounted.model.claims import Candidate, Claim, Document, Place, Time
from uncounted.model.facts import Whereabouts
from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.stages.locate.gazetteer import Gazetteer
from uncounted.stages.locate.places import find_places, seen_of
from uncounted.stages.locate.times import find_times, publication_day
from uncounted.text.sentences import sentences

LOCATOR = "locate/1"

_Spanned = TypeVar("_Spanned", Place, Time)
# Between words of saying and a time or a place beside them there are few words: "said on Friday", "told AFP in Beirut".
_SAYING = re.compile(
    r"\b(?:said|says?|told|added|announced|reported|stated|confirmed|denied|claimed|wrote|posted|tweeted|published|"
    r"statement|spoke|speaking|interview(?:ed)?|updated|قال|قالت|أعلن|أعلنت|أفاد|أفادت)\b[^.;:\"“”]{0,32}$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;:()–—]|\b(?:and|but|while|as|after|before|where|who|which|when)\b", re.IGNORECASE)
_JOINT = re.compile(r"['’]?s?\s*(?:,|\(|in|of|,? (?:in|of)(?: the)?)?\s*(?:[\w-]+ ){0,2}$", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s+(?:early\s+|late\s+)?$", re.IGNORECASE)
_AT = re.compile(r"\b(?:in|at|near|outside|inside|on|around|within)\s+(?:[\w-]+\s+){0,4}$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|to|of|by)\s+(?:the\s+)?$", re.IGNORECASE)
_ORDER = ("exact", "street", "neighbourhood", "village", "town", "city", "district", "province", "country")
_SENTENCES_BACK = 3


def locate(
    document: Document, claims: Sequence[Claim], gazetteer: Gazetteer, near: Sequence[Candidate] = ()
) -> tuple[Whereabouts, ...]:
    """Return where and when each claim's harm happened, one answer a claim, in their order.

    Nearest first: the claim's own clause, its sentence, the sentences before it, the first sentence, and for places
    the dateline. A time that dates the saying ("said on Friday") is not the event's; where only the publication date
    is known the time has ``of="report"`` and no text. A held claim is not dated after publication. "since Monday"
    lasts until publication. A place of which only the surrounding town is known has the town's point and precision.
    """
    if not claims:
        return ()
    layout = _Layout(document)
    places = find_places(document, gazetteer, near)
    found = find_times(document)
    times = _Standing[Time]([time for time in found if time.of == "event"])
    day = publication_day(document, found)
    published = day.isoformat() if day else None
    said = _Standing[Place](_groups(document.text, places))
    return tuple(
        Whereabouts(
            claim=claim.id,
            place=_place(layout, claim, said),
            time=_time(layout, claim, times, published),
        )
        for claim in claims
    )


class _Standing(Generic[_Spanned]):
    """Times or places in the order of the text, with where each begins."""

    def __init__(self, things: Sequence[_Spanned]) -> None:
        self.things: Sequence[_Spanned] = things
        self.starts = [thing.start or 0 for thing in things]


class _Lead(NamedTuple):
    """What the words right before a place say: it stands after "in", after "from" or "of", after a word of saying, or
    nothing stands before it in its line."""

    at: bool
    from_: bool
    saying: bool
    opens: bool


class _Layout:
    """A document's sentences in raw offsets."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        seen = seen_of(document.text)
        self.spans = [seen.span(start, end) for start, end in sentences(seen.text)]
        self.starts = [start for start, _ in self.spans]
        self._leads = dict[int, _Lead]()

    def lead(self, start: int) -> _Lead:
        """Return what the words before an offset say, looked up once for all claims."""
        found = self._leads.get(start)
        if found is None:
            before = self.text[max(0, start - 60) : start]
            found = self._leads[start] = _Lead(
                at=_AT.search(before) is not None,
                from_=_FROM.search(before) is not None,
                saying=_SAYING.search(before) is not None,
                opens=not before.rpartition("\n")[2].strip(" \t(["),
            )
        return found

    def sentence(self, at: int) -> int:
        return max(0, bisect_right(self.starts, at) - 1)

    def around(self, claim: Claim, standing: _Standing[_Spanned]) -> list[_Spanned]:
        """Return what stands near enough to a claim, and what stands in the first sentence."""
        things, starts = standing.things, standing.starts
        own, last = self.sentence(claim.passage.start), self.sentence(max(claim.passage.start, claim.passage.end - 1))
        head = self.spans[0][1] if self.spans else 0
        first = self.starts[max(0, own - _SENTENCES_BACK)] if self.spans else 0
        low = bisect_left(starts, first)
        high = bisect_right(starts, self.spans[last][1] if self.spans else 0)
        return list(things[: min(low, bisect_right(starts, head))]) + list(things[low:high])

    def nearness(self, claim: Claim, start: int, end: int) -> float | None:
        """Return how near a span stands to a claim: 0 within its passage, less with each word and joint between;
        ``None`` when it is too far to say anything."""
        passage = claim.passage
        own, other = self.sentence(passage.start), self.sentence(start)
        if passage.start <= start and end <= passage.end:
            victim = claim.victim or claim.passage
            return -0.001 * abs(start - victim.start)
        if own == other or other == self.sentence(max(passage.start, passage.end - 1)):
            between = self.text[end : passage.start] if end <= passage.start else self.text[passage.end : start]
            return -0.2 - 0.004 * len(between) - 0.25 * len(_BREAK.findall(between[:400]))
        if 0 < own - other <= _SENTENCES_BACK:
            return -4.0 - (own - other)
        if other == 0:
            return -9.0
        return None


def _time(layout: _Layout, claim: Claim, times: _Standing[Time], published: str | None) -> Time | None:
    held = claim.modality in HELD_MODALITIES

    def worth(time: Time) -> float | None:
        start, end = time.start or 0, time.end or 0
        near = layout.nearness(claim, start, end)
        if near is None or (held and published and time.from_ and time.from_ > published):
            return None
        inside = claim.passage.start <= start and end <= claim.passage.end
        if not inside and _SAYING.search(layout.text, max(0, start - 60), start):
            return None
        if near < -3.0 and (time.from_ is None or time.precision in ("year", "month", "period")):
            return None
        vague = {"day": 0.0, "week": 0.3, "period": 0.1, "month": 0.5, "year": 1.0}.get(time.precision or "year", 1.0)
        return near - vague - (0.5 if time.from_ is None else 0.0)

    best = _best(layout.around(claim, times), worth)
    if best is not None:
        return _since(layout.text, best, published)
    if published is None:
        return None
    return Time(from_=published, to=published, precision="day", of="report")


def _since(text: str, time: Time, published: str | None) -> Time:
    start, end = time.start or 0, time.end or 0
    since = _SINCE.search(text, max(0, start - 16), start)
    if not (since and published and time.from_ and time.from_ <= published):
        return time
    return msgspec.structs.replace(
        time, text=text[since.start() : end], start=since.start(), to=published, precision="period"
    )


def _best(things: Iterable[_Spanned], worth: Callable[[_Spanned], float | None]) -> _Spanned | None:
    rated = [(value, -(thing.start or 0), thing) for thing in things if (value := worth(thing)) is not None]
    return max(rated, key=lambda one: one[:2])[2] if rated else None


def _groups(text: str, places: Sequence[Place]) -> list[Place]:
    """Make one place of each run of places ("X, Aleppo governorate, Syria").

    The most precise of a run is the place; what follows says where it lies.
    """
    runs = list[list[Place]]()
    for place in places:
        last = runs[-1][-1] if runs else None
        gap = text[last.end or 0 : place.start or 0] if last else ""
        if last and len(gap) <= 28 and "and" not in gap.split() and _JOINT.fullmatch(gap):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [_nested(run) for run in runs]


def _nested(run: Sequence[Place]) -> Place:
    def fineness(place: Place) -> int:
        return _ORDER.index(place.precision) if place.precision else 4

    inner = min(run, key=lambda place: (fineness(place), place.start or 0))
    outer = [place for place in run if place.lat is not None and fineness(place) > fineness(inner)]
    if inner.lat is not None or not outer or inner.alternatives[1:]:
        wider = next((place.name for place in run if fineness(place) > fineness(inner)), None)
        return inner if inner.within else msgspec.structs.replace(inner, within=wider)
    around = min(outer, key=fineness)
    return msgspec.structs.replace(
        inner,
        name=f"{inner.name}, {around.name}",
        lat=around.lat,
        lon=around.lon,
        precision=around.precision,
        gazetteer=around.gazetteer,
        within=around.name,
    )


def _place(layout: _Layout, claim: Claim, said: _Standing[Place]) -> Place | None:
    def worth(place: Place) -> float | None:
        start, end = place.start or 0, place.end or 0
        near = layout.nearness(claim, start, end)
        if near is None:
            return None
        lead = layout.lead(start)
        value = near + (0.4 if lead.at else 0.0) - (0.6 if lead.from_ else 0.0)
        if lead.saying and not (claim.passage.start <= start and end <= claim.passage.end):
            value -= 6.0
        if place.precision == "country":
            value -= 5.0
        elif place.precision == "province":
            value -= 0.8
        if lead.opens and near <= -4.0:
            value -= 1.0
        return value

    return _best(layout.around(claim, said), worth)
