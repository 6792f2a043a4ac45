# ruff: noqa: PLR0912, PLR0915, PLR0917 - compiled code takes flat arguments and does its work in one loop
"""The latent class posterior with the unseen and the class labels summed out: its log density and gradient.

p_x = Σ_k ν_k Π_j λ_jk^{x_j} (1 − λ_jk)^{1 − x_j} with λ ~ Uniform(0, 1), stick-breaking ν with V_k ~ Beta(1, α),
α ~ Gamma(¼, rate ¼) and p(N) ∝ 1/N (Manrique-Vallier 2016, Biometrics 72:1246). Summing over n0 leaves
Π p_x^{n_x} / (1 − p0)^n. Summing over α leaves, with E_k = −log(1 − V_k), the density Π dE_k · (b + ΣE)^{−(a + K − 1)}.
A point is K·J logits of λ (class by class), then K − 1 values log E_k.
"""

import numpy as np

from uncounted.estimate.compiled import compiled, inlined
from uncounted.estimate.tables import Floats, Ints

SHAPE = 0.25
RATE = 0.25


@inlined
def share_of(theta: Floats, classes: int, lists: int, k: int, spent: float) -> tuple[float, float]:
    """The share ν_k of a class at a point, and ΣE up to it with its own; ``spent`` is the sum before it."""
    share = np.exp(-spent)
    if k < classes - 1:
        e = np.exp(min(theta[classes * lists + k], 300.0))
        share *= -np.expm1(-e)
        spent += e
    return share, spent


@compiled
def density(
    theta: Floats, patterns: Ints, counts: Floats, classes: int, heat: float, slope: Floats, work: Floats
) -> tuple[float, float, float]:  # fmt: skip
    """Log prior, log likelihood and the chance of being seen, 1 − p0; ``slope`` takes the gradient of
    prior + heat · likelihood. ``work`` is scratch of 2·K·J + (m + 6)·K numbers.
    """
    lists, rows = patterns.shape[1], patterns.shape[0]
    wide = classes * lists
    on = work[:wide].reshape((lists, classes))
    off = work[wide : 2 * wide].reshape((lists, classes))
    rest = work[2 * wide :]
    nu, stick = rest[:classes], rest[classes : 2 * classes]
    seen, pull = rest[2 * classes : 3 * classes], rest[3 * classes : 4 * classes]
    joint = rest[4 * classes : (4 + rows) * classes].reshape((rows, classes))
    prior = 0.0
    for k in range(classes):
        seen[k] = 0.0
        for j in range(lists):
            z = theta[k * lists + j]
            small = np.exp(-abs(z))
            share = 1.0 / (1.0 + small)
            other = small * share
            if z < 0:
                share, other = other, share
            on[j, k] = share
            off[j, k] = other
            seen[k] += share * (1.0 - seen[k])
            slope[k * lists + j] = other - share
            prior -= abs(z) + 2.0 * np.log1p(small)
    total = 0.0
    spent = 0.0
    for k in range(classes):
        stick[k] = np.exp(-spent)
        if k < classes - 1:
            log_e = theta[wide + k]
            e = np.exp(min(log_e, 300.0))
            nu[k] = stick[k] * -np.expm1(-e)
            spent += e
            total += e
            prior += log_e
        else:
            nu[k] = stick[k]
    power = SHAPE + classes - 1
    prior -= power * np.log(RATE + total)
    reach = 0.0
    for k in range(classes):
        reach += nu[k] * seen[k]
        pull[k] = 0.0
    if not reach > 1e-300:
        return prior, -np.inf, reach
    people = 0.0
    likelihood = 0.0
    for x in range(rows):
        chance = 0.0
        for k in range(classes):
            joint[x, k] = 1.0
        for j in range(lists):
            if patterns[x, j] == 1:
                for k in range(classes):
                    joint[x, k] *= on[j, k]
            else:
                for k in range(classes):
                    joint[x, k] *= off[j, k]
        for k in range(classes):
            chance += nu[k] * joint[x, k]
        if not chance > 1e-300:
            return prior, -np.inf, reach
        likelihood += counts[x] * np.log(chance)
        people += counts[x]
        weight = counts[x] / chance
        for k in range(classes):
            joint[x, k] *= weight
            pull[k] += joint[x, k]
        for k in range(classes):
            joint[x, k] *= nu[k]
    likelihood -= people * np.log(reach)
    each = people / reach
    for k in range(classes):
        # Likelihood in the logits: Σ_x joint (x_j − λ_j) less the part of the chance of being seen.
        held = pull[k] * nu[k]
        lost = each * nu[k] * (1.0 - seen[k])
        for j in range(lists):
            slope[k * lists + j] -= heat * on[j, k] * (held + lost)
        pull[k] -= each * seen[k]
    for x in range(rows):
        for j in range(lists):
            if patterns[x, j] == 1:
                for k in range(classes):
                    slope[k * lists + j] += heat * joint[x, k]
    later = 0.0
    for k in range(classes - 1, -1, -1):
        if k < classes - 1:
            log_e = theta[wide + k]
            e = np.exp(min(log_e, 300.0))
            slope[wide + k] = 1.0 - power * e / (RATE + total)
            slope[wide + k] += heat * (e * np.exp(-e) * stick[k] * pull[k] - e * later if e < 700.0 else 0.0)
        later += pull[k] * nu[k]
    return prior, likelihood, reach


def room(classes: int, lists: int, rows: int) -> int:
    """How many numbers of scratch :func:`density` needs."""
    return 2 * classes * lists + (rows + 6) * classes
