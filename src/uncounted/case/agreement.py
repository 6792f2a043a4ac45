"""How far two people agree who judged the same claims without seeing each other's verdicts.

Cohen, *A coefficient of agreement for nominal scales* (1960) for two people; Krippendorff, *Content Analysis* (4th ed.
2019), ch. 12, for any number of people and missing judgements, with nominal distance for verdicts and ratio distance
for counts.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

import msgspec

from uncounted.case.case import Case

V = TypeVar("V", bound=Hashable)
Units = Mapping[str, Mapping[str, str]]
"""What is judged → who judged → the verdict."""


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """Two people's agreement: ``share`` of ``claims`` they judge alike, and kappa beyond chance (``None``: undefined).

    Kappa is undefined where both give one and the same verdict throughout, for then chance alone explains it.
    """

    one: str
    other: str
    claims: int
    share: float
    kappa: float | None


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement over all claims read twice. ``split`` are the claims on which people differ."""

    claims: int
    pairs: tuple[Agreed, ...]
    alpha: float | None
    alpha_counts: float | None
    split: tuple[str, ...]


def agreement(case: Case) -> Agreement:
    """Fold the first judgements in force and the blind second readings of a case."""
    again = case.views.second_readings()
    firsts = {r.claim.id: r for r in case.views.claims_named({said.claim for said, _ in again})}
    units: dict[str, dict[str, str]] = {}
    counts: dict[str, dict[str, float]] = {}
    for said, by in again:
        first = firsts.get(said.claim)
        if first is None or first.by is None or first.by == by:
            continue
        verdicts = units.setdefault(said.claim, {first.by: first.status})
        verdicts[by] = said.verdict
        read = first.claim.count.low if first.status == "accepted" else None
        held = counts.setdefault(said.claim, {} if read is None else {first.by: float(read)})
        if said.low is not None:
            held[by] = float(said.low)
    people = sorted({name for verdicts in units.values() for name in verdicts})
    return Agreement(
        claims=len(units),
        pairs=tuple(found for one, two in combinations(people, 2) if (found := cohen(units, one, two))),
        alpha=krippendorff([list(verdicts.values()) for verdicts in units.values()], _nominal),
        alpha_counts=krippendorff([list(held.values()) for held in counts.values()], _ratio),
        split=tuple(sorted(name for name, verdicts in units.items() if len(set(verdicts.values())) > 1)),
    )


def cohen(units: Units, one: str, other: str) -> Agreed | None:
    """Return two people's agreement over what both judged, ``None`` when that is nothing."""
    both = [(said[one], said[other]) for said in units.values() if one in said and other in said]
    if not both:
        return None
    n = len(both)
    share = sum(a == b for a, b in both) / n
    left, right = Counter(a for a, _ in both), Counter(b for _, b in both)
    chance = sum(left[verdict] * right[verdict] for verdict in left) / n**2
    kappa = None if chance == 1 else (share - chance) / (1 - chance)
    return Agreed(one=one, other=other, claims=n, share=share, kappa=kappa)


def krippendorff(units: Iterable[Sequence[V]], distance: Callable[[V, V], float]) -> float | None:
    """Return alpha = 1 - observed / expected disagreement; ``None`` when nothing was judged twice or nothing differs.

    Each unit holds the values that people gave it; units with one value say nothing about agreement.
    """
    paired = [list(values) for values in units if len(values) > 1]
    every = [value for values in paired for value in values]
    if len(every) < 2:
        return None
    observed = sum(
        2 * sum(distance(a, b) for a, b in combinations(values, 2)) / (len(values) - 1) for values in paired
    ) / len(every)
    tallied = Counter(every)
    among = sum(tallied[a] * tallied[b] * distance(a, b) for a in tallied for b in tallied)
    expected = among / (len(every) * (len(every) - 1))
    return None if expected == 0 else 1 - observed / expected


def _nominal(left: str, right: str) -> float:
    return float(left != right)


def _ratio(left: float, right: float) -> float:
    return ((left - right) / (left + right)) ** 2 if left + right else 0.0
