"""Matching long lists in parts: memory for one part at a time, finished parts kept, the same functions on any engine.

A model is learned from a sample of the shorter list against all of the longer one. Then each part of the shorter list
is blocked, aligned and scored by itself, which yields a few candidates a record with their odds; parts need not know
of one another. In the end all records compete for all, so the links are those of one whole.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from uncounted.model.identity import canonical, digest
from uncounted.stages.match.persons.block import looked_twice
from uncounted.stages.match.persons.compete import claims
from uncounted.stages.match.persons.encode import Encoded, Ints
from uncounted.stages.match.persons.features import features, summed
from uncounted.stages.match.persons.judged import Known
from uncounted.stages.match.persons.learn import first_score
from uncounted.stages.match.persons.lists import VictimList
from uncounted.stages.match.persons.pairs import Pairs, compared
from uncounted.stages.match.persons.teach import (
    CERTAIN,
    LAST_KEPT,
    Model,
    judged,
    kept_on,
    likeliest,
    model_of,
    once,
    taught,
)

Weights = npt.NDArray[np.float64]
Progress = Callable[[str], None]
SAMPLE = 20_000
"""Left records that a model is learned from."""
PART = 25_000
"""Left records in a part: some two million pairs in memory at once."""
FIRST_KEPT = 15
"""Candidates of a record whose features are looked at; :data:`.LAST_KEPT` of them go into the competition."""
METHOD = "parts/2"
"""Part of the name of finished parts, so that none made otherwise is taken up."""


@dataclass(frozen=True)
class Scorer:
    """All that scoring a part needs: the lists, what was learned, and what is known of pairs."""

    lists: Encoded
    known: Known
    model: Model
    keep: int


@dataclass(frozen=True)
class Scored:
    """Candidate pairs of one part with their log odds, sorted by row."""

    i: Ints
    j: Ints
    odds: Weights


class Engine(Protocol):
    """Where parts are scored: it yields each part's candidates, in any order."""

    def scored(self, scorer: Scorer, parts: list[tuple[int, int]]) -> Iterator[Scored]:
        """Score parts, given as (first row, row after the last) of the left list."""


def candidates_of(lists: Encoded, known: Known, rows: Ints) -> tuple[Ints, Ints]:
    """Return the pairs to compare of some left rows (sorted), by rows of the two whole lists."""
    one, other = lists.left, lists.right
    i, j = looked_twice(lists.index, lists.coarse_index, one.tokens[rows], one.age[rows], coarse=one.coarse[rows])
    i = rows[i]
    more_i, more_j = known.pairs()
    mine = np.isin(more_i, rows)
    if mine.any():
        packed = np.concatenate([i, more_i[mine]]) * len(other) + np.concatenate([j, more_j[mine]])
        i, j = np.divmod(np.unique(packed), len(other))
    return i, j


def scored_part(scorer: Scorer, first: int, last: int) -> Scored:
    """Score one part: the function that every engine calls."""
    lists, known = scorer.lists, scorer.known
    pairs = compared(lists, *candidates_of(lists, known, np.arange(first, last)))
    must = known.taught(pairs.i, pairs.j, np.zeros(len(pairs), bool)) | (known.verdicts(pairs.i, pairs.j) != 0)
    pairs = pairs.only(likeliest(pairs.i, first_score(lists, pairs), FIRST_KEPT, must))
    found = summed(lists, pairs, scorer.model.evidence, np.zeros(len(pairs)))
    must = known.taught(pairs.i, pairs.j, np.zeros(len(pairs), bool)) | (known.verdicts(pairs.i, pairs.j) != 0)
    top = likeliest(pairs.i, found.total, scorer.keep, must)
    pairs = pairs.only(top)
    matrix = features(lists, pairs, found.only(top))
    return Scored(pairs.i, pairs.j, scorer.model.odds(matrix, pairs.i))


@dataclass(frozen=True)
class Whole:
    """Every candidate pair with its probability, and the sample that the model was learned from."""

    i: Ints
    j: Ints
    probability: Weights
    alone: float
    sample: Pairs
    held: Weights


def in_parts(lists: Encoded, known: Known, engine: Engine, progress: Progress = lambda _: None) -> Whole:
    """Match two encoded lists part by part, each person once on either list."""
    left, right = len(lists.left), len(lists.right)
    rows = np.arange(left)
    if left > SAMPLE:
        rows = np.sort(np.random.default_rng(5).choice(rows, SAMPLE, replace=False))
    progress("learning from a sample")
    sample, certain = taught(lists, compared(lists, *candidates_of(lists, known, rows)), known)
    held, _ = once(lists, sample, certain, certain.astype(np.float64), known)
    sure = known.taught(sample.i, sample.j, held >= CERTAIN)
    model, _, _ = model_of(lists, sample, sure, held, known)
    scorer = Scorer(lists, known, model, LAST_KEPT)
    parts = [(first, min(first + PART, left)) for first in range(0, left, PART)]
    found = []
    for one in engine.scored(scorer, parts):
        found.append(one)
        progress(f"part {len(found)} of {len(parts)}")
    i, j, odds = (np.concatenate([getattr(one, name) for one in found]) for name in ("i", "j", "odds"))
    order = np.lexsort((j, i))
    i, j, odds = i[order], j[order], odds[order]
    progress("all records compete")
    claim = claims(i, j, odds + known.by_id(i, j), left, right)
    certain = known.taught(i, j, claim / (1 + np.bincount(i, claim, left)[i]) >= CERTAIN)
    # as many rivals beside a known mate as a record without one keeps
    stay = likeliest(i, np.log(np.maximum(claim, 1e-30)).astype(np.float32), kept_on(left), certain)
    i, j, odds, certain = i[stay], j[stay], odds[stay], certain[stay]
    probability, alone = judged((i, j), odds, certain, odds, known, left=left, right=right)
    return Whole(i, j, probability, alone, sample, held)


@dataclass(frozen=True)
class Here:
    """The engine of this machine. With a ``folder`` finished parts are kept in it and not made again."""

    folder: Path | None = None
    name: str = ""

    def scored(self, scorer: Scorer, parts: list[tuple[int, int]]) -> Iterator[Scored]:
        """Score the parts one after the other."""
        for first, last in parts:
            yield self._kept(scorer, first, last) if self.folder else scored_part(scorer, first, last)

    def _kept(self, scorer: Scorer, first: int, last: int) -> Scored:
        assert self.folder is not None
        path = self.folder / f"{self.name}-{first}-{last}.npz"
        if path.exists():
            with np.load(path) as held:
                return Scored(held["i"], held["j"], held["odds"])
        found = scored_part(scorer, first, last)
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            np.savez(file, i=found.i, j=found.j, odds=found.odds)
        os.replace(unfinished, path)
        return found


def name_of(lists: Iterable[VictimList], known: Known) -> str:
    """Return a name for finished parts that follows from all that goes into them."""
    said = [[int(at) for at in part] for part in (*known.judged, known.same)]
    parts = [METHOD, str(PART), str(SAMPLE), digest(canonical(said))]
    for one in lists:
        parts.append(digest(repr((one.ids, one.names, one.sex, one.age, one.columns)).encode()))
    return digest(canonical(parts))[:16]
