"""Who can open what is sealed, when somebody comes, when somebody leaves, and when all but one key is lost."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from uncounted.case import Case, members, sealing
from uncounted.case.drill import backup, drill
from uncounted.case.keyring import Keyring
from uncounted.ledger.sealed import new_key
from uncounted.ledger.verify import verify_case, verify_folder
from uncounted.model.errors import BadInput, Broken, NotFound, Refused
from uncounted.model.facts import Agent, DrillHeld, SealsRenewed

ADA = Agent("person", "Ada")
SECRET = "Invented Witness, +00 000 0001"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case.create(tmp_path / "case", "Invented", ADA, invented=True)
    sealing.make_key(case, tmp_path / "lead", "Ada", role="lead")
    sealing.make_key(case, tmp_path / "officer", "Ada", holder="Officer", role="protection_officer")
    sealing.seal(case, ADA, "c1", "identity", SECRET, pseudonym="S-1")
    return case


def opens(case: Case, key: Path) -> bool:
    try:
        return sealing.unseal(case, "c1", "identity", key) == SECRET
    except Refused:
        return False


def test_what_is_sealed_opens_for_every_role(case: Case, tmp_path: Path) -> None:
    assert opens(case, tmp_path / "lead")
    assert opens(case, tmp_path / "officer")
    assert {one.role for one in case.views.recipients().values()} == {"lead", "protection_officer"}


def test_a_later_key_opens_older_values_once_they_are_encrypted_anew(case: Case, tmp_path: Path) -> None:
    sealing.make_key(case, tmp_path / "recovery", "Ada", role="recovery")
    assert not opens(case, tmp_path / "recovery")
    members.rekey(case, "Ada", tmp_path / "lead")
    assert opens(case, tmp_path / "recovery")


def test_who_leaves_opens_nothing_any_more_and_the_commitments_stay(case: Case, tmp_path: Path) -> None:
    before, boxes = list(case.ledger.lines()), case.ledger.boxes()
    ciphertext = case.ledger.box(boxes[0])
    done = members.rekey(case, "Ada", tmp_path / "lead", without="Officer", reason="left the project")
    assert (done.boxes, done.holders) == (1, ("Ada",))
    assert opens(case, tmp_path / "lead")
    assert not opens(case, tmp_path / "officer")
    assert list(case.ledger.lines())[: len(before)] == before
    assert case.ledger.boxes() == boxes
    assert isinstance(list(case.ledger.entries())[-1].fact, SealsRenewed)
    assert ciphertext
    held = b"".join(path.read_bytes() for path in case.folder.iterdir() if path.is_file())
    assert ciphertext[100:] not in held
    verify_case(case.ledger, case.objects)


def test_the_last_recipient_stays_and_a_stranger_cannot_encrypt_anew(case: Case, tmp_path: Path) -> None:
    members.rekey(case, "Ada", tmp_path / "lead", without="Officer")
    with pytest.raises(Refused, match="nobody else"):
        members.rekey(case, "Ada", tmp_path / "lead", without="Ada")
    with pytest.raises(NotFound):
        members.rekey(case, "Ada", tmp_path / "lead", without="Nobody")
    new_key(tmp_path / "stranger")
    with pytest.raises(Refused, match="no key given opens it"):
        members.rekey(case, "Ada", tmp_path / "stranger")
    with pytest.raises(BadInput):
        sealing.admit(case, "Ada", "age1nonsense", "Nobody")


def test_a_key_file_with_a_passphrase_opens_with_it_alone(case: Case, tmp_path: Path) -> None:
    sealing.make_key(case, tmp_path / "locked", "Ada", passphrase="correct horse")
    members.rekey(case, "Ada", tmp_path / "lead")
    assert b"AGE-SECRET-KEY" not in (tmp_path / "locked").read_bytes()
    assert sealing.unseal(case, "c1", "identity", tmp_path / "locked", "correct horse") == SECRET
    for wrong in (None, "", "wrong"):
        with pytest.raises(Refused, match="passphrase"):
            sealing.unseal(case, "c1", "identity", tmp_path / "locked", wrong)


def test_a_keyring_forgets_its_keys_when_nobody_uses_them(tmp_path: Path) -> None:
    new_key(tmp_path / "key")
    now = [0.0]
    ring = Keyring(tmp_path / "key", idle=300, clock=lambda: now[0])
    assert ring.locked
    ring.unlock()
    now[0] = 299
    assert ring.keys()
    now[0] = 299 + 299
    assert ring.left == 1
    now[0] = 299 + 300
    with pytest.raises(Refused, match="5 idle minutes"):
        ring.keys()
    ring.unlock()
    ring.lock()
    assert ring.left == 0


def test_a_drill_restores_verifies_and_opens_all_with_the_offline_key_alone(case: Case, tmp_path: Path) -> None:
    sealing.make_key(case, tmp_path / "recovery", "Ada", role="recovery")
    (tmp_path / "place").mkdir()
    with pytest.raises(Refused, match="no key given opens it"):
        drill(case, "Ada", tmp_path / "recovery", place=tmp_path / "place")
    members.rekey(case, "Ada", tmp_path / "lead")
    done = drill(case, "Ada", tmp_path / "recovery", place=tmp_path / "place")
    assert (done.opened, done.entries) == (1, len(case.ledger) - 1)
    fact = list(case.ledger.entries())[-1].fact
    assert isinstance(fact, DrillHeld)
    assert fact.root == done.root
    assert list((tmp_path / "place").iterdir()) == []


def test_a_drill_on_a_damaged_case_says_what_is_broken_and_records_nothing(case: Case, tmp_path: Path) -> None:
    name = case.objects.put(b"invented")
    from uncounted.model.facts import PolicyAdopted

    case.record(ADA, PolicyAdopted(name="literal", object=name))
    case.objects.path(name).chmod(0o600)
    case.objects.path(name).write_bytes(b"altered!")
    before = len(case.ledger)
    with pytest.raises(Broken, match=name):
        drill(case, "Ada", tmp_path / "lead")
    assert len(case.ledger) == before


def test_a_backup_is_a_case_of_its_own_and_is_not_written_over(case: Case, tmp_path: Path) -> None:
    backup(case, tmp_path / "copy")
    assert verify_folder(tmp_path / "copy").entries == len(case.ledger)
    with Case(tmp_path / "copy") as copy:
        assert opens(copy, tmp_path / "officer")
    with pytest.raises(Refused):
        backup(case, tmp_path / "copy")


def test_a_case_of_the_first_release_seals_to_those_its_file_names(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case", "Invented", ADA)
    (case.folder / "recipients.txt").write_text(new_key(tmp_path / "key") + "\n")
    sealing.seal(case, ADA, "c1", "identity", SECRET)
    assert opens(case, tmp_path / "key")


def test_with_a_key_that_does_not_open_all_nobody_leaves(case: Case, tmp_path: Path) -> None:
    sealing.make_key(case, tmp_path / "late", "Ada", holder="Late")
    before = len(case.ledger)
    with pytest.raises(Refused, match="no key given opens it"):
        members.rekey(case, "Ada", tmp_path / "late", without="Officer")
    assert len(case.ledger) == before
    assert members.rekey(case, "Ada", tmp_path / "lead", without="Officer").holders == ("Ada", "Late")


def test_a_file_that_cannot_be_swept_of_older_ciphertexts_is_said_to_hold_them(case: Case, tmp_path: Path) -> None:
    reader = sqlite3.connect(case.ledger.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM facts").fetchone()
    case.ledger._db.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(Refused, match="may still hold pieces of the older ciphertexts") as refused:
        members.rekey(case, "Ada", tmp_path / "lead", without="Officer")
    assert "rekey" in refused.value.remedy
    assert not opens(case, tmp_path / "officer")
    assert isinstance(list(case.ledger.entries())[-1].fact, SealsRenewed)
    reader.close()
    members.rekey(case, "Ada", tmp_path / "lead")


def test_all_values_of_a_field_are_erased_and_none_is_left_in_the_report_as_it_came(case: Case, tmp_path: Path) -> None:
    for field, value in (("source_name", "Nib Madeup"), ("source_name", "Quill Inventson"), ("original", "Um9t")):
        sealing.seal(case, ADA, "c2", field, value)
    sealing.erase(case, ADA, "c2", "source_name", "asked for it")
    kept = [one.sealed.field for one in case.views.sealed() if one.sealed.subject == "c2" and one.erased is None]
    assert kept == []
    assert opens(case, tmp_path / "lead")
    with pytest.raises(NotFound, match="erased before"):
        sealing.erase(case, ADA, "c2", "source_name", "again")


def test_what_was_sealed_by_hand_is_erased_without_the_report_as_it_came(case: Case) -> None:
    sealing.seal(case, ADA, "c1", "original", "Um9t")
    sealing.erase(case, ADA, "c1", "identity", "asked for it")
    assert [one.sealed.field for one in case.views.sealed() if one.erased is None] == ["original"]


def test_a_backup_holds_all_that_the_case_goes_by(case: Case, tmp_path: Path) -> None:
    own = {
        "canaries.txt": "Planted Name\n", "profiles/strict.toml": "least = 5\n", "schemes/own.toml": "x = 1\n",
        "policies/own.toml": "y = 1\n", "accounts.json": "{}", "LICENSE": "Ask first.\n",
    }  # fmt: skip
    for name, words in own.items():
        (case.folder / name).parent.mkdir(exist_ok=True)
        (case.folder / name).write_text(words)
    (case.folder / "accounts.json").chmod(0o600)
    copy = backup(case, tmp_path / "copy")
    assert {name: (copy / name).read_text() for name in own} == own
    assert (copy / "accounts.json").stat().st_mode & 0o777 == 0o600
    assert not (copy / "views.sqlite").exists()


def test_a_backup_that_is_cut_short_never_passes_for_a_whole_one(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    case.objects.put(b"invented")
    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(Refused, match="No space left"):
        backup(case, tmp_path / "place" / "copy")
    assert list((tmp_path / "place").iterdir()) == []


def test_a_backup_lies_elsewhere_and_is_its_owners_alone(case: Case, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="lose its backup"):
        backup(case, case.folder / "copy")
    copy = backup(case, tmp_path / "copy")
    assert copy.stat().st_mode & 0o777 == 0o700
    assert (copy / "ledger.sqlite").stat().st_mode & 0o777 == 0o600
