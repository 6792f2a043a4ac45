"""Which claims speak of one event: proposals with reasons, and the incidents that proposals and verdicts make."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from math import floor

from uncounted.model.claims import Claim, Place
from uncounted.model.incidents import Link
from uncounted.stages.match.incidents_cluster import cluster, merge, split
from uncounted.stages.match.incidents_evidence import REPORT_DAYS, compare, victims_named
from uncounted.stages.match.incidents_mentions import Mention, mentions
from uncounted.stages.match.incidents_places import FINE

__all__ = ["MATCHER", "candidates", "cluster", "merge", "propose", "split"]

MATCHER = "incidents/1"
PROPOSE = 0.2
"""Proposals below this are not worth a person's time."""
TOGETHER = 0.97
"""Claims of one document about one place and time."""
MOST = 12
"""Links that one mention keeps to others; a big event stays one through the mentions that all its reports share."""
MOST_UNDATED = 200
"""Mentions of one place that a mention without a date is compared with."""
CELL = 0.25
"""Degrees of latitude and longitude in one block."""

Block = tuple[object, ...]


def _days(mention: Mention) -> range:
    """The days on which a mention's event may lie, and one more, so that neighbouring days meet; 40 at most."""
    if mention.days is None:
        return range(0)
    first, last = mention.days
    if mention.dated == "report":
        return range(first - REPORT_DAYS, last + 2)
    return range(first, min(last, first + 40) + 2)


def _blocks(mention: Mention) -> Iterator[tuple[Block, bool]]:
    """The blocks that a mention stands in; ``True`` for one in which it meets mentions of any precision."""
    for name in victims_named(mention):
        yield ("victim", name), True
    telling = {(claim.harm, claim.count.low) for claim in mention.claims if (claim.count.low or 0) >= 3}
    for day in _days(mention):
        for count in telling:
            yield (day, "count", *count), mention.place is None
        if mention.place is not None:
            for block, full in _place_blocks(mention.place):
                yield (day, *block), full


def _place_blocks(place: Place) -> Iterator[tuple[Block, bool]]:
    yield ("name", place.name.casefold()), True
    if place.gazetteer:
        yield ("entry", place.gazetteer), True
    for part in {part.strip().casefold() for part in (place.within or "").split(",")} - {""}:
        yield ("entry" if ":" in part else "name", part), False
    if place.lat is None or place.lon is None:
        return
    if place.precision in FINE:
        row, column = floor(place.lat / CELL), floor(place.lon / CELL)
        for up in (0, 1):
            for along in (0, 1):
                yield ("cell", row + up, column + along), True
    yield ("wide", floor(place.lat / 2), floor(place.lon / 2)), place.precision not in FINE


def candidates(found: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Pairs of mentions of different documents that could be of one event, each once."""
    seen: set[tuple[int, int]] = set()
    for one, two in chain(_sharing_a_block(found), _undated(found)):
        pair = (min(one, two), max(one, two))
        if found[one].document != found[two].document and pair not in seen:
            seen.add(pair)
            yield pair


def _sharing_a_block(found: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    blocks: dict[Block, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for at, mention in enumerate(found):
        for block, full in set(_blocks(mention)):
            blocks[block][0 if full else 1].append(at)
    for full_members, guests in blocks.values():
        for at, one in enumerate(full_members):
            for two in chain(full_members[at + 1 :], guests):
                yield one, two


def _undated(found: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """A mention without any date meets those of the same place, the first few hundred."""
    by_place: dict[str, list[int]] = defaultdict(list)
    for at, mention in enumerate(found):
        if mention.place is not None and mention.place.precision in FINE:
            by_place[mention.place.gazetteer or mention.place.name.casefold()].append(at)
    for held in by_place.values():
        for one in held:
            if found[one].days is None:
                for two in held[:MOST_UNDATED]:
                    yield one, two


def _partner(claim: Claim, mention: Mention) -> Claim:
    """The claim of a mention that is most like one: same harm, group and modality, then nearest count."""

    def unlike(other: Claim) -> tuple[bool, bool, bool, int, str]:
        gap = abs((claim.count.low or 0) - (other.count.low or 0))
        return claim.harm != other.harm, claim.group != other.group, claim.modality != other.modality, gap, other.id

    return min(mention.claims, key=unlike)


def propose(claims: Iterable[Claim]) -> tuple[Link, ...]:
    """Propose which claims speak of one event, as links sorted by their ends (``left`` < ``right``).

    ``claims`` are accepted claims, located; those with another scope than one incident get no link. Denials, orders
    and possibilities are linked too, as context: a toll leaves them out by their modality. Claims of one document link
    within an event; events of different documents link when place and time allow it and the evidence is worth a
    person's look (probability of at least 0.2, with reasons in words). The matcher's name is :data:`MATCHER`.
    """
    found = mentions(claims)
    links: dict[tuple[str, str], Link] = {}
    for mention in found:
        for one, two in pairwise(mention.claims):
            _keep(links, one, two, TOGETHER, ("one report, with no other place or time between them",))
    near: dict[int, list[tuple[float, int, tuple[str, ...]]]] = defaultdict(list)
    for one_at, two_at in candidates(found):
        probability, reasons = compare(found[one_at], found[two_at])
        if probability >= PROPOSE:
            near[one_at].append((probability, two_at, reasons))
            near[two_at].append((probability, one_at, reasons))
    for at, others in near.items():
        others.sort(key=lambda item: (-item[0], found[item[1]].id))
        for probability, other, reasons in others[:MOST]:
            for claim in found[at].claims:
                _keep(links, claim, _partner(claim, found[other]), round(probability, 4), reasons)
    return tuple(links[ends] for ends in sorted(links))


def _keep(
    links: dict[tuple[str, str], Link], one: Claim, two: Claim, probability: float, reasons: tuple[str, ...]
) -> None:
    left, right = sorted((one.id, two.id))
    if left != right and ((left, right) not in links or links[left, right].probability < probability):
        links[left, right] = Link(left=left, right=right, probability=probability, reasons=reasons)
