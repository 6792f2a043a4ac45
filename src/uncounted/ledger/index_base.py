"""What all questions to the index share: one connection, one guard, and answers that are kept while it stands still."""

import threading
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from uncounted.ledger import index_tables

T = TypeVar("T")


class Tables:
    """The index's file. Safe to share between threads. ``path`` is ``None`` for an index in memory."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._guard = threading.RLock()
        self._db = index_tables.opened(path)
        self._said: dict[Hashable, Any] = {}
        self._said_at: tuple[int, str] = (-1, "")

    @property
    def size(self) -> int:
        """How many entries of the ledger it follows."""
        return int(self._all("SELECT size FROM state")[0][0])

    @property
    def basis(self) -> str:
        """What else it was made from: the policy's rules, the proposals."""
        return str(self._all("SELECT basis FROM state")[0][0])

    def close(self) -> None:
        """Let go of the file."""
        with self._guard:
            self._db.close()

    def _all(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._guard:
            return self._db.execute(query, tuple(values)).fetchall()

    def _once(self, key: Hashable, ask: Callable[[], T]) -> T:
        """An answer that holds until the index moves on; the answer is shared, so nobody may change it."""
        with self._guard:
            at = self._all("SELECT size, basis FROM state")[0]
            if at != self._said_at:
                self._said, self._said_at = {}, at
            if len(self._said) > _ANSWERS:
                self._said.clear()
            if key not in self._said:
                self._said[key] = ask()
            found: T = self._said[key]
            return found


_ANSWERS = 200
"""Answers kept at one time; people ask for few breakdowns and filters at any one state of a case."""
