"""How a release gets onto disk: what has not changed since the last time is neither made nor written again."""

import gc
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import msgspec

from uncounted.model.identity import digest
from uncounted.stages.publish.site import Leaf

JOURNAL = ".writing"
"""While a release is being written, this file in its folder names what it has so far; a finished one has none."""

FORMAT = 1
"""Raised whenever the memory's form changes; a memory of another form is forgotten."""


class Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One file as it was last written: what it was made from, its SHA-256, size and time of change (nanoseconds)."""

    key: bytes
    sha: str
    size: int
    changed: int


class _Memory(msgspec.Struct, array_like=True):
    form: int
    files: dict[str, Kept]


def remembered(memory: Path | None) -> dict[str, Kept]:
    """What a memory file says of the last writing; nothing when there is none or it cannot be read."""
    try:
        held = msgspec.msgpack.decode(memory.read_bytes(), type=_Memory) if memory else _Memory(FORMAT, {})
    except (OSError, msgspec.MsgspecError):
        return {}
    return held.files if held.form == FORMAT else {}


def write(
    leaves: Iterable[Leaf],
    folder: Path,
    memory: Path | None = None,
    told: Callable[[int], None] = lambda _: None,
    check: Callable[[str, bytes], None] = lambda path, data: None,
) -> dict[str, str]:
    """Write every file into a folder and return the SHA-256 of each by its path.

    ``memory`` is where what was written is remembered for the next time. A file is left as it is when it was made from
    the same before and has the size and time of change that it had then; in every other case it is made, and written
    unless its bytes are those that are there. ``told`` hears how many files are done; ``check``
    is shown every file that is made, before it is written, and may refuse it.
    """
    # The dossier's many objects live as long as this does; the collector need not walk them again and again.
    gc.freeze()
    try:
        return _all_written(leaves, folder, memory, told, check)
    finally:
        gc.unfreeze()


def _all_written(
    leaves: Iterable[Leaf],
    folder: Path,
    memory: Path | None,
    told: Callable[[int], None],
    check: Callable[[str, bytes], None],
) -> dict[str, str]:
    before, now, made = remembered(memory), dict[str, Kept](), dict[str, str]()
    folder.mkdir(parents=True, exist_ok=True)
    base = os.fspath(folder)
    with (folder / JOURNAL).open("w", encoding="utf-8") as journal:
        ready = partial(_ready, set[str](), journal.write)
        for leaf in leaves:
            target = f"{base}/{leaf.path}"
            kept = before.get(leaf.path)
            if kept is not None and not _as_it_was(target, kept):
                kept = None
            if kept is None or kept.key != leaf.key:
                data = leaf.made()
                check(leaf.path, data)
                kept = _written(leaf, data, target, kept, ready)
            made[leaf.path], now[leaf.path] = kept.sha, kept
            if len(made) % 500 == 0:
                told(len(made))
    if memory:
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_bytes(msgspec.msgpack.encode(_Memory(FORMAT, now)))
    return made


def finish(folder: Path) -> None:
    """Say that a release is whole: the manifest is written."""
    (folder / JOURNAL).unlink(missing_ok=True)


def half_written(folder: Path) -> set[str]:
    """The files that a writing which was cut off put into a folder."""
    journal = folder / JOURNAL
    return set(journal.read_text("utf-8").split("\n")) - {""} if journal.is_file() else set()


def _as_it_was(target: str, kept: Kept) -> bool:
    try:
        seen = os.stat(target, follow_symlinks=False)
    except OSError:
        return False
    return seen.st_size == kept.size and seen.st_mtime_ns == kept.changed


def _ready(folders: set[str], note: Callable[[str], object], path: str, target: str) -> None:
    """Make the folder of a file and note the file in the journal, before it is written."""
    parent = target.rpartition("/")[0]
    if parent not in folders:
        os.makedirs(parent, exist_ok=True)
        folders.add(parent)
    note(path + "\n")


def _written(leaf: Leaf, data: bytes, target: str, kept: Kept | None, ready: Callable[[str, str], None]) -> Kept:
    sha = digest(data)
    if kept is not None and kept.sha == sha:
        return msgspec.structs.replace(kept, key=leaf.key)
    ready(leaf.path, target)
    if os.path.islink(target):
        os.unlink(target)
    with open(target, "wb", buffering=0) as file:
        file.write(data)
        seen = os.fstat(file.fileno())
    return Kept(leaf.key, sha, seen.st_size, seen.st_mtime_ns)
