"""The bootstrap of a choice among log-linear models: resample people, fit all models again, choose again."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy.special import ndtr, ndtri

from uncounted.estimate.hierarchy import Models, design
from uncounted.estimate.poisson import choose
from uncounted.estimate.tables import Floats, Ints, Table

CHUNK = 64


def workers() -> int:
    """How many threads to use: the cores this process may run on. Results never depend on it."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def bootstrap(
    table: Table,
    models: Models,
    betas: Floats,
    penalty: Callable[[int], Floats],
    *,
    average: bool,
    replicates: int,
    seed: int,
) -> tuple[Floats, Floats]:
    """Totals of ``replicates`` multinomial resamples, and of the table less one person of each pattern.

    Resampling keeps the number of people observed. ``penalty`` gives what each model pays for a number of people.
    A resample on which no model gives a number is NaN.
    """
    lists, observed = len(table.lists), table.observed
    where = table.patterns @ (1 << np.arange(lists)) - 1
    rng = np.random.default_rng([seed, 1])
    samples = np.zeros((replicates, (1 << lists) - 1))
    samples[:, where] = rng.multinomial(observed, table.counts / observed, size=replicates)
    fewer = np.tile(table.dense()[1:].astype(float), (len(where), 1))
    fewer[np.arange(len(where)), where] -= 1
    drawn = _totals(samples, lists, models, betas, penalty(observed), average=average)
    jackknife = _totals(fewer, lists, models, betas, penalty(max(observed - 1, 1)), average=average)
    return drawn, jackknife


def _totals(samples: Floats, lists: int, models: Models, betas: Floats, penalty: Floats, *, average: bool) -> Floats:
    totals = np.empty(len(samples))
    chosen = np.empty(len(samples), dtype=np.int64)
    cross = design(lists)
    models, betas = np.ascontiguousarray(models), np.ascontiguousarray(betas)

    def part(start: int) -> None:
        piece = slice(start, start + CHUNK)
        choose(samples[piece], cross, models, betas, penalty, average, totals[piece], chosen[piece])

    with ThreadPoolExecutor(workers()) as pool:
        list(pool.map(part, range(0, len(samples), CHUNK)))
    return totals


def bca(point: float, draws: Floats, jackknife: Floats, counts: Ints, level: float) -> tuple[float, float, float]:
    """Bias-corrected and accelerated interval (Efron 1987, JASA 82:171) and its bias correction.

    ``jackknife`` holds the total without one person of each pattern and ``counts`` how many people have that pattern.
    Where the jackknife breaks down the acceleration is taken as zero.
    """
    draws = np.sort(draws[np.isfinite(draws)])
    below = (np.sum(draws < point) + 0.5 * np.sum(draws == point)) / len(draws)
    bias = float(ndtri(np.clip(below, 0.5 / len(draws), 1 - 0.5 / len(draws))))
    sound = np.isfinite(jackknife)
    weight = counts[sound].astype(float)
    pull = np.average(jackknife[sound], weights=weight) - jackknife[sound]
    spread = float(weight @ pull**2)
    acceleration = float(weight @ pull**3) / (6 * spread**1.5) if spread > 0 else 0.0
    tails = ndtri([(1 - level) / 2, (1 + level) / 2])
    places = ndtr(bias + (bias + tails) / (1 - acceleration * (bias + tails)))
    low, high = np.quantile(draws, np.clip(places, 0, 1))
    return float(low), float(high), bias
