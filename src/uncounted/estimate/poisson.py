# ruff: noqa: PLR0912, PLR0915, PLR0917 - compiled code takes flat arguments and does its work in one loop
"""The compiled core of log-linear fitting: Poisson maximum likelihood of many models on one or more tables."""

import numpy as np
from numpy.typing import NDArray

from uncounted.estimate.compiled import compiled, inner, put
from uncounted.estimate.tables import Floats, Ints

ROUNDS = 60
CLOSE = 1e-10


@inner
def _solve(gram: Floats, right: Floats, size: int) -> int:
    """Solve gram · x = right in place by Cholesky; 0 when done, 1 when the matrix has no full rank."""
    for i in range(size):
        for j in range(i + 1):
            total = gram[i, j]
            for k in range(j):
                total -= gram[i, k] * gram[j, k]
            if i == j:
                if total <= 1e-11 * (gram[i, i] + 1e-300):
                    return 1
                gram[i, i] = np.sqrt(total)
            else:
                gram[i, j] = total / gram[j, j]
    for i in range(size):
        total = right[i]
        for k in range(i):
            total -= gram[i, k] * right[k]
        right[i] = total / gram[i, i]
    for i in range(size - 1, -1, -1):
        total = right[i]
        for k in range(i + 1, size):
            total -= gram[k, i] * right[k]
        right[i] = total / gram[i, i]
    return 0


@compiled
def fit_one(
    cells: Floats, live: NDArray[np.bool_], rows: Ints, ends: Ints, width: int, beta: Floats, warm: bool
) -> tuple[float, int]:
    """Fit one model by Newton's method with step halving.

    ``cells`` are counts; cells with ``live`` false are fixed at a mean of zero. Cell c has ones in the columns
    ``rows[ends[c]:ends[c + 1]]`` of its design and zeros elsewhere. ``beta`` (width) is the start when ``warm`` and
    takes the coefficients; the first is the log of the mean unseen. Returns the log-likelihood (up to a constant in
    the cells) and 0, 1 when the design has no full rank, or 2 when the fit did not settle.
    """
    size = cells.shape[0]
    gram = np.empty((width, width))
    step = np.empty(width)
    trial = np.empty(width)
    mean = np.empty(size)
    if not warm:
        # The first step starts from the counts themselves, as weighted least squares on their logs.
        gram[:, :] = 0.0
        step[:] = 0.0
        for c in range(size):
            if live[c]:
                start = cells[c] + 0.5
                log_start = np.log(start)
                for a in range(ends[c], ends[c + 1]):
                    i = rows[a]
                    step[i] += start * log_start
                    for b in range(ends[c], a + 1):
                        gram[i, rows[b]] += start
        if _solve(gram, step, width) != 0:
            return -np.inf, 1
        put(beta, step)
    old = -np.inf
    for c in range(size):
        if live[c]:
            eta = 0.0
            for a in range(ends[c], ends[c + 1]):
                eta += beta[rows[a]]
            mean[c] = np.exp(min(eta, 600.0))
    old = 0.0
    for c in range(size):
        if live[c]:
            old += (cells[c] * np.log(mean[c]) if cells[c] > 0 else 0.0) - mean[c]
    for _ in range(ROUNDS):
        gram[:, :] = 0.0
        step[:] = 0.0
        for c in range(size):
            if live[c]:
                gap = cells[c] - mean[c]
                weight = mean[c]
                for a in range(ends[c], ends[c + 1]):
                    i = rows[a]
                    step[i] += gap
                    for b in range(ends[c], a + 1):
                        gram[i, rows[b]] += weight
        if _solve(gram, step, width) != 0:
            return old, 2
        scale = 1.0
        new = -np.inf
        for _half in range(12):
            new = 0.0
            for i in range(width):
                trial[i] = beta[i] + scale * step[i]
            for c in range(size):
                if live[c]:
                    eta = 0.0
                    for a in range(ends[c], ends[c + 1]):
                        eta += trial[rows[a]]
                    mean[c] = np.exp(min(eta, 600.0))
                    new += (cells[c] * eta if cells[c] > 0 else 0.0) - mean[c]
            if new >= old - 1e-9 * (abs(old) + 1.0):
                break
            scale *= 0.5
        for i in range(width):
            beta[i] = trial[i]
        moved = 0.0
        for i in range(width):
            moved = max(moved, abs(scale * step[i]))
        if abs(new - old) <= CLOSE * (abs(new) + 1.0) and moved < 1e-6:
            return new, 0
        old = new
    return old, 2


