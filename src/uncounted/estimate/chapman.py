"""Two lists: Chapman's estimate, for one pair or every pair of several."""

import math
from itertools import combinations
from typing import Any

import numpy as np
from scipy.special import ndtri

from uncounted.estimate.checks import carry, picture
from uncounted.estimate.result import Estimate
from uncounted.estimate.tables import Table
from uncounted.model.errors import NotEnough


def of_pair(first: int, second: int, both: int, level: float) -> dict[str, float]:
    """Chapman's estimate (1951) with Seber's variance (1970) and a log-normal interval in the unseen.

    Takes the sizes of two lists and how many people are on both. The estimate rests on independent lists.
    """
    total = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    seen = first + second - both
    unseen = total - seen
    tail = float(ndtri((1 + level) / 2))
    factor = math.exp(tail * math.sqrt(math.log1p(variance / unseen**2))) if unseen > 0 else 1.0
    return {
        "n": total, "low": seen + unseen / factor, "high": seen + unseen * factor,
        "standard_error": math.sqrt(variance), "both": both, "seen": seen,
    }  # fmt: skip


def chapman(table: Table, *, seed: int = 1, level: float = 0.95, samples: int = 4000) -> Estimate:
    """Estimate the total from two lists.

    With more than two lists the pair that shares most people gives the number (its relative error is least) and every
    other pair is shown beside it; where pairs disagree the lists depend on each other, and a model of all of them is
    due. Raises :class:`NotEnough` where no pair shares anybody.
    """
    table, warnings = carry(table, 2, "chapman")
    shared = table.pairs()
    pairs: dict[tuple[int, int], dict[str, float]] = {}
    for i, j in combinations(range(len(table.lists)), 2):
        if shared[i, j] > 0:
            pairs[i, j] = of_pair(int(shared[i, i]), int(shared[j, j]), int(shared[i, j]), level)
    if not pairs:
        raise NotEnough("every pair", "shares nobody", "Check the matching.")
    chosen = max(pairs, key=lambda pair: (pairs[pair]["both"], table.lists[pair[0]], table.lists[pair[1]]))
    found = pairs[chosen]
    names = [table.lists[i] for i in chosen]
    if len(table.lists) > 2:
        warnings += (f"the number is of {names[0]} and {names[1]} alone, the pair that shares most people",)
        totals = [pair["n"] for pair in pairs.values()]
        if max(totals) > 1.25 * min(totals):
            warnings += (f"pairs of lists give between {min(totals):,.0f} and {max(totals):,.0f}: lists are dependent",)
        if found["high"] < table.observed:
            raise NotEnough(
                f"{names[0]} and {names[1]}",
                f"give {found['n']:,.0f}, fewer than the {table.observed} people that all lists recorded",
                "The two lists are dependent; use a model of all lists.",
            )
    if found["both"] < 10:
        warnings += (f"only {found['both']:.0f} people are on both lists",)
    rng = np.random.default_rng([seed, 5])
    unseen = max(found["n"] - found["seen"], 0.0)
    spread = math.sqrt(math.log1p((found["standard_error"] / unseen) ** 2)) if unseen > 0 else 0.0
    draws = np.maximum(found["seen"] + unseen * np.exp(spread * rng.standard_normal(samples)), table.observed)
    diagnostics: dict[str, Any] = {
        **picture(table),
        "pair": names,
        "pairs": {f"{table.lists[i]} & {table.lists[j]}": pair for (i, j), pair in pairs.items()},
        "seed": seed,
    }
    point = max(found["n"], float(table.observed))
    return Estimate(
        "chapman", table.lists, table.observed, point, point, max(found["low"], table.observed), found["high"], level,
        diagnostics, (*warnings, "rests on the two lists being independent"), draws,
    )  # fmt: skip
