# ruff: noqa: PLR0912, PLR0917 - compiled code takes flat arguments and does its work in one loop
"""The compiled core of shrunken interactions: the posterior of the log of the mean unseen, given the prior's scales.

The model is log E n_x = Σ_{t ⊆ x} β_t over all 2^J terms, the interaction of all lists among them, with β_∅ = log E n0
flat and β ~ Normal(centre, precision⁻¹). The density of β_∅ is taken by Laplace's method at each of several values,
over all other coefficients (Tierney & Kadane 1986, JASA 81:82).
"""

import numpy as np

from uncounted.estimate.compiled import compiled, inner
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
def _means(beta: Floats, mean: Floats, slopes: Floats) -> None:
    """Means of all cells but the empty one, and how the log of each moves with each number of ``beta`` (``slopes``).

    The log of a mean is a sum of β over a cell's terms, by sums over subsets; and, where ``beta`` is longer, what two
    classes of people add.
    """
    size = mean.shape[0]
    for x in range(size):
        mean[x] = beta[x]
    step = 1
    while step < size:
        for x in range(size):
            if x & step:
                mean[x] += mean[x ^ step]
        step <<= 1
    if beta.shape[0] > size:
        _classes(beta, mean, slopes)
    for x in range(size):
        mean[x] = np.exp(min(mean[x], 50.0))


@inner
def _classes(beta: Floats, logs: Floats, slopes: Floats) -> None:
    """Add to the log of each mean log(1 − w + w exp Σ_{j ∈ x} δ_j), and fill ``slopes``.

    Beyond the terms ``beta`` holds δ_j, how much more easily list j finds the second class (on the scale of log odds),
    then the log odds of its share π of all people. Its share w of those on no list follows from the chances of both:
    logit w = logit π − Σ_j log((1 + exp(β_j + δ_j)) / (1 + exp β_j)), with β_j of the first class.
    """
    size = logs.shape[0]
    lists = beta.shape[0] - size - 1
    log_odds = beta[size + lists]
    for j in range(lists):
        other, easy = beta[1 << j], beta[1 << j] + beta[size + j]
        log_odds += max(other, 0.0) + np.log1p(np.exp(-abs(other))) - max(easy, 0.0) - np.log1p(np.exp(-abs(easy)))
    hard = -max(log_odds, 0.0) - np.log1p(np.exp(-abs(log_odds)))
    share = np.exp(log_odds + hard)
    for x in range(size):
        gain = log_odds
        for j in range(lists):
            if x >> j & 1:
                gain += beta[size + j]
        # log(1 − w) + log(1 + exp(gain)), and the share of the second class among those of this cell.
        both = max(gain, 0.0) + np.log1p(np.exp(-abs(gain)))
        logs[x] += hard + both
        within = np.exp(gain - both)
        for t in range(size):
            slopes[x, t] = 1.0 if t & x == t else 0.0
        for j in range(lists):
            one = 1.0 / (1.0 + np.exp(-beta[1 << j]))
            two = 1.0 / (1.0 + np.exp(-beta[1 << j] - beta[size + j]))
            slopes[x, 1 << j] -= (within - share) * (two - one)
            slopes[x, size + j] = (within if x >> j & 1 else 0.0) - (within - share) * two
        slopes[x, size + lists] = within - share


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


@inner
def _terms(cells: Floats, mean: Floats, gram: Floats, step: Floats, held: Floats) -> None:
    """Information and slope of the likelihood where there are terms alone: Σ over cells that hold both of two terms is
    a sum over supersets of their union."""
    size = mean.shape[0]
    for x in range(size):
        held[x] = mean[x]
        step[x] = cells[x] - mean[x]
    held[0] = step[0] = 0.0
    bit = 1
    while bit < size:
        for x in range(size):
            if not x & bit:
                held[x] += held[x | bit]
                step[x] += step[x | bit]
        bit <<= 1
    for i in range(size):
        for j in range(i + 1):
            gram[i, j] = held[i | j]


@inner
def _sloped(cells: Floats, mean: Floats, slopes: Floats, gram: Floats, step: Floats) -> None:
    """Information and slope of the likelihood from the slopes of all log means."""
    for i in range(gram.shape[0]):
        step[i] = 0.0
        for j in range(i + 1):
            gram[i, j] = 0.0
    for x in range(1, mean.shape[0]):
        for i in range(gram.shape[0]):
            if slopes[x, i] != 0.0:
                step[i] += slopes[x, i] * (cells[x] - mean[x])
                weight = slopes[x, i] * mean[x]
                for j in range(i + 1):
                    gram[i, j] += weight * slopes[x, j]


@compiled
def fit(cells: Floats, centre: Floats, precision: Floats, beta: Floats, first: int) -> tuple[float, float, float]:
    """Maximise over the numbers of ``beta`` from ``first`` on (0: all; 1: with β_∅ held), by Fisher's scoring.

    ``beta`` holds 2^J terms and, for a story of two classes of people, J + 1 numbers more (see :func:`_classes`).
    Returns the log posterior there, the log determinant of its information, and, with ``first`` 0, the variance of β_∅.
    """
    cellcount, size = cells.shape[0], beta.shape[0]
    mean, held, slopes = np.empty(cellcount), np.empty(cellcount), np.empty((cellcount, size))
    gram, step, trial = np.empty((size, size)), np.empty(size), np.empty(size)
    _means(beta, mean, slopes)
    old = _value(cells, mean, beta, centre, precision)
    determinant = 0.0
    for _turn in range(60):
        if size > cellcount:
            _sloped(cells, mean, slopes, gram, step)
        else:
            _terms(cells, mean, gram, step, held)
        for i in range(size):
            for j in range(i + 1):
                gram[i, j] += precision[i, j]
        for t in range(size):
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
            _means(trial, mean, slopes)
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
