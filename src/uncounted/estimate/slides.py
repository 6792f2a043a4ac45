# ruff: noqa: PLR0912, PLR0915, PLR0917 - compiled code takes flat arguments and does its work in one loop
"""Metropolis moves of whole classes on the marginal density, cheap because one class changes at a time.

A Gibbs sweep moves slowly along the line on which classes become harder to find while more people stay unseen. Here the
unseen and the labels are summed out (:mod:`latent`), and a move shifts a class's logits (all together, or one), redraws
a class from its prior, exchanges two classes, or changes a stick or all. Only what changed is computed again.
"""

import numpy as np

from uncounted.estimate.chance import State, uniform
from uncounted.estimate.compiled import compiled, inlined, inner, put
from uncounted.estimate.latent import RATE, SHAPE
from uncounted.estimate.tables import Floats, Ints

SMALLEST, WIDEST = 0.02, 3.0
"""Range of the scale of a shift, drawn anew each time: no tuning, and every width has its turn."""
FAR = 4.5
"""A shift of a class that matters has a scale of one to so many times :func:`_near`."""


@inlined
def _normal(state: State) -> float:
    return float(np.sqrt(-2.0 * np.log(uniform(state))) * np.cos(2.0 * np.pi * uniform(state)))


@inner
def _class(z: Floats, patterns: Ints, chances: Floats) -> tuple[float, float]:
    """Chances of all patterns in a class with logits ``z``; returns its chance of being seen and its log prior."""
    rows, lists = patterns.shape
    seen, prior = 0.0, 0.0
    for x in range(rows):
        chances[x] = 1.0
    for j in range(lists):
        small = np.exp(-abs(z[j]))
        share = 1.0 / (1.0 + small)
        other = small * share
        if z[j] < 0:
            share, other = other, share
        prior += np.log(max(share * other, 1e-300))
        seen += share * (1.0 - seen)
        for x in range(rows):
            chances[x] *= other + patterns[x, j] * (share - other)
    return seen, prior


@inner
def _sticks(log_e: Floats, nu: Floats) -> float:
    """Class weights from log E; returns the log prior of the sticks."""
    classes = nu.shape[0]
    spent, prior = 0.0, 0.0
    for k in range(classes):
        nu[k] = np.exp(-spent)
        if k < classes - 1:
            e = np.exp(min(log_e[k], 300.0))
            nu[k] *= -np.expm1(-e)
            spent += e
            prior += log_e[k]
    return float(prior - (SHAPE + classes - 1) * np.log(RATE + spent))


@inlined
def _likelihood(counts: Floats, mix: Floats, reach: float, people: float) -> float:
    if not reach > 1e-300:
        return -np.inf
    total = -people * np.log(reach)
    for x in range(counts.shape[0]):
        if counts[x] > 0:
            if not mix[x] > 1e-300:
                return -np.inf
            total += counts[x] * np.log(mix[x])
    return float(total)


@inner
def _near(patterns: Ints, counts: Floats) -> float:
    """How far the logits of all lists may move together: about what the people on several lists tell of the total."""
    both = 1.0
    for x in range(patterns.shape[0]):
        on = 0
        for j in range(patterns.shape[1]):
            on += patterns[x, j]
        if on > 1:
            both += counts[x]
    return float(1.0 / np.sqrt(both))


@compiled
def slides(state: State, theta: Floats, patterns: Ints, counts: Floats, classes: int, rounds: int) -> None:
    """Make ``rounds`` moves of a point (laid out as in :mod:`latent`) that leave its posterior as it is."""
    rows, lists = patterns.shape
    wide = classes * lists
    chances, trial = np.empty((classes, rows)), np.empty(rows)
    seen, prior, nu, new_nu = np.empty(classes), np.empty(classes), np.empty(classes), np.empty(classes)
    mix, new_mix, z = np.zeros(rows), np.empty(rows), np.empty(lists)
    log_e = theta[wide:]
    people = counts.sum()
    sticks = _sticks(log_e, nu)
    reach = 0.0
    for k in range(classes):
        seen[k], prior[k] = _class(theta[k * lists : (k + 1) * lists], patterns, chances[k])
        reach += nu[k] * seen[k]
        for x in range(rows):
            mix[x] += nu[k] * chances[k, x]
    now = _likelihood(counts, mix, reach, people)
    near = _near(patterns, counts)
    for _ in range(rounds):
        kind = uniform(state)
        k = int(uniform(state) * classes)
        scale = SMALLEST * (WIDEST / SMALLEST) ** uniform(state)
        if kind < 0.75:
            alone = int(uniform(state) * 2 * lists)
            fresh = kind >= 0.7
            if kind < 0.6:
                # By weight, which these moves leave as it is.
                left = uniform(state)
                k = 0
                while k < classes - 1 and left > nu[k]:
                    left -= nu[k]
                    k += 1
                scale = near * FAR ** uniform(state)
                if kind < 0.45:
                    alone = lists
            shift = scale * _normal(state)
            for j in range(lists):
                z[j] = theta[k * lists + j]
                if fresh:
                    u = uniform(state)
                    z[j] = np.log(u) - np.log1p(-u)
                elif alone >= lists or alone == j:
                    z[j] += shift
            new_seen, new_prior = _class(z, patterns, trial)
            new_reach = reach + nu[k] * (new_seen - seen[k])
            for x in range(rows):
                new_mix[x] = mix[x] + nu[k] * (trial[x] - chances[k, x])
            new = _likelihood(counts, new_mix, new_reach, people)
            gain = new - now + (0.0 if fresh else new_prior - prior[k])
            if np.log(uniform(state)) < gain:
                put(theta[k * lists : (k + 1) * lists], z)
                put(chances[k], trial)
                put(mix, new_mix)
                seen[k], prior[k], reach, now = new_seen, new_prior, new_reach, new
        elif classes > 1:
            swap = kind > 0.94
            # All sticks together: α is summed out, and wanders slowly when sticks change one by one.
            first, last = (0, classes - 1) if kind < 0.85 else (min(k, classes - 2), min(k, classes - 2) + 1)
            other = (k + 1) % classes
            push = 0.0
            new_sticks = sticks
            if swap:
                # The classes change places under the sticks as they are.
                put(new_nu, nu)
                new_nu[k], new_nu[other] = nu[other], nu[k]
            else:
                push = 2.0 * scale * _normal(state)
                for c in range(first, last):
                    log_e[c] += push
                new_sticks = _sticks(log_e, new_nu)
            new_reach = 0.0
            new_mix[:] = 0.0
            for c in range(classes):
                new_reach += new_nu[c] * seen[c]
                for x in range(rows):
                    new_mix[x] += new_nu[c] * chances[c, x]
            new = _likelihood(counts, new_mix, new_reach, people)
            if not np.log(uniform(state)) < new - now + new_sticks - sticks:
                if not swap:
                    for c in range(first, last):
                        log_e[c] -= push
                continue
            put(mix, new_mix)
            reach, now, sticks = new_reach, new, new_sticks
            if not swap:
                put(nu, new_nu)
                continue
            seen[k], seen[other] = seen[other], seen[k]
            prior[k], prior[other] = prior[other], prior[k]
            for j in range(lists):
                keep = theta[k * lists + j]
                theta[k * lists + j] = theta[other * lists + j]
                theta[other * lists + j] = keep
            for x in range(rows):
                keep = chances[k, x]
                chances[k, x] = chances[other, x]
                chances[other, x] = keep
