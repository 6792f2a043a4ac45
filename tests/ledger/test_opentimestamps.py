"""Proofs in the OpenTimestamps format, written here by hand from its description."""

import hashlib

import pytest

from uncounted.ledger.opentimestamps import BITCOIN, MAGIC, PENDING, check_ots, read_ots
from uncounted.model.errors import BadInput, Broken

TEXT = b"uncounted/0123456789abcdef\n4\nAAAA\n"
DIGEST = hashlib.sha256(TEXT).digest()
HEAD = MAGIC + b"\x01\x08" + DIGEST
NONCE = bytes(range(16))
IN_BLOCK = hashlib.sha256(hashlib.sha256(b"left" + hashlib.sha256(DIGEST + NONCE).digest()).digest()).digest()
TIME = 1_780_000_000
HEADER = bytes(36) + IN_BLOCK + TIME.to_bytes(4, "little") + bytes(8)


def part(data: bytes) -> bytes:
    return bytes([len(data)]) + data


CALENDAR = b"\x00" + PENDING + part(part(b"https://calendar.example"))
BLOCK = b"\x00" + BITCOIN + part(b"\xc0\x84\x3d")
PROOF = (HEAD + b"\xf0" + part(NONCE) + b"\x08" + b"\xff" + CALENDAR
         + b"\xf1" + part(b"left") + b"\x08\x08" + BLOCK)  # fmt: skip


def test_a_proof_leads_to_its_calendar_and_its_block() -> None:
    digest, (calendar, block) = read_ots(PROOF)
    assert digest == DIGEST
    assert calendar.pending == "https://calendar.example"
    assert (block.height, block.digest) == (1_000_000, IN_BLOCK)


def test_the_time_is_that_of_a_block_whose_header_somebody_gave() -> None:
    assert check_ots(PROOF, TEXT, {}) is None
    assert check_ots(PROOF, TEXT, {1_000_000: HEADER}) == "2026-05-28T20:26:40Z"


def test_a_header_that_does_not_hold_it_and_a_text_that_it_is_not_of_are_found_out() -> None:
    with pytest.raises(Broken, match="block 1000000"):
        check_ots(PROOF, TEXT, {1_000_000: HEADER[:36] + bytes(32) + HEADER[68:]})
    with pytest.raises(Broken, match="another text"):
        check_ots(PROOF, TEXT + b"x", {})


@pytest.mark.parametrize(
    "proof", [b"", MAGIC, PROOF[:-1], PROOF + b"\x00", HEAD + b"\xaa", HEAD + b"\x08" * 400 + BLOCK, HEAD + b"\xf0\xff"]
)
def test_a_damaged_proof_is_named(proof: bytes) -> None:
    with pytest.raises(BadInput):
        read_ots(proof)
