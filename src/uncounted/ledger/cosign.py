"""Cosignatures (C2SP tlog-cosignature v1): a colleague signs that they saw a checkpoint, and when.

A colleague who cosigns remembers the newest checkpoint that they saw of a ledger and cosigns only what continues it, so
their signature says too that nothing was rewritten since. It goes by file: no network is needed.
"""

import base64
import hashlib
import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from uncounted.ledger import merkle
from uncounted.ledger.checkpoint import read_checkpoint
from uncounted.ledger.notes import Signer
from uncounted.model.errors import BadInput, Broken, Refused

COSIGNATURE = b"\x04"
"""The note format's byte for a timestamped Ed25519 cosignature."""


class Cosigned(msgspec.Struct, frozen=True, kw_only=True):
    """Who cosigned a checkpoint, and when by their clock (RFC 3339, UTC)."""

    name: str
    at: str


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """The newest checkpoint of one ledger that a colleague cosigned; ``root`` in hex."""

    size: int
    root: str


def cosigner_key(signer: Signer) -> str:
    """The verifier key of a cosigner: ``name+id+base64`` with the byte for cosignatures."""
    public = signer.public.raw
    return f"{signer.name}+{_id(signer.name, public).hex()}+{base64.b64encode(COSIGNATURE + public).decode()}"


def write_request(old: int, path: tuple[bytes, ...], note: str) -> str:
    """A checkpoint with the proof that it continues the one of size ``old`` (the body of C2SP tlog-witness)."""
    return "\n".join([f"old {old}", *(base64.b64encode(one).decode() for one in path)]) + "\n\n" + note


def cosign(request: str, signer: Signer, memory: Path, *, at: int | None = None) -> str:
    """Cosign the checkpoint in a request and return its note with the cosignature.

    ``memory`` is the cosigner's own file of what they saw; ``at`` seconds since 1970, the clock's if not given.
    ``Refused`` when the checkpoint does not continue the newest one seen of that ledger.
    """
    head, blank, note = request.partition("\n\n")
    lines = head.split("\n")
    if not blank or not re.fullmatch(r"old (0|[1-9][0-9]{0,18})", lines[0]):
        raise BadInput(
            "request", "it is no checkpoint with a proof", "Make one with: uncounted checkpoint --since SIZE"
        )
    text = note.rpartition("\n\n")[0] + "\n"
    checkpoint = read_checkpoint(text)
    seen = _remembered(memory)
    before = seen.get(checkpoint.origin)
    if before is not None:
        old = int(lines[0][4:])
        path = [base64.b64decode(line, validate=True) for line in lines[1:]]
        root = bytes.fromhex(before.root)
        thing = f"checkpoint of {checkpoint.origin} at size {checkpoint.size}"
        if old != before.size:
            remedy = f"Ask for: uncounted checkpoint --since {before.size}"
            raise Refused(thing, f"the newest one that you cosigned has size {before.size}, not {old}", remedy)
        if not merkle.verify_consistency(old, checkpoint.size, path, root, checkpoint.root):
            raise Refused(thing, f"it does not continue the one that you cosigned at size {before.size}",
                          "Facts were rewritten or cut off: keep both, and ask")  # fmt: skip
    moment = int(time.time()) if at is None else at
    signature = Ed25519PrivateKey.from_private_bytes(signer.seed).sign(_signed(text, moment))
    raw = _id(signer.name, signer.public.raw) + moment.to_bytes(8, "big") + signature
    seen[checkpoint.origin] = Seen(size=checkpoint.size, root=checkpoint.root.hex())
    _remember(memory, seen)
    return f"{note}— {signer.name} {base64.b64encode(raw).decode()}\n"


def check_cosigned(note: str, vkey: str) -> Cosigned:
    """Who of ``vkey`` cosigned a note's checkpoint, and when; ``Broken`` unless the cosignature holds."""
    name, public = _read_key(vkey)
    text, _, tail = note.rpartition("\n\n")
    for line in tail.splitlines():
        found = re.fullmatch(r"— (\S+) ([A-Za-z0-9+/=]+)", line)
        raw = base64.b64decode(found[2]) if found else b""
        if not found or found[1] != name or raw[:4] != _id(name, public) or len(raw) != 76:
            continue
        moment = int.from_bytes(raw[4:12], "big")
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw[12:], _signed(text + "\n", moment))
        except InvalidSignature:
            raise Broken("cosignature", f"that of {name} does not hold for this checkpoint") from None
        return Cosigned(name=name, at=datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z"))
    raise Broken("cosignature", f"{name} did not cosign this checkpoint", "Compare the key with the one they gave you")


def _signed(text: str, moment: int) -> bytes:
    return f"cosignature/v1\ntime {moment}\n{text}".encode()


def _id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + COSIGNATURE + public).digest()[:4]


def _read_key(vkey: str) -> tuple[str, bytes]:
    found = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", vkey.strip())
    raw = base64.b64decode(found[3]) if found else b""
    if not found or len(raw) != 33 or raw[:1] != COSIGNATURE or _id(found[1], raw[1:]).hex() != found[2]:
        raise BadInput(
            f"verifier key {vkey[:80]!r}", "it is no key of a cosigner", "They print it with: uncounted cosign"
        )
    return found[1], raw[1:]


def _remembered(memory: Path) -> dict[str, Seen]:
    try:
        return msgspec.json.decode(memory.read_bytes(), type=dict[str, Seen])
    except FileNotFoundError:
        return {}
    except msgspec.MsgspecError as fault:
        raise Broken(f"file {memory}", "it no longer tells which checkpoints you cosigned", "Restore it") from fault


def _remember(memory: Path, seen: dict[str, Seen]) -> None:
    scratch = memory.with_name(f"{memory.name}.{os.getpid()}")
    with scratch.open("wb") as stream:
        stream.write(msgspec.json.encode(seen))
        stream.flush()
        os.fsync(stream.fileno())
    scratch.replace(memory)
