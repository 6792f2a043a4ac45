"""A colleague signs what they saw, and only what continues what they saw before."""

from pathlib import Path

import pytest

from tests.ledger.samples import ADA
from uncounted.ledger.checkpoint import Checkpoint, checkpoint_text
from uncounted.ledger.cosign import check_cosigned, cosign, cosigner_key, write_request
from uncounted.ledger.notes import Signer, sign
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.model.errors import BadInput, Broken, Refused
from uncounted.model.facts import ClaimJudged

OWNER = Signer(name="example.org/case", seed=b"o" * 32)
FRIEND = Signer(name="example.org/friend", seed=b"f" * 32)


@pytest.fixture
def ledger(tmp_path: Path) -> SqliteLedger:
    return SqliteLedger.create(tmp_path / "ledger.sqlite")


def grown(ledger: SqliteLedger, count: int, word: str = "k") -> None:
    ledger.append(ADA, [ClaimJudged(claim=f"{word}{n}", verdict="accepted") for n in range(count)])


def request(ledger: SqliteLedger, since: int) -> str:
    checkpoint = Checkpoint(origin=OWNER.name, size=len(ledger), root=ledger.root())
    return write_request(since, ledger.consistency(since), sign(checkpoint_text(checkpoint), [OWNER]))


def test_a_cosignature_says_who_saw_it_and_when(ledger: SqliteLedger, tmp_path: Path) -> None:
    grown(ledger, 3)
    note = cosign(request(ledger, 0), FRIEND, tmp_path / "seen", at=1_780_000_000)
    found = check_cosigned(note, cosigner_key(FRIEND))
    assert (found.name, found.at) == (FRIEND.name, "2026-05-28T20:26:40Z")
    assert note.startswith(f"{OWNER.name}\n3\n")


def test_it_is_of_this_checkpoint_and_this_colleague(ledger: SqliteLedger, tmp_path: Path) -> None:
    grown(ledger, 3)
    note = cosign(request(ledger, 0), FRIEND, tmp_path / "seen")
    with pytest.raises(Broken, match="does not hold"):
        check_cosigned(note.replace("\n3\n", "\n4\n", 1), cosigner_key(FRIEND))
    with pytest.raises(Broken, match="did not cosign"):
        check_cosigned(note, cosigner_key(Signer(name=FRIEND.name, seed=b"x" * 32)))
    with pytest.raises(BadInput):
        check_cosigned(note, str(FRIEND.public))


def test_what_does_not_continue_the_last_one_seen_is_not_cosigned(ledger: SqliteLedger, tmp_path: Path) -> None:
    grown(ledger, 3)
    cosign(request(ledger, 0), FRIEND, tmp_path / "seen")
    grown(ledger, 4)
    cosign(request(ledger, 3), FRIEND, tmp_path / "seen")
    with pytest.raises(Refused, match="size 7, not 0"):
        cosign(request(ledger, 0), FRIEND, tmp_path / "seen")
    (tmp_path / "other").mkdir()
    rewritten = SqliteLedger.create(tmp_path / "other" / "ledger.sqlite")
    grown(rewritten, 9, "other")
    with pytest.raises(Refused, match="does not continue"):
        cosign(request(rewritten, 7), FRIEND, tmp_path / "seen")


def test_what_is_no_request_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="--since"):
        cosign("example.org/case\n3\n", FRIEND, tmp_path / "seen")
