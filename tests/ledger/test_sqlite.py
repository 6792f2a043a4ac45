import random
import sqlite3
from pathlib import Path

import pytest

from uncounted.ledger.contract import LedgerContract, facts
from uncounted.ledger.protocol import Ledger
from uncounted.ledger.schema import APPLICATION, STEPS
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.model.errors import BadInput, Broken, NotFound, Refused
from uncounted.model.evidence import Sealed
from uncounted.model.facts import Agent, Entry, FieldSealed

ADA = Agent("person", "Ada")


class TestContract(LedgerContract):
    def make(self, folder: Path) -> Ledger:
        path = folder / "ledger.sqlite"
        return SqliteLedger(path, create=not path.exists(), patience=0.1)


@pytest.fixture
def ledger(tmp_path: Path) -> SqliteLedger:
    made = SqliteLedger.create(tmp_path / "ledger.sqlite", patience=0)
    made.append(ADA, facts(4))
    return made


@pytest.mark.parametrize("table", ["facts", "hashes", "heads"])
@pytest.mark.parametrize(
    "act", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}"]
)
def test_facts_hashes_and_heads_are_never_changed_or_deleted(ledger: SqliteLedger, table: str, act: str) -> None:
    if "rowid" in act and table == "hashes":
        act = "UPDATE {} SET hash = hash"
    db = sqlite3.connect(ledger.path)
    db.execute("PRAGMA recursive_triggers = ON")
    with pytest.raises(sqlite3.IntegrityError, match=r"never changed|next number"):
        db.execute(act.format(table, table))
    db.close()


def test_a_fact_takes_the_next_number_even_by_hand(ledger: SqliteLedger) -> None:
    db = sqlite3.connect(ledger.path)
    for number in (2, 7):
        with pytest.raises(sqlite3.IntegrityError, match="next number"):
            db.execute("INSERT INTO facts VALUES (?, x'00')", (number,))
    db.close()


def test_commits_are_synced_and_deleted_content_is_overwritten(ledger: SqliteLedger) -> None:
    settings = {
        name: ledger._db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete")
    }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_the_file_is_the_owners_alone_and_says_what_it_is(ledger: SqliteLedger) -> None:
    assert ledger.path.stat().st_mode & 0o777 == 0o600
    assert ledger._db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    assert ledger._db.execute("PRAGMA user_version").fetchone()[0] == len(STEPS)


def test_opening_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="uncounted init"):
        SqliteLedger.open(tmp_path / "none.sqlite")
    (tmp_path / "words").write_text("not a database, but long enough to look like one\n" * 50)
    with pytest.raises(Broken):
        SqliteLedger.open(tmp_path / "words")
    sqlite3.connect(tmp_path / "other").execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(Broken, match="not an Uncounted ledger"):
        SqliteLedger.open(tmp_path / "other")


def test_making_one_where_one_is_is_refused(ledger: SqliteLedger) -> None:
    with pytest.raises(Refused, match="exists already"):
        SqliteLedger.create(ledger.path)


def test_a_ledger_of_a_later_release_is_not_touched(ledger: SqliteLedger) -> None:
    ledger._db.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    ledger.close()
    with pytest.raises(BadInput, match="later release"):
        SqliteLedger.open(ledger.path)


def test_a_missing_entry_is_named(ledger: SqliteLedger) -> None:
    ledger._db.execute("DROP TRIGGER facts_no_delete")
    ledger._db.execute("DELETE FROM facts WHERE number = 2")
    with pytest.raises(Broken, match="entry 2: it is missing"):
        list(ledger.lines())


def test_a_database_locked_by_a_stranger_refuses_the_write_and_says_so(ledger: SqliteLedger) -> None:
    stranger = sqlite3.connect(ledger.path, isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    ledger._db.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(Refused, match="will not be written to now"):
        ledger.append(ADA, facts(1))
    stranger.execute("ROLLBACK")
    stranger.close()
    assert len(ledger.append(ADA, facts(1))) == 1


def test_a_backup_is_a_whole_ledger(ledger: SqliteLedger, tmp_path: Path) -> None:
    ledger.backup(tmp_path / "copy.sqlite")
    copy = SqliteLedger.open(tmp_path / "copy.sqlite")
    assert copy.root() == ledger.root()
    assert list(copy.entries()) == list(ledger.entries())
    with pytest.raises(Refused):
        ledger.backup(tmp_path / "copy.sqlite")


def sealed(commitment: str) -> FieldSealed:
    return FieldSealed(sealed=Sealed(subject="c", field="contact", commitment=commitment))


def test_an_erased_box_leaves_no_trace_in_the_files(ledger: SqliteLedger) -> None:
    canary = b"CANARY-" + bytes(range(65, 91)) * 200
    ledger.append(ADA, [sealed("cafe")], boxes={"cafe": canary})
    files = list(ledger.path.parent.iterdir())
    assert any(canary[:40] in file.read_bytes() for file in files)
    ledger.erase(ADA, "cafe", "asked")
    assert not any(canary[:40] in file.read_bytes() for file in files)
    assert not any(b"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF" in file.read_bytes() for file in files)


def test_the_lock_is_free_again_when_its_holder_fails(ledger: SqliteLedger) -> None:
    with pytest.raises(RuntimeError), ledger.writing("failing"):
        raise RuntimeError
    other = SqliteLedger.open(ledger.path, patience=0)
    assert isinstance(other.append(ADA, facts(1))[0], Entry)


def test_of_many_boxes_erased_in_any_order_not_a_piece_is_left(ledger: SqliteLedger) -> None:
    """SQLite rearranges pages as boxes come and go; copies that it left behind in them must go too."""
    chance = random.Random(5)
    boxes = {
        f"{chance.getrandbits(256):064x}": chance.randbytes(chance.choice([300, 420, 500, 700])) for _ in range(80)
    }
    for name, box in boxes.items():
        ledger.append(ADA, [sealed(name)], boxes={name: box})
    gone = chance.sample(sorted(boxes), 40)
    for name in gone:
        ledger.erase(ADA, name, "asked")
    on_disk = b"".join(file.read_bytes() for file in ledger.path.parent.iterdir() if file.is_file())
    assert not any(boxes[name][at : at + 40] in on_disk for name in gone for at in range(0, 280, 40))
    assert all(boxes[name][-40:] in on_disk for name in boxes.keys() - set(gone))


def test_an_erasure_that_another_programs_reading_hinders_stands_and_says_what_is_left(ledger: SqliteLedger) -> None:
    ledger.append(ADA, [sealed("cafe")], boxes={"cafe": b"CANARY" * 50})
    reader = sqlite3.connect(ledger.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM facts").fetchone()
    ledger._db.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(Refused, match="recorded as entry 5, but the file may still hold pieces") as refused:
        ledger.erase(ADA, "cafe", "asked")
    reader.close()
    assert "rekey" in str(refused.value.remedy)
    ledger.rebox({})
    assert b"CANARYCANARY" not in b"".join(file.read_bytes() for file in ledger.path.parent.iterdir() if file.is_file())


def test_a_backup_holds_nothing_that_is_taken_back(ledger: SqliteLedger, tmp_path: Path) -> None:
    def broken_off() -> None:
        with ledger._transaction("recording facts") as db:
            db.execute("INSERT INTO sealed VALUES ('cafe', x'00')")
            ledger.backup(tmp_path / "copy.sqlite")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert SqliteLedger.open(tmp_path / "copy.sqlite").boxes() == ()
    assert (tmp_path / "copy.sqlite").stat().st_mode & 0o777 == 0o600
