# ruff: noqa: PLR0912, PLR0917 - compiled code takes flat arguments and does its work in one loop
"""The compiled core of graph averaging: sums over graphs at every place of a grid."""

import numpy as np

from uncounted.estimate.compiled import compiled
from uncounted.estimate.tables import Floats, Ints

NEGLIGIBLE = -45.0


@compiled
def score_grid(codes: Ints, table: Floats, logs: Floats, shared: Floats, peak: float, weights: Floats) -> None:
    """Sum graphs over a grid.

    ``codes`` (M × J) are graphs, ``table`` (codes × places) the value of each code. Without ``weights`` (length 0) the
    log of the sum over graphs at each place is written to ``logs``. With them, each graph's sum over the places of
    exp(score + ``shared`` − ``peak``) is added to ``weights``.
    """
    places = table.shape[1]
    score = np.empty(places)
    if weights.shape[0] == 0:
        highest = np.full(places, -np.inf)
        total = np.zeros(places)
        for m in range(codes.shape[0]):
            score[:] = 0.0
            for v in range(codes.shape[1]):
                for p in range(places):
                    score[p] += table[codes[m, v], p]
            for p in range(places):
                highest[p] = max(highest[p], score[p])
        for m in range(codes.shape[0]):
            score[:] = 0.0
            for v in range(codes.shape[1]):
                for p in range(places):
                    score[p] += table[codes[m, v], p]
            for p in range(places):
                gap = score[p] - highest[p]
                if gap > NEGLIGIBLE:
                    total[p] += np.exp(gap)
        for p in range(places):
            logs[p] = highest[p] + np.log(total[p])
        return
    for m in range(codes.shape[0]):
        score[:] = 0.0
        for v in range(codes.shape[1]):
            for p in range(places):
                score[p] += table[codes[m, v], p]
        for p in range(places):
            gap = score[p] + shared[p] - peak
            if gap > NEGLIGIBLE:
                weights[m] += np.exp(gap)
