"""Tight bounds on counts that are parts of one another, by propagation to a fixpoint.

Each variable has a lower and an upper bound; each rule says that parts add up to no more than a whole, or to exactly
the whole. Two inferences are repeated until nothing changes (bounds consistency of linear constraints with unit
coefficients; see Apt, *Principles of Constraint Programming*, 2003, ch. 6): a whole is at least the sum of its parts'
lower bounds; a part is at most the whole's upper bound less the other parts' lower bounds. Equalities also run the
other way round.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

Key = Hashable
Pair = tuple[int | None, int | None]


class Sum(NamedTuple):
    """``parts`` add up to at most ``whole``; exactly to it when ``equal``."""

    whole: Key
    parts: tuple[Key, ...]
    equal: bool = False


class Contradiction(NamedTuple):
    """Bounds that cannot all hold, seen ``at`` a variable: ``floors`` need ``gap`` more than ``ceilings`` allow."""

    at: Key
    floors: tuple[Key, ...]
    ceilings: tuple[Key, ...]
    gap: int


class Tight(NamedTuple):
    """Bounds after propagation; ``causes`` names the given bounds behind each that was moved: ``(key, side)``."""

    ranges: dict[Key, Pair]
    contradictions: tuple[Contradiction, ...]
    causes: dict[tuple[Key, str], frozenset[Key]]


class _State:
    """Bounds while they move, with the given bounds that each rests on."""

    def __init__(self, given: Mapping[Key, Pair]) -> None:
        self.low = {key: pair[0] or 0 for key, pair in given.items()}
        self.high = {key: pair[1] for key, pair in given.items()}
        self.floors: dict[Key, tuple[frozenset[Key], frozenset[Key]]] = {}
        self.ceilings: dict[Key, tuple[frozenset[Key], frozenset[Key]]] = {}
        self.moved = False
        self.broken: Contradiction | None = None

    def low_of(self, key: Key) -> tuple[frozenset[Key], frozenset[Key]]:
        """The given lower and upper bounds that a lower bound rests on."""
        return self.floors.get(key, (frozenset([key]) if self.low[key] else frozenset(), frozenset()))

    def high_of(self, key: Key) -> tuple[frozenset[Key], frozenset[Key]]:
        """The given lower and upper bounds that an upper bound rests on."""
        return self.ceilings.get(key, (frozenset(), frozenset([key])))

    def _check(self, key: Key) -> None:
        high = self.high[key]
        if high is None or self.low[key] <= high or self.broken:
            return
        (low_floors, low_ceilings), (high_floors, high_ceilings) = self.low_of(key), self.high_of(key)
        self.broken = Contradiction(
            key,
            tuple(sorted(low_floors | high_floors, key=repr)),
            tuple(sorted(low_ceilings | high_ceilings, key=repr)),
            self.low[key] - high,
        )

    def raise_low(self, key: Key, value: int, because: list[tuple[frozenset[Key], frozenset[Key]]]) -> None:
        """Raise a lower bound when ``value`` is higher."""
        if value <= self.low[key]:
            return
        self.low[key] = value
        self.floors[key] = _joined(because)
        self.moved = True
        self._check(key)

    def cut_high(self, key: Key, value: int, because: list[tuple[frozenset[Key], frozenset[Key]]]) -> None:
        """Lower an upper bound when ``value`` is lower."""
        high = self.high[key]
        if high is not None and high <= value:
            return
        self.high[key] = value
        self.ceilings[key] = _joined(because)
        self.moved = True
        self._check(key)


def _joined(because: list[tuple[frozenset[Key], frozenset[Key]]]) -> tuple[frozenset[Key], frozenset[Key]]:
    return frozenset().union(*(floors for floors, _ in because)), frozenset().union(*(tops for _, tops in because))


def _infer(state: _State, rule: Sum) -> None:
    whole, parts = rule.whole, rule.parts
    least = sum(state.low[part] for part in parts)
    state.raise_low(whole, least, [state.low_of(part) for part in parts])
    top = state.high[whole]
    if top is not None:
        for part in parts:
            others = [other for other in parts if other != part]
            cap = top - least + state.low[part]
            state.cut_high(part, cap, [state.high_of(whole), *(state.low_of(other) for other in others)])
    if not rule.equal:
        return
    highs = [state.high[part] for part in parts]
    if None not in highs:
        most = sum(high for high in highs if high is not None)
        state.cut_high(whole, most, [state.high_of(part) for part in parts])
    for part in parts:
        others = [other for other in parts if other != part]
        rest = [state.high[other] for other in others]
        if None not in rest:
            need = state.low[whole] - sum(high for high in rest if high is not None)
            state.raise_low(part, need, [state.low_of(whole), *(state.high_of(other) for other in others)])


def _fixpoint(given: Mapping[Key, Pair], rules: Sequence[Sum]) -> _State:
    state = _State(given)
    for key in given:
        state._check(key)
    while state.broken is None:
        state.moved = False
        for rule in rules:
            _infer(state, rule)
        if not state.moved:
            break
    return state


def tighten(given: Mapping[Key, Pair], rules: Sequence[Sum]) -> Tight:
    """Return the tightest bounds that the rules allow.

    ``given`` maps each variable of ``rules`` to its bounds (counts, never negative; an open lower bound is 0, an open
    upper bound ``None``). Where bounds contradict one another no one of them is believed over another: each upper bound
    that takes part is raised, and each lower bound lowered, by what is missing, so that the result holds what either
    side says; every such widening is reported as a contradiction.
    """
    present: dict[Key, Pair] = dict(sorted(given.items(), key=lambda item: repr(item[0])))
    contradictions: list[Contradiction] = []
    while True:
        state = _fixpoint(present, rules)
        if state.broken is None:
            break
        fault = state.broken
        contradictions.append(fault)
        for key in fault.floors:
            low = present[key][0] or 0
            present[key] = (max(low - fault.gap, 0), present[key][1])
        for key in fault.ceilings:
            high = present[key][1]
            present[key] = (present[key][0], None if high is None else high + fault.gap)
    ranges: dict[Key, Pair] = {}
    for key in given:
        low = state.low[key]
        ranges[key] = (low if low or given[key][0] is not None else None, state.high[key])
    causes = {(key, "low"): floors | tops for key, (floors, tops) in state.floors.items()}
    causes |= {(key, "high"): floors | tops for key, (floors, tops) in state.ceilings.items()}
    return Tight(ranges, tuple(contradictions), causes)
