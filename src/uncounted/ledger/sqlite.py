"""The ledger in one SQLite file: entries, tree and sealed boxes in one transaction; facts never changed."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from uncounted.ledger import merkle
from uncounted.ledger.lines import decode, encode
from uncounted.ledger.protocol import Act
from uncounted.ledger.rules import admit
from uncounted.ledger.sqlite_file import LedgerFile
from uncounted.model.errors import BadInput, Broken, NotFound, Refused
from uncounted.model.facts import Agent, AnyFact, Entry, FieldErased

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
_CHUNK = 500
SWEEP = (
    "Close every other program that has the case open, see that the disk has room, then run: uncounted rekey, which "
    "writes the file anew"
)
"""What to do when the file cannot be swept."""


def now() -> str:
    """Return the clock's time as the ledger writes it: RFC 3339, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class SqliteLedger(LedgerFile):
    """See :class:`uncounted.ledger.protocol.Ledger`. Safe to share between threads."""

    def append(
        self,
        by: Agent,
        facts: Sequence[AnyFact],
        *,
        at: str | None = None,
        boxes: Mapping[str, bytes] | None = None,
    ) -> tuple[Entry, ...]:
        """Record facts in one transaction; all or none. Returns only after they are safe on disk."""
        return self.append_together([(by, fact) for fact in facts], at=at, boxes=boxes)

    def append_together(
        self, acts: Sequence[Act], *, at: str | None = None, boxes: Mapping[str, bytes] | None = None
    ) -> tuple[Entry, ...]:
        """Record facts by several agents in one transaction; all or none."""
        if not acts:
            return ()
        admit(acts, boxes or {})
        with self._transaction("recording facts") as db:
            for commitment, box in (boxes or {}).items():
                db.execute("INSERT INTO sealed (commitment, box) VALUES (?, ?)", (commitment, box))
            return self._record(db, acts, at)

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
                (entry,) = self._record(db, [(by, FieldErased(commitment=commitment, reason=reason))], at)
            left = self._swept()
        if left:
            raise Refused(
                f"ledger {self.path}",
                f"the erasure is recorded as entry {entry.number}, but the file may still hold pieces of the "
                f"ciphertext: {left}",
                SWEEP,
            )
        return entry

    def _record(self, db: sqlite3.Connection, acts: Sequence[Act], at: str | None) -> tuple[Entry, ...]:
        at = at or now()
        if not _TIME.fullmatch(at):
            raise BadInput(f"time {at!r}", "an entry's time is RFC 3339 in UTC", "Write it as 2026-01-31T12:00:00Z")
        size = len(self)
        fresh: dict[tuple[int, int], bytes] = {}

        def read(level: int, position: int) -> bytes:
            return fresh.get((level, position)) or self._node(level, position)

        entries = tuple(Entry(number=size + i, at=at, by=by, fact=fact) for i, (by, fact) in enumerate(acts))
        lines = []
        for entry in entries:
            line = encode(entry)
            lines.append((entry.number, line))
            for level, position, value in merkle.grown(entry.number, merkle.leaf_hash(line), read):
                fresh[level, position] = value
        db.executemany("INSERT INTO facts (number, line) VALUES (?, ?)", lines)
        db.executemany(
            "INSERT INTO hashes (level, position, hash) VALUES (?, ?, ?)", [(*node, h) for node, h in fresh.items()]
        )
        size += len(entries)
        db.execute("INSERT INTO heads (size, root) VALUES (?, ?)", (size, merkle.root(size, read)))
        return entries

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

    def rebox(self, boxes: Mapping[str, bytes]) -> str:
        """Replace ciphertexts by others of the same salts and values, for instance when a member leaves.

        Afterwards the file is swept of the old ones; returns what prevented that, in words, or nothing.
        """
        purpose = "encrypting sealed fields anew"
        with self.writing(purpose):  # until the file is swept, so that no other program writes in between
            with self._transaction(purpose) as db:
                for commitment, box in boxes.items():
                    if db.execute("UPDATE sealed SET box = ? WHERE commitment = ?", (box, commitment)).rowcount == 0:
                        raise NotFound(f"sealed value {commitment}", "it is not kept here, or was erased before")
            return self._swept()

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
