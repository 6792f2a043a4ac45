"""A small random generator for compiled code: xoshiro256++ (Blackman & Vigna 2021), the same on every machine."""

import math

import numpy as np
from numpy.typing import NDArray

from uncounted.estimate.compiled import compiled, inner

State = NDArray[np.uint64]


def states(seed: int, stream: int, count: int) -> NDArray[np.uint64]:
    """``count`` independent generators (count × 4) that follow from a seed and the number of a stream."""
    children = np.random.SeedSequence([seed, stream]).spawn(count)
    return np.array([child.generate_state(4, np.uint64) for child in children])


@inner
def _turn(x: np.uint64, k: np.uint64) -> np.uint64:
    return (x << k) | (x >> (np.uint64(64) - k))


@compiled
def uniform(state: State) -> float:
    """A number in (0, 1)."""
    result = _turn(state[0] + state[3], np.uint64(23)) + state[0]
    t = state[1] << np.uint64(17)
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= t
    state[3] = _turn(state[3], np.uint64(45))
    return (float(result >> np.uint64(11)) + 0.5) * (1.0 / 9007199254740992.0)


@compiled
def log_gamma(state: State, shape: float) -> float:
    """The log of a gamma number of rate 1 (Marsaglia & Tsang 2000); in logs, so that tiny shapes do not vanish."""
    boost = 0.0
    if shape < 1.0:
        boost = np.log(uniform(state)) / shape
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / np.sqrt(9.0 * d)
    while True:
        z = np.sqrt(-2.0 * np.log(uniform(state))) * np.cos(2.0 * np.pi * uniform(state))
        v = (1.0 + c * z) ** 3
        if v > 0 and np.log(uniform(state)) < 0.5 * z * z + d - d * v + d * np.log(v):
            return float(boost + np.log(d * v))


@compiled
def binomial(state: State, trials: float, share: float) -> float:
    """A binomial number: by inversion where few are expected, else by transformed rejection (Hörmann 1993, BTRS)."""
    if trials <= 0 or share <= 0:
        return 0.0
    if share >= 1:
        return trials
    if share > 0.5:
        return trials - binomial(state, trials, 1.0 - share)
    if trials * share < 12:
        # Waiting times between successes are geometric.
        found = 0.0
        gone = 0.0
        u = uniform(state)
        # Below 1 − trials · share u lies below (1 − share)^trials too: none, and no logarithm is needed.
        fails = np.log1p(-share) if u > 1.0 - trials * share else 0.0
        while fails < 0:
            gone += np.floor(np.log(u) / fails) + 1.0
            u = uniform(state)
            if gone > trials:
                break
            found += 1.0
        return found
    spread = np.sqrt(trials * share * (1 - share))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * share
    c = trials * share + 0.5
    v_r = 0.92 - 4.2 / b
    alpha = (2.83 + 5.1 / b) * spread
    odds = np.log(share / (1 - share))
    mode = np.floor((trials + 1) * share)
    h = math.lgamma(mode + 1) + math.lgamma(trials - mode + 1)
    while True:
        u = uniform(state) - 0.5
        v = uniform(state)
        us = 0.5 - abs(u)
        k = np.floor((2 * a / us + b) * u + c)
        if us >= 0.07 and v <= v_r:
            return float(k)
        if k < 0 or k > trials:
            continue
        v = np.log(v * alpha / (a / (us * us) + b))
        if v <= h - math.lgamma(k + 1) - math.lgamma(trials - k + 1) + (k - mode) * odds:
            return float(k)


@compiled
def poisson(state: State, rate: float) -> float:
    """A Poisson number: by counting where few are expected, else by transformed rejection (Hörmann 1993, PTRS)."""
    if rate < 12:
        limit = np.exp(-rate)
        product = uniform(state)
        found = 0.0
        while product > limit:
            product *= uniform(state)
            found += 1.0
        return found
    log_rate = np.log(rate)
    b = 0.931 + 2.53 * np.sqrt(rate)
    a = -0.059 + 0.02483 * b
    inverse = 1.1239 + 1.1328 / (b - 3.4)
    v_r = 0.9277 - 3.6224 / (b - 2)
    while True:
        u = uniform(state) - 0.5
        v = uniform(state)
        us = 0.5 - abs(u)
        k = np.floor((2 * a / us + b) * u + rate + 0.43)
        if us >= 0.07 and v <= v_r:
            return float(k)
        if k < 0 or (us < 0.013 and v > us):
            continue
        if np.log(v * inverse / (a / (us * us) + b)) <= k * log_rate - rate - math.lgamma(k + 1):
            return float(k)
