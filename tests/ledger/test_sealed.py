from pathlib import Path

import pytest

from uncounted.ledger.lines import encode
from uncounted.ledger.sealed import Vault, new_key, read_keys, read_recipients, reseal
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.facts import Agent, FieldSealed

ADA = Agent("person", "Ada")
SECRET = "Invented Witness, +00 000 0001, ٠١٢"


@pytest.fixture
def ledger(tmp_path: Path) -> SqliteLedger:
    return SqliteLedger.create(tmp_path / "ledger.sqlite")


def commitment(ledger: SqliteLedger) -> str:
    (fact,) = [e.fact for e in ledger.entries() if isinstance(e.fact, FieldSealed)][-1:]
    return fact.sealed.commitment


def test_a_sealed_value_opens_with_the_key_and_is_nowhere_in_the_case(ledger: SqliteLedger, tmp_path: Path) -> None:
    vault = Vault(ledger, [new_key(tmp_path / "key")])
    entry = vault.seal(ADA, "c1", "contact", SECRET, pseudonym="S-1")
    assert isinstance(entry.fact, FieldSealed)
    assert entry.fact.sealed.pseudonym == "S-1"
    assert vault.unseal(entry.fact.sealed.commitment, read_keys(tmp_path / "key")) == SECRET
    assert b"Witness" not in encode(entry)
    for file in tmp_path.iterdir():
        assert SECRET.encode() not in file.read_bytes()


def test_the_same_value_twice_gives_two_commitments(ledger: SqliteLedger, tmp_path: Path) -> None:
    vault = Vault(ledger, [new_key(tmp_path / "key")])
    vault.seal(ADA, "c1", "contact", SECRET)
    first = commitment(ledger)
    vault.seal(ADA, "c2", "contact", SECRET)
    assert commitment(ledger) != first


def test_without_recipients_nothing_is_sealed(ledger: SqliteLedger) -> None:
    with pytest.raises(Refused, match="no recipients"):
        Vault(ledger).seal(ADA, "c1", "contact", SECRET)
    assert len(ledger) == 0


def test_another_key_does_not_open_it(ledger: SqliteLedger, tmp_path: Path) -> None:
    Vault(ledger, [new_key(tmp_path / "key")]).seal(ADA, "c1", "contact", SECRET)
    new_key(tmp_path / "other")
    with pytest.raises(Refused, match="no key given opens it"):
        Vault(ledger).unseal(commitment(ledger), read_keys(tmp_path / "other"))


def test_erasing_leaves_every_line_and_proof_and_no_value(ledger: SqliteLedger, tmp_path: Path) -> None:
    vault = Vault(ledger, [new_key(tmp_path / "key")])
    vault.seal(ADA, "c1", "contact", SECRET)
    root, lines, name = ledger.root(), list(ledger.lines()), commitment(ledger)
    vault.erase(ADA, name, "asked to be forgotten")
    assert ledger.root(1) == root
    assert list(ledger.lines(0, 1)) == lines
    with pytest.raises(NotFound):
        vault.unseal(name, read_keys(tmp_path / "key"))
    with pytest.raises(NotFound):
        vault.erase(ADA, name, "again")


def test_encrypting_anew_shuts_out_a_member_who_left(ledger: SqliteLedger, tmp_path: Path) -> None:
    stays, leaves = new_key(tmp_path / "stays"), new_key(tmp_path / "leaves")
    Vault(ledger, [stays, leaves]).seal(ADA, "c1", "contact", SECRET)
    ledger.rebox(reseal(ledger, read_keys(tmp_path / "stays"), [stays]))
    assert Vault(ledger).unseal(commitment(ledger), read_keys(tmp_path / "stays")) == SECRET
    with pytest.raises(Refused):
        Vault(ledger).unseal(commitment(ledger), read_keys(tmp_path / "leaves"))


def test_a_key_file_is_the_owners_alone_and_never_replaced(tmp_path: Path) -> None:
    public = new_key(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert public in (tmp_path / "key").read_text()
    with pytest.raises(Refused):
        new_key(tmp_path / "key")


def test_key_and_recipient_files_say_what_is_wrong_with_them(ledger: SqliteLedger, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_keys(tmp_path / "none")
    (tmp_path / "empty").write_text("# nothing\n")
    (tmp_path / "words").write_text("hello\n")
    for name in ("empty", "words"):
        with pytest.raises(BadInput):
            read_keys(tmp_path / name)
    assert read_recipients(tmp_path / "none") == ()
    assert read_recipients(tmp_path / "words") == ("hello",)
    with pytest.raises(BadInput):
        Vault(ledger, ["hello"])
