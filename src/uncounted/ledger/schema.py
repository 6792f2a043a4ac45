"""The ledger's tables, and the way from one version of them to the next."""

import os
import sqlite3
from pathlib import Path

from uncounted.model.errors import BadInput, Broken, Refused

APPLICATION = 0x556E6364
"""SQLite's application id of a ledger file: the letters ``Uncd``."""

PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")
"""What SQLite cannot do at the moment, as against what is damaged."""

FIRST = """
CREATE TABLE facts (
  number INTEGER PRIMARY KEY,
  line BLOB NOT NULL
) STRICT;
CREATE TABLE hashes (
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE heads (
  size INTEGER PRIMARY KEY,
  root BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;
CREATE TABLE sealed (
  commitment TEXT PRIMARY KEY,
  box BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER facts_follow BEFORE INSERT ON facts
  WHEN new.number <> (SELECT coalesce(max(number), -1) + 1 FROM facts)
  BEGIN SELECT raise(ABORT, 'a fact takes the next number'); END;
CREATE TRIGGER facts_no_update BEFORE UPDATE ON facts
  BEGIN SELECT raise(ABORT, 'facts are appended, never changed or deleted'); END;
CREATE TRIGGER facts_no_delete BEFORE DELETE ON facts
  BEGIN SELECT raise(ABORT, 'facts are appended, never changed or deleted'); END;
CREATE TRIGGER hashes_no_update BEFORE UPDATE ON hashes
  BEGIN SELECT raise(ABORT, 'hashes are appended, never changed or deleted'); END;
CREATE TRIGGER hashes_no_delete BEFORE DELETE ON hashes
  BEGIN SELECT raise(ABORT, 'hashes are appended, never changed or deleted'); END;
CREATE TRIGGER heads_no_update BEFORE UPDATE ON heads
  BEGIN SELECT raise(ABORT, 'heads are appended, never changed or deleted'); END;
CREATE TRIGGER heads_no_delete BEFORE DELETE ON heads
  BEGIN SELECT raise(ABORT, 'heads are appended, never changed or deleted'); END;
"""

STEPS: tuple[str, ...] = (FIRST,)
"""Step ``n`` leads from version ``n`` to ``n + 1``. A step is never changed once it is released; facts are never
rewritten by one."""


def opened(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open a ledger's database, bringing an older one up to date; ``Broken`` if it is none, ``BadInput`` if newer."""
    if create:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5.0)
    try:
        if not create and db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            raise Broken(f"ledger {path}", "the file is not an Uncounted ledger", "Restore it from a backup")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA recursive_triggers = ON")  # so that INSERT OR REPLACE meets the DELETE triggers too
        _migrate(db, path)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as fault:
        db.close()
        if str(getattr(fault, "sqlite_errorname", "")).startswith(PASSING):
            raise Refused(f"ledger {path}", f"it cannot be opened now: {fault}", "Try again") from fault
        raise Broken(f"ledger {path}", f"it cannot be opened: {fault}", "Restore it from a backup") from fault
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(STEPS):
        raise BadInput(f"ledger {path}", f"a later release wrote it (version {version})", "Update uncounted")
    for step in range(version, len(STEPS)):
        db.executescript(
            f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION}; {STEPS[step]} "
            f"PRAGMA user_version = {step + 1}; COMMIT;"
        )
