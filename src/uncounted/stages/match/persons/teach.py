"""Self-training between two lists of which each holds a person once: seeds, evidence, model, competition."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.calibrate import calibrated
from uncounted.stages.match.persons.compete import claims
from uncounted.stages.match.persons.encode import Encoded, Floats, Ints
from uncounted.stages.match.persons.features import Evidence, features, learn_evidence, summed
from uncounted.stages.match.persons.judged import EDGE, Known, recalibrated
from uncounted.stages.match.persons.learn import Lesson, Models, boosted, first_score, seeds
from uncounted.stages.match.persons.pairs import Pairs
from uncounted.stages.match.persons.standins import shortened

Weights = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
FIRST_KEPT, THEN_KEPT = 20, 15
"""Candidates a left record keeps after the first score, and after a first round of learning what evidence is worth."""
LAST_KEPT, FEWEST, ALL_KEPT = 12, 6, 60_000
"""Then this many, and fewer on long lists, until there are so many pairs in all."""
CERTAIN = 0.8
STEADY, SEVERAL, AGAIN = 8000, 3, 2
"""Several models, three at most, are averaged until together they were asked about this many left records; what they
find on such short lists teaches so many rounds more. On longer ones a second round changed F1 by less than .001."""
SETTLING, SETTLED = 6, 0.02
"""Further rounds, at most, until the expected number of pairs changes by less than this share."""
SHORTENED = 3
"""How many times over names are shortened for a model to learn from; one of them stands in for calibration."""
FIRST_LEAST = 8.0
"""A first seed shares at least one rare word beyond a common one, or as much in other columns."""


def learned(lists: Encoded, pairs: Pairs, certain: Marks, known: Known) -> tuple[Weights, float]:
    """Return each pair's probability, and the estimated number of left records without a mate.

    On short lists what the first model finds teaches the next (self-training): seeds alone are the easy pairs, and a
    model of few easy pairs doubts the others.
    """
    probability, alone = certain.astype(np.float64), 0.0
    for _ in range(1 if len(lists.left) > STEADY else 1 + AGAIN):
        sure = known.taught(pairs.i, pairs.j, probability >= CERTAIN)
        probability, alone = once(lists, pairs, sure, probability, known)
    return probability, alone


@dataclass(frozen=True)
class Model:
    """What was learned of two lists: the evidence, and boosted models whose odds are averaged."""

    evidence: Evidence
    models: tuple[Models, ...]

    def odds(self, matrix: Floats, i: Ints) -> Weights:
        """Return the log odds of rows of features, whose left records are ``i``."""
        return np.asarray(np.mean([one.odds(matrix, i) for one in self.models], axis=0))


def model_of(
    lists: Encoded, pairs: Pairs, certain: Marks, held: Weights, known: Known
) -> tuple[Model, Weights, Weights]:
    """Learn from ``certain`` pairs, evidence from all by weight ``held``.

    Pairs that people judged to be two persons teach as well. On a short list, where one model is unsteady, several
    learn from other halves. Returns the model, the log odds of each pair, and its log odds where some names are
    shortened to the list's length (see :mod:`.standins`).
    """
    evidence = learn_evidence(lists, pairs, held)
    matrix = features(lists, pairs, summed(lists, pairs, evidence, held))
    taught = np.zeros(len(lists.left), bool)
    taught[pairs.i[certain]] = True
    learn = taught[pairs.i] | (known.verdicts(pairs.i, pairs.j) < 0)
    shorts = [short for seed in range(SHORTENED) if (short := shortened(lists, pairs, certain, seed)) is not None]
    briefs = [
        features(short.lists, short.pairs, summed(short.lists, short.pairs, evidence, held[short.rows]))
        for short in shorts
    ]
    if shorts:
        learn[shorts[0].rows] = False
    lesson = Lesson(
        np.concatenate([matrix[learn], *briefs]),
        np.concatenate([certain[learn], *[certain[short.rows] for short in shorts]]),
        np.concatenate([pairs.i[learn], *[short.pairs.i for short in shorts]]),
    )
    several = int(np.clip(STEADY // max(len(lists.left), 1), 1, SEVERAL))
    model = Model(evidence, tuple(boosted(lesson, number) for number in range(several)))
    odds = model.odds(matrix, pairs.i)
    without = odds.copy()
    for short, brief in zip(shorts[:1], briefs, strict=False):
        without[short.rows] = model.odds(brief, short.pairs.i)
    return model, odds, without


def once(lists: Encoded, pairs: Pairs, certain: Marks, held: Weights, known: Known) -> tuple[Weights, float]:
    """Learn as :func:`model_of` does and return probabilities as :func:`learned`."""
    _, odds, without = model_of(lists, pairs, certain, held, known)
    return judged((pairs.i, pairs.j), odds, certain, without, known, left=len(lists.left), right=len(lists.right))


def judged(
    pairs: tuple[Ints, Ints], odds: Weights, certain: Marks, without: Weights, known: Known, *, left: int, right: int
) -> tuple[Weights, float]:
    """Return each pair's probability and how many left records have no mate, what is ``known`` considered.

    A judged pair ends at certainty, and its rivals with it; the others' probabilities are set right by what a model
    that saw no verdict on them gave the judged pairs.
    """
    i, j = pairs
    said = known.verdicts(i, j)
    odds = odds + known.by_id(i, j)
    probability, alone = calibrated(i, j, odds, certain, without=without, left=left, right=right)
    if said.any():
        before = probability[said != 0]
        odds = np.where(said, said * EDGE, odds)
        probability, alone = calibrated(i, j, odds, certain, without=without, left=left, right=right)
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
    last = kept_on(len(lists.left))
    for keep in (THEN_KEPT, *[last] * (1 + SETTLING)):
        before = held.sum()
        total = summed(lists, pairs, learn_evidence(lists, pairs, held), held).total
        held, claim = against_chance(pairs, total, len(lists.left), len(lists.right))
        certain = sure(pairs, seeds(lists, pairs, total, -np.inf) & (held >= CERTAIN))
        top = kept(pairs, claim, keep, held >= CERTAIN)
        pairs, certain, held = pairs.only(top), certain[top], held[top]
        if keep == last and abs(held.sum() - before) <= SETTLED * before:
            break
    return pairs, certain


def kept_on(left: int) -> int:
    """Return how many candidates, beside its mate, each of ``left`` records keeps in the end."""
    return int(np.clip(ALL_KEPT // max(left, 1), FEWEST, LAST_KEPT))


def against_chance(pairs: Pairs, total: Floats, left: int, right: int) -> tuple[Weights, Floats]:
    """Return probabilities from evidence alone: any of the ``right`` records might be the mate, and rivals compete.

    Also returns the log of each pair's claim. By it rivals are ranked: siblings whom their own mates claim would
    otherwise fill the places of strangers, and a record without its mate would look as if nobody else came near.
    """
    claim = claims(pairs.i, pairs.j, total - np.log(max(right, 1)), left, right)
    ranked: Floats = np.log(np.maximum(claim, 1e-30)).astype(np.float32)
    return claim / (1 + np.bincount(pairs.i, claim, left)[pairs.i]), ranked


def likeliest(i: Ints, score: Floats, keep: int, mates: Marks) -> Ints:
    """Return, in order, the numbers of the ``mates`` and of the best ``keep`` other pairs of each left record.

    A record whose mate is known so keeps as many rivals as one that has none, which calibration compares it with.
    """
    order = np.lexsort((-score, mates, i))
    of = i[order]
    rank = np.arange(len(of)) - np.searchsorted(of, of)
    return np.sort(order[(rank < keep) | mates[order]])
