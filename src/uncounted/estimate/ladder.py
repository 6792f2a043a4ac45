# ruff: noqa: PLR0917 - compiled code takes flat arguments
"""A ladder of chains of the latent class posterior, each knowing fewer people than the one below: parallel tempering.

The lowest chain knows all people, the highest so few that it goes where it likes; neighbours change places by
Metropolis' rule (Geyer 1991), so that what the highest finds comes down as often as the posterior says. Peaks that only
many people show are met as well: a population led from the prior to the posterior once can lose them, and all its
sisters lose the same, so that they agree on a wrong answer.
"""

import numpy as np

from uncounted.estimate.chance import State, uniform
from uncounted.estimate.compiled import compiled
from uncounted.estimate.gibbs import sweep
from uncounted.estimate.latent import shares
from uncounted.estimate.slides import slides
from uncounted.estimate.tables import Floats, Ints

COOLER = 0.87
"""Of the people that a chain knows, the share that the next above it knows."""
FREE = 500.0
"""People so few that classes come and go freely: where a ladder ends."""


def rungs(counts: Floats) -> Floats:
    """Counts of all patterns at every rung (rungs × patterns): whole people, the nearest to their share."""
    many = 1 + max(0, int(np.ceil(np.log(counts.sum() / FREE) / -np.log(COOLER))))
    return np.asarray(np.floor(counts * COOLER ** np.arange(many)[:, None] + 0.5))


@compiled
def climb(
    state: State, patterns: Ints, counts: Floats, classes: int, sweeps: int, shifts: int, points: Floats, kept: Floats,
    moved: Floats,
) -> None:  # fmt: skip
    """Run one ladder on from ``points`` (rungs × size), which take where it ends; ``counts`` is rungs × patterns.

    A turn is so many Gibbs ``sweeps`` and ``shifts`` (moves of whole classes) on each rung, then an exchange of
    neighbours. ``kept`` takes the chance of being seen, 1 − p0, in the lowest chain after each turn; ``moved`` how
    often each rung but the last changed places with the next.
    """
    many, rows = counts.shape
    logs = np.empty((many, rows + 1))
    holder = np.arange(many)
    for rung in range(many):
        moved[rung] = 0.0
    for turn in range(kept.shape[0]):
        for rung in range(many):
            point = points[holder[rung]]
            for _ in range(sweeps):
                sweep(state, point, patterns, counts[rung], classes)
            slides(state, point, patterns, counts[rung], classes, shifts)
            shares(point, patterns, classes, logs[holder[rung]])
        kept[turn] = np.exp(logs[holder[0], rows])
        for rung in range(many - 1):
            below, above = holder[rung], holder[rung + 1]
            gain = 0.0
            for x in range(rows):
                apart = logs[above, x] - logs[above, rows] - logs[below, x] + logs[below, rows]
                gain += (counts[rung, x] - counts[rung + 1, x]) * apart
            if np.log(uniform(state)) < gain:
                holder[rung], holder[rung + 1] = above, below
                moved[rung] += 1.0
    ended = points.copy()
    for rung in range(many):
        moved[rung] /= kept.shape[0]
        for i in range(points.shape[1]):
            points[rung, i] = ended[holder[rung], i]
