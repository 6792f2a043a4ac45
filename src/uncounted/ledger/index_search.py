"""The search of the index: texts kept with their facets, found by words, ranked and counted within a bound."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from uncounted.ledger.index_asking import matching
from uncounted.ledger.index_base import Tables
from uncounted.ledger.index_tables import FACETS
from uncounted.model.asking import Found, Hit, Searchable

COUNTED = 20_000
"""Hits that are ranked and counted; of a word that more texts have, the first so many stand for all, and it is said."""
PART = 500
"""Texts that are written down in one go."""
VALUES = 12
"""Values of a facet that are told, the fullest first."""


class Searches(Tables):
    """Texts and what is found in them. A part of :class:`~uncounted.ledger.index.Index`."""

    def search_in(self, texts: Iterable[Searchable]) -> None:
        """Make texts searchable; one of the same kind and ref is replaced."""
        coming = iter(texts)
        while part := {(text.kind, text.ref): text for text in islice(coming, PART)}:
            self._db.executemany("DELETE FROM searched WHERE kind = ? AND ref = ?", part)
            ((last,),) = self._all("SELECT coalesce(max(number), 0) FROM searched")
            numbered = list(enumerate(part.values(), last + 1))
            self._db.executemany(
                "INSERT INTO searched (number, kind, ref, title, said, folded) VALUES (?, ?, ?, ?, ?, ?)",
                [(number, text.kind, text.ref, text.title, text.said, text.folded) for number, text in numbered],
            )
            self._db.executemany(
                f"INSERT INTO faceted VALUES ({', '.join('?' * (len(FACETS) + 1))})",
                [(number, *map(text.facets.get, FACETS)) for number, text in numbered],
            )

    def unsearch(self, kind: str, refs: Iterable[str]) -> None:
        """Take texts out of the search."""
        self._db.executemany("DELETE FROM searched WHERE kind = ? AND ref = ?", [(kind, ref) for ref in refs])

    def unsearch_all(self, kind: str) -> None:
        """Take all texts of a kind out of the search."""
        self._db.execute("DELETE FROM searched WHERE kind = ?", (kind,))

    def search(self, words: str, folded: Sequence[str], facets: Mapping[str, str], number: int, size: int) -> Found:
        """Texts with all of the words, as written or in any of the folded forms of each; the best first.

        ``folded`` runs beside the words of ``words``; each of ``facets`` narrows by one value. Only the first
        :data:`COUNTED` hits are ranked and counted.
        """
        asked = matching(words, folded)
        if not asked:
            return Found(rows=(), total=0, number=number, size=size)
        narrowed = "".join(f" AND f.{name} = ?" for name in facets if name in FACETS)
        given = (asked, *(value for name, value in facets.items() if name in FACETS))
        counts, total = self._counted(narrowed, given)
        # The ranks come first, so that no text is read but those that are shown.
        join = " JOIN faceted f ON f.number = found.rowid" if narrowed else ""
        ranked = (
            f"SELECT number FROM (SELECT found.rowid AS number, bm25(found, 4.0, 2.0, 1.0) AS worth FROM found{join}"
            f" WHERE found MATCH ?{narrowed} LIMIT ?) ORDER BY worth, number LIMIT ? OFFSET ?"
        )
        order = [name for (name,) in self._all(ranked, (*given, COUNTED, size, (number - 1) * size))]
        shown = self._shown(asked, order)
        return Found(
            rows=tuple(shown[name] for name in order), total=min(total, COUNTED), number=number, size=size,
            more=total > COUNTED, facets=counts,
        )  # fmt: skip

    def _counted(self, narrowed: str, given: Sequence[object]) -> tuple[dict[str, tuple[tuple[str, int], ...]], int]:
        """How often each facet has each value among the hits; and how many there are, or one above the bound."""
        rows = self._all(
            f"SELECT {', '.join(FACETS)}, count(*) FROM (SELECT f.* FROM found CROSS JOIN faceted f"
            f" ON f.number = found.rowid WHERE found MATCH ?{narrowed} LIMIT ?) GROUP BY {', '.join(FACETS)}",
            (*given, COUNTED + 1),
        )
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for *values, n in rows:
            for name, value in zip(FACETS, values, strict=True):
                if value is not None:
                    counts[name][value] += n
        told = {
            name: tuple(sorted(of.items(), key=lambda item: (-item[1], item[0]))[:VALUES])
            for name, of in counts.items()
            if of
        }
        return told, sum(row[-1] for row in rows)

    def _shown(self, asked: str, numbers: Sequence[int]) -> dict[int, Hit]:
        """These hits with their words around what was looked for."""
        rows = self._all(
            f"SELECT s.number, s.kind, s.ref, s.title, snippet(found, 1, char(2), char(3), ' … ', 28),"
            f" {', '.join('f.' + name for name in FACETS)} FROM found JOIN searched s ON s.number = found.rowid"
            # The plus keeps SQLite from asking the full-text index anew for each of the rows.
            f" JOIN faceted f ON f.number = s.number WHERE found MATCH ?"
            f" AND +found.rowid IN ({', '.join('?' * len(numbers))})",
            (asked, *numbers),
        )
        found = {}
        for at, kind, ref, title, excerpt, *values in rows:
            facets = {name: value for name, value in zip(FACETS, values, strict=True) if value is not None}
            found[at] = Hit(kind=kind, ref=ref, title=title, facets=facets, excerpt=excerpt or "")
        return found
