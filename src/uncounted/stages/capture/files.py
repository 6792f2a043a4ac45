"""Bytes of files: regular ones only, none larger than the limit, none through a link that a folder holds."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from uncounted.model.errors import BadInput, NotFound, UncountedError
from uncounted.stages.capture.taken import Fault

KINDS = (
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)


def open_file(path: Path) -> BinaryIO:
    """A regular file, opened for reading. Raises :class:`BadInput` when it is another thing or cannot be opened.

    What it is is asked of the opened file itself, so that it cannot be swapped between; a pipe is not waited for.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as fault:
        raise NotFound(shown(path), "there is no such file or folder", "Check the path") from fault
    except OSError as fault:
        raise BadInput(shown(path), _kind(path) or f"it cannot be opened ({fault.strerror})", "Check it") from fault
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise BadInput(shown(path), _said(mode), "Give a file or a folder of files")
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of a regular file. Raises :class:`BadInput` when it is another thing, empty, or over ``limit``.

    The size is checked before anything is read, on the opened file.
    """
    with open_file(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > limit:
            raise BadInput(
                shown(path), f"its {size:,} bytes are over the limit of {limit:,}",
                "Split it, or raise the limit with --limit",
            )  # fmt: skip
        try:
            data = stream.read(limit + 1)
        except OSError as fault:
            raise BadInput(shown(path), f"it cannot be read ({fault.strerror})", "Check the disk") from fault
    if not data:
        raise BadInput(shown(path), "the file is empty", "Fetch the report again")
    if len(data) > limit:
        raise BadInput(shown(path), f"it grew over the limit of {limit:,} bytes while being read", "Copy it first")
    return data


def _said(mode: int) -> str:
    kind = next((name for test, name in KINDS if test(mode)), "a special file")
    return f"it is {kind}, not a file"


def _kind(path: Path) -> str | None:
    try:
        mode = path.stat().st_mode
    except OSError:
        return None
    return None if stat.S_ISREG(mode) else _said(mode)


def walk(folder: Path) -> Iterator[Path | Fault]:
    """Files under ``folder`` in the order of their names; what is no plain file is a fault.

    Links are named and not followed: they may lead in a circle or out of the folder. Names that begin with a dot, and
    ``Thumbs.db``, are the system's own and are passed over.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as fault:
        yield _fault(
            folder, BadInput(shown(folder), f"the folder cannot be read ({fault.strerror})", "Check its rights")
        )
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or entry.name == "Thumbs.db":
            continue
        if entry.is_symlink():
            yield _fault(path, BadInput(shown(path), "it is a link, and links are not followed", "Add what it names"))
        elif entry.is_dir(follow_symlinks=False):
            yield from walk(path)
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            mode = entry.stat(follow_symlinks=False).st_mode
            yield _fault(path, BadInput(shown(path), _said(mode), "Take it out of the folder"))


def shown(path: Path) -> str:
    """A path that can be printed and stored: bytes that are no UTF-8 are written as escapes."""
    return os.fsencode(path).decode(errors="backslashreplace")


def _fault(path: Path, error: UncountedError) -> Fault:
    return Fault(path=shown(path), error=error)
