"""A table of capture patterns: how many recorded people were on exactly which lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from uncounted.model.errors import BadInput
from uncounted.model.identity import canonical, digest

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LARGEST = 2**53
"""People beyond which floating point no longer counts exactly."""


@dataclass(frozen=True)
class Table:
    """Counts by capture pattern.

    ``lists`` names the J lists; ``patterns`` is an m × J array of 0 and 1 without an all-zero or repeated row;
    ``counts`` holds the m numbers of people, each at least 1. Rows lie in the order of their patterns, so that equal
    tables are equal arrays.
    """

    lists: tuple[str, ...]
    patterns: Ints
    counts: Ints

    @property
    def observed(self) -> int:
        """How many people were recorded by at least one list."""
        return int(self.counts.sum())

    @property
    def sizes(self) -> Ints:
        """How many people each list holds."""
        return np.asarray(self.counts @ self.patterns, dtype=np.int64)

    def dense(self) -> Ints:
        """Counts for every pattern as an array of 2^J, where bit j of the index is list j and index 0 is empty."""
        if len(self.lists) > 20:
            raise BadInput(f"{len(self.lists)} lists", "more patterns than fit in memory", "Choose at most 20 lists.")
        cells = np.zeros(1 << len(self.lists), dtype=np.int64)
        cells[self.patterns @ (1 << np.arange(len(self.lists)))] = self.counts
        return cells

    def pairs(self) -> Ints:
        """J × J: people on both lists; the diagonal holds the lists' sizes."""
        return np.asarray(self.patterns.T @ (self.counts[:, None] * self.patterns), dtype=np.int64)

    def keep(self, lists: Sequence[str]) -> "Table":
        """Return the table of these lists alone, in this order. People on none of them drop out."""
        missing = [name for name in lists if name not in self.lists]
        if missing:
            raise BadInput(f"list {missing[0]!r}", "there is no such list", f"The lists are {', '.join(self.lists)}.")
        kept = self.patterns[:, [self.lists.index(name) for name in lists]]
        some = kept.any(axis=1)
        return from_patterns(lists, kept[some], self.counts[some])

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of lists and counts; the order of rows has no part in it."""
        rows = np.column_stack([self.patterns, self.counts]).tolist()
        return digest(canonical([list(self.lists), rows]))


def from_patterns(lists: Sequence[str], patterns: ArrayLike, counts: ArrayLike) -> Table:
    """Build a table from an m × J array of 0/1 and m counts; rows of one pattern are summed and zero counts drop out.

    Raises :class:`BadInput` for a value other than 0 and 1, a negative, missing or broken count, a pattern of zeros
    alone with people in it, a repeated list name, or arrays that do not fit together.
    """
    given, numbers = np.asarray(patterns, dtype=np.float64), np.asarray(counts, dtype=np.float64)
    if len(set(lists)) != len(lists):
        raise BadInput("the lists", "two of them have the same name", "Give each list a name of its own.")
    if given.ndim != 2 or given.shape[1] != len(lists) or numbers.shape != given.shape[:1]:
        raise BadInput(
            f"patterns of shape {given.shape} and counts of shape {numbers.shape}",
            f"a table of {len(lists)} lists takes m × {len(lists)} patterns and m counts",
        )
    _check(lists, given, numbers)
    people = numbers > 0
    rows = given[people].astype(np.int64)
    kept, place = np.unique(rows, axis=0, return_inverse=True)
    summed = np.zeros(len(kept), dtype=np.int64)
    np.add.at(summed, place.reshape(-1), numbers[people].astype(np.int64))
    kept.setflags(write=False)
    summed.setflags(write=False)
    return Table(tuple(lists), kept, summed)


def _check(lists: Sequence[str], given: Floats, numbers: Floats) -> None:
    odd = np.argwhere((given != 0) & (given != 1))
    if len(odd):
        row, column = odd[0]
        said = "a missing value" if np.isnan(given[row, column]) else f"{given[row, column]:g}"
        raise BadInput(
            f"row {row + 1}, list {lists[column]!r}",
            f"holds {said}; a person is on a list (1) or not (0)",
            "Missing is not zero: correct the row or leave the list out.",
        )
    for fault, rule in (
        (~np.isfinite(numbers), "has no count; missing is never zero"),
        (numbers < 0, "has a negative count"),
        (numbers != np.floor(numbers), "has a count that is no whole number"),
    ):
        if fault.any():
            raise BadInput(f"row {int(np.argmax(fault)) + 1}", rule, "Correct the row.")
    unseen = (numbers > 0) & ~given.any(axis=1)
    if unseen.any():
        raise BadInput(
            f"row {int(np.argmax(unseen)) + 1}",
            f"counts {numbers[unseen][0]:.0f} people who are on no list; that number is what is to be estimated",
            "Leave the row out, or add the list that they come from.",
        )
    if numbers.sum() > LARGEST:
        raise BadInput("the counts", f"sum to more than {LARGEST}", "Check the unit: counts are people.")


def from_persons(lists: Sequence[str], rows: ArrayLike) -> Table:
    """Build a table from one row a person: an n × J array of 0/1. Raises like :func:`from_patterns`."""
    given = np.asarray(rows, dtype=np.float64)
    return from_patterns(lists, given, np.ones(given.shape[0]))


def from_links(entries: Mapping[str, Iterable[str]], lists: Sequence[str] | None = None) -> Table:
    """Build a table from linked persons: person → the names of the lists that hold them.

    ``lists`` fixes the order; without it the lists are taken in the order of their names.
    """
    held = {person: frozenset(names) for person, names in entries.items()}
    names = tuple(lists) if lists is not None else tuple(sorted(set().union(*held.values())))
    unknown = sorted(set().union(*held.values()) - set(names))
    if unknown:
        raise BadInput(f"list {unknown[0]!r}", "a person is on it, and it is not among the lists asked for")
    return from_persons(names, [[name in on for name in names] for on in held.values()] or np.zeros((0, len(names))))
