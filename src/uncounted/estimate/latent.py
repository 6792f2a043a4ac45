"""A point of the latent class model: what it says of every pattern, and how one is drawn from the prior.

p_x = Σ_k ν_k Π_j λ_jk^{x_j} (1 − λ_jk)^{1 − x_j} with λ ~ Uniform(0, 1), stick-breaking ν with V_k ~ Beta(1, α),
α ~ Gamma(¼, rate ¼) and p(N) ∝ 1/N (Manrique-Vallier 2016, Biometrics 72:1246). Summing over n0 leaves
Π p_x^{n_x} / (1 − p0)^n. Summing over α leaves, with E_k = −log(1 − V_k), the density Π dE_k · (b + ΣE)^{−(a + K − 1)}.
A point is K·J logits of λ (class by class), then K − 1 values log E_k.
"""

import numpy as np

from uncounted.estimate.chance import State, log_gamma, uniform
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
def from_prior(state: State, theta: Floats, classes: int, lists: int) -> None:
    """Draw one point from the prior."""
    for i in range(classes * lists):
        u = uniform(state)
        theta[i] = np.log(u) - np.log1p(-u)
    alpha = max(np.exp(log_gamma(state, SHAPE)) / RATE, 1e-100)
    for k in range(classes - 1):
        theta[classes * lists + k] = np.log(-np.log(uniform(state))) - np.log(alpha)


@compiled
def shares(theta: Floats, patterns: Ints, classes: int, out: Floats) -> None:
    """Log chance of every pattern, then of being seen at all, at one point."""
    rows, lists = patterns.shape
    spent = 0.0
    out[:] = 0.0
    for k in range(classes):
        share, spent = share_of(theta, classes, lists, k, spent)
        for x in range(rows):
            chance = share
            for j in range(lists):
                z = theta[k * lists + j]
                chance /= 1.0 + np.exp(-z if patterns[x, j] == 1 else z)
            out[x] += chance
        seen = 0.0
        for j in range(lists):
            seen += (1.0 - seen) / (1.0 + np.exp(-theta[k * lists + j]))
        out[rows] += share * seen
    for x in range(rows + 1):
        out[x] = np.log(max(out[x], 1e-300))
