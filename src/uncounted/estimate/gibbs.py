# ruff: noqa: PLR0912, PLR0915, PLR0917 - compiled code takes flat arguments and does its work in one loop
"""One Gibbs sweep of the latent class model (Manrique-Vallier 2016): people to classes, and classes from people."""

import numpy as np

from uncounted.estimate.chance import State, binomial, log_gamma, poisson, uniform
from uncounted.estimate.compiled import compiled
from uncounted.estimate.latent import RATE, SHAPE, share_of
from uncounted.estimate.tables import Floats, Ints

FARTHEST = 1e12
"""Odds of being unseen beyond which a sweep is not made; classes cannot be drawn for so many people."""


@compiled
def sweep(state: State, theta: Floats, patterns: Ints, counts: Floats, classes: int) -> None:
    """Move a point (laid out as in :mod:`latent`) by one sweep that leaves its posterior given ``counts`` as it is.

    Draws the number unseen, the classes of all people, then λ, α and the stick lengths.
    """
    rows, lists = patterns.shape
    wide = classes * lists
    log_on, log_off = np.empty((classes, lists)), np.empty((classes, lists))
    for k in range(classes):
        for j in range(lists):
            z = theta[k * lists + j]
            both = max(z, 0.0) + np.log1p(np.exp(-abs(z)))
            log_on[k, j], log_off[k, j] = z - both, -both
    log_nu = np.empty(classes)
    total = 0.0
    for k in range(classes):
        log_nu[k] = -total
        if k < classes - 1:
            e = np.exp(min(theta[wide + k], 300.0))
            log_nu[k] += np.log(max(-np.expm1(-e), 1e-300))
            total += e
    held, on = np.zeros(classes), np.zeros((classes, lists))
    weight = np.empty(classes)
    unseen_share, seen_share, people = 0.0, 0.0, 0.0
    for k in range(classes):
        none = 0.0
        for j in range(lists):
            none += log_off[k, j]
        unseen_share += np.exp(log_nu[k] + none)
        seen_share += np.exp(log_nu[k]) * -np.expm1(none)
    for x in range(rows):
        people += counts[x]
    if not unseen_share < FARTHEST * seen_share:
        return
    unseen = 0.0
    if people > 0:
        unseen = poisson(state, np.exp(log_gamma(state, people)) * unseen_share / seen_share)
    for x in range(rows + 1):
        many = counts[x] if x < rows else unseen
        if many <= 0:
            continue
        highest = -np.inf
        for k in range(classes):
            weight[k] = log_nu[k]
            for j in range(lists):
                weight[k] += log_on[k, j] if x < rows and patterns[x, j] == 1 else log_off[k, j]
            highest = max(highest, weight[k])
        left = 0.0
        for k in range(classes):
            weight[k] = np.exp(weight[k] - highest)
            left += weight[k]
        for k in range(classes):
            taken = many if k == classes - 1 else binomial(state, many, weight[k] / left if left > 0 else 0.0)
            left -= weight[k]
            many -= taken
            if taken > 0:
                held[k] += taken
                if x < rows:
                    for j in range(lists):
                        if patterns[x, j] == 1:
                            on[k, j] += taken
            if many <= 0:
                break
    for k in range(classes):
        for j in range(lists):
            if held[k] == 0:
                # A class that holds nobody: uniform, which takes no gamma numbers.
                u = uniform(state)
                theta[k * lists + j] = np.log(u / (1.0 - u))
            else:
                theta[k * lists + j] = log_gamma(state, 1.0 + on[k, j]) - log_gamma(state, 1.0 + held[k] - on[k, j])
    alpha = np.exp(log_gamma(state, SHAPE + classes - 1)) / (RATE + total)
    after = 0.0
    for k in range(classes - 1, -1, -1):
        if k < classes - 1:
            later = max(alpha + after, 1e-290)
            if held[k] == 0:
                theta[wide + k] = np.log(-np.log(uniform(state))) - np.log(later)
            else:
                gap = log_gamma(state, 1.0 + held[k]) - log_gamma(state, later)
                # log E with E = log(1 + exp(gap)), kept exact where exp overflows or vanishes.
                theta[wide + k] = np.log(gap) if gap > 35 else (gap if gap < -35 else np.log(np.log1p(np.exp(gap))))
        after += held[k]


@compiled
def chain(state: State, theta: Floats, patterns: Ints, counts: Floats, classes: int, kept: Floats, thin: int) -> None:
    """Run the plain Gibbs sampler; ``kept`` takes the chance of being unseen, p0, each ``thin`` sweeps."""
    lists = patterns.shape[1]
    for at in range(kept.shape[0]):
        for _ in range(thin):
            sweep(state, theta, patterns, counts, classes)
        spent, unseen = 0.0, 0.0
        for k in range(classes):
            share, spent = share_of(theta, classes, lists, k, spent)
            for j in range(lists):
                share /= 1.0 + np.exp(theta[k * lists + j])
            unseen += share
        kept[at] = unseen
