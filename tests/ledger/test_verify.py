import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.samples import ADA, READER, TEXT, claim, place, read, taken
from uncounted.ledger.checkpoint import Checkpoints
from uncounted.ledger.notes import Signer
from uncounted.ledger.objects import Objects
from uncounted.ledger.sealed import Vault, new_key, read_keys
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.ledger.verify import Verified, verify_case, verify_folder
from uncounted.model.claims import Named, Passage
from uncounted.model.errors import BadInput, Broken
from uncounted.model.facts import CaseOpened, ClaimAdded, ClaimJudged, ClaimsLocated, Whereabouts


@pytest.fixture
def case(tmp_path: Path) -> Path:
    ledger = SqliteLedger.create(tmp_path / "ledger.sqlite")
    objects = Objects(tmp_path / "objects")
    ledger.append(ADA, [CaseOpened(title="Invented", nonce="n", invented=True)])
    ledger.append(
        READER, [taken(objects), read(claim(), claim("k2", "2 were hurt", attribution=(), count=claim().count))]
    )
    ledger.append(ADA, [ClaimJudged(claim="k1", verdict="accepted"), ClaimAdded(claim=claim("k3"))])
    ledger.append(
        READER, [ClaimsLocated(capture="c1", locator="g/1", found=(Whereabouts(claim="k1", place=place(1.5)),))]
    )
    vault = Vault(ledger, [new_key(tmp_path / "key")])
    vault.seal(ADA, "c1", "contact", "+00 000 0001")
    vault.erase(ADA, vault.seal(ADA, "c1", "identity", "Somebody").fact.sealed.commitment, "asked")  # type: ignore[union-attr]
    ledger.close()
    return tmp_path


def tampering(case: Path, *statements: str) -> None:
    """Change the database as somebody with the file and SQLite could."""
    db = sqlite3.connect(case / "ledger.sqlite")
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def fault(case: Path) -> str:
    with pytest.raises(Broken) as raised:
        verify_folder(case)
    return str(raised.value)


def test_an_unbroken_case_is_said_to_be(case: Path) -> None:
    found = verify_folder(case, keys=read_keys(case / "key"))
    assert isinstance(found, Verified)
    assert (found.entries, found.objects, found.passages, found.opened) == (9, 1, 9, 1)
    ledger = SqliteLedger.open(case / "ledger.sqlite")
    assert found.root == ledger.root().hex()


def test_progress_is_told(case: Path) -> None:
    told: list[tuple[int, int]] = []
    verify_folder(case, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (9, 9)


def test_every_changed_byte_of_every_fact_is_found_and_named(case: Path) -> None:
    tampering(case)
    db = sqlite3.connect(case / "ledger.sqlite", isolation_level=None)
    lines = dict(db.execute("SELECT number, line FROM facts").fetchall())
    chance = random.Random(7)
    for number, line in lines.items():
        for at in chance.sample(range(len(line)), 12):
            changed = bytearray(line)
            changed[at] ^= 1 << chance.randrange(8)
            db.execute("UPDATE facts SET line = ? WHERE number = ?", (bytes(changed), number))
            assert f"entry {number}" in fault(case)
        db.execute("UPDATE facts SET line = ? WHERE number = ?", (line, number))
    db.close()
    verify_folder(case)


def test_every_changed_byte_of_an_object_is_found_and_named(case: Path) -> None:
    (name,) = Objects(case / "objects")
    path = Objects(case / "objects").path(name)
    body = path.read_bytes()
    path.chmod(0o644)
    for at in range(len(body)):
        changed = bytearray(body)
        changed[at] ^= 1
        path.write_bytes(changed)
        assert name in fault(case)
    path.write_bytes(body + b" ")
    assert name in fault(case)
    path.unlink()
    assert f"object {name}: entry 1 (capture_taken) names it" in fault(case)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM facts WHERE number = 3", "entry 3: it is missing"),
        ("DELETE FROM facts WHERE number = 8", "entry 8: it is missing"),
        ("DELETE FROM facts", "entry 0: it is missing"),
        ("UPDATE facts SET number = 100 WHERE number = 3", "it is in no tree head"),
        ("INSERT INTO facts SELECT 9, line FROM facts WHERE number = 8", "entry 9: it is in no tree head"),
        ("DELETE FROM heads WHERE size = (SELECT max(size) FROM heads)", "entry 8: it is in no tree head"),
        ("UPDATE heads SET root = zeroblob(32) WHERE size = 3", "tree head of size 3"),
        ("UPDATE hashes SET hash = zeroblob(32) WHERE level = 0 AND position = 4", "entry 4 (claim_added)"),
        ("UPDATE hashes SET hash = zeroblob(32) WHERE level = 2 AND position = 1", "tree node 2/1"),
        ("DELETE FROM hashes WHERE level = 3", "tree node 3/0"),
        ("INSERT INTO hashes VALUES (9, 9, zeroblob(32))", "the tree's nodes"),
        ("DELETE FROM sealed", "entry 6 sealed it and none erased it"),
        ("INSERT INTO sealed VALUES ('00', x'00')", "sealed value 00: no entry sealed it"),
    ],
)
def test_what_is_broken_is_named(case: Path, statement: str, said: str) -> None:
    tampering(case, statement)
    assert said in fault(case)


