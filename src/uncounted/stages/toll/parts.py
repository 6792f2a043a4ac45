"""Groups that are parts of others, at any remove, and what named parts say of a whole."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from uncounted.model.vocabulary import Group
from uncounted.stages.toll.bounds import Sum, parts_first
from uncounted.stages.toll.counts import Bounds
from uncounted.stages.toll.policy import Whole


@lru_cache(maxsize=256)
def inside(wholes: tuple[Whole, ...], whole: Group) -> frozenset[Group]:
    """The groups that are parts of a group, at any remove, without itself."""
    found: set[Group] = set()
    for _ in wholes:
        found |= {part for one in wholes if one.whole == whole or one.whole in found for part in one.parts}
    return frozenset(found)


@lru_cache(maxsize=64)
def ordered(wholes: tuple[Whole, ...]) -> tuple[Sum, ...]:
    """The wholes as rules on groups, each after the rules of its parts."""
    return parts_first([Sum(whole.whole, whole.parts) for whole in wholes])


def outermost(groups: Iterable[Group], whole: Group, wholes: tuple[Whole, ...]) -> list[Group]:
    """Those of the groups that are parts of a whole and of no other of the groups, sorted."""
    parts = sorted(set(groups) & inside(wholes, whole))
    return [one for one in parts if not any(one in inside(wholes, other) for other in parts)]


def least(lows: Mapping[Group, int], whole: Group, wholes: tuple[Whole, ...]) -> int:
    """How many a whole is at least: the largest sum of parts that cannot overlap, each at least its own parts."""
    sums = [sum(least(lows, part, wholes) for part in one.parts) for one in wholes if one.whole == whole]
    return max([lows.get(whole, 0), *sums])


def added(told: Mapping[Group, Bounds], whole: Group, wholes: tuple[Whole, ...]) -> Bounds:
    """What the parts of a whole that are told of add up to.

    At least the largest sum of parts that cannot overlap. At most the sum of all that are parts of no other told of,
    since two groups of which the rules say nothing ("journalists", "women") may overlap or not.
    """
    within = outermost(told, whole, wholes)
    highs = [high for one in within if (high := told[one][1]) is not None]
    lows = {group: low for group, (low, _) in told.items() if group != whole and low is not None}
    return least(lows, whole, wholes) if lows else None, sum(highs) if len(highs) == len(within) else None


def room(told: Mapping[Group, Bounds], whole: Group, wholes: tuple[Whole, ...]) -> int | None:
    """How many a whole must be allowed to be so that each part told of may be as many as is said; ``None`` is open."""
    within = outermost(told, whole, wholes)
    lows = [told[one][0] or 0 for one in within]
    highs = [told[one][1] for one in within]
    if None in highs:
        return None
    every = sum(lows)
    return max((every - low + high for low, high in zip(lows, highs, strict=True) if high is not None), default=0)
