"""From scores to probabilities without a label: what the best claim looks like when the true mate is not there.

Take a record whose mate is as good as certain, remove that mate from the other list, and let the competition run
again: its best claim is now a false one. Done for all such records this gives the distribution of scores of records
without a mate, siblings and namesakes included, much as decoys do in mass spectrometry (Elias & Gygi 2007). What the
observed distribution holds beyond it are records with a mate.
"""

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.compete import claims
from uncounted.stages.match.persons.encode import Ints

Weights = npt.NDArray[np.float64]
FOLDS = 5
LOW = -5.0
"""A record whose candidates together have odds below e**-5 (1 to 148) is held to have none of them for a mate. How far
below tells nothing: strangers score a little higher where nobody else claims them, as where whole families stand on
one list only, and scores of strangers crowd, so a small shift would make half of them mates."""
OWN = 2.0
"""How many records seen without their mates a cell's own odds count for."""
_EDGE, _CELL = 12.0, 0.5


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
    cut = _cut(null, weight)
    alone = _alone(score, null, weight, cut)
    mate = _share_with_mate(score, null, weight * alone, cut)
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


def _cut(null: Weights, weight: Weights) -> float:
    """Return the score up to which records are held to have no mate among their candidates.

    It is :data:`LOW`, or the median of scores without a mate where that is higher.
    """
    order = np.argsort(null)
    half = int(np.searchsorted(np.cumsum(weight[order]), 0.5))
    return max(LOW, float(null[order][min(half, len(null) - 1)]))


def _alone(score: Weights, null: Weights, weight: Weights, cut: float) -> float:
    """Estimate how many records have no mate, from those with a score up to ``cut`` (Storey 2002)."""
    return min(float(len(score)), float((score <= cut).sum()) / float(weight[null <= cut].sum()))


def _share_with_mate(score: Weights, null: Weights, weight: Weights, cut: float) -> Weights:
    """Return P(mate | score): one less the expected records without a mate over those observed, never falling.

    ``weight`` adds up to the number of records without a mate. Cell by cell of the score the expected ones are those
    of ``null``; few of them are seen where scores are high, so what the records' own odds expect counts as much as
    :data:`OWN` of them (a gamma prior on the cell's Poisson rate). Scores up to ``cut`` are one cell, in which nobody
    is expected to have a mate; there a record's own odds stand.
    """
    alone = float(weight.sum())
    stranger = 1 / (1 + np.exp(score) * max(len(score) - alone, 1.0) / max(alone, 1.0))
    edges = np.concatenate([[-np.inf], np.arange(cut, _EDGE, _CELL), [np.inf]])
    observed = np.histogram(score, edges)[0].astype(np.float64)
    own = np.maximum(np.histogram(score, edges, weights=stranger)[0], 1e-9)
    seen = np.histogram(null, edges, weights=weight)[0] * (len(null) / max(alone, 1e-9))
    expected = (OWN + seen) / (OWN / own + len(null) / max(alone, 1e-9))
    there = observed > 0
    share = np.clip(1 - expected[there] / observed[there], -1, 1)
    share[0] = min(share[0], 0) if there[0] else share[0]
    middle = np.concatenate([[cut - _CELL / 2], edges[1:-1] + _CELL / 2])[there]
    mate = np.interp(score, middle, np.clip(rising(share, observed[there]), 0, 1))
    return np.where(score <= cut, np.minimum(1 / (1 + np.exp(-score)), mate.max(initial=0)), mate)


def rising(values: Weights, weights: Weights) -> Weights:
    """Return the nearest values that never fall, by weighted squares (pool adjacent violators, Ayer et al. 1955)."""
    from scipy.optimize import isotonic_regression  # type: ignore[attr-defined]  # __all__ is made at run time

    found: Weights = isotonic_regression(values, weights=weights).x
    return found
