"""Two readers side by side: which claims say the same, and in what the others differ."""

from collections.abc import Iterator, Sequence

import msgspec

from uncounted.model.claims import Claim, Passage, Quoted

LEAST = 0.3
"""The least share of their joint words that two victims or passages have in common to be about one thing."""


class Aligned(msgspec.Struct, frozen=True):
    """Two claims about one thing, and the fields in which they differ (none: they agree)."""

    left: Claim
    right: Claim
    differs: tuple[str, ...] = ()


class Comparison(msgspec.Struct, frozen=True):
    """What two readers made of one document."""

    aligned: tuple[Aligned, ...] = ()
    left: tuple[Claim, ...] = ()
    """Claims of the left reader alone."""
    right: tuple[Claim, ...] = ()
    """Claims of the right reader alone."""

    @property
    def agreed(self) -> tuple[Aligned, ...]:
        """The pairs that differ in nothing that a toll rests on."""
        return tuple(pair for pair in self.aligned if not pair.differs)


def compared(left: Sequence[Claim], right: Sequence[Claim]) -> Comparison:
    """Lay two readings of one document side by side.

    Claims are paired by their words: the same id first, then the greatest overlap of count, victim and passage; each
    claim stands in one pair at most. Two claims agree when harm, group, count, unit, modality, scope, being a part and
    the source that told first are the same. How far a passage reaches and how sure a reader is make no difference.
    """
    scored = sorted(
        (
            (-_alike(one, other), at, to)
            for at, one in enumerate(left)
            for to, other in enumerate(right)
            if _touch(one.passage, other.passage)
        ),
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for score, at, to in scored:
        if at not in partner and to not in taken and -score > 0:
            partner[at] = to
            taken.add(to)
    pairs = tuple(
        Aligned(left[at], right[to], tuple(_differing(left[at], right[to]))) for at, to in sorted(partner.items())
    )
    return Comparison(
        pairs,
        tuple(one for at, one in enumerate(left) if at not in partner),
        tuple(other for to, other in enumerate(right) if to not in taken),
    )


def _alike(one: Claim, other: Claim) -> float:
    """How sure two claims are about one thing; 0 where they are not."""
    if one.id == other.id:
        return 100.0
    counts = _overlap(one.count, other.count)
    who = _overlap(one.victim, other.victim) if one.victim and other.victim else _overlap(one.passage, other.passage)
    if not counts and who < LEAST:
        return 0.0
    if counts == 0.0 and one.count.text and other.count.text:
        return 0.0  # two numbers in one phrase are two claims
    harm = 1.0 if one.harm == other.harm else 0.3 if {one.harm, other.harm} & {"casualties"} else 0.0
    return (2.0 * counts + who + 0.5 * _overlap(one.passage, other.passage)) * (0.2 + harm)


def _differing(one: Claim, other: Claim) -> Iterator[str]:
    for field in ("harm", "group", "modality", "scope"):
        if getattr(one, field) != getattr(other, field):
            yield field
    if _count(one) != _count(other):
        yield "count"
    if (one.subset_of is None) != (other.subset_of is None):
        yield "part"
    if not _same_teller(one, other):
        yield "said by"


def _count(claim: Claim) -> tuple[object, ...]:
    count = claim.count
    return count.low, count.high, count.quantifier, count.unit


def _same_teller(one: Claim, other: Claim) -> bool:
    """Whether two chains end with the same source: by their words, or both at the document itself."""
    ends = [claim.attribution[-1] if claim.attribution else None for claim in (one, other)]
    silent = [end is None or end.text is None for end in ends]
    if any(silent):
        return all(silent)
    return _overlap(ends[0], ends[1]) > 0


Words = Passage | Quoted | None


def _overlap(one: Words, other: Words) -> float:
    """The share (0..1) of the words of both that both have; 0 where either says nothing."""
    if one is None or other is None or one.start is None or other.start is None or one.end is None or other.end is None:
        return 0.0
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def _touch(one: Passage, other: Passage) -> bool:
    return one.start < other.end and other.start < one.end
