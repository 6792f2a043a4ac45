"""Rows by key: a hash join of two lists, with keys that too many rows hold set aside."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Keyed = tuple[Ints, Ints]
"""Keys and the row each belongs to."""
_ODD = np.int64(-7046029254386353131)  # 2**64 / golden ratio, odd: Fibonacci hashing (Knuth, TAOCP 3, 6.4)


def mix(*parts: Ints) -> Ints:
    """Return one key of several numbers a row; the order of the parts matters."""
    with np.errstate(over="ignore"):
        key = np.zeros_like(parts[0])
        for part in parts:
            key = (key ^ part) * _ODD
            key ^= key >> np.int64(29)
    return key


@dataclass(frozen=True)
class Keys:
    """The rows of each key: ``rows[start : start + count]``, for distinct sorted ``keys``.

    Keys of more than ``cap`` rows are known (see :meth:`crowded`) and find nobody.
    """

    keys: Ints
    start: npt.NDArray[np.int32]
    count: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int32]
    cap: int

    @classmethod
    def of(cls, keyed: Keyed, cap: int) -> "Keys":
        """Lay out keyed rows."""
        order = np.argsort(keyed[0], kind="stable")
        keys, rows = keyed[0][order], keyed[1][order].astype(np.int32)
        first = np.flatnonzero(np.concatenate([np.ones(min(len(keys), 1), bool), keys[1:] != keys[:-1]]))
        count = np.diff(first, append=len(keys))
        # rows of crowded keys are not kept, so those of the others move up
        few = np.where(count <= cap, count, 0)
        held = np.repeat(count <= cap, count)
        return cls(keys[first], (np.cumsum(few) - few).astype(np.int32), count.astype(np.int32), rows[held], cap)

    def _found(self, keys: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
        if not len(self.keys):
            return np.zeros(len(keys), np.int64), np.zeros(len(keys), bool)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return at, self.keys[at] == keys

    def crowded(self, keys: Ints) -> npt.NDArray[np.bool_]:
        """Return which of ``keys`` more than ``cap`` rows hold."""
        at, there = self._found(keys)
        return there & (self.count[at] > self.cap) if len(self.keys) else there

    def join(self, keyed: Keyed) -> tuple[Ints, Ints]:
        """Return (their row, my row) wherever a key is equal and not crowded."""
        at, there = self._found(keyed[0])
        if len(self.keys):
            there &= self.count[at] <= self.cap
        at, theirs = at[there], keyed[1][there]
        many = self.count[at].astype(np.int64)
        within = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
        mine = self.rows[np.repeat(self.start[at], many) + within].astype(np.int64)
        return np.repeat(theirs, many), mine
