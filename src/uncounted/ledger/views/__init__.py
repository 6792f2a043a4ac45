"""Views: the case as it stands, folded from the ledger's entries into ``views.sqlite`` for quick asking."""

import contextlib
import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from uncounted.ledger.protocol import Ledger
from uncounted.ledger.schema import PASSING
from uncounted.ledger.views import tables
from uncounted.ledger.views.asking import Asking
from uncounted.ledger.views.events import Event
from uncounted.ledger.views.folding import fold
from uncounted.ledger.views.standing import SealedField
from uncounted.model.consent import Purpose
from uncounted.model.corrections import Correction, Overlap
from uncounted.model.errors import Broken, NotFound, Refused
from uncounted.model.evidence import Capture
from uncounted.model.facts import (
    AuditDrawn,
    AxisJudged,
    CheckpointAnchored,
    ClaimReread,
    ColumnsMapped,
    ConsentStated,
    CorrectionAsked,
    CorrectionDecided,
    DeviceEnrolled,
    Entry,
    IncidentNamed,
    OverlapStated,
    PolicyAdopted,
    RecipientAdmitted,
    RecordAudited,
    RoleGranted,
    ScorerLearned,
    TableImported,
)
from uncounted.model.incidents import Link
from uncounted.model.persons import ListEntry, ListVersion
from uncounted.model.review import Pair, ReviewedClaim, Status
from uncounted.model.roles import Role

__all__ = ["SealedField", "Views"]

Progress = Callable[[int, int], None]
T = TypeVar("T")
_BATCH = 2000


