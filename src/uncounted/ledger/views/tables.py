"""The tables of ``views.sqlite``. Nothing here is evidence: the file follows from the ledger and may be deleted."""

import contextlib
import os
import sqlite3
from pathlib import Path

from uncounted.ledger.schema import PASSING
from uncounted.model.errors import Refused

FOLD = 14
"""Raised whenever the folding or the tables change; views of another number are folded anew."""

TABLES = """
CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), fold INTEGER, next INTEGER, root BLOB);
CREATE TABLE events (key TEXT, entry INTEGER, what BLOB, PRIMARY KEY (key, entry));
CREATE INDEX events_entry ON events (entry);
CREATE TABLE acts (entry INTEGER PRIMARY KEY, by TEXT, fact TEXT);
CREATE INDEX acts_by ON acts (by, fact);
CREATE INDEX acts_fact ON acts (fact);
CREATE TABLE touches (subject TEXT, entry INTEGER, PRIMARY KEY (subject, entry)) WITHOUT ROWID;
CREATE TABLE said (capture TEXT, family TEXT, claim TEXT, PRIMARY KEY (capture, family, claim)) WITHOUT ROWID;
CREATE TABLE readings (
  capture TEXT, text TEXT, reader TEXT, entry INTEGER, PRIMARY KEY (capture, text, reader)
) WITHOUT ROWID;
CREATE INDEX touches_entry ON touches (entry, subject);
CREATE TABLE captures (id TEXT PRIMARY KEY, entry INTEGER, text TEXT, body BLOB) WITHOUT ROWID;
CREATE INDEX captures_text ON captures (text);
CREATE INDEX captures_entry ON captures (entry, id);
CREATE TABLE claims (
  id TEXT PRIMARY KEY, capture TEXT, status TEXT, agreed INTEGER, entry INTEGER, position INTEGER, body BLOB,
  share INTEGER, by TEXT, judged INTEGER, scope TEXT
);
-- How many claims have each status, kept by the claims themselves.
CREATE TABLE tallies (status TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
CREATE TRIGGER claims_in AFTER INSERT ON claims BEGIN INSERT INTO tallies VALUES (new.status, 1)
  ON CONFLICT DO UPDATE SET n = n + 1; END;
CREATE TRIGGER claims_out AFTER DELETE ON claims BEGIN UPDATE tallies SET n = n - 1
  WHERE status = old.status; DELETE FROM tallies WHERE n = 0; END;
CREATE INDEX claims_order ON claims (entry, position, id);
CREATE INDEX claims_queue ON claims (status, agreed, entry, position, id);
CREATE INDEX claims_status ON claims (status, entry, position, id);
CREATE INDEX claims_agreed ON claims (agreed, entry, position, id);
CREATE INDEX claims_totals ON claims (status, entry, position, id) WHERE scope <> 'incident';
CREATE INDEX claims_judged ON claims (by, judged);
CREATE INDEX claims_capture ON claims (capture, entry, position, id);
CREATE TABLE pairs (
  kind TEXT, one TEXT, other TEXT, body BLOB, by TEXT, entry INTEGER, PRIMARY KEY (kind, one, other)
) WITHOUT ROWID;
CREATE INDEX pairs_by ON pairs (by, entry);
CREATE INDEX pairs_other ON pairs (kind, other);
-- With row ids: a lookup by key would otherwise read the whole body, which holds every proposal of a matcher.
CREATE TABLE links (kind TEXT, matcher TEXT, entry INTEGER, body BLOB, PRIMARY KEY (kind, matcher));
CREATE TABLE stated (kind TEXT, key TEXT, body BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE list_versions (
  list TEXT, version TEXT, entry INTEGER, body BLOB, PRIMARY KEY (list, version)
) WITHOUT ROWID;
CREATE TABLE list_entries (
  list TEXT, version TEXT, id TEXT, entry INTEGER, position INTEGER, body BLOB, PRIMARY KEY (list, version, id)
) WITHOUT ROWID;
CREATE TABLE releases (entry INTEGER PRIMARY KEY, body BLOB);
CREATE TABLE estimates (entry INTEGER PRIMARY KEY, body BLOB);
"""

NAMES = (
    "state", "events", "acts", "touches", "said", "readings", "captures", "claims", "tallies", "pairs", "links",
    "stated", "list_versions", "list_entries", "releases", "estimates",
)  # fmt: skip


def opened(path: Path | None) -> sqlite3.Connection:
    """Open or make the views' database (in memory without a path), throwing away one of another fold or damaged."""
    try:
        return _connected(path)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as fault:
        if path is None or str(getattr(fault, "sqlite_errorname", "")).startswith(PASSING):
            raise Refused(f"views {path}", f"they cannot be opened now: {fault}", "Try again") from fault
        forget(path)
        return _connected(path)


def forget(path: Path) -> None:
    """Delete the file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def made_private(path: Path) -> None:
    """See that the file is there and its owner's alone: it holds words of reports. What is beside it follows it."""
    with contextlib.suppress(OSError):  # what keeps it from being made is said when it is opened
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)


def _connected(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        made_private(path)
    db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False, timeout=30.0)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -65536")
        db.execute("PRAGMA recursive_triggers = ON")  # a claim that is replaced leaves its tally first
        db.execute("BEGIN IMMEDIATE")
        there = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'state'").fetchone()[0]
        if there and db.execute("SELECT fold FROM state").fetchone() != (FOLD,):
            emptied(db)
            there = False
        if not there:
            made(db)
        db.execute("COMMIT")
    except BaseException:
        db.close()
        raise
    return db


def made(db: sqlite3.Connection) -> None:
    """Make the tables, in the transaction at hand."""
    for statement in TABLES.split(";\n"):
        db.execute(statement)
    db.execute("INSERT INTO state VALUES (1, ?, 0, NULL)", (FOLD,))


def emptied(db: sqlite3.Connection) -> None:
    """Drop all tables, in the transaction at hand."""
    names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    for (name,) in names:
        db.execute(f'DROP TABLE "{name}"')
