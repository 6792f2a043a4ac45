"""What an engine hands back: a number with its interval, what it rests on, and draws to add up over strata."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from uncounted.estimate.tables import Floats, Table
from uncounted.model.errors import NotEnough

APART = 3.0
"""How many times its lower end the upper end of an interval may be before that is said."""


@dataclass(frozen=True)
class Estimate:
    """How many there were in all, recorded plus unrecorded.

    ``median`` and ``mean`` are of the posterior; an engine that gives one point (log-linear, Chao, Chapman, doubly
    robust) gives it as both. ``low`` to ``high`` is the interval at ``level``, equal tails. ``draws`` are draws of N
    (posterior or bootstrap), in no order that means anything, for sums over strata and mixtures over linkages.
    """

    model: str
    lists: tuple[str, ...]
    observed: int
    median: float
    mean: float
    low: float
    high: float
    level: float
    diagnostics: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    draws: Floats = field(default_factory=lambda: np.zeros(0), repr=False, compare=False)

    def as_json(self) -> dict[str, Any]:
        """The public form of ``uncounted estimate --json``: plain values, numbers that are finite or ``None``."""
        return {
            "model": self.model,
            "lists": list(self.lists),
            "observed": self.observed,
            "estimate": {
                "median": _plain(self.median),
                "mean": _plain(self.mean),
                "low": _plain(self.low),
                "high": _plain(self.high),
                "level": self.level,
            },
            "diagnostics": _plain(self.diagnostics),
            "warnings": list(self.warnings),
        }


def from_draws(
    model: str,
    table: Table,
    draws: Floats,
    level: float,
    diagnostics: Mapping[str, Any],
    *,
    warnings: tuple[str, ...] = (),
) -> Estimate:
    """Summarise equally weighted draws of N by median, mean and equal-tailed interval.

    Raises :class:`NotEnough` when a draw is not finite: a number that has no end is no number.
    """
    if not np.isfinite(draws).all():
        raise NotEnough(model, "some draws of the total have no end", "Nothing in these lists bounds the number.")
    low, median, high = np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return Estimate(
        model, table.lists, table.observed, float(median), float(draws.mean()), float(low), float(high), level,
        diagnostics, warnings, draws,
    )  # fmt: skip


def loose_ends(low: float, high: float) -> tuple[str, ...]:
    """The warning that an interval calls for whose upper end is several times its lower, or nothing."""
    if high <= APART * low:
        return ()
    return (f"the interval's ends lie {high / low:.1f} times apart: an order of magnitude, not a figure",)


def _plain(value: Any) -> Any:
    """Built-in values alone; a number that is not finite is ``None``; figures keep seven digits or whole people."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(inner) for inner in value]
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(f"{float(value):.12g}") if math.isfinite(value) else None
    return value
