"""Incidents: what people's verdicts and machine proposals make of claims.

People first: pairs judged one event are joined, pairs judged different never are. Then proposals, the likeliest first;
one that would join what a person, a document or the calendar keeps apart is passed over. The result depends on the set
of claims, links and verdicts only, never on their order.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Literal, NamedTuple

from uncounted.model.claims import Claim, Place, Time
from uncounted.model.facts import PairJudged
from uncounted.model.identity import incident_id
from uncounted.model.incidents import Incident, Link
from uncounted.model.partition import Partition
from uncounted.model.review import Pair
from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.stages.match.incidents_mentions import days_of, mentions
from uncounted.stages.match.incidents_places import RADIUS, SETTLEMENTS, exclude
from uncounted.stages.match.incidents_titles import harms_of, title_of

JOIN = 0.55
"""Proposals below this wait for a person."""
WITNESSES = 3
"""How many claims of one side of a split every claim of the other side is judged against."""
MOST_DAYS = 2
"""Days that the dated claims of one proposed incident may span; a person may join what lies further apart."""


class _Core(NamedTuple):
    """The days that claims span and the places that they name."""

    days: tuple[int, int] | None
    places: dict[str, Place]

    def fits(self, other: "_Core") -> bool:
        """Say whether the two can be of one event by the calendar and the map."""
        span = self.with_(other).days
        if span and span[1] - span[0] >= MOST_DAYS:
            return False
        return not any(exclude(here, there) for here, there in product(self.places.values(), other.places.values()))

    def with_(self, other: "_Core") -> "_Core":
        """Both together."""
        days = self.days or other.days
        if self.days and other.days:
            days = min(self.days[0], other.days[0]), max(self.days[1], other.days[1])
        return _Core(days, self.places | other.places)


class _Parts(Partition):
    """Claims joined into events: what each event must stay apart from, and the cores it is made of.

    A person may join what lies far apart; each side then keeps a core of its own, so that its other claims still fit.
    """

    def __init__(self, claims: Mapping[str, Claim]) -> None:
        super().__init__(claims)
        self.cores = {name: [_Core(_day(claim), _telling_place(claim))] for name, claim in claims.items()}

    def join(self, left: str, right: str) -> bool:
        """Make two events one, unless they are held apart; what the calendar says does not bind a person."""
        one, two = sorted((self.find(left), self.find(right)))
        if one == two or not super().join(one, two):
            return one == two
        self.cores[one] += self.cores.pop(two)
        return True

    def propose(self, left: str, right: str) -> None:
        """Make two events one if they are not held apart and the days and places of one core of each fit."""
        one, two = sorted((self.find(left), self.find(right)))
        pairs = product(self.cores[one], self.cores[two]) if one != two else ()
        fitting = next((pair for pair in pairs if pair[0].fits(pair[1])), None)
        if fitting and self.join(one, two):
            for core in fitting:
                self.cores[one].remove(core)
            self.cores[one].append(fitting[0].with_(fitting[1]))


def _day(claim: Claim) -> tuple[int, int] | None:
    """The day of a claim's event, where its words give one."""
    span = days_of(claim.time)
    return span if claim.time and claim.time.of != "report" and span and span[0] == span[1] else None


def _telling_place(claim: Claim) -> dict[str, Place]:
    """The place of a claim by its entry or name, where it is one that excludes others."""
    place = claim.place
    if place is None or place.precision not in SETTLEMENTS | {"neighbourhood"}:
        return {}
    return {place.gazetteer or place.name.casefold(): place}


def cluster(
    claims: Iterable[Claim],
    links: Iterable[Link],
    pairs: Iterable[Pair] = (),
    *,
    order: Mapping[str, int] | None = None,
    titles: Mapping[str, str] | None = None,
) -> tuple[Incident, ...]:
    """Return the incidents, ordered by time, title and id.

    ``claims`` are accepted claims; totals of a period are left out, and so are groups in which no claim says that harm
    happened (an order, a denial). ``pairs`` are people's verdicts of ``claims``; where two contradict each other the
    later wins. ``order`` numbers claims as they were recorded: the first claim that says that harm happened is an
    incident's anchor, from which its id follows. ``titles`` maps anchors to titles that people gave.
    """
    known = {claim.id: claim for claim in claims if claim.scope == "incident"}
    place_in_order = {name: (0, number, name) for name, number in (order or {}).items()}
    parts = _Parts({name: known[name] for name in sorted(known)})
    judge(parts, pairs)
    for one, two in _told_apart(known.values()):
        parts.hold_apart(one, two)
    for link in sorted(links, key=lambda link: (-link.probability, link.left, link.right)):
        likely = link.probability >= JOIN and link.left in known and link.right in known
        if likely:
            parts.propose(link.left, link.right)
    members: dict[str, list[Claim]] = {}
    for name in sorted(known, key=lambda name: place_in_order.get(name, (1, 0, name))):
        members.setdefault(parts.find(name), []).append(known[name])
    made = [_incident(group, titles or {}) for group in members.values() if any(map(_held, group))]
    return tuple(sorted(made, key=lambda one: (one.time.from_ or "~" if one.time else "~", one.title, one.id)))


