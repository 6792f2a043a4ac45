"""The tables of ``index.sqlite``. Nothing here is evidence: the file follows from the views and may be deleted."""

import sqlite3
from pathlib import Path

from uncounted.ledger.views.tables import forget, made_private

FOLD = 3
"""Raised whenever the tables, or what is kept in them, change; an index of another number is made anew."""

TABLES = """
CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), fold INTEGER, size INTEGER, basis TEXT, lists TEXT);
CREATE TABLE incidents (
  id TEXT PRIMARY KEY, anchor TEXT, title TEXT, first TEXT, last TEXT, month TEXT, place TEXT, actor TEXT, grade TEXT,
  lat REAL, lon REAL, low INTEGER, high INTEGER, figured INTEGER, origins INTEGER, claims INTEGER,
  body BLOB, held BLOB
);
CREATE INDEX incidents_order ON incidents (first IS NULL, first, title, id);
CREATE INDEX incidents_month ON incidents (month, grade);
CREATE INDEX incidents_place ON incidents (place, grade);
CREATE INDEX incidents_actor ON incidents (actor, grade);
CREATE INDEX incidents_grade ON incidents (grade);
CREATE INDEX incidents_point ON incidents (lat, lon, id);
-- The labels stand beside each figure, so that a breakdown walks one index and joins nothing.
CREATE TABLE cells (
  incident TEXT, harm TEXT, grp TEXT, low INTEGER, high INTEGER, origins INTEGER, claims INTEGER,
  month TEXT, place TEXT, actor TEXT, grade TEXT, PRIMARY KEY (incident, harm, grp)
) WITHOUT ROWID;
CREATE INDEX cells_what ON cells (harm, grp, grade, low, high, origins, claims);
CREATE INDEX cells_month ON cells (month, harm, grp, grade, low, high, origins, claims);
CREATE INDEX cells_place ON cells (place, harm, grp, grade, low, high, origins, claims);
CREATE INDEX cells_actor ON cells (actor, harm, grp, grade, low, high, origins, claims);
CREATE TABLE resting (
  incident TEXT, harm TEXT, grp TEXT, claim TEXT, PRIMARY KEY (incident, harm, grp, claim)
) WITHOUT ROWID;
-- The code is the name that an incident of this claim as its first has: the incident's own, or an earlier one of it.
CREATE TABLE members (claim TEXT PRIMARY KEY, incident TEXT, code TEXT) WITHOUT ROWID;
CREATE INDEX members_code ON members (code);
CREATE INDEX members_incident ON members (incident);
-- Incidents between which a proposal runs: the likeliest one, and whether a person spoke of two of their claims.
CREATE TABLE leads (
  one TEXT, other TEXT, probability REAL, left TEXT, right TEXT, reasons TEXT, judged INTEGER, PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX leads_other ON leads (other);
CREATE INDEX leads_order ON leads (judged, probability DESC, left, right);
CREATE TABLE listed (ref TEXT PRIMARY KEY, name TEXT, died TEXT, place TEXT) WITHOUT ROWID;
CREATE INDEX listed_name ON listed (name);
CREATE INDEX listed_day ON listed (died, place);
CREATE TABLE searched (
  number INTEGER PRIMARY KEY, kind TEXT, ref TEXT, title TEXT, said TEXT, folded TEXT, UNIQUE (kind, ref)
);
CREATE TABLE faceted (
  number INTEGER PRIMARY KEY, kind TEXT, status TEXT, harm TEXT, language TEXT, publisher TEXT, grade TEXT, list TEXT
);
CREATE VIRTUAL TABLE found USING fts5(
  title, said, folded, content=searched, content_rowid=number, tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER searched_in AFTER INSERT ON searched BEGIN
  INSERT INTO found (rowid, title, said, folded) VALUES (new.number, new.title, new.said, new.folded);
END;
CREATE TRIGGER searched_out AFTER DELETE ON searched BEGIN
  INSERT INTO found (found, rowid, title, said, folded) VALUES ('delete', old.number, old.title, old.said, old.folded);
  DELETE FROM faceted WHERE number = old.number;
END;
"""

FACETS = ("kind", "status", "harm", "language", "publisher", "grade", "list")
"""By what found texts are narrowed: the columns of ``faceted``."""


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
    for name in ("incidents", "cells", "resting", "members", "leads", "listed", "searched"):
        db.execute(f"DELETE FROM {name}")
    db.execute("UPDATE state SET size = 0, basis = '', lists = ''")


def _connected(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        made_private(path)
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
            db.executescript(f"BEGIN IMMEDIATE; {TABLES} INSERT INTO state VALUES (1, {FOLD}, 0, '', ''); COMMIT;")
    except BaseException:
        db.close()
        raise
    return db
