# ruff: noqa: PLR0912, PLR0915, PLR0917 - compiled code takes flat arguments and does its work in one loop
"""A population of points that is led from prior to posterior by tempering, then kept there: sequential Monte Carlo.

Del Moral, Doucet & Jasra 2006 (JRSS B 68:411), with Hamiltonian moves (Neal 2011) whose scales are those of the
population and whose step follows its acceptance. Starting from the prior, every mode is met and weighted as the
likelihood is let in; a population that lost a mode differs from its sisters, and R-hat over populations shows it.
"""

import numpy as np

from uncounted.estimate.chance import State, log_gamma, normals, uniform
from uncounted.estimate.compiled import compiled, inner, put
from uncounted.estimate.gibbs import sweep
from uncounted.estimate.latent import RATE, SHAPE, density, share_of
from uncounted.estimate.slides import slides
from uncounted.estimate.tables import Floats, Ints


@compiled
def from_prior(state: State, theta: Floats, classes: int, lists: int) -> None:
    """Draw one point from the prior."""
    for i in range(classes * lists):
        u = uniform(state)
        theta[i] = np.log(u) - np.log1p(-u)
    alpha = max(np.exp(log_gamma(state, SHAPE)) / RATE, 1e-100)
    for k in range(classes - 1):
        theta[classes * lists + k] = np.log(-np.log(uniform(state))) - np.log(alpha)


@inner
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
    for _ in range(leaps):
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
        put(theta, trial)
        values[0], values[1], values[2] = prior, likelihood, reach
    return float(chance)


@inner
def _scales(points: Floats, scale: Floats) -> None:
    for i in range(points.shape[1]):
        mean = points[:, i].mean()
        scale[i] = min(max(np.sqrt(((points[:, i] - mean) ** 2).mean()), 1e-3), 5.0)


@inner
def _shares(theta: Floats, patterns: Ints, classes: int, out: Floats) -> None:
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


@inner
def _reach(theta: Floats, classes: int, lists: int) -> float:
    """The chance of being seen at all, at one point."""
    spent, reach = 0.0, 0.0
    for k in range(classes):
        share, spent = share_of(theta, classes, lists, k, spent)
        seen = 0.0
        for j in range(lists):
            seen += (1.0 - seen) / (1.0 + np.exp(-theta[k * lists + j]))
        reach += share * seen
    return float(max(reach, 1e-300))


@inner
def _part(counts: Floats, heat: float, out: Floats) -> None:
    """Whole numbers of people: a share ``heat`` of each count, to the nearest."""
    for x in range(counts.shape[0]):
        out[x] = np.floor(heat * counts[x] + 0.5)


@inner
def _gain(shares: Floats, more: Floats) -> Floats:
    """Log likelihood of these further counts at every point."""
    rows = more.shape[0]
    gain = np.zeros(shares.shape[0])
    for p in range(shares.shape[0]):
        for x in range(rows):
            gain[p] += more[x] * (shares[p, x] - shares[p, rows])
    return gain


@inner
def _next_heat(shares: Floats, counts: Floats, now: Floats, heat: float, share: float, part: Floats) -> float:
    """The share of the counts at which the effective number of points falls to ``share`` of them, by bisection."""
    low, high = heat, 1.0
    for turn in range(40):
        middle = high if turn == 0 else 0.5 * (low + high)
        _part(counts, middle, part)
        gain = _gain(shares, part - now)
        top = gain.max()
        first = second = 0.0
        for value in gain:
            weight = np.exp(value - top)
            first += weight
            second += weight * weight
        if first * first / second >= share * gain.shape[0]:
            low = middle
            if turn == 0:
                return 1.0
        else:
            high = middle
    _part(counts, low, part)
    # Counts are whole: where the next person is more than the share allows, they are let in all the same.
    return low if (part - now).sum() > 0 else high


@compiled
def run(
    state: State, patterns: Ints, counts: Floats, classes: int, points: Floats, share: float, moves: int, sweeps: int,
    shifts: int, leaps: float, kept: Floats, facts: Floats,
) -> None:  # fmt: skip
    """Lead a population from prior to posterior by letting people in, and record it there.

    ``points`` (P × size) takes the last points; ``kept`` (S × P) the chance of being seen, 1 − p0, at each of S further
    turns of every point. ``facts`` takes the number of steps, the log evidence, the last acceptance and step size.
    """
    many, size = points.shape
    rows, lists = patterns.shape
    scratch = np.empty(2 * classes * lists + (rows + 6) * classes)
    trial, slope, speed, scale = np.empty(size), np.empty(size), np.empty(size), np.empty(size)
    shares, values = np.empty((many, rows + 1)), np.empty(3)
    now, part = np.zeros(rows), np.zeros(rows)
    for p in range(many):
        from_prior(state, points[p], classes, lists)
        _shares(points[p], patterns, classes, shares[p])
    heat, steps, evidence, step, accepted = 0.0, 0, 0.0, 0.3, 0.0
    old_points, old_shares = points.copy(), shares.copy()
    turn, left = 0, 0
    while heat < 1.0 or left > 0 or turn < kept.shape[0]:
        if left == 0 and heat < 1.0:
            heat = _next_heat(shares, counts, now, heat, share, part)
            _part(counts, heat, part)
            gain = _gain(shares, part - now)
            top = gain.max()
            weight = np.exp(gain - top)
            evidence += top + np.log(weight.mean())
            put(now, part)
            steps += 1
            left = moves
            for p in range(many):
                put(old_points[p], points[p])
                put(old_shares[p], shares[p])
            every = weight.sum() / many
            place = uniform(state) * every
            at, filled = 0, weight[0]
            for p in range(many):
                while filled < place and at < many - 1:
                    at += 1
                    filled += weight[at]
                put(points[p], old_points[at])
                put(shares[p], old_shares[at])
                place += every
            _scales(points, scale)
        accepted = 0.0
        for p in range(many):
            for _ in range(sweeps):
                sweep(state, points[p], patterns, now, classes)
            if shifts > 0:
                slides(state, points[p], patterns, now, classes, shifts)
            if leaps > 0:
                accepted += _move(
                    state, points[p], patterns, now, classes, 1.0, scale, step, leaps, values, scratch, trial, slope,
                    speed,
                )  # fmt: skip
            if left > 0:
                _shares(points[p], patterns, classes, shares[p])
            else:
                kept[turn, p] = _reach(points[p], classes, lists)
        accepted /= many
        if left > 0:
            left -= 1
            step = min(max(step * np.exp(accepted - 0.75), 0.01), 1.0)
        else:
            turn += 1
    facts[0], facts[1], facts[2], facts[3] = steps, evidence, accepted, step
