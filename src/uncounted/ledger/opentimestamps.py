"""OpenTimestamps files (version 1): read, followed to what they attest, checked against a Bitcoin block's header.

What is stamped is a checkpoint's text, as a file: ``ots stamp FILE`` with any client. The proof is a tree of operations
that lead from the file's SHA-256 to the Merkle root in a block's header, whose time bounds the record from above.
Format: https://github.com/opentimestamps/python-opentimestamps (its serialisation, read and written anew here).
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from uncounted.model.errors import BadInput, Broken

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
PENDING = bytes.fromhex("83dfe30d2ef90c8e")
BITCOIN = bytes.fromhex("0588960d73d71901")
DEEPEST = 256
"""Operations on one path; calendars use a few dozen."""

_UNARY: dict[int, Callable[[bytes], bytes]] = {
    0x02: lambda data: hashlib.sha1(data, usedforsecurity=False).digest(),
    0x03: lambda data: hashlib.new("ripemd160", data, usedforsecurity=False).digest(),
    0x08: lambda data: hashlib.sha256(data).digest(),
    0xF2: lambda data: data[::-1],
    0xF3: lambda data: data.hex().encode(),
}
_BINARY: dict[int, Callable[[bytes, bytes], bytes]] = {
    0xF0: lambda data, more: data + more,
    0xF1: lambda data, more: more + data,
}


class Attested(msgspec.Struct, frozen=True, kw_only=True):
    """One end of the tree: ``digest`` is said to be in the block ``height``, or is with the calendar ``pending``."""

    digest: bytes
    height: int | None = None
    pending: str | None = None


def read_ots(proof: bytes) -> tuple[bytes, tuple[Attested, ...]]:
    """The SHA-256 of the file that a proof is of, and what it attests. ``BadInput`` for what is no whole proof."""
    reader = _Reader(proof)
    try:
        if reader.take(len(MAGIC)) != MAGIC or reader.number() != 1:
            raise BadInput("OpenTimestamps file", "it does not begin like one of version 1")
        if reader.byte() != 0x08:
            raise BadInput("OpenTimestamps file", "it is not of a SHA-256 digest", "Stamp with a current client")
        digest = reader.take(32)
        found = list[Attested]()
        _follow(reader, digest, found, 0)
        if reader.left():
            raise BadInput("OpenTimestamps file", "it goes on behind its end")
    except (IndexError, ValueError) as fault:
        raise BadInput("OpenTimestamps file", f"it is damaged ({fault})") from fault
    return digest, tuple(found)


def check_ots(proof: bytes, text: bytes, headers: dict[int, bytes]) -> str | None:
    """When a checkpoint's text existed at the latest by the proof (RFC 3339, UTC); ``None`` while no block is known.

    ``headers`` maps heights to 80-byte block headers that somebody got from a Bitcoin node they trust. ``Broken`` if
    the proof is of another text, or a header does not hold what the proof leads to.
    """
    digest, attested = read_ots(proof)
    if digest != hashlib.sha256(text).digest():
        raise Broken("OpenTimestamps file", "it is of another text")
    times = list[int]()
    for one in attested:
        header = headers.get(one.height) if one.height is not None else None
        if header is None:
            continue
        if len(header) != 80 or header[36:68] != one.digest:
            raise Broken("OpenTimestamps file", f"block {one.height} does not hold what it leads to")
        times.append(int.from_bytes(header[68:72], "little"))
    return datetime.fromtimestamp(min(times), UTC).isoformat().replace("+00:00", "Z") if times else None


def _follow(reader: "_Reader", digest: bytes, found: list[Attested], depth: int) -> None:
    """Follow the tree from one digest. ``0xff`` says that another branch comes behind this one."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    tag = reader.byte()
    while tag == 0xFF:
        _branch(reader, reader.byte(), digest, found, depth)
        tag = reader.byte()
    _branch(reader, tag, digest, found, depth)


def _branch(reader: "_Reader", tag: int, digest: bytes, found: list[Attested], depth: int) -> None:
    if tag == 0x00:
        kind, payload = reader.take(8), _Reader(reader.block(8192))
        if kind == BITCOIN:
            found.append(Attested(digest=digest, height=payload.number()))
        elif kind == PENDING:
            found.append(Attested(digest=digest, pending=payload.block(1000).decode("ascii")))
    elif tag in _UNARY:
        _follow(reader, _UNARY[tag](digest), found, depth + 1)
    elif tag in _BINARY:
        _follow(reader, _BINARY[tag](digest, reader.block(4096)), found, depth + 1)
    else:
        raise ValueError(f"unknown operation {tag:#x}")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def left(self) -> int:
        return len(self._data) - self._at

    def take(self, count: int) -> bytes:
        if count > self.left():
            raise ValueError("it ends too early")
        self._at += count
        return self._data[self._at - count : self._at]

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        """A number in LEB128: seven bits a byte, the lowest first."""
        value = shift = 0
        while (byte := self.byte()) & 0x80:
            value, shift = value | (byte & 0x7F) << shift, shift + 7
            if shift > 63:
                raise ValueError("a number is too large")
        return value | byte << shift

    def block(self, most: int) -> bytes:
        length = self.number()
        if length > most:
            raise ValueError("a part is too long")
        return self.take(length)