def test_swapped_entries_are_found(case: Path) -> None:
    swap = "UPDATE facts SET number = {} WHERE number = {}"
    tampering(case, swap.format(100, 3), swap.format(3, 4), swap.format(4, 100))
    assert "entry 3" in fault(case)


def test_a_box_that_came_back_after_its_erasure_is_found(case: Path) -> None:
    db = sqlite3.connect(case / "ledger.sqlite", isolation_level=None)
    (line,) = db.execute("SELECT line FROM facts WHERE number = 8").fetchone()
    name = line.decode().split('"commitment":"')[1][:64]
    db.execute("INSERT INTO sealed VALUES (?, x'00')", (name,))
    db.close()
    assert "recorded as erased but is still kept" in fault(case)


def test_a_sealed_value_that_was_exchanged_is_found_with_the_key(case: Path) -> None:
    import pyrage

    (keys, db) = read_keys(case / "key"), sqlite3.connect(case / "ledger.sqlite", isolation_level=None)
    box = pyrage.encrypt(b"x" * 40, [keys[0].to_public()])  # type: ignore[attr-defined]
    db.execute("UPDATE sealed SET box = ?", (box,))
    db.close()
    verify_folder(case)
    with pytest.raises(Broken, match="not what was committed to"):
        verify_folder(case, keys=keys)


def test_a_database_file_damaged_anywhere_is_found_unless_the_damage_is_in_empty_space(case: Path) -> None:
    path, before = case / "ledger.sqlite", verify_folder(case)
    whole, found = path.read_bytes(), 0
    for offset in range(0, len(whole), 333):
        damaged = bytearray(whole)
        damaged[offset : offset + 64] = bytes(b ^ 0xFF for b in whole[offset : offset + 64])
        path.write_bytes(damaged)
        try:
            assert verify_folder(case) == before
        except (Broken, BadInput):
            found += 1
    assert found > 10


def wrong(case: Path, act: Callable[[SqliteLedger], object]) -> str:
    ledger = SqliteLedger.open(case / "ledger.sqlite")
    act(ledger)
    ledger.close()
    return fault(case)


def test_words_that_are_not_where_a_claim_says_are_found_in_every_part(case: Path) -> None:
    off = claim("k9", passage=Passage("4 people died", 0, 13))
    assert "entry 9 (claims_read), claim k9: its passage" in wrong(
        case, lambda ledger: ledger.append(READER, [read(off)])
    )


@pytest.mark.parametrize(
    "part",
    [
        {"victim": Passage("people", 0, 6)},
        {"actor": Named(name="x", text="clinic", start=None, end=None)},
        {"place": place().__class__(name="x", text="Tell", start=-4, end=0)},
        {"passage": Passage("", len(TEXT) + 1, len(TEXT) + 9)},
        {"means": Named(name="x", text="", start=5, end=5)},
    ],
)
def test_a_part_that_quotes_wrongly_is_named(case: Path, part: dict[str, Any]) -> None:
    said = wrong(case, lambda ledger: ledger.append(ADA, [ClaimAdded(claim=claim("k9", **part))]))
    assert f"claim k9: its {next(iter(part))}" in said


def test_a_claim_without_a_captured_text_is_found(case: Path) -> None:
    assert "c7 is no capture" in wrong(
        case, lambda ledger: ledger.append(ADA, [ClaimAdded(claim=claim(document="c7"))])
    )


def test_an_unknown_kind_of_fact_asks_for_an_update(case: Path) -> None:
    from uncounted.ledger.lines import decode

    with pytest.raises(BadInput, match="entry 0: this release knows no fact of kind 'cloud_seen'"):
        decode(b'{"at":"","by":{"kind":"person","name":""},"fact":{"fact":"cloud_seen"},"number":0,"version":1}', 0)


def test_a_kept_checkpoint_shows_that_the_newest_transactions_were_cut_off(case: Path) -> None:
    signer = Signer(name="example.org/case", seed=b"s" * 32)
    ledger = SqliteLedger.open(case / "ledger.sqlite")
    ledger.append(ADA, [ClaimJudged(claim="k2", verdict="rejected")])
    Checkpoints(case / "checkpoints").sign(ledger, signer)
    ledger.close()
    assert verify_folder(case, signers=[signer.public]).entries == 10
    tampering(
        case,
        "DELETE FROM facts WHERE number = 9",
        "DELETE FROM heads WHERE size = 10",
        "DELETE FROM hashes WHERE level = 0 AND position = 9 OR level = 1 AND position = 4",
    )
    assert "later ones were cut off" in fault(case)
    shutil.rmtree(case / "checkpoints")
    assert verify_folder(case).entries == 9


def test_what_is_appended_while_verifying_raises_no_alarm(case: Path) -> None:
    ledger, writer = SqliteLedger.open(case / "ledger.sqlite"), SqliteLedger.open(case / "ledger.sqlite")

    def append(*_: int) -> None:
        writer.append(ADA, [ClaimJudged(claim="k1", verdict="accepted")])

    assert verify_case(ledger, Objects(case / "objects"), progress=append).entries == 9
    assert len(ledger) == 11
