"""The index: incidents, their figures and all searchable words in tables, so that a page asks for its part alone."""

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from uncounted.ledger import index_tables
from uncounted.ledger.index_asking import where
from uncounted.ledger.index_figures import Figures
from uncounted.ledger.index_leads import Leads
from uncounted.ledger.index_search import Searches
from uncounted.model.asking import Filter, Page, Row
from uncounted.model.identity import incident_id
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


class Index(Figures, Leads, Searches):
    """One file of tables. Safe to share between threads. ``path`` is ``None`` for an index in memory."""

    @contextlib.contextmanager
    def writing(self, size: int, basis: str, *, afresh: bool = False) -> Iterator[None]:
        """One transaction that brings the index to ``size`` entries; ``afresh`` forgets what was there."""
        with self._guard:
            self._said.clear()
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
                              ("members", "incident"), ("leads", "one"), ("leads", "other")):  # fmt: skip
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
                "INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        one.id,
                        f.harm,
                        f.group,
                        f.low,
                        f.high,
                        f.origins,
                        len(f.claims),
                        kept.month,
                        kept.place,
                        kept.actor,
                        one.grade,
                    )
                    for f in kept.figures
                ],
            )
            self._db.executemany(
                "INSERT INTO resting VALUES (?, ?, ?, ?)",
                [(one.id, f.harm, f.group, claim) for f in kept.figures for claim in f.claims],
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO members VALUES (?, ?, ?)", [(c, one.id, incident_id(c)) for c in one.claims]
            )

    @property
    def lists(self) -> str:
        """The state of the victim lists whose entries it holds."""
        return str(self._all("SELECT lists FROM state")[0][0])

    def relist(self, lists: str, entries: Iterable[tuple[str, str, str | None, str]]) -> None:
        """Hold these entries of lists in place of all others: ref, key of the name, day of death, folded place."""
        self._db.execute("DELETE FROM listed")
        self._db.executemany("INSERT INTO listed VALUES (?, ?, ?, ?)", entries)
        self._db.execute("UPDATE state SET lists = ?", (lists,))

    def listed_as(self, names: Sequence[str], at: tuple[str, str] | None, most: int) -> list[str]:
        """The refs of entries with one of these keys of a name, or of a day of death and a folded place."""
        query = (
            "SELECT ref FROM listed WHERE name <> '' AND name IN (SELECT value FROM json_each(?))"
            " UNION SELECT ref FROM listed WHERE died = ? AND place = ? AND place <> '' ORDER BY ref LIMIT ?"
        )
        return [ref for (ref,) in self._all(query, (json.dumps(list(names)), *(at or (None, None)), most))]

    def incidents_of(self, claims: Sequence[str]) -> set[str]:
        """The incidents that hold any of these claims."""
        query = "SELECT DISTINCT incident FROM members WHERE claim IN (SELECT value FROM json_each(?))"
        return {name for (name,) in self._all(query, (json.dumps(list(claims)),))}

    def homes(self, claims: Sequence[str]) -> dict[str, str]:
        """The incident of each of these claims that is in one."""
        query = "SELECT claim, incident FROM members WHERE claim IN (SELECT value FROM json_each(?))"
        return dict(self._all(query, (json.dumps(list(claims)),)))

    def claims_of(self, incidents: Iterable[str]) -> set[str]:
        """The claims of these incidents."""
        query = "SELECT claim FROM members WHERE incident IN (SELECT value FROM json_each(?))"
        return {name for (name,) in self._all(query, (json.dumps(list(incidents)),))}

    def incident(self, name: str) -> tuple[Row, bytes] | None:
        """One incident with what the layer above keeps of it: by its id, an earlier one, or a claim of it."""
        query = f"SELECT {_ROW}, held FROM incidents i WHERE id = ?"
        found = self._all(query, (name,))
        if not found:
            members = self._all("SELECT incident FROM members WHERE claim = ? OR code = ? LIMIT 1", (name, name))
            found = self._all(query, members[0]) if members else []
        return (_row(found[0][:-1]), found[0][-1]) if found else None

    def count(self, asked: Filter | None = None) -> int:
        """How many incidents fit."""
        clause, values = where(asked)
        query = f"SELECT count(*) FROM incidents i{clause}"
        return self._once(("count", asked), lambda: int(self._all(query, values)[0][0]))

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

        def ask() -> list[tuple[Row, int]]:
            part = f"SELECT min(i.id) AS id, count(*) AS n FROM incidents i{joined} GROUP BY i.lat, i.lon"
            query = (
                f"SELECT {_ROW}, p.n FROM ({part} ORDER BY n DESC, 1 LIMIT ?) p JOIN incidents i ON i.id = p.id"
                " ORDER BY p.n DESC, i.id"
            )
            return [(_row(row[:-1]), int(row[-1])) for row in self._all(query, (*values, most))]

        return self._once(("points", asked, most), ask)


_ROW = "i.body, i.low, i.high, i.figured, i.origins, i.claims"


def _row(found: tuple[Any, ...]) -> Row:
    body, low, high, figured, origins, claims = found
    return Row(
        incident=_incident.decode(body), low=low, high=high, figured=bool(figured), origins=origins, claims=claims
    )
