"""One row of numbers a pair: what a model, or a person asking why, looks at."""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons import columns, evidence
from uncounted.stages.match.persons.encode import Encoded, Floats, Ints
from uncounted.stages.match.persons.pairs import Pairs

Weights = npt.NDArray[np.float64]
FEATURES = (
    "words left", "words right", "words aligned", "given evidence", "last evidence", "first aligned", "last aligned",
    "given skeleton", "given sound", "given letters", "last skeleton", "last sound", "last letters",
    "least skeleton", "least sound", "least letters", "name evidence", "least evidence", "lineage evidence",
    "least lineage evidence", "middle evidence", "age difference", "age evidence", "age", "sex", "lineage shared by",
    "total evidence",
)  # fmt: skip
GAP_EVIDENCE = -2.0
"""What a word without a partner counts in the plain sum, before a model has learned better."""


@dataclass(frozen=True)
class Summed:
    """Evidence of ``n`` pairs: of ``words`` (n, words), ``ages`` (n) and columns (``worth``, from likenesses ``near``).

    ``total`` (n) is the plain sum.
    """

    words: Floats
    ages: Weights
    near: tuple[Floats, ...]
    worth: tuple[Floats, ...]
    total: Floats

    def only(self, rows: Ints) -> "Summed":
        """Return the sums of some of the pairs, by number."""
        near, worth = (tuple(column[rows] for column in held) for held in (self.near, self.worth))
        return Summed(self.words[rows], self.ages[rows], near, worth, self.total[rows])


@dataclass(frozen=True)
class Evidence:
    """What every comparison is worth between two lists."""

    words: evidence.WordEvidence
    ages: evidence.Table
    sexes: evidence.Table
    columns: tuple[evidence.Table, ...]


def learn_evidence(lists: Encoded, pairs: Pairs, held: Weights) -> Evidence:
    """Learn evidence from pairs held true by weight ``held`` (n) in 0..1."""
    return Evidence(
        evidence.words_seen(lists, pairs, held),
        evidence.ages_seen(lists, pairs, held),
        evidence.sexes_seen(lists, pairs, held),
        tuple(columns.seen(lists, pairs, held, column) for column in range(len(lists.columns))),
    )


def summed(lists: Encoded, pairs: Pairs, known: Evidence, own: Weights) -> Summed:
    """Sum the evidence of every pair; ``own`` (n) is its own weight in what ``known`` was learned from."""
    words = known.words.of(pairs, own)
    ages = evidence.of_ages(known.ages, lists, pairs)
    near = tuple(columns.likeness(lists, pairs, column) for column in range(len(lists.columns)))
    worth = tuple(
        columns.worth(table, lists, pairs, column, near[column]) for column, table in enumerate(known.columns)
    )
    gaps = lists.left.length[pairs.i] + lists.right.length[pairs.j] - 2 * (pairs.partner >= 0).sum(1)
    total = np.nansum(words, 1) + ages + evidence.of_sexes(known.sexes, lists, pairs) + GAP_EVIDENCE * gaps + sum(worth)
    return Summed(words, ages, near, worth, total.astype(np.float32))


def guarded(lists: Encoded, pairs: Pairs, found: Summed) -> Floats:
    """Return (n): the sum in which father, grandfather and family are worth no more than the whole lineage is rare.

    They come together, and siblings would pass for one person where no rival claims the record.
    """
    beyond = np.nansum(found.words[:, 1:], 1) - np.log(len(lists.right) / lists.right.shared_by[pairs.j])
    held: Floats = (found.total - np.maximum(beyond, 0)).astype(np.float32)
    return held


def features(lists: Encoded, pairs: Pairs, found: Summed) -> Floats:
    """Return (n, names): the features of every pair, NaN for what is not there; named by :data:`FEATURES`."""
    every = np.arange(len(pairs))
    words = found.words
    left, right = lists.left.length[pairs.i], lists.right.length[pairs.j]
    end_left, end_right = np.maximum(left - 1, 0), np.maximum(right - 1, 0)
    aligned = (pairs.partner >= 0).sum(1)
    like = np.vstack([pairs.like, np.full((1, 3), np.nan, np.float32)])
    last = words[every, end_left]
    sex_left, sex_right = lists.left.sex[pairs.i], lists.right.sex[pairs.j]
    sex = np.where((sex_left == 0) | (sex_right == 0), 0, np.where(sex_left == sex_right, 1, -1))
    lineage = np.nansum(words[:, 1:], 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a least of nothing is NaN, as it should be
        least = np.nanmin(like[pairs.aligned()], 1)
        every_column = [
            left, right, aligned, words[:, 0], last, pairs.partner[:, 0] == 0,
            pairs.partner[every, end_left] == end_right,
            *like[pairs.between[:, 0, 0]].T, *like[pairs.between[every, end_left, end_right]].T, *least.T,
            np.nansum(words, 1), np.nanmin(words, 1), lineage, np.nanmin(words[:, 1:], 1),
            lineage - np.where(end_left > 0, np.nan_to_num(last), 0),
            lists.right.age[pairs.j] - lists.left.age[pairs.i], found.ages, lists.left.age[pairs.i], sex,
            lists.right.shared_by[pairs.j], found.total, *found.near, *found.worth,
        ]  # fmt: skip
    return np.stack(every_column, 1).astype(np.float32)
