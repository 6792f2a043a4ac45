"""What the views answer in parts: some claims by name, a part of a list, what a stretch of the ledger touched."""

import json
from collections.abc import Collection
from typing import Literal

import msgspec

from uncounted.ledger.views.events import Event
from uncounted.ledger.views.store import Store
from uncounted.model.asking import Page
from uncounted.model.evidence import Capture
from uncounted.model.facts import AxisJudged, IncidentNamed
from uncounted.model.persons import ListEntry
from uncounted.model.review import Pair, ReviewedClaim, Status

_ORDER = " ORDER BY entry, position, id"


class Asking(Store):
    """Questions that cost as much as their answer, however large the case. A part of :class:`Views`."""

    def touched(self, since: int, until: int) -> set[str]:
        """Return the ids of the captures and claims that the entries ``since <= number < until`` speak of."""
        query = "SELECT DISTINCT subject FROM touches WHERE entry >= ? AND entry < ?"
        return {subject for (subject,) in self._all(query, (since, until))}

    def claims_named(self, names: Collection[str]) -> list[ReviewedClaim]:
        """Return those of the claims that there are, in the order they first appeared."""
        query = f"SELECT body FROM claims WHERE id IN (SELECT value FROM json_each(?)){_ORDER}"
        return self._bodies(ReviewedClaim, query, (json.dumps(sorted(names)),))

    def accepted_in(self, captures: Collection[str]) -> list[ReviewedClaim]:
        """Return the accepted claims of these captures, in the order they first appeared."""
        # The plus keeps SQLite from walking all accepted claims in order to find those of a few captures.
        query = (
            "SELECT body FROM claims WHERE capture IN (SELECT value FROM json_each(?)) AND +status = 'accepted'"
            + _ORDER
        )
        return self._bodies(ReviewedClaim, query, (json.dumps(sorted(captures)),))

    def accepted(self) -> list[str]:
        """Return the ids of all accepted claims, in the order they first appeared."""
        return [name for (name,) in self._all(f"SELECT id FROM claims WHERE status = 'accepted'{_ORDER}")]

    def stated_totals(self) -> list[ReviewedClaim]:
        """Return the accepted claims that speak of more than one incident, in the order they first appeared."""
        query = f"SELECT body FROM claims WHERE status = 'accepted' AND scope <> 'incident'{_ORDER}"
        return self._bodies(ReviewedClaim, query)

    def captures_named(self, names: Collection[str]) -> list[Capture]:
        """Return those of the captures that there are, in the order they were taken."""
        query = "SELECT body FROM captures WHERE id IN (SELECT value FROM json_each(?)) ORDER BY entry, id"
        return self._bodies(Capture, query, (json.dumps(sorted(names)),))

    def pairs_touching(
        self, of: Literal["claims", "origins", "entries", "captures"], names: Collection[str]
    ) -> list[Pair]:
        """Return people's verdicts on pairs of which either is one of these, ordered by the pair."""
        given = json.dumps(sorted(names))
        query = (
            "SELECT body FROM (SELECT one, other, body FROM pairs WHERE kind = ? AND one IN (SELECT value FROM"
            " json_each(?)) UNION SELECT one, other, body FROM pairs WHERE kind = ? AND other IN (SELECT value FROM"
            " json_each(?))) ORDER BY one, other"
        )
        return self._bodies(Pair, query, (of, given, of, given))

    def spoken_of(self, of: Literal["claims", "origins", "entries", "captures"]) -> set[tuple[str, str]]:
        """Return the pairs of a kind on which people's verdicts stand, whatever they are."""
        return {(one, other) for one, other in self._all("SELECT one, other FROM pairs WHERE kind = ?", (of,))}

    def titles_of(self, anchors: Collection[str]) -> dict[str, str]:
        """Return the titles that people gave the incidents of these anchors."""
        said = _stated(self, "title", anchors)
        return {event.what.anchor: event.what.title for event in said if isinstance(event.what, IncidentNamed)}

    def axes_of(self, anchors: Collection[str]) -> dict[str, list[tuple[AxisJudged, str]]]:
        """Return people's judgements on the axes of the incidents of these anchors, with their names, by anchor."""
        found: dict[str, list[tuple[AxisJudged, str]]] = {}
        for event in _stated(self, "axis", anchors):
            if isinstance(event.what, AxisJudged):
                found.setdefault(event.what.anchor, []).append((event.what, event.by.name))
        return found

    def proposals(self, of: str) -> str:
        """Return what tells one state of the matchers' proposals from another."""
        rows = self._all("SELECT matcher, entry FROM links WHERE kind = ? ORDER BY matcher", (of,))
        return json.dumps(rows)

    def claims_page(self, status: Status | None, capture: str | None, number: int, size: int) -> Page[ReviewedClaim]:
        """Return a part of the claims, in the order they first appeared; all, or those of a status or capture."""
        asked = [(name, value) for name, value in (("status", status), ("capture", capture)) if value is not None]
        where = " WHERE " + " AND ".join(f"{name} = ?" for name, _ in asked) if asked else ""
        values = tuple(value for _, value in asked)
        # The ids come from an index first, so that no body before the asked part is read.
        order = " ORDER BY agreed, entry, position, id" if status == "proposed" else _ORDER
        query = f"SELECT body FROM claims WHERE id IN (SELECT id FROM claims{where}{order} LIMIT ? OFFSET ?){order}"
        rows = self._bodies(ReviewedClaim, query, (*values, size, (number - 1) * size))
        query = f"SELECT count(*) FROM claims{where}"
        if capture is None:
            query = f"SELECT coalesce(sum(n), 0) FROM tallies{where}"
        ((total,),) = self._all(query, values)
        return Page(rows=tuple(rows), total=total, number=number, size=size)

    def captures_page(self, number: int, size: int) -> Page[Capture]:
        """Return a part of the captures, in the order they were taken."""
        query = "SELECT body FROM captures ORDER BY entry, id LIMIT ? OFFSET ?"
        rows = self._bodies(Capture, query, (size, (number - 1) * size))
        ((total,),) = self._all("SELECT count(*) FROM captures")
        return Page(rows=tuple(rows), total=total, number=number, size=size)

    def capture_count(self) -> int:
        """Return how many captures there are."""
        return int(self._all("SELECT count(*) FROM captures")[0][0])

    def listed(self, names: Collection[str]) -> dict[str, ListEntry]:
        """Return the entries ``LIST:ID`` of the newest versions of their lists, by that name, in the lists' order."""
        found = []
        for name in names:
            held, _, one = name.partition(":")
            query = (
                "SELECT entry, position, body FROM list_entries e WHERE list = ? AND id = ?"
                " AND version = (SELECT max(version) FROM list_versions v WHERE v.list = e.list)"
            )
            found += [(held, entry, at, one, name, body) for entry, at, body in self._all(query, (held, one))]
        decoder = msgspec.json.Decoder(ListEntry)
        return {name: decoder.decode(body) for *_, name, body in sorted(found)}

    def matched_since(self, matcher: str, lists: Collection[str]) -> bool:
        """Whether a matcher proposed persons after every one of these lists got its newest version."""
        query = "SELECT entry FROM links WHERE kind = 'entries' AND matcher = ?"
        proposed = [entry for (entry,) in self._all(query, (matcher,))]
        query = "SELECT max(entry) FROM list_versions WHERE list IN (SELECT value FROM json_each(?))"
        ((read,),) = self._all(query, (json.dumps(sorted(lists)),))
        return bool(proposed) and read is not None and max(proposed) > read

    def twins(self, most: int) -> list[tuple[str, ...]]:
        """Return captures that have the same working text, group by group in order of their ids."""
        # An index holds texts and ids, so no body is read.
        query = (
            "SELECT json_group_array(id) FROM captures INDEXED BY captures_text WHERE text IS NOT NULL"
            " GROUP BY text HAVING count(*) > 1 LIMIT ?"
        )
        return sorted(tuple(sorted(json.loads(names))) for (names,) in self._all(query, (most,)))

    def same_text(self, text: str) -> list[str]:
        """Return the ids of the captures whose working text is this one (SHA-256 in hex), in order."""
        query = "SELECT id FROM captures WHERE text = ? ORDER BY entry, id"
        return [name for (name,) in self._all(query, (text,))]

    def waiting(self, after: str | None, share: tuple[int, int] | None, skip: Collection[str]) -> ReviewedClaim | None:
        """Return the first proposed claim behind ``after`` (from the start without it), ``None`` at the end; those
        on which readers differ come first.

        ``share`` = (which, of how many) leaves out the reports that fall to other people; ``skip`` are claims that
        somebody has before their eyes.
        """
        place = self._all("SELECT agreed, entry, position, id FROM claims WHERE id = ?", (after,)) if after else []
        which, many = share or (0, 1)
        found = self._bodies(
            ReviewedClaim,
            "SELECT body FROM claims WHERE status = 'proposed' AND (agreed, entry, position, id) > (?, ?, ?, ?)"
            " AND share % ? = ? AND id NOT IN (SELECT value FROM json_each(?))"
            " ORDER BY agreed, entry, position, id LIMIT 1",
            (*(place[0] if place else (-1, -1, -1, "")), many, which, json.dumps(sorted(skip))),
        )
        return found[0] if found else None

    def judged_by(self, by: str, n: int) -> list[int]:
        """Return the numbers of a person's latest judgements of claims that are in force, the latest first."""
        query = "SELECT judged FROM claims WHERE by = ? AND judged IS NOT NULL ORDER BY judged DESC LIMIT ?"
        return [number for (number,) in self._all(query, (by, n))]

    def paired_by(self, by: str) -> int | None:
        """Return the number of a person's latest verdict in force on a pair, not of origins; ``None`` without one."""
        query = "SELECT max(entry) FROM pairs WHERE by = ? AND kind <> 'origins'"
        ((number,),) = self._all(query, (by,))
        return None if number is None else int(number)

    def acts(self, by: str, fact: str, number: int, size: int) -> Page[int]:
        """Return a part of the numbers of the entries by a name, of a kind of fact or both, the latest first.

        An empty ``by`` or ``fact`` asks nothing.
        """
        said = [(column, value) for column, value in (("by", by), ("fact", fact)) if value]
        where = " WHERE " + " AND ".join(f"{column} = ?" for column, _ in said) if said else ""
        values = tuple(value for _, value in said)
        query = f"SELECT entry FROM acts{where} ORDER BY entry DESC LIMIT ? OFFSET ?"
        rows = self._all(query, (*values, size, (number - 1) * size))
        ((total,),) = self._all(f"SELECT count(*) FROM acts{where}", values)
        return Page(rows=tuple(entry for (entry,) in rows), total=total, number=number, size=size)

    def to_reread(self, by: str, every: int, after: str | None = None) -> ReviewedClaim | None:
        """Return the first claim that somebody else judged, that falls into the sample and that ``by`` has not reread.

        One in ``every`` reports is in the sample, always the same ones.
        """
        place = self._all("SELECT entry, position, id FROM claims WHERE id = ?", (after,)) if after else []
        found = self._bodies(
            ReviewedClaim,
            "SELECT body FROM claims WHERE status <> 'proposed' AND (entry, position, id) > (?, ?, ?)"
            " AND (share / 7) % ? = 0 AND by <> ? AND by <> ''"
            " AND NOT EXISTS (SELECT 1 FROM stated WHERE kind = 'second' AND key = json_array(claims.id, ?))"
            f"{_ORDER} LIMIT 1",
            (*(place[0] if place else (-1, -1, "")), every, by, by),
        )
        return found[0] if found else None


def _stated(asked: Store, kind: str, anchors: Collection[str]) -> list[Event]:
    query = (
        "SELECT body FROM stated WHERE kind = ? AND json_extract(key, '$[0]') IN (SELECT value FROM json_each(?))"
        " ORDER BY key"
    )
    decoder = msgspec.json.Decoder(Event)
    return [decoder.decode(body) for (body,) in asked._all(query, (kind, json.dumps(sorted(anchors))))]


def shares_of(capture: str) -> int:
    """Return a number in 0..27719 that follows from a capture's name: by it reports are split between people.

    27720 is a multiple of every number of people up to 12.
    """
    return int.from_bytes(capture.encode()[-8:].ljust(8, b"0"), "big") * 2654435761 % 27720
