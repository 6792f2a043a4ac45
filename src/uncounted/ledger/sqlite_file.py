"""The file of a ledger: one connection and one guard, transactions under the writer's lock, copies, and sweeping.

WAL with every commit synced; deleted content is overwritten, and what SQLite left of it elsewhere is swept away.
"""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Self

from uncounted.ledger.lock import WriterLock
from uncounted.ledger.objects import sync_folder
from uncounted.ledger.schema import PASSING, opened
from uncounted.model.errors import Broken, NotFound, Refused


class LedgerFile:
    """The SQLite file of one ledger. Safe to share between threads.

    ``path`` is the database; ``case.lock`` lies beside it. ``create`` makes a new one, ``open`` wants an old one.
    ``patience`` is how many seconds a writer waits for another.
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
    def create(cls, path: Path, *, patience: float = 5.0) -> Self:
        """Make a ledger; ``Refused`` if there is one."""
        if path.exists():
            raise Refused(f"ledger {path}", "it exists already", "Open it, or choose another folder")
        return cls(path, create=True, patience=patience)

    @classmethod
    def open(cls, path: Path, *, patience: float = 5.0) -> Self:
        """Open a ledger; ``NotFound`` if there is none, ``Broken`` if the file is no ledger."""
        return cls(path, patience=patience)

    def writing(self, purpose: str) -> AbstractContextManager[None]:
        """Hold the right to write for a long act; ``Refused`` names who holds it already."""
        return self._lock.held(purpose)

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
                    raise told(self.path, fault) from fault
                raise

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
        """Copy the database, whole and consistent, to a new file (mode 0600) while others may read or write.

        It is read through a connection of its own: what another thread has begun to record and may take back is not in
        the copy.
        """
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            raise Refused(f"backup {target}", "it exists already", "Choose another name") from None
        try:
            with contextlib.closing(sqlite3.connect(target)) as copy, contextlib.closing(self._reader()) as source:
                source.backup(copy)
        except sqlite3.Error as fault:
            target.unlink(missing_ok=True)
            raise told(self.path, fault) from fault

    def _reader(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro", uri=True, timeout=30.0)

    def close(self) -> None:
        """Let go of files and locks."""
        with self._guard:
            self._db.close()

    def _all(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with self._guard:
            try:
                return self._db.execute(query, values).fetchall()
            except (sqlite3.Error, UnicodeDecodeError) as fault:
                raise told(self.path, fault) from fault


def told(path: Path, fault: sqlite3.Error | UnicodeDecodeError) -> Exception:
    """Say in the project's words what SQLite said. A damaged file can make even its message undecodable."""
    name = str(getattr(fault, "sqlite_errorname", ""))
    if name.startswith("SQLITE_CONSTRAINT"):
        return Refused(f"ledger {path}", str(fault))
    if name.startswith(PASSING):
        return Refused(f"ledger {path}", f"the database cannot do it now: {fault}", "See to the disk, then try again")
    return Broken(f"ledger {path}", f"the database file is damaged: {fault}", "Restore it from a backup")
