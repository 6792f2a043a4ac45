"""A range of persons, and how it is said."""

from collections.abc import Iterable, Mapping

import msgspec

from uncounted.stages.toll.counts import Bounds

NOTHING: Mapping[str, str] = {}


class Range(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How many persons: a bound, never a confidence interval; ``None`` is an open bound.

    ``claims`` set it, by ``origins`` independent first-hand sources; ``why`` tells each step in words. ``derived``
    marks a total that no source states. A contradiction between sources widens the range and is told in
    ``contradictions``. ``best`` is the single figure that the policy picks, where it picks one.
    """

    low: int | None
    high: int | None
    claims: tuple[str, ...] = ()
    origins: int = 0
    why: tuple[str, ...] = ()
    derived: bool = False
    contradictions: tuple[str, ...] = ()
    best: int | None = None


def said(low: int | None, high: int | None) -> str:
    """A range in words a table can hold: ``14``, ``14–20``, ``14 or more``, ``up to 20``, ``no bound``."""
    if low is None and high is None:
        return "no bound"
    if high is None:
        return f"{low} or more"
    if low is None:
        return f"up to {high}"
    return str(low) if low == high else f"{low}–{high}"


def hull(ranges: Iterable[Bounds]) -> Bounds:
    """The smallest lower and the largest upper bound; an open bound stays open."""
    lows, highs = zip(*ranges, strict=True)
    return (
        None if None in lows else min(lows),
        None if None in highs else max(highs),
    )
