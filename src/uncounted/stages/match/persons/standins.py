"""Stand-ins: near-certain pairs are those with long names, so some are shortened until they look like the list.

A model taught by long names doubts short ones: on a recorder's list where half the names have two or three words it
found two thirds of the pairs. Of near-certain left records, as many are shortened as the list has more short names
than they do: given name and family name stay, and of the words between the nearest ones, now and then a farther one.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.encode import WORDS, Encoded, Ints
from uncounted.stages.match.persons.pairs import Pairs, compared

FARTHER = 0.2
"""How often a shortened name keeps a farther ancestor in place of the father."""


@dataclass(frozen=True)
class StandIns:
    """The list with some left names shortened, its pairs that concern them, and their row numbers among all pairs."""

    lists: Encoded
    pairs: Pairs
    rows: Ints


def shortened(lists: Encoded, pairs: Pairs, certain: npt.NDArray[np.bool_], seed: int = 4) -> StandIns | None:
    """Return stand-ins for some left records of ``certain`` pairs, or ``None`` where none are wanted."""
    rng = np.random.default_rng(seed)
    chosen = _chosen(lists.left.length, np.unique(pairs.i[certain]), rng)
    if not chosen:
        return None
    words = lists.left.words.copy()
    length = lists.left.length.copy()
    for row, keep in chosen.items():
        kept = _kept(int(length[row]), keep, rng)
        words[row] = [*words[row, kept], *[-1] * (WORDS - keep)]
        length[row] = keep
    rows = np.flatnonzero(np.isin(pairs.i, list(chosen)))
    changed = replace(lists, left=replace(lists.left, words=words, length=length))
    return StandIns(changed, compared(changed, pairs.i[rows], pairs.j[rows]), rows)


def _chosen(length: Ints, sources: Ints, rng: np.random.Generator) -> dict[int, int]:
    """Return the rows to shorten and the number of words each keeps (two or more)."""
    wanted = np.bincount(length, minlength=WORDS + 1) * (len(sources) / max(len(length), 1))
    there = np.bincount(length[sources], minlength=WORDS + 1)
    free = rng.permutation(sources).tolist()
    chosen: dict[int, int] = {}
    for keep in range(2, WORDS):
        for _ in range(int(wanted[keep] - there[keep])):
            at = next((at for at, row in enumerate(free) if length[row] > keep), None)
            if at is None:
                break
            chosen[free.pop(at)] = keep
    return chosen


def _kept(length: int, keep: int, rng: np.random.Generator) -> list[int]:
    between = list(range(1, length - 1))
    while len(between) > keep - 2:
        between.pop(int(rng.integers(len(between))) if rng.random() < FARTHER else -1)
    return [0, *between, length - 1]
