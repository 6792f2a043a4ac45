"""A proof of one exhibit (C2SP tlog-proof v1): that a line stands in the ledger that a signed checkpoint names.

About a kilobyte; whoever has the line, the proof and the signer's key needs nothing else, and learns nothing else.
"""

import base64
import re
from collections.abc import Sequence

import msgspec

from uncounted.ledger import merkle
from uncounted.ledger.checkpoint import Checkpoint, check_against, open_checkpoint
from uncounted.ledger.notes import PublicKey
from uncounted.ledger.protocol import Ledger
from uncounted.model.errors import BadInput, Broken

HEADER = "c2sp.org/tlog-proof@v1"


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The entry's number, the hashes from its sibling upward, and the checkpoint's note."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str


def prove(ledger: Ledger, number: int, note: str, keys: Sequence[PublicKey]) -> str:
    """Return the ``.tlog-proof`` of entry ``number`` under a signed checkpoint of this ledger."""
    checkpoint = open_checkpoint(note, keys)
    check_against(ledger, checkpoint)
    if number >= checkpoint.size:
        rule = f"the checkpoint covers the first {checkpoint.size} entries only"
        raise BadInput(f"entry {number}", rule, "Sign a new checkpoint first")
    return write_proof(Proof(index=number, path=ledger.inclusion(number, checkpoint.size), checkpoint=note))


def write_proof(proof: Proof) -> str:
    """Return a proof's text."""
    lines = [HEADER, f"index {proof.index}", *(base64.b64encode(h).decode() for h in proof.path)]
    return "\n".join(lines) + "\n\n" + proof.checkpoint


def read_proof(text: str) -> Proof:
    """Return what a proof's text says; an ``extra`` line is passed over, ``Broken`` if it is malformed."""
    head, blank, note = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines.pop(0) != HEADER:
        raise Broken("proof", f"it does not begin with {HEADER}")
    if lines and lines[0].startswith("extra "):
        lines.pop(0)
    index = re.fullmatch(r"index (0|[1-9][0-9]{0,18})", lines.pop(0)) if lines else None
    if not index or not all(re.fullmatch(r"[A-Za-z0-9+/]{43}=", line) for line in lines) or len(lines) > 63:
        raise Broken("proof", "its index or one of its hashes is malformed")
    path = tuple(base64.b64decode(line) for line in lines)
    if [base64.b64encode(value).decode() for value in path] != lines:
        raise Broken("proof", "one of its hashes is malformed")
    return Proof(index=int(index[1]), path=path, checkpoint=note)


def verify_proof(text: str, line: bytes, keys: Sequence[PublicKey]) -> Checkpoint:
    """Return the checkpoint under which ``line`` (an entry's line, without its end) is proved; else ``Broken``."""
    proof = read_proof(text)
    checkpoint = open_checkpoint(proof.checkpoint, keys)
    leaf = merkle.leaf_hash(line)
    if not merkle.verify_inclusion(leaf, proof.index, checkpoint.size, proof.path, checkpoint.root):
        raise Broken(f"proof of entry {proof.index}", "it does not lead from the line to the checkpoint's root")
    return checkpoint
