"""The tables of ``index.sqlite``. Nothing here is evidence: the file follows from the views and may be deleted."""

import sqlite3
from pathlib import Path

from uncounted.ledger.views.tables import forget

FOLD = 1
"""Raised whenever the tables, or what is kept in them, change; an index of another number is made anew."""

TABLES = """
CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), fold INTEGER, size INTEGER, basis TEXT);
CREATE TABLE incidents (
  id TEXT PRIMARY KEY, anchor TEXT, title TEXT, first TEXT, last TEXT, month TEXT, place TEXT, actor TEXT, grade TEXT,
  lat REAL, lon REAL, low INTEGER, high INTEGER, figured INTEGER, origins INTEGER, claims INTEGER,
  body BLOB, held BLOB
);
CREATE INDEX incidents_order ON incidents (first, title, id);
CREATE INDEX incidents_month ON incidents (month);
CREATE INDEX incidents_place ON incidents (place);
CREATE INDEX incidents_actor ON incidents (actor);
CREATE INDEX incidents_point ON incidents (lat, lon);
CREATE TABLE cells (
  incident TEXT, harm TEXT, grp TEXT, low INTEGER, high INTEGER, origins INTEGER,
  PRIMARY KEY (incident, harm, grp)
) WITHOUT ROWID;
CREATE INDEX cells_what ON cells (harm, grp, incident, low, high, origins);
CREATE TABLE resting (
  incident TEXT, harm TEXT, grp TEXT, claim TEXT, PRIMARY KEY (incident, harm, grp, claim)
) WITHOUT ROWID;
CREATE INDEX resting_what ON resting (harm, grp, incident);
CREATE TABLE members (claim TEXT PRIMARY KEY, incident TEXT) WITHOUT ROWID;
CREATE INDEX members_incident ON members (incident);
CREATE TABLE searched (
  number INTEGER PRIMARY KEY, kind TEXT, ref TEXT, title TEXT, facets TEXT, said TEXT, folded TEXT, UNIQUE (kind, ref)
);
CREATE VIRTUAL TABLE found USING fts5(
  title, said, folded, content=searched, content_rowid=number, tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER searched_in AFTER INSERT ON searched BEGIN
  INSERT INTO found (rowid, title, said, folded) VALUES (new.number, new.title, new.said, new.folded);
END;
CREATE TRIGGER searched_out AFTER DELETE ON searched BEGIN
  INSERT INTO found (found, rowid, title, said, folded) VALUES ('delete', old.number, old.title, old.said, old.folded);
END;
"""


def opened(path: Path | None) -> sqlite3.Connection:
    """Open or make the index (in memory without a path), throwing away one of another fold or damaged."""
    try:
        return _connected(path)
    except sqlite3.DatabaseError:
        if path is None:
            raise
        forget(path)
        return _connected(path)


def emptied(db: sqlite3.Connection) -> None:
    """Forget all that is kept, in the transaction at hand."""
    for name in ("incidents", "cells", "resting", "members", "searched"):
        db.execute(f"DELETE FROM {name}")
    db.execute("UPDATE state SET size = 0, basis = ''")


def _connected(path: Path | None) -> sqlite3.Connection:
    db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False, timeout=30.0)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA recursive_triggers = ON")
        db.execute("PRAGMA cache_size = -65536")
        there = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'state'").fetchone()[0]
        if there and db.execute("SELECT fold FROM state").fetchone() != (FOLD,):
            raise sqlite3.DatabaseError("an index of another fold")
        if not there:
            db.executescript(f"BEGIN IMMEDIATE; {TABLES} INSERT INTO state VALUES (1, {FOLD}, 0, ''); COMMIT;")
    except BaseException:
        db.close()
        raise
    return db
