"""Fold entries into the views' tables: file each event under its subject, then say anew how that subject stands."""

import json
import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from uncounted.ledger.views import standing
from uncounted.ledger.views.asking import shares_of
from uncounted.ledger.views.events import Event, Key, Withdrawn, events_of, kind_of, named_in
from uncounted.model.facts import ClaimsRead, Entry, EstimateMade, JudgementUndone, LinksProposed, ListRead, ReleaseMade
from uncounted.model.persons import ListVersion

_encode = msgspec.json.Encoder().encode
_event = msgspec.json.Decoder(Event)

UNDONE = ("capture_described", "claim_judged", "claim_edited", "claim_added", "pair_judged", "incident_named",
          "axis_judged", "policy_adopted", "overlap_stated", "correction_decided", "consent_stated", "claim_reread",
          "scorer_learned", "columns_mapped", "table_imported", "record_audited", "judgement_undone")  # fmt: skip
"""What people say and may take back."""


def fold(db: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Fold entries into the tables, in the transaction at hand; they follow on what was folded before."""
    events: dict[Key, dict[int, Event]] = {}
    for entry in entries:
        fresh = []
        db.execute("INSERT OR REPLACE INTO acts VALUES (?, ?, ?)", (entry.number, entry.by.name, kind_of(entry)))
        for key, event in _filed(db, entry):
            if key not in events:
                events[key] = _events(db, key)
            events[key][entry.number] = event
            fresh.append((_name(key), entry.number, _encode(event)))
        db.executemany("INSERT OR REPLACE INTO events VALUES (?, ?, ?)", fresh)
        db.executemany("INSERT OR IGNORE INTO touches VALUES (?, ?)", [(n, entry.number) for n in named_in(entry)])
        _tabled(db, entry)
    for key, said in events.items():
        _stated(db, key, list(said.values()))


def _filed(db: sqlite3.Connection, entry: Entry) -> Iterator[tuple[Key, Event]]:
    """Yield the events of an entry, with those that need to know what came before."""
    if isinstance(entry.fact, JudgementUndone):
        yield from _undoing(db, entry, entry.fact)
    if isinstance(entry.fact, ClaimsRead):
        yield from _withdrawing(db, entry, entry.fact)
    yield from events_of(entry)


def _undoing(db: sqlite3.Connection, entry: Entry, fact: JudgementUndone) -> Iterator[tuple[Key, Event]]:
    """An undo belongs to the subject of what it takes back; one that names no judgement changes nothing."""
    rows = db.execute("SELECT key, what FROM events WHERE entry = ?", (fact.entry,)).fetchall()
    for name, body in rows:
        kind = msgspec.json.decode(body)["what"]["fact"]
        if kind in UNDONE and fact.entry < entry.number:
            yield tuple(json.loads(name)), Event(entry=entry.number, by=entry.by, what=fact)
            db.execute(
                "INSERT OR IGNORE INTO touches SELECT subject, ? FROM touches WHERE entry = ?",
                (entry.number, fact.entry),
            )


def _withdrawing(db: sqlite3.Connection, entry: Entry, fact: ClaimsRead) -> Iterator[tuple[Key, Event]]:
    """What a reader proposed of this capture before and does not propose now is withdrawn."""
    where = (fact.capture, standing.family(fact.reader))
    rows = db.execute("SELECT claim FROM said WHERE capture = ? AND family = ? ORDER BY claim", where).fetchall()
    now = {claim.id for claim in fact.claims}
    for (claim,) in rows:
        if claim not in now:
            yield ("claim", claim), Event(entry=entry.number, by=entry.by, what=Withdrawn(reader=fact.reader))
            for echo, what in standing.released(claim, list(_events(db, ("claim", claim)).values())):
                if echo not in now:
                    yield ("claim", echo), Event(entry=entry.number, by=entry.by, what=what)
    db.execute("DELETE FROM said WHERE capture = ? AND family = ?", where)
    db.executemany("INSERT INTO said VALUES (?, ?, ?)", [(*where, claim) for claim in now])


def _tabled(db: sqlite3.Connection, entry: Entry) -> None:
    """Keep what is shown as it was recorded."""
    fact = entry.fact
    match fact:
        case ClaimsRead():
            reading = (fact.capture, fact.text, fact.reader, entry.number)
            db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?)", reading)
        case LinksProposed():
            row = (fact.of, fact.matcher, entry.number, _encode(fact.links))
            db.execute("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?)", row)
        case ListRead():
            _listed(db, entry, fact)
        case ReleaseMade():
            db.execute("INSERT INTO releases VALUES (?, ?)", (entry.number, _encode(entry)))
        case EstimateMade():
            db.execute("INSERT INTO estimates VALUES (?, ?)", (entry.number, _encode(entry)))
        case _:
            pass


def _listed(db: sqlite3.Connection, entry: Entry, fact: ListRead) -> None:
    """Keep the entries of one version of a list; a row that is read again replaces itself."""
    version = fact.version or ""
    db.executemany(
        "INSERT INTO list_entries VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
        [(fact.list, version, e.id, entry.number, at, _encode(e)) for at, e in enumerate(fact.entries)],
    )
    held = "SELECT count(*) FROM list_entries WHERE list = ? AND version = ?"
    ((number,),) = db.execute(held, (fact.list, version)).fetchall()
    told = ListVersion(
        list=fact.list, version=fact.version, capture=fact.capture, entries=number, by=entry.by.name, at=entry.at
    )
    db.execute(
        "INSERT INTO list_versions VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
        (fact.list, version, entry.number, _encode(told)),
    )


def _stated(db: sqlite3.Connection, key: Key, events: list[Event]) -> None:
    """Write down how a subject stands, or that it no longer does."""
    match key:
        case ("claim", name):
            claim = standing.claim_stands(events)
            if claim:
                place = (claim.agreed, *standing.first_said(events))
                row = (
                    name, claim.claim.document, claim.status, *place, _encode(claim),
                    shares_of(claim.claim.document), claim.by or "", claim.entry, claim.claim.scope,
                )  # fmt: skip
                db.execute("INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            else:
                db.execute("DELETE FROM claims WHERE id = ?", (name,))
        case ("capture", name):
            capture = standing.capture_stands(events)
            if capture:
                taken = (name, events[0].entry, capture.text, _encode(capture))
                db.execute("INSERT OR REPLACE INTO captures VALUES (?, ?, ?, ?)", taken)
        case ("pair", kind, one, other):
            pair = standing.pair_stands(events)
            if pair:
                told = (kind, one, other, _encode(pair), pair.by, pair.entry)
                db.execute("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?, ?)", told)
            else:
                db.execute("DELETE FROM pairs WHERE kind = ? AND one = ? AND other = ?", (kind, one, other))
        case (kind, *rest):
            value = standing.sealed_stands(events) if kind == "sealed" else standing.last_in_force(events)
            if value:
                db.execute("INSERT OR REPLACE INTO stated VALUES (?, ?, ?)", (kind, json.dumps(rest), _encode(value)))
            else:
                db.execute("DELETE FROM stated WHERE kind = ? AND key = ?", (kind, json.dumps(rest)))


def _events(db: sqlite3.Connection, key: Key) -> dict[int, Event]:
    """Return what was said of a subject before, by entry, in order."""
    rows = db.execute("SELECT entry, what FROM events WHERE key = ? ORDER BY entry", (_name(key),)).fetchall()
    return {entry: _event.decode(what) for entry, what in rows}


def _name(key: Key) -> str:
    """Return a key as text, from which it can be had back."""
    return _encode(key).decode()
