"""Persons with what is known of them: list membership and covariates, one row a kind of person with its count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from uncounted.estimate.tables import Floats, Ints, Table, from_patterns
from uncounted.model.errors import BadInput


@dataclass(frozen=True)
class Persons:
    """Rows of people alike: ``patterns`` (m × J, 0/1), ``counts`` (m) and covariates by name (m texts each)."""

    lists: tuple[str, ...]
    patterns: Ints
    counts: Ints
    covariates: Mapping[str, tuple[str, ...]]

    def table(self) -> Table:
        """The table of capture patterns, whatever the covariates."""
        return from_patterns(self.lists, self.patterns, self.counts)

    def only(self, rows: ArrayLike) -> "Persons":
        """These rows alone."""
        kept = np.asarray(rows, dtype=bool)
        return Persons(
            self.lists,
            self.patterns[kept],
            self.counts[kept],
            {
                name: tuple(v for v, k in zip(values, kept, strict=True) if k)
                for name, values in self.covariates.items()
            },
        )

    def keep(self, lists: Sequence[str]) -> "Persons":
        """These lists alone, in this order; people on none of them drop out."""
        missing = [name for name in lists if name not in self.lists]
        if missing:
            raise BadInput(f"list {missing[0]!r}", "there is no such list", f"The lists are {', '.join(self.lists)}.")
        chosen = self.patterns[:, [self.lists.index(name) for name in lists]]
        some = np.asarray(chosen.any(axis=1))
        reduced = self.only(some)
        return Persons(tuple(lists), chosen[some], reduced.counts, reduced.covariates)

    def strata(self, by: Sequence[str]) -> dict[tuple[str, ...], "Persons"]:
        """Split by the values of these covariates, in the order of the values."""
        missing = [name for name in by if name not in self.covariates]
        if missing:
            known = ", ".join(self.covariates) or "none"
            raise BadInput(f"column {missing[0]!r}", "there is no such column", f"The columns are {known}.")
        keys = list(zip(*(self.covariates[name] for name in by), strict=True))
        return {key: self.only([key == other for other in keys]) for key in sorted(set(keys))}


def joined(parts: list[Persons]) -> Persons:
    """Several groups of persons over the same lists as one."""
    names = parts[0].covariates.keys()
    return Persons(
        parts[0].lists,
        np.concatenate([part.patterns for part in parts]),
        np.concatenate([part.counts for part in parts]),
        {name: tuple(v for part in parts for v in part.covariates[name]) for name in names},
    )


def features(persons: Persons, most: int = 50) -> tuple[Floats, tuple[str, ...], tuple[str, ...]]:
    """Covariates as numbers: scaled numbers, and one 0/1 column a value of anything else.

    A column of text with more than ``most`` values says who somebody is, not what they are like, and is left out.
    Returns the m × p array, the names of the columns used and of those left out.
    """
    columns: list[Floats] = []
    used: list[str] = []
    unused: list[str] = []
    for name, values in persons.covariates.items():
        kinds = sorted(set(values))
        numbers = _numbers(values)
        if len(kinds) < 2:
            continue
        if numbers is not None and len(kinds) > 8:
            columns.append((numbers - numbers.mean()) / (numbers.std() or 1.0))
        elif len(kinds) <= most:
            columns.extend(np.array([value == kind for value in values], dtype=float) for kind in kinds[1:])
        else:
            unused.append(name)
            continue
        used.append(name)
    stacked = np.stack(columns, axis=1) if columns else np.zeros((len(persons.counts), 0))
    return stacked, tuple(used), tuple(unused)


def _numbers(values: Sequence[str]) -> Floats | None:
    try:
        found = np.array([float(value) for value in values])
    except ValueError:
        return None
    return found if np.isfinite(found).all() else None
