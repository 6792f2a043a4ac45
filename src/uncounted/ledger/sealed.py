"""Sealed fields: what could give a source away lies outside the facts, encrypted, and can be erased.

The fact holds a salted commitment, SHA-256(salt ‖ value) with 32 random bytes of salt. Salt and value are encrypted
together with age (https://age-encryption.org/v1): whoever had the salt could try all phone numbers in a second.
"""

import hashlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyrage

from uncounted.ledger.protocol import Ledger
from uncounted.model.errors import BadInput, Broken, NotFound, Refused
from uncounted.model.evidence import Sealed
from uncounted.model.facts import Agent, Entry, FieldSealed

AGE = b"age-encryption.org/v1"
"""How every age file begins."""

SALT = 32
"""Bytes of salt."""

Key = Any
"""An age identity (``pyrage.x25519.Identity``); the library ships no types."""

_age: Any = pyrage


def new_key(path: Path, passphrase: str | None = None) -> str:
    """Make an age key file (mode 0600) and return its public half (``age1…``); ``Refused`` if the file exists.

    With a passphrase the file is itself encrypted (age, scrypt): whoever finds it needs the passphrase too. Keep the
    file apart from the case: whoever has both can read what is sealed, and nobody can without it.
    """
    identity = _age.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(f"key file {path}", "it exists already", "Choose another name; a key is never replaced") from None
    body = f"# public key: {public}\n{identity}\n".encode()
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(_age.passphrase.encrypt(body, passphrase) if passphrase else body)
        stream.flush()
        os.fsync(stream.fileno())
    return public


def needs_passphrase(path: Path) -> bool:
    """Say whether a key file is encrypted with a passphrase."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(AGE)) == AGE
    except FileNotFoundError:
        raise NotFound(f"key file {path}", "there is no such file") from None


def read_keys(path: Path, passphrase: str | None = None) -> tuple[Key, ...]:
    """Return the keys of an age key file; lines that start with ``#`` are comments.

    ``Refused`` when the file needs a passphrase and none, or another, is given.
    """
    if needs_passphrase(path):
        if not passphrase:
            raise Refused(f"key file {path}", "it is encrypted with a passphrase", "Give the passphrase")
        try:
            body: bytes = _age.passphrase.decrypt(path.read_bytes(), passphrase)
        except _age.DecryptError:
            raise Refused(f"key file {path}", "this passphrase does not open it") from None
    else:
        body = path.read_bytes()
    return keys_in(body.decode(errors="replace"), f"key file {path}")


def keys_in(text: str, thing: str = "key") -> tuple[Key, ...]:
    """Return the keys in a key file's text; ``thing`` is what a message calls it. ``BadInput`` if it holds none."""
    try:
        keys = tuple(_age.x25519.Identity.from_str(line.strip()) for line in _said(text.splitlines()))
    except _age.IdentityError as fault:
        raise BadInput(thing, "it holds a line that is no age key") from fault
    if not keys:
        raise BadInput(thing, "it holds no age key")
    return keys


def public_of(key: Key) -> str:
    """Return the public half (``age1…``) of a key."""
    return str(key.to_public())


def read_recipients(path: Path) -> tuple[str, ...]:
    """Return the public keys of a recipients file, one a line; an absent file has none."""
    if not path.exists():
        return ()
    return tuple(line.strip() for line in _said(path.read_text().splitlines()))


def commitment(salt: bytes, value: str) -> str:
    """SHA-256 of salt and value (UTF-8), in hex."""
    return hashlib.sha256(salt + value.encode()).hexdigest()


class Vault:
    """Seals values to the case's recipients (age public keys) and opens them with a key."""

    def __init__(self, ledger: Ledger, recipients: Sequence[str] = ()) -> None:
        self.ledger = ledger
        try:
            self._recipients = [_age.x25519.Recipient.from_str(name) for name in recipients]
        except _age.RecipientError as fault:
            raise BadInput("recipients", "one of them is no age public key (age1…)") from fault

    def seal(self, by: Agent, subject: str, field: str, value: str, *, pseudonym: str | None = None) -> Entry:
        """Put a value under seal and record its commitment, in one transaction.

        ``subject`` is what the field belongs to (a capture's id), ``field`` its name (``identity``, ``contact``).
        ``Refused`` if the case has no recipients: a value that nobody can open must not be lost in silence, and one
        that everybody can open is not sealed.
        """
        fact, box = self.closed(subject, field, value, pseudonym=pseudonym)
        (entry,) = self.ledger.append(by, [fact], boxes={fact.sealed.commitment: box})
        return entry

    def closed(
        self, subject: str, field: str, value: str, *, pseudonym: str | None = None
    ) -> tuple[FieldSealed, bytes]:
        """A value's commitment as a fact, and its box, to be recorded together; ``Refused`` as in :meth:`seal`."""
        if not self._recipients:
            rule = "the case has no recipients to encrypt it to"
            raise Refused(f"field {field} of {subject}", rule, "Make a key and add its public half to the case first")
        salt = secrets.token_bytes(SALT)
        name = commitment(salt, value)
        box: bytes = _age.encrypt(salt + value.encode(), self._recipients)
        return FieldSealed(sealed=Sealed(subject=subject, field=field, commitment=name, pseudonym=pseudonym)), box

    def unseal(self, name: str, keys: Sequence[Key]) -> str:
        """Return the value under a commitment.

        ``NotFound`` if it was erased or never kept, ``Refused`` if no key opens it, ``Broken`` if what is inside is
        not what was committed to.
        """
        return _checked(name, _opened(self.ledger, name, keys))

    def erase(self, by: Agent, name: str, reason: str) -> Entry:
        """Delete value and salt for good; the commitment and every proof still stand."""
        return self.ledger.erase(by, name, reason)


def reseal(ledger: Ledger, keys: Sequence[Key], recipients: Sequence[str]) -> dict[str, bytes]:
    """Return every box encrypted anew to ``recipients``, for ``rebox``; each is opened and checked on the way."""
    to = [_age.x25519.Recipient.from_str(name) for name in recipients]
    boxes = {}
    for name in ledger.boxes():
        inside = _opened(ledger, name, keys)
        _checked(name, inside)
        boxes[name] = _age.encrypt(inside, to)
    return boxes


def _opened(ledger: Ledger, name: str, keys: Sequence[Key]) -> bytes:
    box = ledger.box(name)
    if box is None:
        raise NotFound(f"sealed value {name}", "it is not kept here, or was erased")
    try:
        inside: bytes = _age.decrypt(box, list(keys))
    except _age.DecryptError as fault:
        raise Refused(f"sealed value {name}", f"no key given opens it ({fault})") from fault
    return inside


def _checked(name: str, inside: bytes) -> str:
    value = inside[SALT:].decode(errors="replace")
    if hashlib.sha256(inside).hexdigest() != name:
        raise Broken(f"sealed value {name}", "what is inside is not what was committed to")
    return value


def _said(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