@compiled
def sparse_design(design: Ints, model: NDArray[np.bool_], rows: Ints, ends: Ints) -> int:
    """Write the columns of ``model`` that hold a 1 in each cell into ``rows`` and ``ends``; return their number."""
    width = 0
    place = np.empty(model.shape[0], dtype=np.int64)
    for t in range(model.shape[0]):
        if model[t]:
            place[t] = width
            width += 1
    at = 0
    ends[0] = 0
    for c in range(design.shape[0]):
        for t in range(model.shape[0]):
            if model[t] and design[c, t] == 1:
                rows[at] = place[t]
                at += 1
        ends[c + 1] = at
    return width


@compiled
def fit_models(
    cells: Floats, design: Ints, models: NDArray[np.bool_], betas: Floats, warm: bool, loglik: Floats, state: Ints
) -> None:
    """Fit every model to one table.

    A term whose margin is zero has its coefficient at minus infinity: its cells are fixed at zero and it and every
    term that holds it leave the fit (the extended maximum likelihood estimate, Fienberg & Rinaldo 2012, in the case
    that margins alone decide). ``betas`` (M × T, over all terms) is the start when ``warm`` and takes the fits;
    ``loglik`` and ``state`` (M) take what :func:`fit_one` returns.
    """
    size, width_all = design.shape
    live = np.empty(size, dtype=np.bool_)
    kept = np.empty(width_all, dtype=np.bool_)
    rows = np.empty(size * width_all, dtype=np.int64)
    ends = np.empty(size + 1, dtype=np.int64)
    beta = np.empty(width_all)
    margin = np.zeros(width_all)
    for t in range(width_all):
        for c in range(size):
            if design[c, t] == 1:
                margin[t] += cells[c]
    for m in range(models.shape[0]):
        live[:] = True
        for t in range(width_all):
            kept[t] = models[m, t]
            if models[m, t] and margin[t] == 0:
                kept[t] = False
                for c in range(size):
                    if design[c, t] == 1:
                        live[c] = False
        width = sparse_design(design, kept, rows, ends)
        at = 0
        for t in range(width_all):
            if kept[t]:
                beta[at] = betas[m, t]
                at += 1
        loglik[m], state[m] = fit_one(cells, live, rows, ends, width, beta[:width], warm and state[m] == 0)
        at = 0
        for t in range(width_all):
            if kept[t]:
                betas[m, t] = beta[at]
                at += 1
            else:
                betas[m, t] = -np.inf if models[m, t] else 0.0


@compiled
def choose(
    samples: Floats, design: Ints, models: NDArray[np.bool_], starts: Floats, penalty: Floats, averaged: bool,
    totals: Floats, chosen: Ints,
) -> None:  # fmt: skip
    """Fit all models to each of B tables and keep the total of the best, or the weighted mean of all.

    ``samples`` is B × cells, ``starts`` M × T the fits of the table they were drawn from, ``penalty`` (M) is what a
    model pays on the scale of −2 log-likelihood. A model whose fit has no full rank or does not settle has no part.
    ``totals`` and ``chosen`` (B) take the total (NaN where no model fits) and the number of the best model.
    """
    count = models.shape[0]
    betas = np.empty_like(starts)
    loglik = np.empty(count)
    state = np.zeros(count, dtype=np.int64)
    for b in range(samples.shape[0]):
        for m in range(count):
            state[m] = 0
            for t in range(starts.shape[1]):
                betas[m, t] = starts[m, t] if starts[m, t] > -1e300 else 0.0
        fit_models(samples[b], design, models, betas, True, loglik, state)
        best = -1
        least = np.inf
        for m in range(count):
            if state[m] == 0:
                score = penalty[m] - 2 * loglik[m]
                if score < least:
                    least = score
                    best = m
        chosen[b] = best
        if best < 0:
            totals[b] = np.nan
            continue
        unseen = np.exp(betas[best, 0])
        if averaged:
            weight_sum = 0.0
            unseen = 0.0
            for m in range(count):
                if state[m] == 0:
                    weight = np.exp(-0.5 * (penalty[m] - 2 * loglik[m] - least))
                    weight_sum += weight
                    unseen += weight * np.exp(betas[m, 0])
            unseen /= weight_sum
        totals[b] = samples[b].sum() + unseen
