"""What the pages draw: a chain of quotation, months as bars, evidence as a waterfall. Numbers in pixels."""

import math
import re
from collections.abc import Sequence

import msgspec

from uncounted.model.asking import Summed
from uncounted.model.claims import Claim

_MONTH = re.compile(r"\d{4}-\d{2}")
LONGEST = 34
"""Letters of the longest name that is drawn whole."""


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One teller of a chain, drawn as a box at height ``y``; ``said`` is the name, cut where it is long."""

    name: str
    said: str
    kind: str
    y: int


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """A chain of quotation from the publisher, at the top, down to whoever said it first."""

    nodes: tuple[Node, ...]
    height: int


def chain(claim: Claim) -> Chain:
    """A claim's attribution as boxes under one another."""
    nodes = tuple(
        Node(name=one.name, said=_short(one.name), kind=one.kind, y=4 + at * 58)
        for at, one in enumerate(claim.attribution)
    )
    return Chain(nodes=nodes, height=max(len(nodes) * 58 - 12, 0))


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A month's bounds as a bar: solid up to the lower bound, pale up to the upper; an open one ends in an arrow."""

    month: str
    low: int | None
    high: int | None
    incidents: int
    of: int
    x: float
    width: float
    low_y: float
    high_y: float


class Bars(msgspec.Struct, frozen=True, kw_only=True):
    """Bars in order of time with the axis's ticks; ``other`` are incidents that no single month can be given to."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]
    other: tuple[Summed, ...]
    every: int
    width: float = 960.0
    height: float = 280.0
    left: float = 56.0
    base: float = 246.0


def months(sums: Sequence[Summed]) -> Bars:
    """Bars of one harm and group by month; a month of which no source speaks has none: missing is not zero."""
    whole = [one for one in sums if _MONTH.fullmatch(one.labels["month"])]
    other = tuple(one for one in sums if not _MONTH.fullmatch(one.labels["month"]))
    if not whole:
        return Bars(bars=(), ticks=(), other=other, every=1)
    first, last = (
        _number(edge) for edge in (min(o.labels["month"] for o in whole), max(o.labels["month"] for o in whole))
    )
    by_month = {_number(one.labels["month"]): one for one in whole}
    top = max(1, *(bound for one in whole for bound in (one.low, one.high) if bound is not None))
    left, base, room = 56.0, 246.0, 200.0
    step = (960.0 - left) / (last - first + 1)
    bars = [
        Bar(
            month=f"{at // 12:04d}-{at % 12 + 1:02d}", low=one.low, high=one.high, incidents=one.incidents, of=one.of,
            x=round(left + (at - first) * step + step * 0.16, 1), width=round(min(step * 0.68, 64), 1),
            low_y=round(base - room * (one.low or 0) / top, 1),
            high_y=round(base - room * (one.high if one.high is not None else (one.low or 0)) / top, 1),
        )
        for at, one in sorted(by_month.items())
    ]  # fmt: skip
    ticks = tuple((round(base - room * n / top, 1), n) for n in _ticks(top))
    return Bars(bars=tuple(bars), ticks=ticks, other=other, every=max(1, -(-len(bars) // 10)))


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence in a waterfall: what it says, what it is worth, and where its bar runs."""

    said: str
    weight: float
    x: float
    width: float
    y: int


class Waterfall(msgspec.Struct, frozen=True, kw_only=True):
    """Evidence piece by piece, as a logarithm of odds; ``zero`` is where even odds lie."""

    steps: tuple[Step, ...]
    zero: float
    height: int


def waterfall(pieces: Sequence[tuple[str, float]]) -> Waterfall:
    """Bars that each begin where the one before ended."""
    sums = [0.0]
    for _, weight in pieces:
        sums.append(sums[-1] + weight)
    low, high = min(sums), max(sums)
    scale = 300.0 / max(high - low, 1e-9)
    steps = tuple(
        Step(
            said=said, weight=weight, x=round(10 + (min(sums[at], sums[at + 1]) - low) * scale, 1),
            width=round(max(abs(weight) * scale, 1.0), 1), y=6 + at * 26,
        )
        for at, (said, weight) in enumerate(pieces)
    )  # fmt: skip
    return Waterfall(steps=steps, zero=round(10 - low * scale, 1), height=12 + 26 * len(steps))


def odds(probability: float) -> float:
    """A probability as a logarithm of odds."""
    kept = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(kept / (1 - kept))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _ticks(top: int) -> list[int]:
    step = next(m * 10**p for p in range(12) for m in (1, 2, 5) if top / (m * 10**p) <= 5)
    return list(range(0, top + 1, step))
