"""Signed notes (C2SP signed-note v1) with Ed25519: a text, a blank line, and who signed it."""

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from uncounted.model.errors import BadInput, Broken, NotFound, Refused

ED25519 = b"\x01"
"""The note format's byte for plain Ed25519 signatures."""

_MOST_SIGNATURES = 100


class PublicKey(msgspec.Struct, frozen=True, kw_only=True):
    """Who can be held to have signed: a name, and 32 bytes of Ed25519 public key."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which signature lines name the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    def __str__(self) -> str:
        """Return the verifier key (vkey): ``name+id+base64``."""
        return f"{self.name}+{self.id.hex()}+{_base64(ED25519 + self.raw)}"


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs: a name and 32 bytes of Ed25519 secret."""

    name: str
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """The key that others verify with."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return PublicKey(name=self.name, raw=private.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        """Return a form that does not give the secret away."""
        return f"Signer({self.name!r})"


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A note that was opened: its text, and the keys known to us whose signatures hold."""

    text: str
    by: tuple[PublicKey, ...]


def new_signing_key(path: Path, name: str) -> PublicKey:
    """Make a signing key file (mode 0600, one line ``PRIVATE+KEY+name+id+base64``) and return its public key.

    ``name`` has no space and no plus; a schema-less URL such as ``example.org/case`` is usual. ``Refused`` if the
    file exists.
    """
    if not name or "+" in name or any(c.isspace() or ord(c) < 32 for c in name):
        raise BadInput(f"key name {name!r}", "a key's name is not empty and has no space and no plus")
    signer = Signer(name=name, seed=os.urandom(32))
    line = f"PRIVATE+KEY+{name}+{signer.public.id.hex()}+{_base64(ED25519 + signer.seed)}\n"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(f"key file {path}", "it exists already", "Choose another name; a key is never replaced") from None
    with os.fdopen(descriptor, "w") as stream:
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())
    return signer.public


def read_signing_key(path: Path) -> Signer:
    """Return the signer of a key file; ``BadInput`` if it holds none."""
    try:
        words = path.read_text().strip()
    except FileNotFoundError:
        raise NotFound(f"key file {path}", "there is no such file") from None
    found = re.fullmatch(r"PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", words)
    raw = _bytes(found[3]) if found else None
    if not found or raw is None or len(raw) != 33 or raw[:1] != ED25519:
        raise BadInput(f"key file {path}", "it is no Ed25519 signing key of a note")
    signer = Signer(name=found[1], seed=raw[1:])
    if signer.public.id.hex() != found[2]:
        raise Broken(f"key file {path}", "its name and its key do not belong together")
    return signer


def read_vkey(vkey: str) -> PublicKey:
    """Return the public key that a verifier key spells; ``BadInput`` if it is none or contradicts itself."""
    found = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", vkey.strip())
    raw = _bytes(found[3]) if found else None
    if not found or raw is None or len(raw) != 33 or raw[:1] != ED25519:
        raise BadInput(f"verifier key {vkey[:80]!r}", "it is not of the form name+id+base64 of an Ed25519 key")
    key = PublicKey(name=found[1], raw=raw[1:])
    if key.id.hex() != found[2]:
        raise BadInput(f"verifier key {vkey[:80]!r}", "its id does not belong to its name and key")
    return key


def sign(text: str, signers: Sequence[Signer]) -> str:
    """Return the signed note of a text, which ends in a newline and has no other control characters."""
    if not text.endswith("\n") or any(ord(c) < 32 and c != "\n" for c in text):
        raise BadInput("note", "its text ends in a newline and holds no other control characters")
    return text + "\n" + "".join(map(_line, [text] * len(signers), signers))


def _line(text: str, signer: Signer) -> str:
    signature = Ed25519PrivateKey.from_private_bytes(signer.seed).sign(text.encode())
    return f"— {signer.name} {_base64(signer.public.id + signature)}\n"


def open_note(note: str, keys: Iterable[PublicKey]) -> Note:
    """Return a note's text and who of ``keys`` signed it. Signatures by others are passed over.

    ``Broken`` if the note is malformed, if a signature by a known key does not hold, or if none is by a known key.
    """
    known = {(key.name, key.id): key for key in keys}
    head, blank, tail = note.rpartition("\n\n")
    lines = tail.split("\n")
    if not blank or lines.pop() != "" or not 1 <= len(lines) <= _MOST_SIGNATURES:
        raise Broken("note", "it is not a text, a blank line and signatures")
    if any(ord(c) < 32 and c != "\n" for c in note):
        raise Broken("note", "it holds control characters")
    text, by = head + "\n", []
    for line in lines:
        found = re.fullmatch(r"— ([^+\s]+) ([A-Za-z0-9+/=]+)", line)
        raw = _bytes(found[2]) if found else None
        if not found or raw is None or len(raw) < 5:
            raise Broken("note", "one of its signature lines is malformed")
        if key := known.get((found[1], raw[:4])):
            try:
                Ed25519PublicKey.from_public_bytes(key.raw).verify(raw[4:], text.encode())
            except InvalidSignature:
                raise Broken("note", f"the signature of {key.name} does not hold for its text") from None
            by.append(key)
    if not by:
        raise Broken("note", "nobody known to us signed it", "Compare the key with the one its owner gives")
    return Note(text=text, by=tuple(dict.fromkeys(by)))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes | None:
    """Decode base64 strictly: the one encoding of these bytes, or ``None``."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if _base64(data) == text else None
