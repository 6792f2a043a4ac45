"""A population of points that is led from prior to posterior by tempering, then kept there: sequential Monte Carlo.

Del Moral, Doucet & Jasra 2006 (JRSS B 68:411), with Hamiltonian moves (Neal 2011) whose scales are those of the
population and whose step follows its acceptance. Starting from the prior, every mode is met and weighted as the
likelihood is let in; a population that lost a mode differs from its sisters, and R-hat over populations shows it.
"""

import numpy as np

from uncounted.estimate.chance import State, normals, uniform
from uncounted.estimate.compiled import compiled
from uncounted.estimate.latent import RATE, SHAPE, density
from uncounted.estimate.tables import Floats, Ints


@compiled
def _gamma(state: State, shape: float) -> float:
    """A gamma number of rate 1 (Marsaglia & Tsang 2000), with the usual boost below shape 1."""
    boost = 1.0
    if shape < 1.0:
        boost = uniform(state) ** (1.0 / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / np.sqrt(9.0 * d)
    pair = np.empty(2)
    while True:
        normals(state, pair)
        v = (1.0 + c * pair[0]) ** 3
        if v > 0 and np.log(uniform(state)) < 0.5 * pair[0] ** 2 + d - d * v + d * np.log(v):
            return boost * d * v


@compiled
def from_prior(state: State, theta: Floats, classes: int, lists: int) -> None:
    """Draw one point from the prior."""
    for i in range(classes * lists):
        u = uniform(state)
        theta[i] = np.log(u) - np.log1p(-u)
    alpha = max(_gamma(state, SHAPE) / RATE, 1e-100)
    for k in range(classes - 1):
        theta[classes * lists + k] = np.log(-np.log(uniform(state))) - np.log(alpha)


@compiled
def _move(
    state: State, theta: Floats, patterns: Ints, counts: Floats, classes: int, heat: float, scale: Floats,
    step: float, length: float, values: Floats, scratch: Floats, trial: Floats, slope: Floats, speed: Floats,
) -> float:  # fmt: skip
    """One Hamiltonian move of a point in place; ``values`` holds and takes log prior, log likelihood, chance seen.

    Returns the chance of acceptance.
    """
    size = theta.shape[0]
    pace = step * np.exp(0.8 * (uniform(state) - 0.7))
    leaps = max(1, int(length / step * (0.5 + uniform(state))))
    normals(state, speed)
    energy = 0.0
    for i in range(size):
        energy += 0.5 * speed[i] ** 2
        trial[i] = theta[i]
    prior, likelihood, reach = density(trial, patterns, counts, classes, heat, slope, scratch)
    start = prior + heat * likelihood - energy
    for leap in range(leaps):
        for i in range(size):
            speed[i] += 0.5 * pace * scale[i] * slope[i]
            trial[i] += pace * scale[i] * speed[i]
        prior, likelihood, reach = density(trial, patterns, counts, classes, heat, slope, scratch)
        if not np.isfinite(likelihood):
            return 0.0
        for i in range(size):
            speed[i] += 0.5 * pace * scale[i] * slope[i]
    energy = 0.0
    for i in range(size):
        energy += 0.5 * speed[i] ** 2
    gain = prior + heat * likelihood - energy - start
    if not np.isfinite(gain):
        return 0.0
    chance = np.exp(min(gain, 0.0))
    if uniform(state) < chance:
        theta[:] = trial
        values[0], values[1], values[2] = prior, likelihood, reach
    return chance


@compiled
def _scales(points: Floats, scale: Floats) -> None:
    for i in range(points.shape[1]):
        mean = points[:, i].mean()
        scale[i] = min(max(np.sqrt(((points[:, i] - mean) ** 2).mean()), 1e-3), 5.0)


@compiled
def _next_heat(likelihoods: Floats, heat: float, share: float) -> float:
    """The heat at which the effective number of points falls to ``share`` of them, by bisection."""
    low, high = heat, 1.0
    top = likelihoods.max()
    for turn in range(50):
        middle = high if turn == 0 else 0.5 * (low + high)
        first = second = 0.0
        for value in likelihoods:
            weight = np.exp((middle - heat) * (value - top))
            first += weight
            second += weight * weight
        if first * first / second >= share * likelihoods.shape[0]:
            low = middle
            if turn == 0:
                return 1.0
        else:
            high = middle
    return max(low, heat + 1e-9)


@compiled
def run(
    state: State, patterns: Ints, counts: Floats, classes: int, points: Floats, share: float, moves: int,
    length: float, kept: Floats, facts: Floats,
) -> None:  # fmt: skip
    """Lead a population from prior to posterior and record it there.

    ``points`` (P × size) takes the last points; ``kept`` (S × P) the chance of being seen, 1 − p0, at each of S further
    moves of every point. ``facts`` takes the number of heats, the log evidence, the last acceptance and step.
    """
    many, size = points.shape
    lists = patterns.shape[1]
    scratch = np.empty(2 * classes * lists + (patterns.shape[0] + 6) * classes)
    trial, slope, speed, scale = np.empty(size), np.empty(size), np.empty(size), np.empty(size)
    values = np.empty((many, 3))
    for p in range(many):
        values[p, 1] = -np.inf
        while not np.isfinite(values[p, 1]):
            from_prior(state, points[p], classes, lists)
            values[p, 0], values[p, 1], values[p, 2] = density(
                points[p], patterns, counts, classes, 0.0, slope, scratch
            )
    heat, heats, evidence, step, accepted = 0.0, 0, 0.0, 0.3, 0.0
    old_points, old_values = points.copy(), values.copy()
    while heat < 1.0:
        hotter = _next_heat(values[:, 1], heat, share)
        top = values[:, 1].max()
        weight = np.exp((hotter - heat) * (values[:, 1] - top))
        evidence += (hotter - heat) * top + np.log(weight.mean())
        heat = hotter
        heats += 1
        old_points[:] = points
        old_values[:] = values
        every = weight.sum() / many
        place = uniform(state) * every
        at, filled = 0, weight[0]
        for p in range(many):
            while filled < place and at < many - 1:
                at += 1
                filled += weight[at]
            points[p] = old_points[at]
            values[p] = old_values[at]
            place += every
        _scales(points, scale)
        for turn in range(moves):
            accepted = 0.0
            for p in range(many):
                accepted += _move(
                    state, points[p], patterns, counts, classes, heat, scale, step, length, values[p], scratch, trial,
                    slope, speed,
                )  # fmt: skip
            accepted /= many
            step = min(max(step * np.exp(1.0 * (accepted - 0.75)), 0.005), 1.0)
    for turn in range(kept.shape[0]):
        accepted = 0.0
        for p in range(many):
            accepted += _move(
                state, points[p], patterns, counts, classes, 1.0, scale, step, length, values[p], scratch, trial,
                slope, speed,
            )  # fmt: skip
            kept[turn, p] = values[p, 2]
    facts[0], facts[1], facts[2], facts[3] = heats, evidence, accepted / many, step
