"""Learning without labels: near-certain pairs teach, and are never judged by a model that saw them.

*Seeds* are pairs that are each other's best by a clear lead. A boosted model learns them against all other candidates
of the same left records: siblings above all. Pairs of records without a seed teach nothing, since nobody knows.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.compete import mutual_best
from uncounted.stages.match.persons.encode import Encoded, Floats, Ints
from uncounted.stages.match.persons.features import GAP_EVIDENCE
from uncounted.stages.match.persons.pairs import Pairs

Weights = npt.NDArray[np.float64]
LEAD = 2.0
"""A seed is e**2 times as likely as either rival."""


def first_score(lists: Encoded, pairs: Pairs) -> Floats:
    """Score pairs before anything is learned: rare words alike, ages near, sex and columns equal.

    Only the order of one record's candidates matters; the weights are of the size that agreement usually has.
    """
    held = np.bincount(lists.skeletons[lists.right.words].ravel() + 1, minlength=len(lists.skeletons) + 1)[1:]
    rarity = np.log((len(lists.right) + 1) / (held + 1))[lists.skeletons]
    met = pairs.aligned()
    words = np.append(pairs.one, 0)[met]
    likeness = np.append(pairs.base, np.float32(0))[met]
    score = np.where(met >= 0, rarity[words] * (likeness - 0.75) * 4, 0).sum(1)
    score += GAP_EVIDENCE * (lists.left.length[pairs.i] + lists.right.length[pairs.j] - 2 * (met >= 0).sum(1))
    gap = np.abs(lists.right.age[pairs.j] - lists.left.age[pairs.i])
    score -= np.where(np.isnan(gap), 1, np.minimum(gap, 10) * 0.5)
    left, right = lists.left.sex[pairs.i], lists.right.sex[pairs.j]
    score -= 4.0 * ((left != right) & (left > 0) & (right > 0))
    for at, strings in enumerate(lists.strings):
        one, other = lists.left.values[pairs.i, at], lists.right.values[pairs.j, at]
        share = np.bincount(lists.right.values[:, at] + 1, minlength=len(strings) + 1)[1:] + 1
        rare = np.log((len(lists.right) + 1) / share)
        known = (one >= 0) & (other >= 0)
        score += np.where(known, np.where(one == other, rare[other], -1.5), 0)
    scored: Floats = score.astype(np.float32)
    return scored


def seeds(lists: Encoded, pairs: Pairs, score: Floats, least: float) -> npt.NDArray[np.bool_]:
    """Return the pairs that are each other's best by :data:`LEAD`, with a score of ``least`` or more."""
    chosen, lead = mutual_best(pairs.i, pairs.j, score, len(lists.left), len(lists.right))
    marked = np.zeros(len(pairs), bool)
    marked[chosen[(lead > LEAD) & (score[chosen] >= least)]] = True
    return marked


@dataclass(frozen=True)
class Lesson:
    """What a model learns from: features, which rows are one person, and the left record of each."""

    matrix: Floats
    same: npt.NDArray[np.bool_]
    i: Ints


@dataclass(frozen=True)
class Models:
    """Two boosted models: each judges the half of the left records that the other learned from.

    ``number`` names the way in which they were halved; ``varied`` the columns that say anything.
    """

    halves: tuple[Any, Any]
    varied: npt.NDArray[np.bool_]
    number: int

    def odds(self, matrix: Floats, i: Ints) -> Weights:
        """Return the log odds of rows of features, whose left records are ``i``; 0 where nothing could be learned."""
        from threadpoolctl import threadpool_limits

        one_thread: Any = threadpool_limits
        found = np.zeros(len(matrix))
        half = _halves(i, self.number)

        def judged(side: int) -> None:
            judge = half == side
            if self.halves[side] is not None and judge.any():
                with one_thread(1):  # OpenMP keeps this limit by thread
                    found[judge] = self.halves[side].decision_function(matrix[judge][:, self.varied])

        with ThreadPoolExecutor(2) as both:
            list(both.map(judged, (0, 1)))
        return found


def boosted(lesson: Lesson, number: int = 0) -> Models:
    """Learn gradient boosting on either half of the left records, so no record is judged by a model that saw it.

    ``number`` names another way to halve them. Deterministic, whatever the number of threads.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    booster: Any = HistGradientBoostingClassifier
    one_thread: Any = threadpool_limits
    varied = _varied(lesson.matrix)
    half = _halves(lesson.i, number)

    def learned(side: int) -> Any:
        learn = half != side
        if not lesson.same[learn].any() or lesson.same[learn].all():
            return None
        model = booster(
            max_iter=80, max_leaf_nodes=8, min_samples_leaf=20, l2_regularization=1.0, early_stopping=False,
            random_state=0,
        )  # fmt: skip
        with one_thread(1):  # sums in one order give the same links everywhere
            return model.fit(lesson.matrix[learn][:, varied], lesson.same[learn])

    # one after the other: fitting changes the warning filters of the whole process while it runs
    return Models((learned(0), learned(1)), varied, number)


def _halves(i: Ints, number: int) -> Ints:
    halves: Ints = (i * 2654435761 >> (7 + number)) % 2
    return halves


def _varied(matrix: Floats) -> npt.NDArray[np.bool_]:
    """Return which columns say anything: a column of one value, or of none, teaches nothing."""
    kept = []
    for column in matrix.T:
        there = column[~np.isnan(column)]
        kept.append(bool(len(there)) and bool((there != there[0]).any()))
    return np.array(kept)
