"""Look for words in bytes the way a thorough searcher would: in many encodings, and inside what is compressed."""

import base64
import gzip
import hashlib
import io
import json
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path


def forms(words: str) -> set[bytes]:
    """The ways in which words may lie in a file."""
    found = set[bytes]()
    for encoded in (words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be")):
        found |= {encoded, encoded.hex().encode(), encoded.hex().upper().encode()}
        for shift in range(3):  # base64 of a longer text that begins 0, 1 or 2 bytes earlier
            inner = base64.b64encode(bytes(shift) + encoded)[4 if shift else 0 : -4]
            found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    found |= {json.dumps(words)[1:-1].encode(), urllib.parse.quote(words).encode(), words[::-1].encode()}
    return found


def unpacked(data: bytes, depth: int = 3) -> Iterator[bytes]:
    """The bytes themselves, and all that is compressed somewhere in them."""
    yield data
    if depth == 0:
        return
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from unpacked(archive.read(name), depth - 1)
        return
    for magic, bits in ((b"\x1f\x8b\x08", 31), (b"\x78\x01", 15), (b"\x78\x9c", 15), (b"\x78\xda", 15)):
        at = data.find(magic)
        while at >= 0:
            try:
                inner = zlib.decompressobj(bits).decompress(data[at:], 20_000_000)
            except zlib.error:
                inner = b""
            if len(inner) > 8:
                yield from unpacked(inner, depth - 1)
            at = data.find(magic, at + 1)


def holding(data: Iterable[bytes], canaries: Iterable[str]) -> set[str]:
    """The canaries that are found in any form in any of the data."""
    known = {canary: forms(canary) for canary in canaries}
    found, seen = set[str](), set[bytes]()
    for body in data:
        for piece in unpacked(body):
            name = hashlib.sha256(piece).digest()
            if name in seen:
                continue
            seen.add(name)
            found |= {canary for canary, shapes in known.items() if any(shape in piece for shape in shapes)}
    return found


def files(*folders: Path) -> Iterator[bytes]:
    """Every file under some folders, its name before its bytes."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.name.encode()
                yield path.read_bytes()


def compressed(data: bytes) -> bytes:
    """For the searcher's own test."""
    return b"before" + gzip.compress(base64.b64encode(data)) + b"after"
