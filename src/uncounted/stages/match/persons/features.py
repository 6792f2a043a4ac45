"""One row of numbers a pair: what a model, or a person asking why, looks at."""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons import evidence
from uncounted.stages.match.persons.encode import Encoded, Floats
from uncounted.stages.match.persons.pairs import Pairs

Weights = npt.NDArray[np.float64]
_FIXED = (
    "words left", "words right", "words aligned", "given evidence", "last evidence", "first aligned", "last aligned",
    "given skeleton", "given sound", "given letters", "last skeleton", "last sound", "last letters",
    "least skeleton", "least sound", "least letters", "name evidence", "least evidence", "lineage evidence",
    "least lineage evidence", "middle evidence", "age difference", "age evidence", "age", "sex", "lineage shared by",
    "total evidence",
)  # fmt: skip
GAP_EVIDENCE = -2.0
"""What a word without a partner counts in the plain sum, before a model has learned better."""


@dataclass(frozen=True)
class Features:
    """``matrix`` (n, names) holds NaN for what is not there; ``total`` (n) is the plain sum of evidence.

    Father, grandfather and family come together; in ``guarded`` (n) they are worth no more than the whole lineage is
    rare, so that siblings do not pass for one person where no rival claims the record.
    """

    names: tuple[str, ...]
    matrix: Floats
    total: Floats
    guarded: Floats


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
        tuple(evidence.column_seen(lists, pairs, held, column) for column in range(len(lists.columns))),
    )


def features(lists: Encoded, pairs: Pairs, known: Evidence, own: Weights) -> Features:
    """Compute the features of every pair; ``own`` (n) is its own weight in what ``known`` was learned from."""
    n = len(pairs)
    every = np.arange(n)
    words = known.words.of(pairs, own)
    left, right = lists.left.length[pairs.i], lists.right.length[pairs.j]
    end_left, end_right = np.maximum(left - 1, 0), np.maximum(right - 1, 0)
    aligned = (pairs.partner >= 0).sum(1)
    met = pairs.aligned()
    like = np.vstack([pairs.like, np.full((1, 3), np.nan, np.float32)])
    lineage = words.copy()
    lineage[:, 0] = np.nan
    last = words[every, end_left]
    age = evidence.of_ages(known.ages, lists, pairs)
    sex_left, sex_right = lists.left.sex[pairs.i], lists.right.sex[pairs.j]
    sex = np.where((sex_left == 0) | (sex_right == 0), 0, np.where(sex_left == sex_right, 1, -1))
    near = [evidence.column_likeness(lists, pairs, column) for column in range(len(lists.columns))]
    worth = [
        evidence.of_column(table, lists, pairs, column, near[column]) for column, table in enumerate(known.columns)
    ]
    shared_by = lists.right.shared_by[pairs.j]
    total = (
        np.nansum(words, 1)
        + age
        + evidence.of_sexes(known.sexes, lists, pairs)
        + GAP_EVIDENCE * (left + right - 2 * aligned)
        + sum(worth)
    ).astype(np.float32)
    beyond = np.nansum(lineage, 1) - np.log(len(lists.right) / shared_by)
    guarded = (total - np.maximum(beyond, 0)).astype(np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a least of nothing is NaN, as it should be
        least = np.nanmin(like[met], 1)
        columns = [
            left, right, aligned, words[:, 0], last, pairs.partner[:, 0] == 0,
            pairs.partner[every, end_left] == end_right,
            *like[pairs.between[:, 0, 0]].T, *like[pairs.between[every, end_left, end_right]].T, *least.T,
            np.nansum(words, 1), np.nanmin(words, 1), np.nansum(lineage, 1), np.nanmin(lineage, 1),
            np.nansum(lineage, 1) - np.where(end_left > 0, np.nan_to_num(last), 0),
            lists.right.age[pairs.j] - lists.left.age[pairs.i], age, lists.left.age[pairs.i], sex,
            shared_by, total, *near, *worth,
        ]  # fmt: skip
    names = (*_FIXED, *(f"{name} likeness" for name in lists.columns), *(f"{name} evidence" for name in lists.columns))
    return Features(names, np.stack(columns, 1).astype(np.float32), total, guarded)
