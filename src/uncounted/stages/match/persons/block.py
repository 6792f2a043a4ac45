"""Blocking: which pairs of records are worth comparing at all.

A record is a set of *tokens*: the skeletons of its name's words and the values of its further columns. Two records
meet when they share two tokens in any place (or one that few records hold); a pair of tokens that too many records
share counts only together with an age near the other's, or with a third token. No sex or age alone rules a pair out.
Of those that meet, each record of the shorter list keeps the candidates that share the rarest tokens.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.keys import Keyed, Keys, mix

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Small = npt.NDArray[np.int32]

PAIR_CAP = 50
"""Right records that may share a key before it says too little: as many as are kept. Of a commoner key only those that
share an age or a third token as well are looked at, which finds more and takes a third of the time that 200 took."""
ALONE_CAP = 15
"""Right records that may hold a token before it is no longer rare enough to count by itself."""
AGES = (-2, -1, 0, 1, 2)
ONLY = 50
"""Candidates a left record keeps where there is one look."""
SHORT, KEEP, AGAIN = 8000, (20, 25), (40, 60)
"""Candidates that a left record keeps of those that share tokens, on lists of up to ``SHORT`` records and on longer
ones; and of a second look at coarser tokens. Together they come to fewer than fifty a record."""
CLEAR = 3.0
"""On longer lists a record whose best candidate shares this much more than the next one (log of rarity) needs no second
look. On short ones every record has one, so that those with a mate have as many rivals as those without."""
_ROWS = 1 << 10
"""Left records looked at in one go, so that memory does not grow with the list."""
_CHUNK = 1 << 13


@dataclass(frozen=True)
class Index:
    """The longer list, laid out once so that records are found by what they share with one of the shorter list.

    ``columns`` (tokens, rows) with -2 where there is none; ``worth`` is each token's rarity (log of 1 / share), by
    number. ``single``, ``two``, ``aged`` and ``three`` find rows by one rare token, two tokens, two common tokens and
    an age, three tokens of which every two are common.
    """

    columns: Small
    age: Floats
    worth: Floats
    single: Keys
    two: Keys
    aged: Keys
    three: Keys

    def __len__(self) -> int:
        return len(self.age)


def indexed(tokens: Ints, age: Floats) -> Index:
    """Lay out a list: token numbers, one row a record, -1 where there is none; ages in years, NaN unknown."""
    rows, columns = np.nonzero(tokens >= 0)
    single = Keys.of((tokens[rows, columns], rows), ALONE_CAP)
    pairs = _twos(tokens)
    two = Keys.of(pairs, PAIR_CAP)
    common = two.crowded(pairs[0])
    aged = Keys.of(_with_age(pairs, common, age, (0,)), PAIR_CAP)
    three = Keys.of(_threes(tokens, common), PAIR_CAP)
    held = np.bincount(tokens[tokens >= 0])
    worth = np.log((len(tokens) + 1) / (held + 1)).astype(np.float32)
    return Index(np.where(tokens < 0, -2, tokens).T.astype(np.int32, order="C"), age, worth, single, two, aged, three)


def looked_twice(index: Index, again: Index | None, left: Ints, left_age: Floats, *, coarse: Ints) -> tuple[Ints, Ints]:
    """Return pairs as :func:`candidates` does, with more for the left records that no right one clearly suits.

    ``again`` is an index of coarser tokens by which spellings further apart meet, and ``coarse`` the left records'
    tokens of that kind. Coarse tokens crowd, so for the longest lists there is no such index: one look must do.
    """
    if again is None:
        return candidates(index, left, left_age, keep=ONLY)
    short = len(left) <= SHORT
    keep, more = (number[0 if short else 1] for number in (KEEP, AGAIN))
    i, j, lead = _ranked(index, left, left_age, keep)
    rows = np.arange(len(left)) if short else np.flatnonzero(lead < CLEAR)
    more_i, more_j, _ = _ranked(again, coarse[rows], left_age[rows], more)
    packed = np.unique(np.concatenate([i * len(index) + j, rows[more_i] * len(index) + more_j]))
    found, other = np.divmod(packed, max(len(index), 1))
    return found, other


def candidates(index: Index, left: Ints, left_age: Floats, *, keep: int = 50) -> tuple[Ints, Ints]:
    """Return row numbers ``(i, j)`` of the pairs to compare, sorted, at most ``keep`` a left record.

    ``left`` holds token numbers as the index does; a token has the same number in both lists.
    """
    return _ranked(index, left, left_age, keep)[:2]


def _ranked(index: Index, left: Ints, left_age: Floats, keep: int) -> tuple[Ints, Ints, Floats]:
    """Return :func:`candidates`, and by how much each left record's best leads the next (infinite where it is alone).

    A record without any candidate leads by nothing.
    """

    def some(start: int) -> tuple[Ints, Ints, Floats]:
        part = slice(start, start + _ROWS)
        return _ranked_some(index, left[part], left_age[part], start, keep)

    with ThreadPoolExecutor(2) as both:  # sorting and comparing arrays keep two processors busy
        found = list(both.map(some, range(0, max(len(left), 1), _ROWS)))
    i, j, lead = (np.concatenate([part[at] for part in found]) for at in range(3))
    return i, j, lead


def _ranked_some(index: Index, left: Ints, age: Floats, start: int, keep: int) -> tuple[Ints, Ints, Floats]:
    rows, columns = np.nonzero(left >= 0)
    pairs = _twos(left)
    common = index.two.crowded(pairs[0])
    met = [
        index.single.join((left[rows, columns], rows)),
        index.two.join(pairs),
        index.aged.join(_with_age(pairs, common, age, AGES)),
        index.three.join(_threes(left, common)),
    ]
    packed = np.sort(np.concatenate([i * len(index) + j for i, j in met]))
    packed = packed[np.diff(packed, prepend=-1) != 0]
    i, j = np.divmod(packed, max(len(index), 1))
    i, j, lead = _rarest(index, i, j, left, age, keep=keep)
    return i + start, j, lead


def _twos(tokens: Ints) -> Keyed:
    keys, rows = [], []
    for a, b in combinations(range(tokens.shape[1]), 2):
        there = np.flatnonzero((tokens[:, a] >= 0) & (tokens[:, b] >= 0))
        keys.append(_two(tokens[there, a], tokens[there, b]))
        rows.append(there)
    return np.concatenate(keys), np.concatenate(rows)


def _two(one: Ints, other: Ints) -> Ints:
    return mix(np.minimum(one, other), np.maximum(one, other))


def _threes(tokens: Ints, common: npt.NDArray[np.bool_]) -> Keyed:
    """Return three tokens of a record where every two are common: with a rarer two among them they meet without.

    ``common`` says so of each of the pairs that :func:`_twos` gives.
    """
    crowded, at = {}, 0
    for a, b in combinations(range(tokens.shape[1]), 2):
        there = np.flatnonzero((tokens[:, a] >= 0) & (tokens[:, b] >= 0))
        crowded[a, b] = np.zeros(len(tokens), bool)
        crowded[a, b][there] = common[at : at + len(there)]
        at += len(there)
    keys, rows = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for a, b, c in combinations(range(tokens.shape[1]), 3):
        there = np.flatnonzero(crowded[a, b] & crowded[a, c] & crowded[b, c])
        keys.append(mix(*np.sort(tokens[there][:, [a, b, c]], axis=1).T))
        rows.append(there)
    return np.concatenate(keys), np.concatenate(rows)


def _with_age(pairs: Keyed, common: npt.NDArray[np.bool_], age: Floats, steps: tuple[int, ...]) -> Keyed:
    some = np.flatnonzero(common & ~np.isnan(age[pairs[1]]))
    keys, rows = pairs[0][some], pairs[1][some]
    years = age[rows].astype(np.int64)
    return np.concatenate([mix(keys, years + step) for step in steps]), np.tile(rows, len(steps))


def _rarest(index: Index, i: Ints, j: Ints, left: Ints, left_age: Floats, *, keep: int) -> tuple[Ints, Ints, Floats]:
    shared = np.empty(len(i), np.float32)
    # one column after the other: long runs of one column are compared many times faster than rows of a few
    for start in range(0, len(i), _CHUNK):
        part = slice(start, start + _CHUNK)
        rows, others = i[part], [column[j[part]] for column in index.columns]
        gap = np.abs(left_age[rows] - index.age[j[part]])
        score = -np.where(np.isnan(gap), np.float32(1), np.minimum(gap, np.float32(10)) * np.float32(0.4))
        for column in left.T:
            mine = column.astype(np.int32)[rows]
            met = np.zeros(len(rows), bool)
            for other in others:
                met |= mine == other
            score[met] += index.worth[mine[met]]
        shared[part] = score
    order = np.lexsort((j, -shared, i))
    first = np.searchsorted(i, np.arange(len(left)))
    rank = np.arange(len(i)) - first[i[order]]
    kept = np.sort(order[rank < keep])
    lead = np.zeros(len(left), np.float32)
    best = order[rank == 0]
    lead[i[best]] = np.inf
    second = order[rank == 1]
    lead[i[second]] = shared[best[np.searchsorted(i[best], i[second])]] - shared[second]
    return i[kept], j[kept], lead
