from pathlib import Path

import pytest

from uncounted.ledger.checkpoint import (
    Checkpoint,
    Checkpoints,
    check_against,
    checkpoint_text,
    open_checkpoint,
    read_checkpoint,
)
from uncounted.ledger.contract import PERSON, facts
from uncounted.ledger.notes import Signer, sign
from uncounted.ledger.proof import HEADER, prove, read_proof, verify_proof, write_proof
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.model.errors import BadInput, Broken, Refused

ADA, BEN = Signer(name="example.org/case", seed=b"a" * 32), Signer(name="example.org/case", seed=b"b" * 32)


@pytest.fixture
def ledger(tmp_path: Path) -> SqliteLedger:
    made = SqliteLedger.create(tmp_path / "ledger.sqlite")
    made.append(PERSON, facts(11))
    return made


@pytest.fixture
def kept(tmp_path: Path) -> Checkpoints:
    return Checkpoints(tmp_path / "checkpoints")


def test_a_checkpoint_says_origin_size_and_root(ledger: SqliteLedger, kept: Checkpoints) -> None:
    note = kept.sign(ledger, ADA)
    checkpoint = open_checkpoint(note, [ADA.public])
    assert checkpoint == Checkpoint(origin="example.org/case", size=11, root=ledger.root())
    assert kept.notes() == [note]
    assert read_checkpoint(checkpoint_text(checkpoint) + "an extension\n") == checkpoint


def test_a_published_checkpoint_text_reads() -> None:
    # The example of https://c2sp.org/tlog-checkpoint.
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert checkpoint_text(read_checkpoint(text)) == text


ROOT = "A" * 43 + "=\n"


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", f"a\n01\n{ROOT}", "a\n1\nAAAA\n", f"a\n-1\n{ROOT}", f"a\n1\n{'A' * 42}B=\n", f"\n1\n{ROOT}"],
)
def test_a_malformed_checkpoint_is_broken(text: str) -> None:
    with pytest.raises(Broken):
        read_checkpoint(text)


def test_earlier_checkpoints_hold_while_the_ledger_grows(ledger: SqliteLedger, kept: Checkpoints) -> None:
    kept.sign(ledger, ADA)
    ledger.append(PERSON, facts(3))
    kept.sign(ledger, ADA)
    assert kept.check(ledger, [ADA.public]) == 2


def test_cutting_off_the_newest_entries_is_found(ledger: SqliteLedger, kept: Checkpoints, tmp_path: Path) -> None:
    kept.sign(ledger, ADA)
    shorter = SqliteLedger.create(tmp_path / "shorter.sqlite")
    for entry in ledger.entries(0, 8):
        shorter.append(entry.by, [entry.fact], at=entry.at)
    assert shorter.root() == ledger.root(8)
    with pytest.raises(Broken, match="later ones were cut off"):
        kept.check(shorter, [ADA.public])


def test_a_ledger_rewritten_as_a_whole_is_found_and_never_signed(
    kept: Checkpoints, ledger: SqliteLedger, tmp_path: Path
) -> None:
    kept.sign(ledger, ADA)
    other = SqliteLedger.create(tmp_path / "other.sqlite")
    other.append(PERSON, facts(11))
    with pytest.raises(Broken, match="they were changed"):
        kept.check(other, [ADA.public])
    with pytest.raises(Refused, match="contradicts"):
        kept.sign(other, ADA)


def test_a_checkpoint_signed_by_another_key_or_for_another_ledger_is_broken(
    ledger: SqliteLedger, kept: Checkpoints
) -> None:
    with pytest.raises(Broken):
        open_checkpoint(kept.sign(ledger, BEN), [ADA.public])
    foreign = sign(checkpoint_text(Checkpoint(origin="elsewhere", size=1, root=b"r" * 32)), [ADA])
    with pytest.raises(Broken, match="did not sign it"):
        open_checkpoint(foreign, [ADA.public])


def test_every_entry_is_proved_by_a_small_text(ledger: SqliteLedger, kept: Checkpoints) -> None:
    note = kept.sign(ledger, ADA)
    ledger.append(PERSON, facts(5))
    for number, line in enumerate(ledger.lines(0, 11)):
        proof = prove(ledger, number, note, [ADA.public])
        assert proof.startswith(HEADER + f"\nindex {number}\n")
        assert write_proof(read_proof(proof)) == proof
        assert len(proof) < 1000
        assert verify_proof(proof, line, [ADA.public]).size == 11
        with pytest.raises(Broken, match="does not lead"):
            verify_proof(proof, line + b" ", [ADA.public])
    with pytest.raises(BadInput, match="Sign a new checkpoint"):
        prove(ledger, 12, note, [ADA.public])


def test_every_altered_character_of_a_proof_is_found(ledger: SqliteLedger, kept: Checkpoints) -> None:
    proof = prove(ledger, 4, kept.sign(ledger, ADA), [ADA.public])
    (line,) = ledger.lines(4, 5)
    for at, character in enumerate(proof):
        for other in ("A" if character != "A" else "B", ""):
            with pytest.raises(Broken):
                verify_proof(proof[:at] + other + proof[at + 1 :], line, [ADA.public])


def test_extra_data_in_a_proof_is_passed_over(ledger: SqliteLedger, kept: Checkpoints) -> None:
    proof = prove(ledger, 4, kept.sign(ledger, ADA), [ADA.public])
    (line,) = ledger.lines(4, 5)
    assert verify_proof(proof.replace("index", "extra AAAA\nindex", 1), line, [ADA.public]).size == 11


def test_a_checkpoint_of_another_ledger_does_not_hold_for_this_one(ledger: SqliteLedger) -> None:
    with pytest.raises(Broken):
        check_against(ledger, Checkpoint(origin="o", size=3, root=b"r" * 32))
