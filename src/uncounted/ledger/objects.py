"""Bytes named by their SHA-256, under ``objects/ab/cdef…``: written once, read-only, checked whenever they are read."""

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from uncounted.model.errors import Broken, NotFound, Refused
from uncounted.model.identity import digest

_NAME = re.compile(r"[0-9a-f]{64}")


class Objects:
    """A folder of objects. An object that ``put`` has named is on disk, whole, whatever happens next."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return where the object of that SHA-256 (64 lower-case hex digits) lies or would lie."""
        if not _NAME.fullmatch(name):
            raise NotFound(f"object {name[:80]!r}", "an object's name is 64 lower-case hex digits")
        return self.folder / name[:2] / name[2:]

    def put(self, data: bytes) -> str:
        """Keep bytes and return their SHA-256; ``Refused`` if the disk does not take them.

        Keeping the same bytes again changes nothing.
        """
        name = digest(data)
        place = self.path(name)
        try:
            if place.exists():
                self.get(name)
                self._settle(place)
            else:
                self._write(place, data)
        except OSError as fault:
            rule = f"it cannot be written ({fault.strerror or fault})"
            raise Refused(f"object {name}", rule, "See to the disk and the folder's rights, then try again") from fault
        return name

    def _write(self, place: Path, data: bytes) -> None:
        self._folder(self.folder / "tmp")
        self._folder(place.parent)
        scratch = self.folder / "tmp" / f"{os.getpid()}-{secrets.token_hex(8)}"
        try:
            with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fchmod(stream.fileno(), 0o444)
                os.fsync(stream.fileno())
            scratch.rename(place)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                scratch.unlink()
            raise
        self._settle(place)

    def _settle(self, place: Path) -> None:
        """See that an object's name is on disk, even if whoever wrote it was stopped before that."""
        sync_folder(place.parent)
        sync_folder(self.folder)

    def get(self, name: str) -> bytes:
        """Return an object's bytes; ``NotFound`` if it is not kept, ``Broken`` if its bytes changed."""
        try:
            data = self.path(name).read_bytes()
        except FileNotFoundError:
            raise NotFound(f"object {name}", "it is not in the case's objects", "Restore it from a backup") from None
        except OSError as fault:
            raise _unreadable(name, fault) from fault
        if digest(data) != name:
            raise Broken(f"object {name}", "its bytes no longer have that SHA-256", "Restore it from a backup")
        return data

    def check(self, name: str) -> None:
        """Raise ``NotFound`` or ``Broken`` unless the object is whole; reads in pieces, so any size will do."""
        try:
            with self.path(name).open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            raise NotFound(f"object {name}", "it is not in the case's objects", "Restore it from a backup") from None
        except OSError as fault:
            raise _unreadable(name, fault) from fault
        if found != name:
            raise Broken(f"object {name}", "its bytes no longer have that SHA-256", "Restore it from a backup")

    def __contains__(self, name: object) -> bool:
        """Say whether an object of that name is there, without reading it."""
        return isinstance(name, str) and bool(_NAME.fullmatch(name)) and self.path(name).is_file()

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all objects, sorted."""
        if not self.folder.is_dir():
            return
        for folder in sorted(self.folder.iterdir()):
            for file in sorted(folder.iterdir()) if folder.is_dir() and len(folder.name) == 2 else ():
                if _NAME.fullmatch(folder.name + file.name):
                    yield folder.name + file.name

    def _folder(self, folder: Path) -> None:
        """Make a folder and see that its name is on disk."""
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            sync_folder(folder.parent)
            sync_folder(self.folder.parent)


def _unreadable(name: str, fault: OSError) -> Broken:
    return Broken(f"object {name}", f"it cannot be read ({fault.strerror})", "See to the disk, or restore a backup")


def sync_folder(folder: Path) -> None:
    """See that the names in a folder are on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
