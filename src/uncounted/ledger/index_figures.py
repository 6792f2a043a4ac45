"""The figures of the index: sums over incidents, what they are broken down by, and the claims that they rest on."""

from collections.abc import Sequence
from typing import Any

from uncounted.ledger.index_asking import LABELS, OF_CELLS, cells_where, where
from uncounted.ledger.index_base import Tables
from uncounted.model.asking import Filter, Page, Summed


class Figures(Tables):
    """Sums as a toll adds them. A part of :class:`~uncounted.ledger.index.Index`."""

    def choices(self, label: str, most: int = 200) -> list[tuple[str, int]]:
        """The values of a label (``month``, ``place``, ``actor``, ``grade``) with how many incidents bear each."""

        def ask() -> list[tuple[str, int]]:
            column = LABELS[label]
            query = f"SELECT {column}, count(*) AS n FROM incidents GROUP BY {column} ORDER BY n DESC, {column} LIMIT ?"
            return [(str(value), int(n)) for value, n in self._all(query, (most,)) if value is not None]

        return self._once(("choices", label, most), ask)

    def sums(self, by: Sequence[str], asked: Filter | None = None, grades: Sequence[str] = ()) -> list[Summed]:
        """Figures added up by labels, and always by harm and group, as a toll adds them (see ``stages.toll.cells``).

        ``grades`` are those that a policy counts; none counts all, and ungraded incidents count always.
        """
        return self._once(("sums", tuple(by), asked, tuple(grades)), lambda: self._sums(by, asked, grades))

    def _sums(self, by: Sequence[str], asked: Filter | None, grades: Sequence[str]) -> list[Summed]:
        tables, clause, values = cells_where(asked, grades)
        keys = ", ".join([*(f"c.{OF_CELLS[name]}" for name in by), "c.harm", "c.grp"])
        rows = self._all(
            f"SELECT {keys}, sum(c.low), sum(c.high), count(*), sum(c.low IS NULL), sum(c.high IS NULL),"
            f" sum(CASE WHEN c.origins = 1 THEN coalesce(c.low, 0) ELSE 0 END), sum(c.origins), sum(c.claims)"
            f" FROM {tables}{clause} GROUP BY {keys} ORDER BY {keys}",
            values,
        )
        labels = "".join(f"i.{LABELS[name]}, " for name in by)
        clause, values = where(asked, grades)
        group = f" GROUP BY {labels.rstrip(', ')}" if by else ""
        counted = self._all(f"SELECT {labels}count(*) FROM incidents i{clause}{group}", values)
        of = {tuple(row[:-1]): int(row[-1]) for row in counted}
        n = len(by)
        return [_summed([*by, "harm", "group"], row, of.get(tuple(row[:n]), 0)) for row in rows]

    def resting(self, asked: Filter, number: int, size: int, grades: Sequence[str] = ()) -> Page[str]:
        """A part of the ids of the claims that a figure rests on, by incident. ``asked`` names its harm and group."""
        clause, values = where(asked, grades)
        # The cross join has SQLite walk the incidents in their order and stop when the part is full.
        rows = self._all(
            f"SELECT r.claim FROM incidents i CROSS JOIN resting r ON r.incident = i.id AND r.harm = ? AND r.grp = ?"
            f"{clause} ORDER BY i.first IS NULL, i.first, i.title, i.id, r.claim LIMIT ? OFFSET ?",
            (asked.harm, asked.group, *values, size, (number - 1) * size),
        )
        total = sum(one.claims for one in self.sums((), asked, grades))
        return Page(rows=tuple(name for (name,) in rows), total=total, number=number, size=size)


def _summed(names: Sequence[str], row: tuple[Any, ...], of: int) -> Summed:
    labels = {name: str(value) for name, value in zip(names, row, strict=False)}
    low, high, number, no_low, no_high, alone, origins, claims = row[len(names) :]
    return Summed(
        labels=labels, low=None if no_low == number else int(low), high=None if no_high else int(high),
        incidents=number, of=of, no_low=no_low, no_high=no_high, alone=alone, known_high=int(high or 0),
        origins=origins or 0, claims=claims or 0,
    )  # fmt: skip
