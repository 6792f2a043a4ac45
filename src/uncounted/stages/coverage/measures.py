"""Measures over a set of incidents, each a ratio of sums or a median, so that one way of drawing anew serves all."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from uncounted.model.coverage import Measure, MeasureKind
from uncounted.stages.coverage.observe import Observed

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS = 1000
"""How often incidents are drawn anew for an interval."""

FEWEST = 5
"""With fewer incidents than this no interval is given: there is too little to draw from."""


class Ratio(msgspec.Struct, frozen=True):
    """A measure that is a sum over a sum: per incident, what is counted and over what."""

    name: str
    kind: MeasureKind
    of: Literal["incidents", "claims", "reports"]
    count: Callable[[Observed], float]
    over: Callable[[Observed], float]


RATIOS = (
    Ratio("Reports per incident", "ratio", "incidents", lambda o: len(o.reports), lambda o: 1),
    Ratio("Outlets per incident", "ratio", "incidents", lambda o: o.outlets, lambda o: 1),
    Ratio("Independent origins per incident", "ratio", "incidents", lambda o: o.origins, lambda o: 1),
    Ratio("Incidents with one origin", "share", "incidents", lambda o: o.origins == 1, lambda o: o.origins > 0),
    Ratio("Reports per death recorded", "ratio", "incidents", lambda o: len(o.reports) if o.low else 0,
          lambda o: o.low or 0),
    Ratio("Claims put with a verb of doubt", "share", "claims", lambda o: sum(put for _, put in o.quoted),
          lambda o: len(o.quoted)),
    Ratio("Numbers of 10 and more that end in 0 or 5", "share", "claims",
          lambda o: sum(number >= 10 and number % 5 == 0 for number in o.numbers),
          lambda o: sum(number >= 10 for number in o.numbers)),
)  # fmt: skip
"""Digit heaping: were the last digits even, a fifth would end in 0 or 5 (the idea of Whipple's index)."""

HOURS = "Hours to the first report (median)"


def measured(
    observed: Sequence[Observed], seed: int = 1, draws: int = DRAWS, level: float = 0.95
) -> tuple[Measure, ...]:
    """Every measure over a set of incidents, with percentile bootstrap intervals (Efron 1979).

    Whole incidents are drawn with replacement, so that claims of one incident stay together. ``level`` is the
    interval's nominal coverage. A measure that nothing can be said about has no value.
    """
    import numpy as np

    weights = drawn(len(observed), seed, draws)
    found = []
    for ratio in RATIOS:
        top = np.array([ratio.count(one) for one in observed], float)
        base = np.array([ratio.over(one) for one in observed], float)
        low, high = bounds(ratios(top, base, weights), level)
        total = base.sum()
        found.append(
            Measure(
                name=ratio.name, kind=ratio.kind, value=float(top.sum() / total) if total else None,
                low=low, high=high, level=level, of=ratio.of,
                number=int(total) if ratio.of == "claims" else int((base > 0).sum()),
            )
        )  # fmt: skip
    hours = np.array([np.nan if one.hours is None else one.hours for one in observed], float)
    known = ~np.isnan(hours)
    low, high = bounds(medians(hours, weights), level)
    value = float(np.median(hours[known])) if known.any() else None
    found.append(
        Measure(name=HOURS, kind="hours", value=value, low=low, high=high, level=level, number=int(known.sum()))
    )
    return tuple(found)


def drawn(number: int, seed: int, draws: int = DRAWS) -> "NDArray":  # type: ignore[type-arg]
    """How often each of ``number`` incidents is drawn, in each of ``draws`` draws: shape (draws, number)."""
    import numpy as np

    if number < FEWEST:
        return np.zeros((0, number))
    rng = np.random.default_rng(seed)
    found: NDArray = rng.multinomial(number, np.full(number, 1 / number), size=draws).astype(np.float32)  # type: ignore[type-arg]
    return found


def ratios(top: "NDArray", base: "NDArray", weights: "NDArray") -> "NDArray":  # type: ignore[type-arg]
    """The ratio of sums in each draw, nan where nothing is in the base."""
    import numpy as np

    below = weights @ base.astype(weights.dtype)
    above = weights @ top.astype(weights.dtype)
    found: NDArray = np.full(len(weights), np.nan)  # type: ignore[type-arg]
    np.divide(above, below, out=found, where=below > 0)
    return found


def medians(values: "NDArray", weights: "NDArray") -> "NDArray":  # type: ignore[type-arg]
    """The median of the known values in each draw: the smallest value with half of the weight at or below it."""
    import numpy as np

    known = np.flatnonzero(~np.isnan(values))
    if not len(known) or not len(weights):
        return np.full(len(weights), np.nan)
    order = known[np.argsort(values[known], kind="stable")]
    sums = np.cumsum(weights[:, order], axis=1)
    at = (sums >= sums[:, -1:] / 2).argmax(axis=1)
    found: NDArray = np.where(sums[:, -1] > 0, values[order][at], np.nan)  # type: ignore[type-arg]
    return found


def bounds(found: "NDArray", level: float) -> tuple[float | None, float | None]:  # type: ignore[type-arg]
    """The percentile interval of draws; none where fewer than nine in ten draws say anything."""
    import numpy as np

    told = found[~np.isnan(found)]
    if not len(found) or len(told) < 0.9 * len(found):
        return None, None
    low, high = np.quantile(told, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
