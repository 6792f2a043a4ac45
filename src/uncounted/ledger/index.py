"""The index: incidents, their figures and all searchable words in tables, so that a page asks for its part alone."""

import contextlib
import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from uncounted.ledger import index_tables
from uncounted.ledger.index_asking import LABELS, matching, where
from uncounted.model.asking import Filter, Hit, Page, Row, Searchable, Summed
from uncounted.model.incidents import Incident

_incident = msgspec.json.Decoder(Incident)


class Figured(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of an incident: bounds, and the claims of independent origins that it rests on."""

    harm: str
    group: str
    low: int | None
    high: int | None
    origins: int
    claims: tuple[str, ...]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What the index keeps of an incident. ``held`` is for the layer above, which alone reads it."""

    incident: Incident
    month: str
    place: str
    actor: str
    origins: int
    headline: Figured | None
    figures: tuple[Figured, ...]
    held: bytes


class Index:
    """One file of tables. Safe to share between threads. ``path`` is ``None`` for an index in memory."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._guard = threading.RLock()
        self._db = index_tables.opened(path)

    @property
    def size(self) -> int:
        """How many entries of the ledger it follows."""
        return int(self._all("SELECT size FROM state")[0][0])

    @property
    def basis(self) -> str:
        """What else it was made from: the policy's rules, the proposals."""
        return str(self._all("SELECT basis FROM state")[0][0])

    @contextlib.contextmanager
    def writing(self, size: int, basis: str, *, afresh: bool = False) -> Iterator[None]:
        """One transaction that brings the index to ``size`` entries; ``afresh`` forgets what was there."""
        with self._guard:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                if afresh:
                    index_tables.emptied(self._db)
                yield
                self._db.execute("UPDATE state SET size = ?, basis = ?", (size, basis))
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def drop(self, incidents: Iterable[str]) -> None:
        """Forget incidents."""
        names = [(name,) for name in incidents]
        for table, column in (("incidents", "id"), ("cells", "incident"), ("resting", "incident"),
                              ("members", "incident")):  # fmt: skip
            self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", names)

    def keep(self, incidents: Iterable[Kept]) -> None:
        """Write incidents down; one of the same id is replaced."""
        for kept in incidents:
            one, top = kept.incident, kept.headline
            self.drop([one.id])
            time, place = one.time, one.place
            row = (
                one.id, one.anchor, one.title, time.from_ if time else None, time.to if time else None, kept.month,
                kept.place, kept.actor, one.grade, place.lat if place else None, place.lon if place else None,
                top.low if top else None, top.high if top else None, top is not None, kept.origins, len(one.claims),
                msgspec.json.encode(one), kept.held,
            )  # fmt: skip
            self._db.execute(f"INSERT INTO incidents VALUES ({', '.join('?' * len(row))})", row)
            self._db.executemany(
                "INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?)",
                [(one.id, f.harm, f.group, f.low, f.high, f.origins) for f in kept.figures],
            )
            self._db.executemany(
                "INSERT INTO resting VALUES (?, ?, ?, ?)",
                [(one.id, f.harm, f.group, claim) for f in kept.figures for claim in f.claims],
            )
            self._db.executemany("INSERT OR REPLACE INTO members VALUES (?, ?)", [(c, one.id) for c in one.claims])

    def search_in(self, texts: Iterable[Searchable]) -> None:
        """Make texts searchable; one of the same kind and ref is replaced."""
        for text in texts:
            self._db.execute("DELETE FROM searched WHERE kind = ? AND ref = ?", (text.kind, text.ref))
            self._db.execute(
                "INSERT INTO searched (kind, ref, title, facets, said, folded) VALUES (?, ?, ?, ?, ?, ?)",
                (text.kind, text.ref, text.title, json.dumps(text.facets), text.said, text.folded),
            )

    def unsearch(self, kind: str, refs: Iterable[str]) -> None:
        """Take texts out of the search."""
        self._db.executemany("DELETE FROM searched WHERE kind = ? AND ref = ?", [(kind, ref) for ref in refs])

    def incidents_of(self, claims: Sequence[str]) -> set[str]:
        """The incidents that hold any of these claims."""
        query = "SELECT DISTINCT incident FROM members WHERE claim IN (SELECT value FROM json_each(?))"
        return {name for (name,) in self._all(query, (json.dumps(list(claims)),))}

    def homes(self, claims: Sequence[str]) -> dict[str, str]:
        """The incident of each of these claims that is in one."""
        query = "SELECT claim, incident FROM members WHERE claim IN (SELECT value FROM json_each(?))"
        return dict(self._all(query, (json.dumps(list(claims)),)))

    def anchors(self, incidents: Iterable[str]) -> set[str]:
        """The anchor claims of these incidents."""
        query = "SELECT anchor FROM incidents WHERE id IN (SELECT value FROM json_each(?))"
        return {name for (name,) in self._all(query, (json.dumps(list(incidents)),))}

    def claims_of(self, incidents: Iterable[str]) -> set[str]:
        """The claims of these incidents."""
        query = "SELECT claim FROM members WHERE incident IN (SELECT value FROM json_each(?))"
        return {name for (name,) in self._all(query, (json.dumps(list(incidents)),))}

    def incident(self, name: str) -> tuple[Row, bytes] | None:
        """One incident by its id, or by that of any of its claims, with what the layer above keeps of it."""
        query = f"SELECT {_ROW}, held FROM incidents i WHERE id = ?"
        found = self._all(query, (name,))
        if not found:
            members = self._all("SELECT incident FROM members WHERE claim = ?", (name,))
            found = self._all(query, members[0]) if members else []
        return (_row(found[0][:-1]), found[0][-1]) if found else None

    def count(self, asked: Filter | None = None) -> int:
        """How many incidents fit."""
        clause, values = where(asked)
        return int(self._all(f"SELECT count(*) FROM incidents i{clause}", values)[0][0])

    def page(self, asked: Filter | None = None, number: int = 1, size: int = 100) -> Page[Row]:
        """A part of the incidents that fit, by time, title and id; undated ones last."""
        clause, values = where(asked)
        order = "ORDER BY i.first IS NULL, i.first, i.title, i.id"
        # The ids come first, so that no body but those of the asked part is read and sorted.
        part = f"SELECT i.id FROM incidents i{clause} {order} LIMIT ? OFFSET ?"
        query = f"SELECT {_ROW} FROM incidents i WHERE i.id IN ({part}) {order}"
        rows = self._all(query, (*values, size, (number - 1) * size))
        return Page(rows=tuple(map(_row, rows)), total=self.count(asked), number=number, size=size)

    def points(self, asked: Filter, most: int) -> list[tuple[Row, int]]:
        """Places with a known point, each with its first incident and how many it holds, the fullest first."""
        clause, values = where(asked)
        joined = f"{clause}{' AND' if clause else ' WHERE'} i.lat IS NOT NULL"
        query = (
            f"SELECT {_ROW}, count(*) AS n FROM incidents i{joined} GROUP BY i.lat, i.lon ORDER BY n DESC, i.id LIMIT ?"
        )
        return [(_row(row[:-1]), int(row[-1])) for row in self._all(query, (*values, most))]

    def choices(self, label: str, most: int = 200) -> list[tuple[str, int]]:
        """The values of a label (``month``, ``place``, ``actor``, ``grade``) with how many incidents bear each."""
        column = LABELS[label]
        query = f"SELECT {column}, count(*) AS n FROM incidents i GROUP BY {column} ORDER BY n DESC, {column} LIMIT ?"
        return [(str(value), int(n)) for value, n in self._all(query, (most,)) if value is not None]

    def sums(self, by: Sequence[str], asked: Filter | None = None, grades: Sequence[str] = ()) -> list[Summed]:
        """Figures added up by labels, and always by harm and group, as a toll adds them (see ``stages.toll.cells``).

        ``grades`` are those that a policy counts; none counts all, and ungraded incidents count always.
        """
        clause, values = where(asked, grades)
        columns = [LABELS[name] for name in by]
        keys = ", ".join([*columns, "c.harm", "c.grp"])
        only = "".join(f" AND c.{column} = ?" for column, value in _cell(asked) if value)
        narrowed = only if clause else only.replace(" AND", " WHERE", 1)
        rows = self._all(
            f"SELECT {keys}, sum(c.low), sum(c.high), count(*), sum(c.low IS NULL), sum(c.high IS NULL),"
            f" sum(CASE WHEN c.origins = 1 THEN coalesce(c.low, 0) ELSE 0 END), sum(c.origins)"
            f" FROM cells c JOIN incidents i ON i.id = c.incident{clause}{narrowed}"
            f" GROUP BY {keys} ORDER BY {keys}",
            (*values, *(value for _, value in _cell(asked) if value)),
        )
        group = f" GROUP BY {', '.join(columns)}" if columns else ""
        of = {
            tuple(row[:-1]): int(row[-1])
            for row in self._all(
                f"SELECT {''.join(c + ', ' for c in columns)}count(*) FROM incidents i{clause}{group}",
                values,
            )
        }
        n = len(by)
        return [_summed([*by, "harm", "group"], row, of.get(tuple(row[:n]), 0)) for row in rows]

    def resting(self, asked: Filter, number: int, size: int) -> Page[str]:
        """A part of the ids of the claims that a figure rests on, by incident."""
        clause, values = where(msgspec.structs.replace(asked, harm=None, group=None))
        said = [(column, value) for column, value in _cell(asked) if value]
        only = "".join(f" AND r.{column} = ?" for column, _ in said)
        tail = f"FROM resting r JOIN incidents i ON i.id = r.incident{clause or ' WHERE 1'}{only}"
        given = (*values, *(value for _, value in said))
        query = f"SELECT DISTINCT r.claim {tail} ORDER BY i.first IS NULL, i.first, i.id, r.claim LIMIT ? OFFSET ?"
        rows = self._all(query, (*given, size, (number - 1) * size))
        total = int(self._all(f"SELECT count(DISTINCT r.claim) {tail}", given)[0][0])
        return Page(rows=tuple(name for (name,) in rows), total=total, number=number, size=size)

    def search(
        self, words: str, folded: Sequence[str], facets: dict[str, str], number: int, size: int
    ) -> tuple[Page[Hit], dict[str, list[tuple[str, int]]]]:
        """Texts with all of the words, as written or in any of the folded forms of each; the best first.

        Returns a part of the hits, and for each facet its values with how many hits bear them.
        """
        asked = matching(words, folded)
        if not asked:
            return Page[Hit](rows=(), total=0, number=number, size=size), {}
        narrowed = "".join(" AND json_extract(s.facets, ?) = ?" for _ in facets)
        given = (asked, *(part for name, value in facets.items() for part in (f'$."{name}"', value)))
        tail = f"FROM found JOIN searched s ON s.number = found.rowid WHERE found MATCH ?{narrowed}"
        rows = self._all(
            f"SELECT s.kind, s.ref, s.title, s.facets, snippet(found, 1, char(2), char(3), ' … ', 28) {tail}"
            " ORDER BY bm25(found, 4.0, 2.0, 1.0), s.number LIMIT ? OFFSET ?",
            (*given, size, (number - 1) * size),
        )
        counts: dict[str, list[tuple[str, int]]] = {}
        total = 0
        for name, value, n in self._all(
            f"SELECT j.key, j.value, count(*) FROM (SELECT s.facets AS said {tail}) AS a, json_each(a.said) AS j"
            " GROUP BY j.key, j.value ORDER BY j.key, count(*) DESC, j.value",
            given,
        ):
            if name == "kind":
                total += n
            if len(counts.setdefault(name, [])) < 12:
                counts[name].append((str(value), int(n)))
        hits = tuple(
            Hit(kind=kind, ref=ref, title=title, facets=json.loads(said), excerpt=excerpt or "")
            for kind, ref, title, said, excerpt in rows
        )
        return Page(rows=hits, total=total, number=number, size=size), counts

    def close(self) -> None:
        """Let go of the file."""
        with self._guard:
            self._db.close()

    def _all(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._guard:
            return self._db.execute(query, tuple(values)).fetchall()


_ROW = "i.body, i.low, i.high, i.figured, i.origins, i.claims"


def _row(found: tuple[Any, ...]) -> Row:
    body, low, high, figured, origins, claims = found
    return Row(
        incident=_incident.decode(body), low=low, high=high, figured=bool(figured), origins=origins, claims=claims
    )


def _cell(asked: Filter | None) -> list[tuple[str, str | None]]:
    return [("harm", asked.harm), ("grp", asked.group)] if asked else []


def _summed(names: Sequence[str], row: tuple[Any, ...], of: int) -> Summed:
    labels = {name: str(value) for name, value in zip(names, row, strict=False)}
    low, high, number, no_low, no_high, alone, origins = row[len(names) :]
    return Summed(
        labels=labels, low=None if no_low == number else int(low), high=None if no_high else int(high),
        incidents=number, of=of, no_low=no_low, no_high=no_high, alone=alone, known_high=int(high or 0),
        origins=origins or 0,
    )  # fmt: skip
