"""How the names of a gazetteer begin: what dismisses most words of a text at one look.

A bit for each first word with a number of words, and for each two first words, at a place told by a checksum. Two may
share a bit, so that a name may seem to begin so where none does, never the other way round.
"""

from collections.abc import Iterable
from zlib import crc32

MOST = 5
"""No more words than these are looked at; longer names count as this long."""
_ROOM = 32
"""Bits a name: with so much room one beginning in about twenty shares its bit with another."""
_LEAST = 1 << 10


def beginnings(names: Iterable[str], count: int) -> bytes:
    """The bits of ``count`` folded names, words parted by single blanks."""
    size = max(_LEAST, 1 << (count * _ROOM).bit_length())
    bits = bytearray(size // 8)
    for name in names:
        words = name.split(" ")
        for said, number in ((words[0], min(MOST, len(words))), (" ".join(words[:2]), 0)):
            at = crc32(said.encode(), number) & (size - 1)
            bits[at >> 3] |= 1 << (at & 7)
    return bytes(bits)


def reach(bits: bytes | memoryview, first: str) -> int:
    """The most words of a name that may begin with a folded word; 0 where none does."""
    said = first.encode()
    return next((number for number in range(MOST, 0, -1) if _marked(bits, said, number)), 0)


def begins(bits: bytes | memoryview, first: str, second: str) -> bool:
    """Whether a name may begin with these two folded words."""
    return _marked(bits, f"{first} {second}".encode(), 0)


def _marked(bits: bytes | memoryview, said: bytes, number: int) -> bool:
    at = crc32(said, number) & (len(bits) * 8 - 1)
    return bool(bits[at >> 3] >> (at & 7) & 1)
