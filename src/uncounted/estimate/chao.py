"""Chao's lower bound: how many there are at least, when people differ in how easily lists find them."""

import math
from typing import Any

import numpy as np
from scipy.special import ndtri

from uncounted.estimate.checks import carry, picture
from uncounted.estimate.result import Estimate
from uncounted.estimate.tables import Table


def chao(table: Table, *, seed: int = 1, level: float = 0.95, samples: int = 4000) -> Estimate:
    """Bound the total from below by how many are on one list and on two (Chao 1987, Biometrics 43:783).

    n0 ≥ (J−1)/J · f1 (f1 − 1) / (2 (f2 + 1)), the bias-corrected form for J lists (Chao & Chiu 2016). The interval is
    log-normal in the unseen. It is a bound: under a group that no list can reach the truth lies beyond it.
    """
    table, warnings = carry(table, 2, "chao")
    often = np.bincount(table.patterns.sum(axis=1), weights=table.counts, minlength=3)
    once, twice, seen = float(often[1]), float(often[2]), table.observed
    share = (len(table.lists) - 1) / len(table.lists)
    unseen = share * once * (once - 1) / (2 * (twice + 1))
    # Variance of the bias-corrected form, equation 6 of Chao & Chiu's user guide for abundance-type data.
    variance = (
        share * once * (once - 1) / (2 * (twice + 1))
        + share**2 * once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + share**2 * once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    total = seen + unseen
    tail = float(ndtri((1 + level) / 2))
    spread = math.sqrt(math.log1p(variance / unseen**2)) if unseen > 0 else 0.0
    factor = math.exp(tail * spread)
    rng = np.random.default_rng([seed, 4])
    draws = seen + unseen * np.exp(spread * rng.standard_normal(samples))
    diagnostics: dict[str, Any] = {
        **picture(table), "once": int(once), "twice": int(twice), "standard_error": math.sqrt(variance), "seed": seed,
    }  # fmt: skip
    return Estimate(
        "chao", table.lists, seen, total, total, seen + unseen / factor, seen + unseen * factor, level, diagnostics,
        (*warnings, "a lower bound: the total is at least about this, not this"), draws,
    )  # fmt: skip
