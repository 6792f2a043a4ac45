"""Competition: where a person stands once on each list, a record claimed by its better mate is no one else's."""

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.encode import Ints

Weights = npt.NDArray[np.float64]
ROUNDS = 15
LIMIT = 20.0
"""Odds beyond e**20 are certainty enough, and stay far from what a float cannot add."""


def claims(i: Ints, j: Ints, log_odds: Weights, left: int, right: int) -> Weights:
    """Return, for each pair, its odds against the left record's having no mate at all, rivals for ``j`` considered.

    Sum-product message passing on the assignment problem (Huang & Jebara 2009; Williams & Lau 2014): a left record
    offers itself to each candidate as far as its other candidates leave it free, and the right ones answer alike.
    ``left`` and ``right`` are numbers of records.
    """
    odds = np.exp(np.clip(log_odds, -LIMIT, LIMIT))
    answer = np.ones(len(i))
    for _ in range(ROUNDS):
        heard = odds * answer
        offer = 1 / (1 + np.bincount(i, heard, left)[i] - heard)
        made = odds * offer
        answer = (answer + 1 / (1 + np.maximum(np.bincount(j, made, right)[j] - made, 0))) / 2
        np.clip(answer, 1e-12, 1, out=answer)
    return odds * answer


def mutual_best(i: Ints, j: Ints, score: npt.NDArray[np.float32], left: int, right: int) -> tuple[Ints, Weights]:
    """Return the pairs that are best for both their records, and each one's lead over the better of its rivals."""
    best_left, rival_left = _best(i, score, left)
    best_right, rival_right = _best(j, score, right)
    chosen = best_left[best_left >= 0]
    chosen = chosen[best_right[j[chosen]] == chosen]
    lead = score[chosen] - np.maximum(rival_left[i[chosen]], rival_right[j[chosen]])
    return chosen, lead.astype(np.float64)


def _best(of: Ints, score: npt.NDArray[np.float32], count: int) -> tuple[Ints, Weights]:
    """Return each record's best pair (-1: none) and the score of its second best."""
    order = np.lexsort((np.arange(len(of)), -score, of))
    sorted_of = of[order]
    start = np.searchsorted(sorted_of, np.arange(count))
    end = np.searchsorted(sorted_of, np.arange(count), side="right")
    best = np.full(count, -1, np.int64)
    best[end > start] = order[start[end > start]]
    second = np.full(count, -np.inf)
    second[end > start + 1] = score[order[start[end > start + 1] + 1]]
    return best, second


def one_to_one(i: Ints, j: Ints, probability: Weights) -> npt.NDArray[np.bool_]:
    """Return which pairs stay when they are taken greedily, the most probable first, each record once."""
    kept = np.zeros(len(i), bool)
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    for pair in np.lexsort((j, i, -probability)).tolist():
        a, b = int(i[pair]), int(j[pair])
        if a not in taken_left and b not in taken_right:
            taken_left.add(a)
            taken_right.add(b)
            kept[pair] = True
    return kept