class Views(Asking):
    """The case as it stands after the first ``size`` entries. Safe to share between threads.

    ``path`` is the views' file, ``None`` for views in memory; opening catches up with the ledger. With ``until`` the
    views stay at the first ``until`` entries.
    """

    def __init__(self, path: Path | None, ledger: Ledger, *, until: int | None = None) -> None:
        self.path, self._ledger, self._until = path, ledger, until
        self._guard = threading.RLock()
        self._db = tables.opened(path)
        self.catch_up()

    @property
    def size(self) -> int:
        """How many entries are folded in."""
        return int(self._all("SELECT next FROM state")[0][0])

    def catch_up(self, progress: Progress | None = None) -> int:
        """Fold in what the ledger holds beyond these views; return how many entries that were.

        Views that were made from another ledger are dropped and folded anew. ``progress`` is told how many entries are
        folded, and of how many.
        """
        with self._guard:
            folded = 0
            while (step := self._step()) > 0:
                folded += step
                if progress:
                    progress(self.size, len(self._ledger))
            return folded

    def rebuild(self, progress: Progress | None = None) -> None:
        """Drop everything and fold all entries again; a damaged file is replaced."""
        with self._guard:
            try:
                with self._transaction() as db:
                    tables.emptied(db)
                    tables.made(db)
            except Broken:
                self._db.close()
                if self.path:
                    tables.forget(self.path)
                self._db = tables.opened(self.path)
            self.catch_up(progress)

    def state_at(self, size: int) -> "Views":
        """Return the views as they were after the first ``size`` entries, in memory."""
        if not 0 <= size <= len(self._ledger):
            raise NotFound(f"moment {size}", f"the ledger holds {len(self._ledger)} entries")
        return Views(None, self._ledger, until=size)

    def advance(self, size: int) -> None:
        """Fold views of an earlier moment on, up to the first ``size`` entries; they never go back."""
        if self._until is None or not self._until <= size <= len(self._ledger):
            raise NotFound(f"moment {size}", "these views do not stand before it")
        self._until = size
        self.catch_up()

    def dump(self) -> str:
        """Return all that the views hold as text, the same for the same entries."""
        lines = []
        for name in tables.NAMES:
            rows = self._all(f"SELECT * FROM {name}")  # noqa: S608
            lines += sorted(name + " " + json.dumps(row, default=bytes.hex) for row in rows)
        return "\n".join(lines)

    def digest(self) -> str:
        """Return the SHA-256 of the dump, in hex, for comparing two views."""
        return hashlib.sha256(self.dump().encode()).hexdigest()

    def captures(self) -> list[Capture]:
        """Return all captures in the order they were taken, with what was said of them later."""
        return self._bodies(Capture, "SELECT body FROM captures ORDER BY entry, id")

    def capture(self, name: str) -> Capture:
        """Return one capture; ``NotFound`` if there is none of that id."""
        return self._one(Capture, f"capture {name}", "SELECT body FROM captures WHERE id = ?", name)

    def claims(self, status: Status | None = None, capture: str | None = None) -> list[ReviewedClaim]:
        """Return claims as they stand; all, or those of a status or capture.

        In the order they first appeared; those that wait for review in the order of review: what two readers agree on
        comes after everything else.
        """
        where = [text for text, value in (("status = ?", status), ("capture = ?", capture)) if value is not None]
        query = "SELECT body FROM claims" + (" WHERE " + " AND ".join(where) if where else "")  # noqa: S608
        values = tuple(value for value in (status, capture) if value is not None)
        order = " ORDER BY agreed, entry, position, id" if status == "proposed" else " ORDER BY entry, position, id"
        return self._bodies(ReviewedClaim, query + order, values)

    def claim(self, name: str) -> ReviewedClaim:
        """Return one claim as it stands; ``NotFound`` if there is none of that id."""
        return self._one(ReviewedClaim, f"claim {name}", "SELECT body FROM claims WHERE id = ?", name)

    def next_claim(self, after: str | None = None) -> ReviewedClaim | None:
        """Return the first proposed claim, or the first that comes after the claim ``after``; ``None`` at the end."""
        place = self._all("SELECT agreed, entry, position, id FROM claims WHERE id = ?", (after,))
        start = place[0] if place else (-1, -1, -1, "")
        found = self._bodies(
            ReviewedClaim,
            "SELECT body FROM claims WHERE status = 'proposed' AND (agreed, entry, position, id) > (?, ?, ?, ?)"
            " ORDER BY agreed, entry, position, id LIMIT 1",
            start,
        )
        return found[0] if found else None

    def beside(self, name: str) -> tuple[str | None, str | None]:
        """Return the ids of the claims before and after one, whatever their status; ``None`` at an end."""
        here = self._all("SELECT agreed, entry, position, id FROM claims WHERE id = ?", (name,))
        if not here:
            raise NotFound(f"claim {name}", "the case holds none of that name")
        query = (
            "SELECT id FROM claims WHERE (agreed, entry, position, id) {0} (?, ?, ?, ?)"
            " ORDER BY agreed {1}, entry {1}, position {1}, id {1}"
        )
        before = self._all(query.format("<", "DESC") + " LIMIT 1", here[0])
        after = self._all(query.format(">", "ASC") + " LIMIT 1", here[0])
        return (before[0][0] if before else None), (after[0][0] if after else None)

    def counts(self) -> dict[Status, int]:
        """Return how many claims have each status."""
        found: dict[Status, int] = {"proposed": 0, "accepted": 0, "rejected": 0}
        found.update(dict(self._all("SELECT status, count(*) FROM claims GROUP BY status")))
        return found

    def statuses(self) -> dict[str, Status]:
        """Return each claim's status by its id, without reading the claims."""
        return dict(self._all("SELECT id, status FROM claims"))

    def was_read(self, capture: str, text: str, reader: str) -> bool:
        """Say whether that reader, in that version, read that text of the capture already.

        Of one version with changes that were learned and without (``grammar/1+1f2e``, ``grammar/1``), the newest
        reading counts alone, so that forgetting is followed by reading again.
        """
        version = reader.partition("+")[0]
        query = "SELECT reader FROM readings WHERE capture = ? AND text = ? ORDER BY entry DESC"
        names = [name for (name,) in self._all(query, (capture, text)) if name.partition("+")[0] == version]
        return bool(names) and names[0] == reader

    def links(self, of: Literal["claims", "entries", "captures"]) -> dict[str, tuple[Link, ...]]:
        """Return the latest proposals of each matcher."""
        rows = self._all("SELECT matcher, body FROM links WHERE kind = ? ORDER BY matcher", (of,))
        return {matcher: msgspec.json.decode(body, type=tuple[Link, ...]) for matcher, body in rows}

    def pairs(self, of: Literal["claims", "origins", "entries", "captures"]) -> list[Pair]:
        """Return people's verdicts on pairs as they stand, ordered by the pair."""
        return self._bodies(Pair, "SELECT body FROM pairs WHERE kind = ? ORDER BY one, other", (of,))

    def audits(self) -> list[AuditDrawn]:
        """Return the audits that were drawn, in the order they were."""
        said = sorted((event for _, event in self._stated("audit")), key=lambda event: event.entry)
        return [event.what for event in said if isinstance(event.what, AuditDrawn)]

    def audited(self, audit: str) -> list[tuple[RecordAudited, str]]:
        """Return the answers to an audit that are in force, with who gave each, by entry and name."""
        said = (event for _, event in self._stated("audited"))
        found = [(e.what, e.by.name) for e in said if isinstance(e.what, RecordAudited) and e.what.audit == audit]
        return sorted(found, key=lambda answer: (answer[0].entry, answer[1]))

    def titles(self) -> dict[str, str]:
        """Return the titles that people gave incidents, by anchor claim."""
        said = (event.what for _, event in self._stated("title"))
        return {what.anchor: what.title for what in said if isinstance(what, IncidentNamed)}

    def axes(self) -> dict[str, list[tuple[AxisJudged, str]]]:
        """Return each person's judgements on the axes of incidents, with their names, by anchor claim."""
        found: dict[str, list[tuple[AxisJudged, str]]] = {}
        for _, event in self._stated("axis"):
            if isinstance(event.what, AxisJudged):
                found.setdefault(event.what.anchor, []).append((event.what, event.by.name))
        return found

    def roles(self) -> dict[str, frozenset[Role]]:
        """Return the roles of each person who has any, by name."""
        found: dict[str, set[Role]] = {}
        for _, event in self._stated("role"):
            if isinstance(event.what, RoleGranted):
                found.setdefault(event.what.person, set()).add(event.what.role)
        return {name: frozenset(roles) for name, roles in found.items()}

    def second_readings(self) -> list[tuple[ClaimReread, str]]:
        """Return each person's latest blind second reading of a claim, with their name."""
        said = ((event.what, event.by.name) for _, event in self._stated("second"))
        return [(what, by) for what, by in said if isinstance(what, ClaimReread)]

    def list_versions(self) -> list[ListVersion]:
        """Return the versions of all victim lists, by list and then from the earliest to the newest."""
        return self._bodies(ListVersion, "SELECT body FROM list_versions ORDER BY list, version")

    def list_entries(self, name: str | None = None, version: str | None = None) -> list[ListEntry]:
        """Return the entries of one victim list, or of all, in the order they were read.

        Of each list these are the entries of its newest version, or of the ``version`` that is named.
        """
        where, values = ["version = (SELECT max(version) FROM list_versions v WHERE v.list = e.list)"], list[str]()
        if version is not None:
            where, values = ["version = ?"], [version]
        if name is not None:
            where, values = [*where, "list = ?"], [*values, name]
        query = "SELECT body FROM list_entries e WHERE " + " AND ".join(where)  # noqa: S608
        return self._bodies(ListEntry, query + " ORDER BY entry, position, list, id", tuple(values))

    def policy(self) -> PolicyAdopted | None:
        """Return the policy in force, ``None`` if none was adopted."""
        for _, event in self._stated("policy"):
            if isinstance(event.what, PolicyAdopted):
                return event.what
        return None

    def scorer(self, reader: str) -> ScorerLearned | None:
        """Return what a reader of this case learned, ``None`` where it reads with the shipped weights."""
        for key, event in self._stated("scorer"):
            if key == json.dumps([reader]) and isinstance(event.what, ScorerLearned):
                return event.what if event.what.object else None
        return None

    def corrections(self) -> list[Correction]:
        """Return the requests for correction with what was decided, in the order they came."""
        decided = {}
        for _, event in self._stated("decision"):
            if isinstance(event.what, CorrectionDecided):
                decided[event.what.correction] = event
        found = []
        for _, event in self._stated("correction"):
            asked = event.what
            if not isinstance(asked, CorrectionAsked):
                continue
            told = Correction(
                id=asked.correction, about=asked.about, subject=asked.subject, reason=asked.reason, said=asked.said,
                at=self._at(event.entry),
            )  # fmt: skip
            if (last := decided.get(asked.correction)) and isinstance(last.what, CorrectionDecided):
                told = msgspec.structs.replace(
                    told, verdict=last.what.verdict, note=last.what.note, by=last.by.name, decided=self._at(last.entry),
                    entries=last.what.entries,
                )  # fmt: skip
            found.append((event.entry, told))
        return [told for _, told in sorted(found, key=lambda one: (one[0], one[1].id))]

    def overlaps(self) -> list[Overlap]:
        """Return the overlaps of totals with incidents that people stated, by the total's claim."""
        return [
            Overlap(
                total=event.what.total, incidents=event.what.incidents, low=event.what.low, high=event.what.high,
                reason=event.what.reason, by=event.by.name, entry=event.entry,
            )
            for _, event in self._stated("overlap")
            if isinstance(event.what, OverlapStated)
        ]  # fmt: skip

    def _at(self, entry: int) -> str:
        return next(self._ledger.entries(entry, entry + 1)).at

    def estimates(self) -> list[Entry]:
        """Return the entries that record estimates of the uncounted, oldest first."""
        return self._bodies(Entry, "SELECT body FROM estimates ORDER BY entry")

    def columns(self, table: str) -> ColumnsMapped | None:
        """Return what a person said the columns of an imported table mean, ``None`` if nobody did."""
        for key, event in self._stated("columns"):
            if key == json.dumps([table]) and isinstance(event.what, ColumnsMapped):
                return event.what
        return None

    def imports(self) -> dict[str, tuple[int, TableImported]]:
        """Return the newest import of each table that stands, with the number of its entry."""
        said = (event for _, event in self._stated("import"))
        return {e.what.table: (e.entry, e.what) for e in said if isinstance(e.what, TableImported)}

    def releases(self) -> list[Entry]:
        """Return the entries that record releases, oldest first."""
        return self._bodies(Entry, "SELECT body FROM releases ORDER BY entry")

    def sealed(self) -> list[SealedField]:
        """Return the fields under seal in the order they were sealed, the erased ones included."""
        fields = self._bodies(SealedField, "SELECT body FROM stated WHERE kind = 'sealed'")
        return sorted(fields, key=lambda field: (field.entry, field.sealed.commitment))

    def consents(self) -> dict[str, dict[Purpose, bool]]:
        """Return what was last said of consent, by subject and purpose; a purpose nobody spoke of is left out."""
        found: dict[str, dict[Purpose, bool]] = {}
        for _, event in self._stated("consent"):
            if isinstance(event.what, ConsentStated):
                found.setdefault(event.what.subject, {})[event.what.purpose] = event.what.given
        return found

    def recipients(self) -> dict[str, RecipientAdmitted]:
        """Return who can open what is sealed, by age key."""
        said = (event.what for _, event in self._stated("recipient"))
        return {what.key: what for what in said if isinstance(what, RecipientAdmitted)}

    def devices(self) -> dict[str, DeviceEnrolled]:
        """Return the devices that sign what people record, by key; the retired are left out."""
        said = (event.what for _, event in self._stated("device"))
        return {what.key: what for what in said if isinstance(what, DeviceEnrolled)}

    def anchors(self) -> list[tuple[int, CheckpointAnchored]]:
        """Return what outsiders vouch for, the smallest size first, each with the number of its entry."""
        said = ((event.entry, event.what) for _, event in self._stated("anchor"))
        return [(entry, what) for entry, what in said if isinstance(what, CheckpointAnchored)]

    def history(self, subject: str) -> list[Entry]:
        """Return all entries that touch a capture, a claim or a list entry (``LIST:ID``), oldest first."""
        rows = self._all("SELECT entry FROM touches WHERE subject = ? ORDER BY entry", (subject,))
        return [entry for (number,) in rows for entry in self._ledger.entries(number, number + 1)]

    def close(self) -> None:
        """Let go of the file."""
        with self._guard:
            self._db.close()

    def _step(self) -> int:
        """Fold one batch in one transaction, so that another process that catches up too sees whole batches."""
        held = len(self._ledger)
        end = held if self._until is None else min(self._until, held)
        ((seen,),) = self._all("SELECT next FROM state")
        if seen == end and seen <= held and self._rooted():
            return 0
        with self._transaction() as db:
            if not self._rooted():
                tables.emptied(db)
                tables.made(db)
            ((start,),) = self._all("SELECT next FROM state")
            stop = min(end, start + _BATCH)
            if stop > start:
                fold(db, self._ledger.entries(start, stop))
                db.execute("UPDATE state SET next = ?, root = ?", (stop, self._ledger.root(stop)))
        return int(max(0, stop - start))

    def _rooted(self) -> bool:
        """Say whether these views were folded from the ledger at hand."""
        ((seen, root),) = self._all("SELECT next, root FROM state")
        return bool(seen == 0 or (seen <= len(self._ledger) and self._ledger.root(seen) == root))

    def _stated(self, kind: str) -> Iterator[tuple[str, Event]]:
        for key, body in self._all("SELECT key, body FROM stated WHERE kind = ? ORDER BY key", (kind,)):
            yield key, msgspec.json.decode(body, type=Event)

    def _one(self, kind: type[T], thing: str, query: str, name: str) -> T:
        found = self._bodies(kind, query, (name,))
        if not found:
            raise NotFound(thing, "the case holds none of that name")
        return found[0]

    def _bodies(self, kind: type[T], query: str, values: tuple[object, ...] = ()) -> list[T]:
        decoder = msgspec.json.Decoder(kind)
        return [decoder.decode(body) for (body,) in self._all(query, values)]

    def _all(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with self._guard, self._told():
            return self._db.execute(query, values).fetchall()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Say in the project's words what SQLite says."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as fault:
            if str(getattr(fault, "sqlite_errorname", "")).startswith(PASSING):
                raise Refused(f"views {self.path}", f"they cannot be used now: {fault}", "Try again") from fault
            remedy = "Fold them anew with: uncounted rebuild"
            raise Broken(f"views {self.path}", f"the file is damaged: {fault}", remedy) from fault
