"""Tight bounds on counts that are parts of one another, by propagation to a fixpoint.

Each variable has a lower and an upper bound; each rule says that parts add up to no more than a whole, or to exactly
the whole. Two inferences are repeated until nothing changes (bounds consistency of linear constraints with unit
coefficients; see Apt, *Principles of Constraint Programming*, 2003, ch. 6): a whole is at least the sum of its parts'
lower bounds; a part is at most the whole's upper bound less the other parts' lower bounds. Equalities also run the
other way round.
"""

from collections.abc import Hashable, Mapping, Sequence
from graphlib import TopologicalSorter
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


Causes = tuple[frozenset[Key], frozenset[Key]]
"""The given lower and the given upper bounds that a bound rests on."""
_NONE: frozenset[Key] = frozenset()


class _State:
    """Bounds while they move, with the given bounds that each rests on."""

    __slots__ = ("broken", "ceilings", "floors", "high", "low", "moved")

    def __init__(self, given: Mapping[Key, Pair]) -> None:
        self.low = {key: pair[0] or 0 for key, pair in given.items()}
        self.high = {key: pair[1] for key, pair in given.items()}
        self.floors: dict[Key, Causes] = {}
        self.ceilings: dict[Key, Causes] = {}
        self.moved = False
        self.broken: Contradiction | None = None

    def low_of(self, key: Key) -> Causes:
        """What a lower bound rests on."""
        return self.floors.get(key) or (frozenset([key]) if self.low[key] else _NONE, _NONE)

    def high_of(self, key: Key) -> Causes:
        """What an upper bound rests on."""
        return self.ceilings.get(key) or (_NONE, frozenset([key]))

    def check(self, key: Key) -> None:
        """Note the first variable whose bounds have crossed."""
        high = self.high[key]
        if high is None or self.low[key] <= high or self.broken:
            return
        floors, ceilings = _joined([self.low_of(key), self.high_of(key)])
        self.broken = Contradiction(
            key, tuple(sorted(floors, key=repr)), tuple(sorted(ceilings, key=repr)), self.low[key] - high
        )

    def raise_low(self, key: Key, value: int, because: list[Causes]) -> None:
        """Raise a lower bound."""
        self.low[key], self.floors[key], self.moved = value, _joined(because), True
        self.check(key)

    def cut_high(self, key: Key, value: int, because: list[Causes]) -> None:
        """Cut an upper bound."""
        self.high[key], self.ceilings[key], self.moved = value, _joined(because), True
        self.check(key)


def _joined(because: list[Causes]) -> Causes:
    return _NONE.union(*[floors for floors, _ in because]), _NONE.union(*[tops for _, tops in because])


def _up(state: _State, rule: Sum) -> None:
    """A whole is at least the sum of its parts' lower bounds."""
    low, least = state.low, 0
    for part in rule.parts:
        least += low[part]
    if least > low[rule.whole]:
        state.raise_low(rule.whole, least, [state.low_of(part) for part in rule.parts])


def _down(state: _State, rule: Sum) -> None:
    """A part is at most the whole's upper bound less the other parts' lower bounds."""
    top = state.high[rule.whole]
    if top is None:
        return
    low, high, room = state.low, state.high, top
    for part in rule.parts:
        room -= low[part]
    for part in rule.parts:
        cap, now = room + low[part], high[part]
        if now is None or now > cap:
            others = [state.low_of(other) for other in rule.parts if other != part]
            state.cut_high(part, cap, [state.high_of(rule.whole), *others])


def _across(state: _State, rule: Sum) -> None:
    """Where parts make up the whole exactly, upper bounds run up and lower bounds down."""
    highs = [high for part in rule.parts if (high := state.high[part]) is not None]
    top = state.high[rule.whole]
    if len(highs) == len(rule.parts) and (top is None or top > sum(highs)):
        state.cut_high(rule.whole, sum(highs), [state.high_of(part) for part in rule.parts])
    for part in rule.parts:
        others = [other for other in rule.parts if other != part]
        rest = [high for other in others if (high := state.high[other]) is not None]
        need = state.low[rule.whole] - sum(rest)
        if len(rest) == len(others) and need > state.low[part]:
            state.raise_low(part, need, [state.low_of(rule.whole), *(state.high_of(other) for other in others)])


def _fixpoint(given: Mapping[Key, Pair], rules: Sequence[Sum], sorted_rules: bool) -> _State:
    state = _State(given)
    for key in given:
        state.check(key)
    equal = [rule for rule in rules if rule.equal]
    while state.broken is None:
        state.moved = False
        for rule in rules:
            _up(state, rule)
        for rule in reversed(rules):
            _down(state, rule)
        for rule in equal:
            _across(state, rule)
        # Lower bounds only rise from part to whole, upper bounds only fall from whole to part: in that order, once
        # through is enough unless an equality runs the other way.
        if not state.moved or (sorted_rules and not equal):
            break
    return state


def parts_first(rules: Sequence[Sum]) -> tuple[Sum, ...]:
    """The rules in an order in which each whole comes after the rules of its parts. Rules must not run in circles."""
    wholes: dict[Key, list[Sum]] = {}
    for rule in rules:
        wholes.setdefault(rule.whole, []).append(rule)
    order = TopologicalSorter({whole: [part for one in held for part in one.parts] for whole, held in wholes.items()})
    return tuple(rule for key in order.static_order() for rule in wholes.get(key, ()))


def tighten(given: Mapping[Key, Pair], rules: Sequence[Sum], sorted_rules: bool = False) -> Tight:
    """Return the tightest bounds that the rules allow.

    ``given`` maps each variable of ``rules`` to its bounds (counts, never negative; an open lower bound is 0, an open
    upper bound ``None``). Where bounds contradict one another no one of them is believed over another: each upper bound
    that takes part is raised, and each lower bound lowered, by what is missing, so that the result holds what either
    side says; every such widening is reported as a contradiction. ``sorted_rules`` promises that ``rules`` come from
    :func:`parts_first`, which saves going through them again.
    """
    contradictions: list[Contradiction] = []
    present: dict[Key, Pair] = {}
    state = _fixpoint(given, rules, sorted_rules)
    while state.broken is not None:
        if not present:
            present = dict(sorted(given.items(), key=lambda item: repr(item[0])))
            state = _fixpoint(present, rules, sorted_rules)
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
        state = _fixpoint(present, rules, sorted_rules)
    ranges: dict[Key, Pair] = {}
    for key in given:
        low = state.low[key]
        ranges[key] = (low if low or given[key][0] is not None else None, state.high[key])
    causes = {(key, "low"): floors | tops for key, (floors, tops) in state.floors.items()}
    causes |= {(key, "high"): floors | tops for key, (floors, tops) in state.ceilings.items()}
    return Tight(ranges, tuple(contradictions), causes)
