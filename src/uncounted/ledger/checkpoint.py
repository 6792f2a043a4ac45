"""Checkpoints (C2SP tlog-checkpoint): a signed statement that the ledger had this size and this root.

A checkpoint that somebody else keeps is what shows later that facts were rewritten or cut off.
"""

import base64
import os
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from uncounted.ledger.notes import PublicKey, Signer, open_note, sign
from uncounted.ledger.objects import sync_folder
from uncounted.ledger.protocol import Ledger
from uncounted.model.errors import Broken, Refused


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """``origin`` names the ledger (its signing key's name), ``root`` is the RFC 6962 root of ``size`` entries."""

    origin: str
    size: int
    root: bytes


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """Return the note text of a checkpoint: origin, size, root in base64, a line each."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{base64.b64encode(checkpoint.root).decode()}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """Return what a checkpoint's note text says; extension lines are passed over, ``Broken`` if it is malformed."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] != "" or not all(lines[:-1]):
        raise Broken("checkpoint", "it is not three or more lines, none of them empty")
    origin, size, root = lines[:3]
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", size):
        raise Broken("checkpoint", f"its size {size[:30]!r} is not a number")
    if not re.fullmatch(r"[A-Za-z0-9+/]{43}=", root) or base64.b64encode(base64.b64decode(root)).decode() != root:
        raise Broken("checkpoint", "its root is not 32 bytes in base64")
    return Checkpoint(origin=origin, size=int(size), root=base64.b64decode(root))


def open_checkpoint(note: str, keys: Sequence[PublicKey]) -> Checkpoint:
    """Return the checkpoint of a signed note; ``Broken`` unless one of ``keys`` signed it and bears its origin."""
    opened = open_note(note, keys)
    checkpoint = read_checkpoint(opened.text)
    if checkpoint.origin not in {key.name for key in opened.by}:
        raise Broken(f"checkpoint of {checkpoint.origin}", "the ledger that it names did not sign it")
    return checkpoint


def check_against(ledger: Ledger, checkpoint: Checkpoint) -> None:
    """Raise ``Broken`` unless the ledger still begins with the entries that the checkpoint was made of."""
    thing = f"checkpoint of {checkpoint.origin} at size {checkpoint.size}"
    if checkpoint.size > len(ledger):
        raise Broken(thing, f"the ledger has only {len(ledger)} entries: later ones were cut off")
    if ledger.root(checkpoint.size) != checkpoint.root:
        raise Broken(thing, f"its root is not that of the ledger's first {checkpoint.size} entries: they were changed")


class Checkpoints:
    """The case's own signed checkpoints, one file each (``000000012345.checkpoint``), outside the database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def notes(self) -> list[str]:
        """Return all of them, the smallest size first."""
        return [path.read_text() for path in sorted(self.folder.glob("*.checkpoint"))]

    def sign(self, ledger: Ledger, signer: Signer) -> str:
        """Sign the ledger's present state, keep the note and return it.

        ``Refused`` while the ledger is not a continuation of every checkpoint signed before with this key.
        """
        for note in self.notes():
            try:
                check_against(ledger, open_checkpoint(note, [signer.public]))
            except Broken as fault:
                if "nobody known" not in fault.rule:
                    raise Refused("checkpoint", f"an earlier one contradicts the ledger ({fault})") from fault
        size = len(ledger)
        note = sign(checkpoint_text(Checkpoint(origin=signer.name, size=size, root=ledger.root(size))), [signer])
        self.folder.mkdir(parents=True, exist_ok=True)
        scratch = self.folder / f".{size:012}-{os.getpid()}"
        with scratch.open("w") as stream:
            stream.write(note)
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(self.folder / f"{size:012}.checkpoint")
        sync_folder(self.folder)
        sync_folder(self.folder.parent)
        return note

    def check(self, ledger: Ledger, keys: Sequence[PublicKey] = ()) -> int:
        """Check every kept checkpoint against the ledger; return how many there are.

        ``Broken`` names the first that does not hold. Without keys the signatures are not looked at.
        """
        notes = self.notes()
        for note in notes:
            if keys:
                check_against(ledger, open_checkpoint(note, keys))
            else:
                check_against(ledger, read_checkpoint(note.partition("\n\n")[0] + "\n"))
        return len(notes)
