"""The store of the views: one connection, one guard, and SQLite's complaints in the project's words."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from uncounted.ledger.protocol import Ledger
from uncounted.ledger.schema import PASSING
from uncounted.ledger.views import tables
from uncounted.ledger.views.events import Event
from uncounted.model.errors import Broken, NotFound, Refused

T = TypeVar("T")


class Store:
    """The tables of one ledger's views. Safe to share between threads."""

    def __init__(self, path: Path | None, ledger: Ledger) -> None:
        self.path, self._ledger = path, ledger
        self._guard = threading.RLock()
        self._db = tables.opened(path)

    def close(self) -> None:
        """Let go of the file."""
        with self._guard:
            self._db.close()

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
