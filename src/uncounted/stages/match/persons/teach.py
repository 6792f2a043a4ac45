"""Self-training between two lists of which each holds a person once: seeds, evidence, model, competition."""

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.calibrate import calibrated
from uncounted.stages.match.persons.compete import claims
from uncounted.stages.match.persons.encode import Encoded, Floats, Ints
from uncounted.stages.match.persons.features import features, learn_evidence
from uncounted.stages.match.persons.learn import Lesson, boosted, first_score, seeds
from uncounted.stages.match.persons.pairs import Pairs
from uncounted.stages.match.persons.standins import shortened

Weights = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
FIRST_KEPT, THEN_KEPT = 20, (15, 12)
"""Candidates a left record keeps after the first score, and after each round of learning what evidence is worth."""
AGAIN, CERTAIN = 2, 0.8
SETTLING, SETTLED = 6, 0.02
"""Further rounds, at most, until the expected number of pairs changes by less than this share."""
SHORTENED = 3
"""How many times over names are shortened for a model to learn from; one of them stands in for calibration."""
FIRST_LEAST = 8.0
"""A first seed shares at least one rare word beyond a common one, or as much in other columns."""


def learned(lists: Encoded, pairs: Pairs, certain: Marks) -> tuple[Weights, float]:
    """Return each pair's probability, and the estimated number of left records without a mate.

    What the first model finds teaches the next (self-training): seeds alone are the easy pairs, and a model of easy
    pairs doubts the others. The last two rounds are averaged, which steadies short lists.
    """
    probability = certain.astype(np.float64)
    found = []
    for _ in range(1 + AGAIN):
        found.append(once(lists, pairs, probability >= CERTAIN, probability))
        probability = found[-1][0]
    (before, _), (last, alone) = found[-2:]
    return (before + last) / 2, alone


def once(lists: Encoded, pairs: Pairs, certain: Marks, held: Weights) -> tuple[Weights, float]:
    """Learn from ``certain`` pairs, evidence from all by weight ``held``; return probabilities as :func:`learned`."""
    known = learn_evidence(lists, pairs, held)
    matrix = features(lists, pairs, known, held).matrix
    taught = np.zeros(len(lists.left), bool)
    taught[pairs.i[certain]] = True
    learn = taught[pairs.i]
    shorts = [short for seed in range(SHORTENED) if (short := shortened(lists, pairs, certain, seed)) is not None]
    briefs = [features(short.lists, short.pairs, known, held[short.rows]).matrix for short in shorts]
    if shorts:
        learn[shorts[0].rows] = False
    lesson = Lesson(
        np.concatenate([matrix[learn], *briefs]),
        np.concatenate([certain[learn], *[certain[short.rows] for short in shorts]]),
        np.concatenate([pairs.i[learn], *[short.pairs.i for short in shorts]]),
    )
    asked = [(matrix, pairs.i), *[(brief, short.pairs.i) for brief, short in zip(briefs[:1], shorts[:1], strict=True)]]
    odds, *brief_odds = boosted(lesson, asked)
    without = odds.copy()
    for short, found in zip(shorts[:1], brief_odds, strict=True):
        without[short.rows] = found
    return calibrated(pairs.i, pairs.j, odds, certain, without=without, left=len(lists.left), right=len(lists.right))


def taught(lists: Encoded, pairs: Pairs) -> tuple[Pairs, Marks]:
    """Return the likeliest pairs, and which of them are seeds."""
    score = first_score(lists, pairs)
    top = likeliest(pairs.i, score, FIRST_KEPT)
    pairs, score = pairs.only(top), score[top]
    certain = seeds(lists, pairs, score, FIRST_LEAST)
    held = certain.astype(np.float64)
    for kept in (*THEN_KEPT, *[THEN_KEPT[-1]] * SETTLING):
        before = held.sum()
        total = features(lists, pairs, learn_evidence(lists, pairs, held), held).total
        held = against_chance(pairs, total, len(lists.left), len(lists.right))
        certain = seeds(lists, pairs, total, -np.inf) & (held >= CERTAIN)
        top = likeliest(pairs.i, total, kept)
        pairs, certain, held = pairs.only(top), certain[top], held[top]
        if kept == THEN_KEPT[-1] and abs(held.sum() - before) <= SETTLED * before:
            break
    return pairs, certain


def against_chance(pairs: Pairs, total: Floats, left: int, right: int) -> Weights:
    """Return probabilities from evidence alone: any of the ``right`` records might be the mate, and rivals compete."""
    claim = claims(pairs.i, pairs.j, total - np.log(max(right, 1)), left, right)
    return claim / (1 + np.bincount(pairs.i, claim, left)[pairs.i])


def likeliest(i: Ints, score: Floats, keep: int) -> Ints:
    """Return, in order, the numbers of the best ``keep`` pairs of each left record."""
    order = np.lexsort((-score, i))
    of = i[order]
    rank = np.arange(len(of)) - np.searchsorted(of, of)
    return np.sort(order[rank < keep])
