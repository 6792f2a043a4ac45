"""Matching two lists: read names, block, align, then learn and judge."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.encode import Encoded, Ints, encode
from uncounted.stages.match.persons.judged import Known, Verdict, known_of
from uncounted.stages.match.persons.lists import VictimList
from uncounted.stages.match.persons.many import deduplicated, many_to_many
from uncounted.stages.match.persons.pairs import Pairs, compared
from uncounted.stages.match.persons.parts import Engine, Here, candidates_of, in_parts, name_of
from uncounted.stages.match.persons.teach import learned, taught

Weights = npt.NDArray[np.float64]
Progress = Callable[[str], None]
STEPS = ("reading names", "finding candidates", "comparing names", "learning")
"""What :func:`link` tells its ``progress``, in this order; long lists tell of parts after the first."""
LONG_IN_PARTS = 60_000
"""Records of the shorter list from which on two lists are matched in parts."""


@dataclass(frozen=True)
class Linked:
    """Candidate pairs (rows ``i`` and ``j``) of two lists with their probabilities.

    ``alone`` estimates how many records of the first list have no mate on the second. ``lists``, ``pairs`` and
    ``held`` are what they were found with, the lists changed round where ``swapped``.
    """

    i: Ints
    j: Ints
    probability: Weights
    alone: float
    lists: Encoded
    pairs: Pairs
    held: Weights
    swapped: bool = False

    def probability_of(self, i: int, j: int) -> float:
        """Return the probability of one pair, 0 where it was no candidate."""
        return float(self.probability[(self.i == i) & (self.j == j)].sum())


def link(
    left: VictimList,
    right: VictimList,
    progress: Progress = lambda _: None,
    verdicts: Sequence[Verdict] = (),
    engine: Engine | None = None,
) -> Linked:
    """Return the candidate pairs of two lists and the probability that each is one person.

    The shorter list asks, the longer answers (of two of one length, by name), so the order given changes nothing.
    People's ``verdicts`` on pairs of these lists teach the model; those on other lists are passed over. Long lists are
    matched in parts, and all lists where an ``engine`` is named.
    """
    if (len(left), left.name) > (len(right), right.name):
        return _turned(link(right, left, progress, verdicts, engine))
    known = known_of(left, right, verdicts)
    once = deduplicated(left) and deduplicated(right)
    progress(STEPS[0])
    lists = encode(left, right)
    if once and (engine is not None or len(left) > LONG_IN_PARTS):
        if isinstance(engine, Here) and engine.folder is not None:
            engine = replace(engine, name=name_of((left, right), known))
        whole = in_parts(lists, known, engine or Here(), progress)
        return Linked(whole.i, whole.j, whole.probability, whole.alone, lists, whole.sample, whole.held)
    pairs = _pairs(lists, known, progress)
    progress(STEPS[3])
    if once:
        pairs, certain = taught(lists, pairs, known)
        probability, alone = learned(lists, pairs, certain, known)
    else:
        pairs, probability = many_to_many(lists, pairs, known)
        alone = float((np.bincount(pairs.i, probability, len(left)) < 0.5).sum())
    return Linked(pairs.i, pairs.j, probability, alone, lists, pairs, probability)


def within(one: VictimList, progress: Progress = lambda _: None, verdicts: Sequence[Verdict] = ()) -> Linked:
    """Return pairs of rows of one list (``i`` before ``j``) and the probability that each is one person."""
    known = known_of(one, one, verdicts)
    progress(STEPS[0])
    lists = encode(one, one)
    pairs = _pairs(lists, known, progress)
    progress(STEPS[3])
    pairs, probability = many_to_many(lists, pairs.only(np.flatnonzero(pairs.i < pairs.j)), known)
    alone = float(len(one) - len(np.unique(np.concatenate([pairs.i, pairs.j])[np.tile(probability >= 0.5, 2)])))
    return Linked(pairs.i, pairs.j, probability, alone, lists, pairs, probability)


def _pairs(lists: Encoded, known: Known, progress: Progress) -> Pairs:
    progress(STEPS[1])
    i, j = candidates_of(lists, known, np.arange(len(lists.left)))
    progress(STEPS[2])
    return compared(lists, i, j)


def _turned(found: Linked) -> Linked:
    order = np.lexsort((found.i, found.j))
    longer = len(found.lists.right) - len(found.lists.left)
    return Linked(
        found.j[order], found.i[order], found.probability[order], found.alone + longer, found.lists, found.pairs,
        found.held, swapped=True,
    )  # fmt: skip
