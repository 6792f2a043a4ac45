"""Leads: incidents between which a proposal runs, kept in the order in which people judge them."""

import json
from collections.abc import Iterable

import msgspec

from uncounted.ledger.index_base import Tables


class Lead(msgspec.Struct, frozen=True, kw_only=True):
    """Two incidents (``one`` < ``other``) that may be one: the likeliest proposal between their claims.

    ``judged`` says that a person spoke of any claim of the one with any of the other.
    """

    one: str
    other: str
    probability: float
    left: str
    right: str
    reasons: tuple[str, ...] = ()
    judged: bool = False


class Leads(Tables):
    """Leads and the order among them. A part of :class:`~uncounted.ledger.index.Index`."""

    def lead(self, leads: Iterable[Lead]) -> None:
        """Write down between which incidents proposals run; a lead of the same two is replaced."""
        self._db.executemany(
            "INSERT OR REPLACE INTO leads VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (one.one, one.other, one.probability, one.left, one.right, json.dumps(one.reasons), one.judged)
                for one in leads
            ],
        )

    def leads(self, size: int, skip: int = 0) -> list[tuple[Lead, str, str]]:
        """Leads on which nobody has spoken, the likeliest first, each with the titles of its two incidents."""
        rows = self._all(
            "SELECT l.one, l.other, l.probability, l.left, l.right, l.reasons, a.title, b.title FROM (SELECT * FROM"
            " leads WHERE judged = 0 ORDER BY probability DESC, left, right LIMIT ? OFFSET ?) l JOIN incidents a"
            " ON a.id = l.one JOIN incidents b ON b.id = l.other ORDER BY l.probability DESC, l.left, l.right",
            (size, skip),
        )
        return [
            (
                Lead(one=one, other=other, probability=likely, left=left, right=right, reasons=tuple(json.loads(said))),
                title,
                also,
            )
            for one, other, likely, left, right, said, title, also in rows
        ]

    def lead_count(self) -> int:
        """How many leads nobody has spoken on."""
        query = "SELECT count(*) FROM leads WHERE judged = 0"
        return self._once("leads", lambda: int(self._all(query)[0][0]))

    def lead_after(self, one: str, other: str) -> tuple[str, str] | None:
        """The two incidents of the open lead behind that of two others, of the first behind the last or an unknown one.

        ``None`` when no other is open.
        """
        here = self._all("SELECT probability, left, right FROM leads WHERE one = ? AND other = ?", (one, other))
        order = "ORDER BY probability DESC, left, right LIMIT 1"
        query = "SELECT one, other FROM leads WHERE judged = 0 AND NOT (one = ? AND other = ?)"
        behind = [
            row
            for likely, left, right in here
            for part, given in (
                (" AND probability = ? AND (left, right) > (?, ?) ", (likely, left, right)),
                (" AND probability < ? ", (likely,)),
            )
            for row in self._all(query + part + order, (one, other, *given))
        ]
        found = behind or self._all(f"{query} {order}", (one, other))
        return (found[0][0], found[0][1]) if found else None
