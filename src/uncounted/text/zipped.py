"""Archives from elsewhere: what they declare is checked before anything is unpacked, and never to disk."""

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO

from uncounted.model.errors import BadInput

MEMBERS = 20_000
"""The most files in one archive."""

RATIO = 200
"""How many times larger than packed a file may claim to be; real sheets and texts stay far below."""

UNPACKING = (zipfile.BadZipFile, zlib.error, lzma.LZMAError)
"""What unpackers raise on bytes that are not what they pack."""

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def members(
    path: str, data: bytes | BinaryIO, inflated: int, wanted: Callable[[str], bool] = lambda name: True
) -> zipfile.ZipFile:
    """An archive whose members may be read; ``inflated`` is the most bytes that all of them may unpack to.

    ``wanted`` says by name which members are going to be read; the others are neither checked nor counted, so that an
    export with gigabytes of pictures can be asked for its texts. Raises :class:`BadInput` for what is no archive, and
    for wanted members that lead out of it, are links, are encrypted, hide their name's direction, appear twice, or
    declare to become too large.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise BadInput(path, f"it is no archive that can be read ({fault})", "Save it again") from fault
    found = [one for one in archive.infolist() if wanted(one.filename)]
    if len(found) > MEMBERS:
        raise BadInput(path, f"it holds {len(found)} files, the most is {MEMBERS}")
    seen: set[str] = set()
    total = 0
    for member in found:
        name = f"{path}, {member.filename!r}"
        place = PurePosixPath(member.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in member.filename or "\0" in member.orig_filename:
            raise BadInput(name, "its name leads out of the archive", "Do not open it elsewhere either")
        if _BIDI & set(member.filename):
            raise BadInput(name, "its name hides the direction that it is read in", "Rename it where it comes from")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise BadInput(name, "it is a link, not a file")
        if member.flag_bits & 1:
            raise BadInput(name, "it is encrypted", "Unpack it yourself, then take the files in it")
        if str(place) in seen:
            raise BadInput(name, "the archive has two files of that name")
        seen.add(str(place))
        total += member.file_size
        if total > inflated:
            raise BadInput(
                path, f"it declares to unpack to more than {inflated:,} bytes", "Split it into smaller parts"
            )
        if member.file_size > 1_000_000 and member.file_size > RATIO * max(member.compress_size, 1):
            raise BadInput(name, f"it declares to unpack to {RATIO} times its size or more", "Save it again")
    return archive


def member(archive: zipfile.ZipFile, path: str, name: str, limit: int | None = None) -> bytes:
    """The bytes of a member, never more than it declares, nor than ``limit``.

    :class:`BadInput` when they are not as declared, or more than the limit.
    """
    declared = archive.getinfo(name).file_size
    if limit is not None and declared > limit:
        rule = f"its {declared:,} bytes are over the limit of {limit:,}"
        raise BadInput(f"{path}, {name!r}", rule, "Raise the limit with --limit")
    try:
        with archive.open(name) as stream:
            data = stream.read(declared + 1)
    except (*UNPACKING, OSError, EOFError, ValueError, NotImplementedError) as fault:
        raise BadInput(f"{path}, {name!r}", f"it cannot be unpacked ({fault})", "Save it again") from fault
    if len(data) != declared:
        raise BadInput(f"{path}, {name!r}", "it is not as large as the archive declares")
    return data
