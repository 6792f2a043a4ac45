"""No highest-order interaction, and what the total would be were there one (Aleshin-Guendel, Sadinle & Wakefield).

Of the 2^J patterns one is never seen. Whatever model fits the seen ones, the unseen one follows from them and one
number that no data can give: ξ, the highest-order odds ratio. ξ = 1 says that the interaction of all lists is nil.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from uncounted.estimate.checks import carry, picture
from uncounted.estimate.result import Estimate, from_draws
from uncounted.estimate.tables import Floats, Table
from uncounted.model.errors import BadInput, NotEnough

SWEEP = (0.1, 0.2, 0.5, 0.8, 1.0, 1.25, 2.0, 5.0, 10.0)
LARGEST = 10


def unseen_share(patterns: Floats, xi: float) -> Floats:
    """π₀ for draws (S × (2^J − 1)) of the shares of the seen patterns, pattern c + 1 in column c.

    r = Π odd patterns / Π even patterns, π₀ = r / (ξ + r), with ξ the assumed highest-order odds ratio.
    """
    size = np.array([(code + 1).bit_count() for code in range(patterns.shape[1])])
    log_r = np.log(patterns) @ np.where(size % 2 == 1, 1.0, -1.0)
    return np.asarray(1 / (1 + xi * np.exp(-log_r)))


def nhoi(
    table: Table, *, seed: int = 1, level: float = 0.95, samples: int = 4000, xi: float = 1.0, prior: float = 0.5
) -> Estimate:
    """Estimate the total given ξ, with nothing assumed of the seen patterns, and sweep ξ.

    The shares of the seen patterns are drawn from their Dirichlet posterior (``prior`` a cell); the number unseen is
    negative binomial given them. Raises :class:`NotEnough` where the table cannot carry a number.
    """
    if not xi > 0 or not prior > 0:
        raise BadInput("xi and prior", "must be above zero")
    table, warnings = carry(table, 3, "nhoi")
    if len(table.lists) > LARGEST:
        raise NotEnough(
            f"{len(table.lists)} lists",
            "most patterns of so many lists are empty, and nhoi needs them all",
            "Choose lists with --lists, or use lcmcr.",
        )
    rng = np.random.default_rng([seed, 3])
    cells = table.dense()[1:].astype(float)
    drawn = np.maximum(rng.gamma(cells + prior, size=(samples, len(cells))), 1e-300)
    shares = drawn / drawn.sum(axis=1, keepdims=True)

    def totals(at: float) -> Floats:
        missing = unseen_share(shares, at)
        rate = rng.gamma(table.observed, size=samples) * np.exp(np.log(missing) - np.log1p(-missing))
        return np.asarray(table.observed + np.where(rate < 1e15, rng.poisson(np.minimum(rate, 1e15)), rate))

    draws = totals(xi)
    curve = []
    for at in sorted({*SWEEP, xi}):
        low, median, high = np.quantile(totals(at), [(1 - level) / 2, 0.5, (1 + level) / 2])
        curve.append({"xi": at, "median": float(median), "low": float(low), "high": float(high)})
    diagnostics: dict[str, Any] = {**picture(table), "xi": xi, "prior": prior, "sweep": curve, "seed": seed}
    empty = int((cells == 0).sum())
    if empty:
        warnings += (f"{empty} of {len(cells)} patterns are empty; the answer leans on the prior ({prior:g} each)",)
    estimate = from_draws("nhoi", table, draws, level, diagnostics, warnings=warnings)
    if estimate.high - estimate.low > 10 * estimate.median:
        wide = f"the interval is {(estimate.high - estimate.low) / estimate.median:,.0f} times the median: no use alone"
        estimate = from_draws("nhoi", table, draws, level, diagnostics, warnings=(*warnings, wide))
    return estimate


def sweep(table: Table, at: Sequence[float], *, seed: int = 1, samples: int = 4000) -> list[Estimate]:
    """One estimate for each value of ξ."""
    return [nhoi(table, seed=seed, samples=samples, xi=xi) for xi in at]
