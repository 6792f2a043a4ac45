"""Two sets of incidents beside each other, say two sieges, with what drawing anew says of their difference."""

from collections.abc import Sequence

import msgspec

from uncounted.stages.coverage.measures import DRAWS, HOURS, RATIOS, bounds, drawn, medians, ratios
from uncounted.stages.coverage.observe import Observed


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One measure in two sets: both values, and the left less the right with its interval at ``level``.

    It compares two sets of reported incidents with each other. It is no statement about incidents that nobody
    reported, and says nothing against a source: the sets may differ in much else than who watched.
    """

    name: str
    left: float | None
    right: float | None
    difference: float | None
    low: float | None
    high: float | None
    level: float = 0.95


def compare(
    left: Sequence[Observed], right: Sequence[Observed], seed: int = 1, draws: int = DRAWS, level: float = 0.95
) -> tuple[Difference, ...]:
    """Every measure in two sets; incidents of each set are drawn anew independently (percentile bootstrap)."""
    import numpy as np

    weights = drawn(len(left), seed, draws), drawn(len(right), seed + 1, draws)
    found = []
    for ratio in RATIOS:
        values, spread = [], []
        for side, weight in zip((left, right), weights, strict=True):
            top = np.array([ratio.count(one) for one in side], float)
            base = np.array([ratio.over(one) for one in side], float)
            values.append(float(top.sum() / base.sum()) if base.sum() else None)
            spread.append(ratios(top, base, weight))
        found.append(_between(ratio.name, values, spread, level))
    values, spread = [], []
    for side, weight in zip((left, right), weights, strict=True):
        hours = np.array([np.nan if one.hours is None else one.hours for one in side], float)
        values.append(float(np.nanmedian(hours)) if (~np.isnan(hours)).any() else None)
        spread.append(medians(hours, weight))
    found.append(_between(HOURS, values, spread, level))
    return tuple(found)


def _between(name: str, values: list[float | None], spread: list, level: float) -> Difference:  # type: ignore[type-arg]
    left, right = values
    known = left is not None and right is not None and len(spread[0]) == len(spread[1]) > 0
    low, high = bounds(spread[0] - spread[1], level) if known else (None, None)
    difference = None if left is None or right is None else left - right
    return Difference(name=name, left=left, right=right, difference=difference, low=low, high=high, level=level)
