"""Blocking: which pairs of records are worth comparing at all.

A record is a set of *tokens*: the skeletons of its name's words and the values of its further columns. Two records
meet when they share two tokens in any place (or one that few records hold); a pair of tokens that too many records
share counts only together with an age near the other's, or with a third token. No sex or age alone rules a pair out.
Of those that meet, each record of the shorter list keeps the candidates that share the rarest tokens.
"""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

PAIR_CAP = 200
"""Right records that may share a key before it says too little; 50 candidates are kept, so 200 is ample choice."""
_CHUNK = 1 << 15
AGES = (-2, -1, 0, 1, 2)
_ODD = np.int64(-7046029254386353131)  # 2**64 / golden ratio, odd: Fibonacci hashing (Knuth, TAOCP 3, 6.4)


KEEP, AGAIN = 35, 15
"""Candidates a left record keeps of those that share tokens, and of a second look at coarser tokens; 50 in all."""
LONG = 8000
"""Left records from which on one look must do."""
CLEAR = 3.0
"""A record whose best candidate shares this much more than the next one (log of rarity) needs no second look."""


def looked_twice(
    left: Ints, right: Ints, left_age: Floats, right_age: Floats, *, coarse_left: Ints, coarse_right: Ints, long: bool
) -> tuple[Ints, Ints]:
    """Return pairs as :func:`candidates` does, with more for the left records that no right one clearly suits.

    ``coarse_left`` and ``coarse_right`` are tokens by which spellings further apart meet. Coarse tokens crowd, so a
    ``long`` list is looked at once.
    """
    if long:
        return candidates(left, right, left_age, right_age, keep=KEEP + AGAIN)
    i, j, lead = _ranked(left, right, left_age, right_age, KEEP)
    rows = np.flatnonzero(lead < CLEAR)
    more_i, more_j, _ = _ranked(coarse_left[rows], coarse_right, left_age[rows], right_age, AGAIN)
    packed = np.unique(np.concatenate([i * len(right) + j, rows[more_i] * len(right) + more_j]))
    found, other = np.divmod(packed, max(len(right), 1))
    return found, other


def candidates(left: Ints, right: Ints, left_age: Floats, right_age: Floats, *, keep: int = 50) -> tuple[Ints, Ints]:
    """Return row numbers ``(i, j)`` of the pairs to compare, sorted, at most ``keep`` a left record.

    ``left`` and ``right`` hold token numbers, one row a record, -1 where there is none; a token has the same number in
    both lists. Ages are years, NaN unknown.
    """
    return _ranked(left, right, left_age, right_age, keep)[:2]


def _ranked(left: Ints, right: Ints, left_age: Floats, right_age: Floats, keep: int) -> tuple[Ints, Ints, Floats]:
    """Return :func:`candidates`, and by how much each left record's best leads the next (infinite where it is alone).

    A record without any candidate leads by nothing.
    """
    found = [_alone(left, right)]
    crowded_left, crowded_right = [], []
    for keys_left, keys_right in _two(left, right):
        pairs, crowded = _join(keys_left, keys_right, PAIR_CAP)
        found.append(pairs)
        crowded_left.append(_only(keys_left, crowded))
        crowded_right.append(_only(keys_right, crowded))
    rows_left = _stack(crowded_left)
    rows_right = _stack(crowded_right)
    found.append(_with_age(rows_left, rows_right, left_age, right_age))
    found.append(_with_third(rows_left, rows_right, left, right))
    packed = np.sort(np.concatenate([i * len(right) + j for i, j in found]))
    packed = packed[np.diff(packed, prepend=-1) != 0]
    i, j = np.divmod(packed, max(len(right), 1))
    return _rarest(i, j, left, right, left_age=left_age, right_age=right_age, keep=keep)


Keyed = tuple[Ints, Ints]
"""Keys and the row each belongs to."""


def _mix(*parts: Ints) -> Ints:
    with np.errstate(over="ignore"):
        key = np.zeros_like(parts[0])
        for part in parts:
            key = (key ^ part) * _ODD
            key ^= key >> np.int64(29)
    return key


def _two(left: Ints, right: Ints) -> list[tuple[Keyed, Keyed]]:
    return [(_pairs_of(left), _pairs_of(right))]


