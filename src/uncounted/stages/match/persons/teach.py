"""Self-training between two lists of which each holds a person once: seeds, evidence, model, competition."""

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.calibrate import calibrated
from uncounted.stages.match.persons.compete import claims
from uncounted.stages.match.persons.encode import Encoded, Floats, Ints
from uncounted.stages.match.persons.features import features, learn_evidence
from uncounted.stages.match.persons.judged import EDGE, Known, recalibrated
from uncounted.stages.match.persons.learn import Lesson, boosted, first_score, seeds
from uncounted.stages.match.persons.pairs import Pairs
from uncounted.stages.match.persons.standins import shortened

Weights = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
FIRST_KEPT, THEN_KEPT = 20, 15
"""Candidates a left record keeps after the first score, and after a first round of learning what evidence is worth."""
LAST_KEPT, FEWEST, ALL_KEPT = 12, 6, 60_000
"""Then this many, and fewer on long lists, until there are so many pairs in all."""
AGAIN, CERTAIN = 1, 0.8
STEADY, SEVERAL = 8000, 3
"""Several models, three at most, are averaged until together they were asked about this many left records; such short
lists get one more round as well."""
SETTLING, SETTLED = 6, 0.02
"""Further rounds, at most, until the expected number of pairs changes by less than this share."""
SHORTENED = 3
"""How many times over names are shortened for a model to learn from; one of them stands in for calibration."""
FIRST_LEAST = 8.0
"""A first seed shares at least one rare word beyond a common one, or as much in other columns."""


def learned(lists: Encoded, pairs: Pairs, certain: Marks, known: Known) -> tuple[Weights, float]:
    """Return each pair's probability, and the estimated number of left records without a mate.

    What the first model finds teaches the next (self-training): seeds alone are the easy pairs, and a model of easy
    pairs doubts the others.
    """
    probability, alone = certain.astype(np.float64), 0.0
    for _ in range(1 + (AGAIN if len(lists.left) > STEADY else AGAIN + 1)):
        sure = known.taught(pairs.i, pairs.j, probability >= CERTAIN)
        probability, alone = once(lists, pairs, sure, probability, known)
    return probability, alone


def once(lists: Encoded, pairs: Pairs, certain: Marks, held: Weights, known: Known) -> tuple[Weights, float]:
    """Learn from ``certain`` pairs, evidence from all by weight ``held``; return probabilities as :func:`learned`.

    Pairs that people judged to be two persons teach as well. A judged pair ends at certainty, and its rivals with it;
    the others' probabilities are set right by what a model that saw no verdict on them gave the judged pairs. On a
    short list, where one model is unsteady, the odds are the mean of several that learned from other halves.
    """
    evidence = learn_evidence(lists, pairs, held)
    matrix = features(lists, pairs, evidence, held).matrix
    said = known.verdicts(pairs.i, pairs.j)
    taught = np.zeros(len(lists.left), bool)
    taught[pairs.i[certain]] = True
    learn = taught[pairs.i] | (said < 0)
    shorts = [short for seed in range(SHORTENED) if (short := shortened(lists, pairs, certain, seed)) is not None]
    briefs = [features(short.lists, short.pairs, evidence, held[short.rows]).matrix for short in shorts]
    if shorts:
        learn[shorts[0].rows] = False
    lesson = Lesson(
        np.concatenate([matrix[learn], *briefs]),
        np.concatenate([certain[learn], *[certain[short.rows] for short in shorts]]),
        np.concatenate([pairs.i[learn], *[short.pairs.i for short in shorts]]),
    )
    asked = [(matrix, pairs.i), *[(brief, short.pairs.i) for brief, short in zip(briefs[:1], shorts[:1], strict=True)]]
    several = int(np.clip(STEADY // max(len(lists.left), 1), 1, SEVERAL))
    turns = [boosted(lesson, asked, number) for number in range(several)]
    odds, *brief_odds = [np.asarray(np.mean(found, axis=0)) for found in zip(*turns, strict=True)]
    by_id = known.by_id(pairs.i, pairs.j)
    without = odds.copy()
    for short, found in zip(shorts[:1], brief_odds, strict=True):
        without[short.rows] = found

    def judged(odds: Weights) -> tuple[Weights, float]:
        size = {"left": len(lists.left), "right": len(lists.right)}
        return calibrated(pairs.i, pairs.j, odds, certain, without=without, **size)

    probability, alone = judged(odds + by_id)
    if said.any():
        before = probability[said != 0]
        probability, alone = judged(np.where(said, said * EDGE, odds + by_id))
        probability = recalibrated(probability, before, said[said != 0] > 0)
        probability = np.where(said, said > 0, probability)
    return probability, alone


def taught(lists: Encoded, pairs: Pairs, known: Known) -> tuple[Pairs, Marks]:
    """Return the likeliest pairs, and which of them are seeds; what is ``known`` of a pair keeps it among them."""

    def sure(pairs: Pairs, certain: Marks) -> Marks:
        return known.taught(pairs.i, pairs.j, certain)

    def kept(pairs: Pairs, score: Floats, keep: int, mates: Marks) -> Ints:
        return likeliest(pairs.i, score, keep, sure(pairs, mates) | (known.verdicts(pairs.i, pairs.j) != 0))

    score = first_score(lists, pairs)
    top = kept(pairs, score, FIRST_KEPT, np.zeros(len(pairs), bool))
    pairs, score = pairs.only(top), score[top]
    certain = sure(pairs, seeds(lists, pairs, score, FIRST_LEAST))
    held = certain.astype(np.float64)
    last = int(np.clip(ALL_KEPT // max(len(lists.left), 1), FEWEST, LAST_KEPT))
    for keep in (THEN_KEPT, *[last] * (1 + SETTLING)):
        before = held.sum()
        total = features(lists, pairs, learn_evidence(lists, pairs, held), held).total
        held = against_chance(pairs, total, len(lists.left), len(lists.right))
        certain = sure(pairs, seeds(lists, pairs, total, -np.inf) & (held >= CERTAIN))
        top = kept(pairs, total, keep, held >= CERTAIN)
        pairs, certain, held = pairs.only(top), certain[top], held[top]
        if keep == last and abs(held.sum() - before) <= SETTLED * before:
            break
    return pairs, certain


def against_chance(pairs: Pairs, total: Floats, left: int, right: int) -> Weights:
    """Return probabilities from evidence alone: any of the ``right`` records might be the mate, and rivals compete."""
    claim = claims(pairs.i, pairs.j, total - np.log(max(right, 1)), left, right)
    return claim / (1 + np.bincount(pairs.i, claim, left)[pairs.i])


def likeliest(i: Ints, score: Floats, keep: int, mates: Marks) -> Ints:
    """Return, in order, the numbers of the ``mates`` and of the best ``keep`` other pairs of each left record.

    A record whose mate is known so keeps as many rivals as one that has none, which calibration compares it with.
    """
    order = np.lexsort((-score, mates, i))
    of = i[order]
    rank = np.arange(len(of)) - np.searchsorted(of, of)
    return np.sort(order[(rank < keep) | mates[order]])
