"""From scores to probabilities without a label: what the best claim looks like when the true mate is not there.

Take a record whose mate is as good as certain, remove that mate from the other list, and let the competition run
again: its best claim is now a false one. Done for all such records this gives the distribution of scores of records
without a mate, siblings and namesakes included, much as decoys do in mass spectrometry (Elias & Gygi 2007). What the
observed distribution holds beyond it are records with a mate.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.compete import claims
from uncounted.stages.match.persons.encode import Ints

Weights = npt.NDArray[np.float64]
FOLDS = 5
_EDGE = 12.0
_CELLS = 48


def calibrated(
    i: Ints,
    j: Ints,
    log_odds: Weights,
    certain: npt.NDArray[np.bool_],
    *,
    without: Weights,
    left: int,
    right: int,
    seed: int = 3,
) -> tuple[Weights, float]:
    """Return each pair's probability under one-to-one competition, and the estimated number of lefts without a mate.

    ``certain`` marks pairs held to be true; ``without`` are the odds to be used where their mates are removed, which
    may be those of stand-ins (:mod:`.standins`). With fewer than 30 of them the odds are taken as they are.
    """
    claim = claims(i, j, log_odds, left, right)
    total = np.bincount(i, claim, left)
    if certain.sum() < 30:
        return claim / (1 + total[i]), float(np.sum(1 / (1 + total)))
    score = np.log(np.maximum(total, 1e-9))
    null, rivals = _null(i, j, without, certain, left=left, right=right, seed=seed)
    doubtful = np.bincount(i[certain], minlength=left) == 0
    weight = _as_common(rivals, np.bincount(i, minlength=left)[doubtful])
    alone = _alone(score, null, weight)
    mate = _share_with_mate(score, null, weight * alone)
    share = claim / np.maximum(total[i], 1e-12)
    return mate[i] * share, alone


def _null(
    i: Ints, j: Ints, log_odds: Weights, certain: npt.NDArray[np.bool_], *, left: int, right: int, seed: int
) -> tuple[Weights, Ints]:
    """Return scores of records whose certain mates are removed, a fifth at a time, and their numbers of candidates."""
    fold = np.random.default_rng(seed).integers(0, FOLDS, left)
    scores, rivals = [], []
    for number in range(FOLDS):
        removed = certain & (fold[i] == number)
        gone = np.zeros(right, bool)
        gone[j[removed]] = True
        stay = ~gone[j]
        who = np.unique(i[removed])
        claim = claims(i[stay], j[stay], log_odds[stay], left, right)
        scores.append(np.bincount(i[stay], claim, left)[who])
        rivals.append(np.bincount(i[stay], minlength=left)[who])
    return np.log(np.maximum(np.concatenate(scores), 1e-9)), np.concatenate(rivals)


def _as_common(rivals: Ints, wanted: Ints) -> Weights:
    """Return weights, adding up to 1, under which records have candidates as often as the doubtful ones do.

    Near-certain pairs have rarer names than others, and so fewer rivals. Counts are compared by powers of two.
    """
    cells = np.log2(rivals + 1).astype(np.int64)
    size = 1 + int(cells.max(initial=0))
    there = np.bincount(cells, minlength=size)
    asked = np.bincount(np.minimum(np.log2(wanted + 1).astype(np.int64), size - 1), minlength=size) + 1.0
    weight = (asked / asked.sum() / np.maximum(there / there.sum(), 1e-9))[cells]
    return np.asarray(weight / weight.sum())


def _alone(score: Weights, null: Weights, weight: Weights) -> float:
    """Estimate how many records have no mate: half of those lie below their median (Storey 2002)."""
    order = np.argsort(null)
    median = null[order][np.searchsorted(np.cumsum(weight[order]), 0.5)]
    return min(float(len(score)), float((score <= median).sum()) / float(weight[null <= median].sum()))


def _share_with_mate(score: Weights, null: Weights, weight: Weights) -> Weights:
    """Return P(mate | score): one less the expected records without a mate over those observed, never falling."""
    from sklearn.isotonic import IsotonicRegression

    edges = np.linspace(-_EDGE, _EDGE, _CELLS + 1)
    middle = (edges[1:] + edges[:-1]) / 2

    def counted(values: Weights, weights: Weights) -> Weights:
        inside = np.clip(values, -_EDGE, _EDGE - 1e-6)
        return np.histogram(inside, edges, weights=weights)[0].astype(np.float64)

    observed, expected = counted(score, np.ones(len(score))), counted(null, weight)
    there = observed > 0
    share = np.clip(1 - expected[there] / observed[there], -1, 1)
    fitter: Any = IsotonicRegression
    rising = fitter(y_min=0, y_max=1, out_of_bounds="clip")
    rising.fit(middle[there], share, sample_weight=observed[there])
    probability: Weights = np.clip(rising.predict(np.clip(score, -_EDGE, _EDGE)), 0, 1)
    return probability
