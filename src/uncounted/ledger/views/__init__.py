"""Views: the case as it stands, folded from the ledger's entries into ``views.sqlite`` for quick asking."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from uncounted.ledger.protocol import Ledger
from uncounted.ledger.views import tables
from uncounted.ledger.views.asking import Asking
from uncounted.ledger.views.folding import fold
from uncounted.ledger.views.guarded import Guarded
from uncounted.ledger.views.judged import Judged
from uncounted.ledger.views.recorded import Recorded
from uncounted.ledger.views.reviewed import Reviewed
from uncounted.ledger.views.standing import SealedField
from uncounted.model.errors import Broken, NotFound

__all__ = ["SealedField", "Views"]

Progress = Callable[[int, int], None]
_BATCH = 2000


class Views(Asking, Reviewed, Judged, Recorded, Guarded):
    """The case as it stands after the first ``size`` entries. Safe to share between threads.

    ``path`` is the views' file, ``None`` for views in memory; opening catches up with the ledger. With ``until`` the
    views stay at the first ``until`` entries.
    """

    def __init__(self, path: Path | None, ledger: Ledger, *, until: int | None = None) -> None:
        super().__init__(path, ledger)
        self._until = until
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
