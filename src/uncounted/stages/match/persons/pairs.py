"""Candidate pairs with their names aligned."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from uncounted.names.compare import FLOOR, align, distinct, likeness
from uncounted.stages.match.persons.encode import WORDS, Encoded, Floats, Ints

_CHUNK = 1 << 13


@dataclass(frozen=True)
class Pairs:
    """``n`` candidate pairs: rows ``i`` of the left list and ``j`` of the right one.

    ``between`` (n, words, words) numbers each two words of a pair, -1 where one is absent; the number points into
    ``one``, ``other`` (the words) and ``like`` (skeletons, sounds, letters; see :func:`.likeness`) and ``base``, the
    mean likeness. ``partner`` (n, words) is the alignment.
    """

    i: Ints
    j: Ints
    between: npt.NDArray[np.int32]
    one: Ints
    other: Ints
    like: Floats
    base: Floats
    partner: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.i)

    def only(self, rows: Ints) -> "Pairs":
        """Return some of the pairs, by number."""
        return replace(self, i=self.i[rows], j=self.j[rows], between=self.between[rows], partner=self.partner[rows])

    def aligned(self) -> npt.NDArray[np.int32]:
        """Return (n, words): the number of each left word with its partner, -1 where it has none."""
        at = np.maximum(self.partner, 0)[:, :, None].astype(np.int64)
        met = np.take_along_axis(self.between, at, 2)[:, :, 0]
        return np.where(self.partner >= 0, met, -1)


def compared(lists: Encoded, i: Ints, j: Ints) -> Pairs:
    """Compare the words of each pair and align its chains."""
    size = len(lists.lexicon)
    left, right = _spoken_of(lists, i, j)
    there = (left[:, :, None] >= 0) & (right[:, None, :] >= 0)
    keys = (left[:, :, None] * size + right[:, None, :])[there]
    known, numbers = distinct(keys)
    between = np.full((len(i), WORDS, WORDS), -1, np.int32)
    between[there] = numbers
    one, other = np.divmod(known, max(size, 1))
    like = likeness(lists.lexicon, one, other, lists.same_script)
    base = likeness_of_words(like, lists.same_script)
    gain = np.append(base - FLOOR, np.float32(-9))
    partner = np.empty((len(i), WORDS), np.int8)
    for start in range(0, len(i), _CHUNK):
        part = slice(start, start + _CHUNK)
        ends = lists.left.length[i[part]], lists.right.length[j[part]]
        partner[part] = align(gain[between[part]].astype(np.float32), ends)
    return Pairs(i, j, between, one, other, like, base, partner)


def _spoken_of(lists: Encoded, i: Ints, j: Ints) -> tuple[Ints, Ints]:
    """Return the words of each pair's two names (n, words).

    A name in brackets takes the place of the last word, or else of the first, where it is the other's and that word
    is not: women have two family names, and a person may be known by another given name.
    """
    left, right = lists.left.words[i], lists.right.words[j]
    for side, at, mine, theirs, length in (
        (lists.left, i, left, right, lists.right.length[j]), (lists.right, j, right, left, lists.left.length[i])
    ):  # fmt: skip
        rows = np.flatnonzero(side.other[at] >= 0)
        heard = lists.skeletons[side.other[at[rows]]]
        for own, other in ((side.length[at[rows]] - 1, length[rows] - 1), (np.zeros_like(rows), np.zeros_like(rows))):
            wanted = lists.skeletons[theirs[rows, other]]
            met = (heard == wanted) & (lists.skeletons[mine[rows, own]] != wanted)
            mine[rows[met], own[met]] = side.other[at[rows[met]]]
    return left, right


def likeness_of_words(like: Floats, same_script: bool) -> Floats:
    """Return one likeness in 0..1 of each two words: the mean of those that say something of their own."""
    used = like if same_script else like[:, :2]
    mean: Floats = used.mean(1, dtype=np.float32)
    return mean
