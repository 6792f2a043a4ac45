"""Dates part by part: a wrong year beside the right day and month is a slip, two dates that look alike are nothing.

Written out, 1951-03-10 and 1952-08-11 share most of their signs and 1949-11-16 and 2003-11-16 few; yet only one in 365
pairs of strangers shares a day and a month.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

PARTS = 3
"""Year, month, day."""
PART_PAIRS = ((0, 1), (0, 2), (1, 2))
STATES = 3**PARTS
"""Each part differs (0), is near (1) or is equal (2)."""
_WRITTEN = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ENOUGH = 0.9
"""How many values of a column must be written as dates for it to be one of dates."""


def parts_of(strings: Sequence[str]) -> Ints | None:
    """Return (n, 3): year, month and day of each string, -1 where it is no date; ``None`` for no column of dates.

    Dates are written year first (ISO 8601). Impossible ones (month 13) are parts like any others.
    """
    found = [_WRITTEN.fullmatch(text) for text in strings]
    if not strings or sum(one is not None for one in found) < _ENOUGH * len(strings):
        return None
    return np.array([[int(part) for part in one.groups()] if one else [-1] * PARTS for one in found], np.int64)


def states(one: Ints, other: Ints) -> Ints:
    """Return (n, 3): how each part of two dates (n, 3) agrees: 0 differs, 1 near, 2 equal.

    Near are parts of which one digit differs or two neighbouring digits are exchanged, and day and month where the
    other date has them exchanged.
    """
    found = np.where(one == other, 2, np.where(_near(one, other), 1, 0))
    turned = (one[:, 1] == other[:, 2]) & (one[:, 2] == other[:, 1]) & (one[:, 1] != one[:, 2])
    found[turned, 1:] = 1
    return found


def cell(found: Ints) -> Ints:
    """Return one number below :data:`STATES` for the three states of each row."""
    number: Ints = found @ np.array([9, 3, 1])
    return number


def likeness(found: Ints) -> npt.NDArray[np.float32]:
    """Return (n): the share of parts that are equal, near ones counted half."""
    alike: npt.NDArray[np.float32] = (found.sum(1) / (2 * PARTS)).astype(np.float32)
    return alike


def _near(one: Ints, other: Ints) -> npt.NDArray[np.bool_]:
    first, second = (np.stack([part // 10**place % 10 for place in range(4)], 0) for part in (one, other))
    differ = first != second
    exchanged = np.zeros(one.shape, bool)
    for place in range(3):
        exchanged |= (first[place] == second[place + 1]) & (first[place + 1] == second[place]) & differ[place]
    return np.asarray((differ.sum(0) == 1) | (exchanged & (differ.sum(0) == 2)))
