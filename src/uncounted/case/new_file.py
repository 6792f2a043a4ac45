"""A new file outside the case: whole and on disk, or not there."""

import os
from pathlib import Path

from uncounted.model.errors import Refused


def write_new(thing: str, target: Path, data: bytes, mode: int = 0o600) -> None:
    """Write bytes into a file that is not there yet. :class:`Refused` when it is, or when the disk does not take it.

    ``thing`` is what a message calls the file.
    """
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise Refused(thing, "it exists already", "Choose another name") from None
    except OSError as fault:
        raise _unwritten(thing, fault) from fault
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as fault:
        target.unlink(missing_ok=True)
        raise _unwritten(thing, fault) from fault


def _unwritten(thing: str, fault: OSError) -> Refused:
    return Refused(
        thing, f"it cannot be written ({fault.strerror or fault})", "See to the disk and the folder's rights"
    )
