"""Mentions: what one document says about one event, as a unit for comparison.

Claims of one document that could be of one place and time belong together; a claim without a place or date of its own
takes that of the claim before it. Comparing mentions instead of claims keeps the work small and lets each claim lend
the others what it knows.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from uncounted.model.claims import Claim, Place, Time
from uncounted.stages.match.incidents_places import RADIUS, may_be_one


class Mention(NamedTuple):
    """One document's claims about one event. ``days`` are ordinals, first and last; ``dated`` says how surely."""

    document: str
    claims: tuple[Claim, ...]
    place: Place | None
    days: tuple[int, int] | None
    dated: str
    """``day`` (the event's day), ``span`` (a longer time of the event), ``report`` (of publication) or ``none``."""

    @property
    def id(self) -> str:
        """The first claim's id."""
        return self.claims[0].id


def ordinal(day: str | None) -> int | None:
    """The day's number, or ``None`` for what is not an ISO 8601 date."""
    try:
        return date.fromisoformat((day or "")[:10]).toordinal()
    except ValueError:
        return None


def days_of(time: Time | None) -> tuple[int, int] | None:
    """First and last day as ordinals."""
    if time is None:
        return None
    first, last = ordinal(time.from_), ordinal(time.to)
    first, last = first if first is not None else last, last if last is not None else first
    return None if first is None or last is None else (min(first, last), max(first, last))


def _finer_place(places: Iterable[Place | None]) -> Place | None:
    """The most precise place, one with coordinates before one without."""
    order = list(RADIUS)
    known = [place for place in places if place is not None]
    return min(
        known,
        key=lambda p: (p.lat is None, order.index(p.precision) if p.precision else len(order), p.name),
        default=None,
    )


def _best_time(times: Iterable[Time | None]) -> Time | None:
    """The shortest time of the event, before any that is only of publication."""
    known = [(time, span) for time in times if time is not None and (span := days_of(time)) is not None]
    found = min(known, key=lambda pair: (pair[0].of == "report", pair[1][1] - pair[1][0], pair[1]), default=None)
    return found[0] if found else None


def same_time(left: Time, right: Time) -> bool:
    """Whether two dates of one document may be one event's."""
    if "report" in (left.of, right.of):
        return True
    one, two = days_of(left), days_of(right)
    return one is None or two is None or (one[0] <= two[1] and two[0] <= one[1])


def _fits(claim: Claim, place: Place | None, time: Time | None) -> bool:
    return (claim.place is None or place is None or may_be_one(claim.place, place)) and (
        claim.time is None or time is None or same_time(claim.time, time)
    )


def _bound_to(claim: Claim, groups: Sequence[list[Claim]]) -> list[Claim] | None:
    """The group that holds a claim which this one is a part, an update or a sum of."""
    others = {relation.claim for relation in claim.relations} | ({claim.subset_of} if claim.subset_of else set())
    for group in groups:
        if any(one.id in others or claim.id in {r.claim for r in one.relations} for one in group):
            return group
    return None


def mentions(claims: Iterable[Claim]) -> list[Mention]:
    """Group the claims of each document into mentions, ordered by document and place in the text.

    Claims with another scope than one incident are left out: a total of a month is of no one event.
    """
    documents: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.scope == "incident":
            documents.setdefault(claim.document, []).append(claim)
    found = []
    for document in sorted(documents):
        groups: list[list[Claim]] = []
        ordered = sorted(documents[document], key=lambda claim: (claim.passage.start, claim.passage.end, claim.id))
        current: list[Claim] | None = None
        for claim in ordered:
            group = _bound_to(claim, groups)
            if group is None and claim.place is None and (claim.time is None or claim.time.of == "report"):
                group = current
            if group is None:
                group = next((one for one in reversed(groups) if all(_fits(claim, o.place, o.time) for o in one)), None)
            if group is None:
                group = []
                groups.append(group)
            group.append(claim)
            current = group
        found += [_mention(document, group) for group in groups]
    return found


def _mention(document: str, group: Sequence[Claim]) -> Mention:
    time = _best_time(claim.time for claim in group)
    days = days_of(time)
    dated = "none"
    if time is not None and days is not None:
        dated = "report" if time.of == "report" else "day" if days[0] == days[1] else "span"
    return Mention(document, tuple(group), _finer_place(claim.place for claim in group), days, dated)