def _pairs_of(tokens: Ints) -> Keyed:
    keys, rows = [], []
    everyone = np.arange(len(tokens), dtype=np.int64)
    for a in range(tokens.shape[1]):
        for b in range(a + 1, tokens.shape[1]):
            low, high = np.minimum(tokens[:, a], tokens[:, b]), np.maximum(tokens[:, a], tokens[:, b])
            there = low >= 0
            keys.append(_mix(low[there], high[there]))
            rows.append(everyone[there])
    return np.concatenate(keys), np.concatenate(rows)


def _alone(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    def singles(tokens: Ints) -> Keyed:
        rows, columns = np.nonzero(tokens >= 0)
        return tokens[rows, columns], rows.astype(np.int64)

    return _join(singles(left), singles(right), 15)[0]


def _join(left: Keyed, right: Keyed, cap: int) -> tuple[tuple[Ints, Ints], Ints]:
    """Return the rows that share a key held by at most ``cap`` right rows, and the keys that more hold."""
    order = np.argsort(right[0], kind="stable")
    keys, rows = right[0][order], right[1][order]
    if not len(keys):
        return (left[1][:0], left[1][:0]), left[0][:0]
    start = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    unique, count = keys[start], np.diff(start, append=len(keys))
    at = np.minimum(np.searchsorted(unique, left[0]), len(unique) - 1)
    there = unique[at] == left[0]
    crowded = there & (count[at] > cap)
    there &= ~crowded
    at, i = at[there], left[1][there]
    many = count[at]
    total = int(many.sum())
    within = np.arange(total, dtype=np.int64) - np.repeat(np.cumsum(many) - many, many)
    return (np.repeat(i, many), rows[np.repeat(start[at], many) + within]), np.unique(left[0][crowded])


def _only(keyed: Keyed, keys: Ints) -> Keyed:
    if not len(keys):
        return keyed[0][:0], keyed[1][:0]
    at = np.minimum(np.searchsorted(keys, keyed[0]), len(keys) - 1)
    there = keys[at] == keyed[0]
    return keyed[0][there], keyed[1][there]


def _stack(parts: list[Keyed]) -> Keyed:
    return np.concatenate([keys for keys, _ in parts]), np.concatenate([rows for _, rows in parts])


def _with_age(left: Keyed, right: Keyed, left_age: Floats, right_age: Floats) -> tuple[Ints, Ints]:
    known_left, known_right = ~np.isnan(left_age[left[1]]), ~np.isnan(right_age[right[1]])
    keys, rows = left[0][known_left], left[1][known_left]
    ages = left_age[rows].astype(np.int64)
    near = (np.concatenate([_mix(keys, ages + step) for step in AGES]), np.tile(rows, len(AGES)))
    keys, rows = right[0][known_right], right[1][known_right]
    return _join(near, (_mix(keys, right_age[rows].astype(np.int64)), rows), PAIR_CAP)[0]


def _with_third(left: Keyed, right: Keyed, tokens_left: Ints, tokens_right: Ints) -> tuple[Ints, Ints]:
    def thirds(keyed: Keyed, tokens: Ints) -> Keyed:
        third = tokens[keyed[1]]
        there = third >= 0
        repeated = np.broadcast_to(keyed[0][:, None], third.shape)[there]
        return _mix(repeated, third[there]), np.broadcast_to(keyed[1][:, None], third.shape)[there]

    return _join(thirds(left, tokens_left), thirds(right, tokens_right), PAIR_CAP)[0]


def _rarest(
    i: Ints, j: Ints, left: Ints, right: Ints, *, left_age: Floats, right_age: Floats, keep: int
) -> tuple[Ints, Ints, Floats]:
    size = 1 + int(max(left.max(initial=0), right.max(initial=0)))
    held = np.bincount(right[right >= 0], minlength=size)
    weight = np.append(np.log((len(right) + 1) / (held + 1)), 0).astype(np.float32)
    worth, mine, theirs = weight[left], left.astype(np.int32), np.where(right < 0, -2, right).astype(np.int32)
    shared = np.empty(len(i), np.float32)
    for start in range(0, len(i), _CHUNK):
        part = slice(start, start + _CHUNK)
        one, other = mine[i[part]], np.ascontiguousarray(theirs[j[part]].T)
        met = np.zeros(one.shape, bool)
        for column in other:
            met |= one == column[:, None]
        gap = np.abs(left_age[i[part]] - right_age[j[part]])
        near = np.where(np.isnan(gap), 1.0, np.minimum(gap, 10) * 0.4)
        shared[part] = (worth[i[part]] * met).sum(1) - near
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
