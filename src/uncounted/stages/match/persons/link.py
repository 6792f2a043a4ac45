"""Matching two lists: block, align, learn, compete, calibrate."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.block import candidates
from uncounted.stages.match.persons.calibrate import calibrated
from uncounted.stages.match.persons.encode import Encoded, Ints, encode
from uncounted.stages.match.persons.features import Features, features
from uncounted.stages.match.persons.learn import boosted, first_score, seeds
from uncounted.stages.match.persons.lists import VictimList
from uncounted.stages.match.persons.pairs import Pairs, compared

Weights = npt.NDArray[np.float64]
Progress = Callable[[str], None]
ROUNDS = 2


@dataclass(frozen=True)
class Linked:
    """Candidate pairs of two lists with their probabilities; ``alone`` estimates the lefts without a mate."""

    i: Ints
    j: Ints
    probability: Weights
    alone: float


def link(left: VictimList, right: VictimList, progress: Progress = lambda _: None) -> Linked:
    """Return the candidate pairs of two lists and the probability that each is one person."""
    swapped = len(left) > len(right)
    if swapped:
        left, right = right, left
    progress("reading names")
    lists = encode(left, right)
    progress("finding candidates")
    i, j = candidates(lists.left.tokens, lists.right.tokens, lists.left.age, lists.right.age)
    progress("comparing names")
    pairs = compared(lists, i, j)
    found, certain = taught(lists, pairs)
    progress("learning")
    odds = boosted(found, pairs, certain, len(left))
    progress("weighing rivals")
    probability, alone = calibrated(i, j, odds, certain, len(left), len(right))
    if swapped:
        order = np.lexsort((i, j))
        return Linked(j[order], i[order], probability[order], alone + len(right) - len(left))
    return Linked(i, j, probability, alone)


def taught(lists: Encoded, pairs: Pairs) -> tuple[Features, npt.NDArray[np.bool_]]:
    """Return the features of all pairs, their evidence learned from the seeds, and which pairs are seeds."""
    score = first_score(lists, pairs)
    certain = seeds(lists, pairs, score, 8.0)
    found = features(lists, pairs, certain.astype(np.float64))
    for _ in range(ROUNDS - 1):
        least = float(np.quantile(found.total[certain], 0.02)) if certain.any() else 0.0
        certain = seeds(lists, pairs, found.total, least)
        found = features(lists, pairs, certain.astype(np.float64))
    least = float(np.quantile(found.total[certain], 0.02)) if certain.any() else 0.0
    return found, seeds(lists, pairs, found.total, least)
