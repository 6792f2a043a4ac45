# ruff: noqa: PLR0912, PLR0917 - compiled code takes flat arguments and does its work in one loop
"""The compiled core of shrunken interactions: the posterior of the log of the mean unseen, given the prior's scales.

The model is log E n_x = Σ_{t ⊆ x} β_t over all 2^J terms, the interaction of all lists among them, with β_∅ = log E n0
flat and β ~ Normal(centre, precision⁻¹). The density of β_∅ is taken by Laplace's method at each of several values,
over all other coefficients (Tierney & Kadane 1986, JASA 81:82).
"""

import numpy as np

from uncounted.estimate.compiled import compiled, inner, put
from uncounted.estimate.tables import Floats

REACH = 4.5


@inner
def _chol(gram: Floats, first: int) -> float:
    """Cholesky factor in place of the block from ``first`` on; returns its log determinant."""
    size = gram.shape[0]
    total = 0.0
    for i in range(first, size):
        for j in range(first, i + 1):
            value = gram[i, j]
            for k in range(first, j):
                value -= gram[i, k] * gram[j, k]
            gram[i, j] = np.sqrt(max(value, 1e-300)) if i == j else value / gram[j, j]
        total += 2.0 * np.log(gram[i, i])
    return total


@inner
def _solve(gram: Floats, right: Floats, first: int) -> None:
    size = gram.shape[0]
    for i in range(first, size):
        for k in range(first, i):
            right[i] -= gram[i, k] * right[k]
        right[i] /= gram[i, i]
    for i in range(size - 1, first - 1, -1):
        for k in range(i + 1, size):
            right[i] -= gram[k, i] * right[k]
        right[i] /= gram[i, i]


@inner
def _means(beta: Floats, mean: Floats) -> None:
    """Means of all cells but the empty one: exp of the sum of β over a cell's terms, by sums over subsets."""
    size = beta.shape[0]
    for x in range(size):
        mean[x] = beta[x]
    step = 1
    while step < size:
        for x in range(size):
            if x & step:
                mean[x] += mean[x ^ step]
        step <<= 1
    for x in range(size):
        mean[x] = np.exp(min(mean[x], 50.0))


@inner
def _value(cells: Floats, mean: Floats, beta: Floats, centre: Floats, precision: Floats) -> float:
    total = 0.0
    for x in range(1, cells.shape[0]):
        total += (cells[x] * np.log(mean[x]) if cells[x] > 0 else 0.0) - mean[x]
    for i in range(1, beta.shape[0]):
        pull = 0.5 * precision[i, i] * (beta[i] - centre[i])
        for j in range(1, i):
            pull += precision[i, j] * (beta[j] - centre[j])
        total -= pull * (beta[i] - centre[i])
    return total


@compiled
def fit(cells: Floats, centre: Floats, precision: Floats, beta: Floats, first: int) -> tuple[float, float, float]:
    """Maximise over the coefficients from ``first`` on (0: all; 1: with β_∅ held) from ``beta``, by Newton's method.

    Returns the log posterior there, the log determinant of minus its Hessian, and, with ``first`` 0, the variance of
    β_∅.
    """
    size = beta.shape[0]
    mean, gram, step, trial = np.empty(size), np.empty((size, size)), np.empty(size), np.empty(size)
    super_sum = np.empty(size)
    _means(beta, mean)
    old = _value(cells, mean, beta, centre, precision)
    determinant = 0.0
    for _turn in range(60):
        # Σ over cells that hold both terms is a sum over supersets of their union.
        put(super_sum, mean)
        super_sum[0] = 0.0
        bit = 1
        while bit < size:
            for x in range(size):
                if not x & bit:
                    super_sum[x] += super_sum[x | bit]
            bit <<= 1
        for i in range(size):
            for j in range(i + 1):
                gram[i, j] = super_sum[i | j] + precision[i, j]
        for x in range(size):
            trial[x] = cells[x] - mean[x]
        trial[0] = 0.0
        bit = 1
        while bit < size:
            for x in range(size):
                if not x & bit:
                    trial[x] += trial[x | bit]
            bit <<= 1
        for t in range(size):
            step[t] = trial[t]
            for i in range(1, size):
                step[t] -= precision[max(t, i), min(t, i)] * (beta[i] - centre[i])
        determinant = _chol(gram, first)
        _solve(gram, step, first)
        slope = 0.0
        scale = 1.0
        new = -np.inf
        for _ in range(20):
            for t in range(size):
                trial[t] = beta[t] + (scale * step[t] if t >= first else 0.0)
            _means(trial, mean)
            new = _value(cells, mean, trial, centre, precision)
            if new >= old - 1e-10 * (abs(old) + 1.0):
                break
            scale *= 0.5
        for t in range(first, size):
            slope = max(slope, abs(scale * step[t]))
            beta[t] = trial[t]
        done = abs(new - old) < 1e-9 * (abs(new) + 1.0) and slope < 1e-4
        old = new
        if done:
            break
    variance = 0.0
    if first == 0:
        step[:] = 0.0
        step[0] = 1.0
        _solve(gram, step, 0)
        variance = step[0]
    return old, determinant, variance


@compiled
def profile(cells: Floats, centre: Floats, precision: Floats, mode: Floats, at: Floats, logs: Floats) -> None:
    """The log density of β_∅ for one prior, less the half log determinant of the prior's covariance.

    ``mode`` (2^J) holds the posterior mode; ``at`` takes places equally spaced over REACH standard deviations about it,
    and ``logs`` the density there.
    """
    beta = mode.copy()
    places = at.shape[0]
    # Written as sums, since a constant would have a version of its own compiled.
    every, held = places - places, places - places + 1
    _, _, variance = fit(cells, centre, precision, beta, every)
    spread = REACH * np.sqrt(min(max(variance, 1e-12), 100.0))
    for i in range(places):
        at[i] = mode[0] + spread * (2.0 * i / (places - 1) - 1.0)
    for way in range(2):
        beta = mode.copy()
        i = places // 2 - way
        while 0 <= i < places:
            beta[0] = at[i]
            value, determinant, _ = fit(cells, centre, precision, beta, held)
            logs[i] = value - 0.5 * determinant
            i += 1 if way == 0 else -1
