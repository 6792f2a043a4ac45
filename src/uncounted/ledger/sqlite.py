"""The ledger in one SQLite file: WAL, every commit synced, deleted content overwritten, facts never changed."""

import contextlib
import re
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from uncounted.ledger import merkle
from uncounted.ledger.lines import decode, encode
from uncounted.ledger.lock import WriterLock
from uncounted.ledger.objects import sync_folder
from uncounted.ledger.rules import admit
from uncounted.ledger.schema import PASSING, opened
from uncounted.model.errors import BadInput, Broken, NotFound, Refused
from uncounted.model.facts import Agent, AnyFact, Entry, FieldErased

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
_CHUNK = 500


def now() -> str:
    """Return the clock's time as the ledger writes it: RFC 3339, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class SqliteLedger:
    """See :class:`uncounted.ledger.protocol.Ledger`. Safe to share between threads.

    ``path`` is the database; ``case.lock`` lies beside it. ``create`` makes a new one, ``open`` wants an old one.
    """

    def __init__(self, path: Path, *, create: bool = False, patience: float = 5.0) -> None:
        if not create and not path.is_file():
            raise NotFound(f"ledger {path}", "there is no such file", "Make a case with: uncounted init")
        self.path = path
        self._lock = WriterLock(path.with_name("case.lock"), patience)
        self._guard = threading.RLock()
        with self._lock.held("making a case") if create else contextlib.nullcontext():
            self._db = opened(path, create=create)
            if create:
                sync_folder(path.parent)

    @classmethod
    def create(cls, path: Path, *, patience: float = 5.0) -> "SqliteLedger":
        """Make a ledger; ``Refused`` if there is one."""
        if path.exists():
            raise Refused(f"ledger {path}", "it exists already", "Open it, or choose another folder")
        return cls(path, create=True, patience=patience)

    @classmethod
    def open(cls, path: Path, *, patience: float = 5.0) -> "SqliteLedger":
        """Open a ledger; ``NotFound`` if there is none, ``Broken`` if the file is no ledger."""
        return cls(path, patience=patience)

    def writing(self, purpose: str) -> AbstractContextManager[None]:
        """Hold the right to write for a long act; ``Refused`` names who holds it already."""
        return self._lock.held(purpose)

    def append(
        self,
        by: Agent,
        facts: Sequence[AnyFact],
        *,
        at: str | None = None,
        boxes: Mapping[str, bytes] | None = None,
    ) -> tuple[Entry, ...]:
        """Record facts in one transaction; all or none. Returns only after they are safe on disk."""
        if not facts:
            return ()
        admit(by, facts, boxes or {})
        with self._transaction("recording facts") as db:
            for commitment, box in (boxes or {}).items():
                db.execute("INSERT INTO sealed (commitment, box) VALUES (?, ?)", (commitment, box))
            return self._record(db, by, facts, at)

    def erase(self, by: Agent, commitment: str, reason: str, *, at: str | None = None) -> Entry:
        """Delete a box for good and record ``FieldErased``, in one transaction.

        Afterwards the file is written anew and the write-ahead log emptied, since both can still hold pieces of the
        ciphertext; ``Refused`` if another program's use prevents that (the erasure itself stands, and the next one
        sweeps up).
        """
        purpose = "erasing a sealed field"
        with self.writing(purpose):  # until the file is swept, so that no other program writes in between
            with self._transaction(purpose) as db:
                if db.execute("DELETE FROM sealed WHERE commitment = ?", (commitment,)).rowcount == 0:
                    raise NotFound(f"sealed value {commitment}", "it is not kept here, or was erased before")
                (entry,) = self._record(db, by, [FieldErased(commitment=commitment, reason=reason)], at)
            left = self._swept()
        if left:
            raise Refused(
                f"ledger {self.path}",
                f"the erasure is recorded as entry {entry.number}, but the file may still hold pieces of the "
                f"ciphertext: {left}",
                "Close every other program that has the case open, see that the disk has room, then run: uncounted "
                "rekey, which writes the file anew",
            )
        return entry

    def _record(self, db: sqlite3.Connection, by: Agent, facts: Sequence[AnyFact], at: str | None) -> tuple[Entry, ...]:
        at = at or now()
        if not _TIME.fullmatch(at):
            raise BadInput(f"time {at!r}", "an entry's time is RFC 3339 in UTC", "Write it as 2026-01-31T12:00:00Z")
        size = len(self)
        fresh: dict[tuple[int, int], bytes] = {}

        def read(level: int, position: int) -> bytes:
            return fresh.get((level, position)) or self._node(level, position)

        entries = tuple(Entry(number=size + i, at=at, by=by, fact=fact) for i, fact in enumerate(facts))
        lines = []
        for entry in entries:
            line = encode(entry)
            lines.append((entry.number, line))
            for level, position, value in merkle.grown(entry.number, merkle.leaf_hash(line), read):
                fresh[level, position] = value
        db.executemany("INSERT INTO facts (number, line) VALUES (?, ?)", lines)
        db.executemany(
            "INSERT INTO hashes (level, position, hash) VALUES (?, ?, ?)", [(*at, h) for at, h in fresh.items()]
        )
        size += len(entries)
        db.execute("INSERT INTO heads (size, root) VALUES (?, ?)", (size, merkle.root(size, read)))
        return entries

    @contextlib.contextmanager
    def _transaction(self, purpose: str) -> Iterator[sqlite3.Connection]:
        with self._lock.held(purpose), self._guard:
            try:
                self._db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as fault:
                rule = f"the database will not be written to now ({fault})"
                raise Refused(f"ledger {self.path}", rule, "Close other programs that use this file") from fault
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException as fault:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if isinstance(fault, sqlite3.Error | UnicodeDecodeError):
                    raise _told(self.path, fault) from fault
                raise

    def lines(self, since: int = 0, until: int | None = None) -> Iterator[bytes]:
        """Yield entries' RFC 8785 lines, without a line end; ``Broken`` if a number is missing."""
        end = len(self) if until is None else min(until, len(self))
        while since < end:
            rows = self._all(
                "SELECT number, line FROM facts WHERE number >= ? AND number < ? ORDER BY number LIMIT ?",
                (since, end, _CHUNK),
            )
            for number, line in rows:
                if number != since:
                    break
                yield line
                since += 1
            else:
                if rows:
                    continue
            raise Broken(f"entry {since}", "it is missing from the ledger", "Restore the case from a backup")

    def entries(self, since: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Yield the entries numbered ``since <= number < until``; ``Broken`` names one that cannot be read."""
        for number, line in enumerate(self.lines(since, until), since):
            yield decode(line, number)

    def __len__(self) -> int:
        """Return the number of entries."""
        ((last,),) = self._all("SELECT coalesce(max(number), -1) FROM facts")
        return int(last) + 1

    def root(self, size: int | None = None) -> bytes:
        """Return the 32-byte RFC 6962 root of the first ``size`` entries (all of them if not given)."""
        return merkle.root(self._size(size), self._node)

    def inclusion(self, number: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return the RFC 6962 audit path of an entry in the tree of the first ``size`` entries."""
        size = self._size(size)
        if not 0 <= number < size:
            raise NotFound(f"entry {number}", f"the ledger's first {size} entries do not hold it")
        return merkle.inclusion(number, size, self._node)

    def consistency(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """Return the RFC 6962 proof that the first ``old`` entries are a prefix of the first ``new``."""
        new = self._size(new)
        if not 0 <= old <= new:
            raise NotFound(f"a proof from size {old} to {new}", "the first size must not exceed the second")
        return merkle.consistency(old, new, self._node)

    def node(self, level: int, position: int) -> bytes | None:
        """Return the stored hash of a perfect subtree, ``None`` if there is none."""
        rows = self._all("SELECT hash FROM hashes WHERE level = ? AND position = ?", (level, position))
        found: bytes | None = rows[0][0] if rows else None
        return found

    def nodes(self) -> int:
        """Return how many subtree hashes are stored."""
        return int(self._all("SELECT count(*) FROM hashes")[0][0])

    def heads(self) -> Iterator[tuple[int, bytes]]:
        """Yield the tree heads ``(size, root)``, one for each transaction, in order."""
        yield from self._all("SELECT size, root FROM heads ORDER BY size")

    def box(self, commitment: str) -> bytes | None:
        """Return the ciphertext kept under a commitment, ``None`` if there is none or it was erased."""
        rows = self._all("SELECT box FROM sealed WHERE commitment = ?", (commitment,))
        found: bytes | None = rows[0][0] if rows else None
        return found

    def boxes(self) -> tuple[str, ...]:
        """Return the commitments that have a box, sorted."""
        return tuple(name for (name,) in self._all("SELECT commitment FROM sealed ORDER BY commitment"))

    def rebox(self, boxes: Mapping[str, bytes]) -> None:
        """Replace ciphertexts by others of the same salts and values, for instance when a member leaves."""
        with self._transaction("encrypting sealed fields anew") as db:
            for commitment, box in boxes.items():
                if db.execute("UPDATE sealed SET box = ? WHERE commitment = ?", (box, commitment)).rowcount == 0:
                    raise NotFound(f"sealed value {commitment}", "it is not kept here, or was erased before")
        self._swept()

    def _swept(self) -> str:
        """Write the file anew without what was deleted; what prevents it, or empty where it is done.

        Deleted content is overwritten where it lay last, but a page that SQLite rearranged before can hold an older
        copy in its gaps; only a file that is written anew has none.
        """
        with self._guard:
            try:
                self._db.execute("VACUUM")
            except sqlite3.OperationalError as fault:
                return f"it could not be written anew ({fault})"
            (busy, _, _) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return "another program uses its write-ahead log" if busy else ""

    @contextlib.contextmanager
    def unchanging(self) -> Iterator[None]:
        """See the ledger as it is now until the end, whatever others append meanwhile."""
        with self._guard:
            self._all("BEGIN")
            try:
                yield
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def integrity(self) -> None:
        """Raise ``Broken`` if SQLite finds its own file damaged."""
        ((said, *_),) = self._all("PRAGMA integrity_check(1)")
        if said != "ok":
            raise Broken(f"ledger {self.path}", f"the database file is damaged: {said}", "Restore it from a backup")

    def backup(self, target: Path) -> None:
        """Copy the database, whole and consistent, to a new file while others may read or write."""
        if target.exists():
            raise Refused(f"backup {target}", "it exists already", "Choose another name")
        copy = sqlite3.connect(target)
        try:
            self._db.backup(copy)
        finally:
            copy.close()

    def close(self) -> None:
        """Let go of files and locks."""
        with self._guard:
            self._db.close()

    def _size(self, size: int | None) -> int:
        held = len(self)
        if size is None:
            return held
        if not 0 <= size <= held:
            raise NotFound(f"size {size}", f"the ledger holds {held} entries")
        return size

    def _node(self, level: int, position: int) -> bytes:
        found = self.node(level, position)
        if found is None:
            raise Broken(f"tree node {level}/{position}", "it is missing from the ledger", "Restore it from a backup")
        return found

    def _all(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with self._guard:
            try:
                return self._db.execute(query, values).fetchall()
            except (sqlite3.Error, UnicodeDecodeError) as fault:
                raise _told(self.path, fault) from fault


def _told(path: Path, fault: sqlite3.Error | UnicodeDecodeError) -> Exception:
    """Say in the project's words what SQLite said. A damaged file can make even its message undecodable."""
    name = str(getattr(fault, "sqlite_errorname", ""))
    if name.startswith("SQLITE_CONSTRAINT"):
        return Refused(f"ledger {path}", str(fault))
    if name.startswith(PASSING):
        return Refused(f"ledger {path}", f"the database cannot do it now: {fault}", "See to the disk, then try again")
    return Broken(f"ledger {path}", f"the database file is damaged: {fault}", "Restore it from a backup")
