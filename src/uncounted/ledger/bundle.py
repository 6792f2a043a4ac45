"""Bundles: a case as flat files that anyone can check, now or in decades, with or without this program.

A bundle is a folder of ``entries.jsonl``, ``objects/<sha256>``, a signed ``checkpoint``, the public ``key``,
``verify.py`` with ``VERIFY.md``, and a ``manifest`` that signs the SHA-256 of them all. Sealed values are never in it.
"""

import hashlib
import os
import re
from pathlib import Path

from uncounted.ledger import merkle
from uncounted.ledger.checkpoint import Checkpoint, checkpoint_text, open_checkpoint
from uncounted.ledger.lines import decode
from uncounted.ledger.notes import PublicKey, Signer, open_note, read_vkey, sign
from uncounted.ledger.objects import Objects
from uncounted.ledger.protocol import Ledger
from uncounted.ledger.verify import Passages, Progress, Verified, objects_of
from uncounted.model.errors import BadInput, Broken, NotEnough, NotFound, Refused

MANIFEST = "manifest"
FILES = ("entries.jsonl", "checkpoint", "key", "verify.py", "VERIFY.md")
_HERE = Path(__file__).parent


def export_bundle(
    ledger: Ledger, objects: Objects, target: Path, signer: Signer, *, progress: Progress | None = None
) -> Verified:
    """Write the whole case into a new folder and verify it there; ``Refused`` if the folder exists.

    ``Broken`` if an object that a fact names is missing or damaged.
    """
    if target.exists():
        raise Refused(f"bundle {target}", "it exists already", "Choose another name")
    size = len(ledger)
    if not size:
        raise NotEnough(f"bundle {target}", "the ledger holds no entry yet")
    (target / "objects").mkdir(parents=True)
    named = set[str]()
    with (target / "entries.jsonl").open("wb") as stream:
        for number, line in enumerate(ledger.lines(0, size)):
            stream.write(line + b"\n")
            named.update(objects_of(decode(line, number)))
            if progress and number % 256 == 0:
                progress(number, size)
    for name in sorted(named):
        (target / "objects" / name).write_bytes(objects.get(name))
    checkpoint = Checkpoint(origin=signer.name, size=size, root=ledger.root(size))
    (target / "checkpoint").write_text(sign(checkpoint_text(checkpoint), [signer]))
    (target / "key").write_text(f"{signer.public}\n")
    (target / "verify.py").write_bytes((_HERE / "standalone.py").read_bytes())
    (target / "VERIFY.md").write_bytes((_HERE / "VERIFY.md").read_bytes())
    (target / MANIFEST).write_text(sign(_manifest(target), [signer]))
    for path in (*target.rglob("*"), target):
        _synced(path)
    return verify_bundle(target, signer.public, progress=progress)


def verify_bundle(folder: Path, key: PublicKey | None = None, *, progress: Progress | None = None) -> Verified:
    """Check a bundle against the signer's key, or its own if none is given; ``Broken`` names the first broken thing."""
    key = key or _own_key(folder)
    signed = open_note(_text(folder, MANIFEST), [key]).text
    listed = _listed(signed)
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_symlink() or not p.is_dir()}
    if gone := {*listed, MANIFEST} - there:
        raise Broken(f"file {min(gone)}", "the manifest names it, but it is not in the bundle")
    if added := there - {*listed, MANIFEST}:
        raise Broken(f"file {min(added)}", "the manifest does not name it")
    for name, digest in listed.items():
        _check_file(folder / name, name, digest)
    for name in set(FILES) - set(listed):
        raise Broken(f"file {name}", "every bundle has it, but this manifest does not name it")
    checkpoint = open_checkpoint(_text(folder, "checkpoint"), [key])
    found = _check_entries(folder, checkpoint, {name[8:] for name in listed if name.startswith("objects/")}, progress)
    return found


def _check_entries(folder: Path, checkpoint: Checkpoint, kept: set[str], progress: Progress | None) -> Verified:
    tree, named, passages = merkle.Growing(), set[str](), Passages(FlatObjects(folder / "objects"))
    with (folder / "entries.jsonl").open("rb") as stream:
        for number, line in enumerate(stream):
            if not line.endswith(b"\n"):
                raise Broken(f"entry {number}", "its line has no end")
            entry = decode(line[:-1], number)
            tree.add(merkle.leaf_hash(line[:-1]))
            named.update(objects_of(entry))
            if missing := set(objects_of(entry)) - kept:
                raise Broken(f"object {min(missing)}", f"entry {number} names it, but it is not in the bundle")
            passages.check(entry)
            if progress and number % 256 == 0:
                progress(number, checkpoint.size)
    if (tree.size, tree.root()) != (checkpoint.size, checkpoint.root):
        raise Broken("entries.jsonl", f"its {tree.size} entries are not those that the checkpoint was made of")
    if stray := kept - named:
        raise Broken(f"object {min(stray)}", "no entry names it")
    return Verified(entries=tree.size, root=tree.root().hex(), objects=len(named), passages=passages.checked)


class FlatObjects(Objects):
    """Objects that lie in one folder, as in a bundle; for reading alone."""

    def path(self, name: str) -> Path:
        """Return where the object of that name lies."""
        return self.folder / super().path(name).relative_to(self.folder).as_posix().replace("/", "")

    def put(self, data: bytes) -> str:
        """Refuse: a bundle is not added to."""
        raise Refused(f"bundle {self.folder.parent}", "nothing is added to a bundle")


def _manifest(folder: Path) -> str:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    digests = (_digest(folder / name) for name in names)
    return "".join(f"{digest}  {name}\n" for digest, name in zip(digests, names, strict=True))


def _listed(text: str) -> dict[str, str]:
    """Return file names and their SHA-256 from a manifest; ``Broken`` if it names what no bundle holds."""
    listed: dict[str, str] = {}
    for line in text.splitlines():
        digest, name = line[:64], line[66:]
        proper = name in FILES or name == f"objects/{digest}"
        if not re.fullmatch(r"[0-9a-f]{64}", digest) or line[64:66] != "  " or not proper or name in listed:
            raise Broken(MANIFEST, f"the line {line[:100]!r} has no place in it")
        listed[name] = digest
    return listed


def _check_file(path: Path, name: str, digest: str) -> None:
    if path.is_symlink() or not path.is_file():
        raise Broken(f"file {name}", "it is not a plain file")
    if _digest(path) != digest:
        thing = f"object {digest}" if name.startswith("objects/") else f"file {name}"
        raise Broken(thing, "its bytes are not those that were signed")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _own_key(folder: Path) -> PublicKey:
    try:
        return read_vkey(_text(folder, "key"))
    except BadInput as fault:
        raise Broken("file key", fault.rule) from fault


def _text(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_bytes().decode()
    except FileNotFoundError:
        if not folder.is_dir():
            raise NotFound(f"bundle {folder}", "there is no such folder") from None
        raise Broken(f"file {name}", "it is not in the bundle") from None
    except UnicodeDecodeError:
        raise Broken(f"file {name}", "it is not UTF-8") from None


def _synced(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