def judge(parts: _Parts, pairs: Iterable[Pair]) -> None:
    """Apply people's verdicts, the latest first, so that it wins over an earlier one that it contradicts."""
    for pair in sorted(pairs, key=lambda pair: (-pair.entry, pair.left, pair.right)):
        if pair.left in parts.root and pair.right in parts.root:
            if pair.verdict == "different":
                parts.hold_apart(pair.left, pair.right)
            elif pair.verdict == "same":
                parts.join(pair.left, pair.right)


def _told_apart(claims: Iterable[Claim]) -> list[tuple[str, str]]:
    """Claims of different events in one document: what its writer tells apart no third report may join."""
    by_document: dict[str, list[str]] = {}
    for mention in mentions(claims):
        by_document.setdefault(mention.document, []).append(mention.id)
    return [(one, two) for held in by_document.values() for at, one in enumerate(held) for two in held[at + 1 :]]


def _held(claim: Claim) -> bool:
    return claim.modality in HELD_MODALITIES


def _incident(group: Sequence[Claim], titles: Mapping[str, str]) -> Incident:
    held = [claim for claim in group if _held(claim)]
    anchor = held[0].id
    place, time = most_precise_place(held), most_precise_time(held)
    given, harms = titles.get(anchor), harms_of(held)
    return Incident(
        id=incident_id(anchor),
        anchor=anchor,
        claims=tuple(claim.id for claim in group),
        title=given or title_of(harms, place, time),
        place=place,
        time=time,
        actors=tuple(sorted({claim.actor.name for claim in held if claim.actor})),
        titled=() if given else harms,
    )


def most_precise_place(claims: Sequence[Claim]) -> Place | None:
    """The most precise located place; among equals the one most claims name, then the first."""
    order = list(RADIUS)
    known = [claim.place for claim in claims if claim.place]
    number: dict[str, int] = {}
    for place in known:
        number[place.gazetteer or place.name] = number.get(place.gazetteer or place.name, 0) + 1

    def rank(place: Place) -> tuple[bool, int, int]:
        precise = order.index(place.precision) if place.precision else len(order)
        return place.lat is None, precise, -number[place.gazetteer or place.name]

    return min(known, key=rank, default=None)


def most_precise_time(claims: Sequence[Claim]) -> Time | None:
    """The shortest time of the event that claims give, the commonest among equals; a report's date comes last."""
    known = [(claim.time, span) for claim in claims if claim.time and (span := days_of(claim.time))]
    number: dict[tuple[int, int], int] = {}
    for _, span in known:
        number[span] = number.get(span, 0) + 1
    found = min(
        known, key=lambda pair: (pair[0].of == "report", pair[1][1] - pair[1][0], -number[pair[1]]), default=None
    )
    return found[0] if found else None


def merge(one: Incident, two: Incident, reason: str = "") -> list[PairJudged]:
    """A person's merging of two incidents, as verdicts on pairs of claims."""
    left, right = sorted((one.anchor, two.anchor))
    return [PairJudged(of="claims", left=left, right=right, verdict="same", reason=reason)]


def split(incident: Incident, out: Sequence[str], reason: str = "") -> list[PairJudged]:
    """A person's splitting of claims from an incident, as verdicts on pairs of claims.

    The claims in ``out`` stay together, and so do the others; each is judged different from the first few of the other
    side, so that no later proposal joins the two by another way, even when some of these claims are rejected one day.
    The number of verdicts grows with the number of claims, not with its square.
    """
    leaving = sorted(set(out) & set(incident.claims))
    staying = sorted(set(incident.claims) - set(leaving))
    if not leaving or not staying:
        return []
    few, others = leaving[:WITNESSES], staying[:WITNESSES]
    apart = [*product(leaving, others), *product(few, staying)]
    together = [(one, two) for kept in (leaving, staying) for one, two in product(kept[:WITNESSES], kept) if one < two]
    return [*_judged(apart, "different", reason), *_judged(together, "same", reason)]


def _judged(
    pairs: Iterable[tuple[str, str]], verdict: Literal["same", "different"], reason: str
) -> Iterable[PairJudged]:
    for left, right in sorted({(min(pair), max(pair)) for pair in pairs}):
        yield PairJudged(of="claims", left=left, right=right, verdict=verdict, reason=reason)
