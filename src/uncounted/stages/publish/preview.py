"""The picture that a link to the site shows elsewhere (Open Graph): the toll's bars by month, without words.

It is drawn pixel by pixel with the standard library alone: no font is needed that might lack a script.
"""

import struct
import zlib

from uncounted.stages.publish.site.index import Site
from uncounted.stages.publish.timeline import Timeline

WIDE, TALL, MARGIN = 1200, 630, 60
PAPER, SOLID, PALE, RULE, ACCENT = 0, 1, 2, 3, 4
PALETTE = bytes.fromhex("fbfaf75b6b7cb9c4cfd9d5cb7a2e2a")


def preview(site: Site) -> bytes:
    """A PNG (palette, 1200 × 630) of the timeline: solid to the lower bound, pale to the upper one."""
    line = site.line
    rows = [bytearray(WIDE) for _ in range(TALL)]
    _box(rows, (MARGIN, TALL - MARGIN, WIDE - MARGIN, TALL - MARGIN + 3), RULE)
    _box(rows, (MARGIN, MARGIN - 20, MARGIN + 120, MARGIN - 12), ACCENT)
    _bars(rows, line)
    return _png(rows)


def _bars(rows: list[bytearray], line: Timeline) -> None:
    across = (WIDE - 2 * MARGIN) / (line.width - line.left)
    up = (TALL - 2 * MARGIN - 20) / (line.base - line.head)
    base = TALL - MARGIN
    for bar in line.bars:
        left = MARGIN + (bar.x - line.left) * across
        right = max(left + bar.width * across, left + 1)
        _box(rows, (left, base - (line.base - bar.high_y) * up, right, base), PALE)
        _box(rows, (left, base - (line.base - bar.low_y) * up, right, base), SOLID)


def _box(rows: list[bytearray], box: tuple[float, float, float, float], colour: int) -> None:
    left, top, right, bottom = box
    start, end = max(0, round(left)), min(WIDE, max(round(right), round(left) + 1))
    for row in rows[max(0, round(top)) : max(0, round(bottom))]:
        row[start:end] = bytes([colour]) * (end - start)


def _png(rows: list[bytearray]) -> bytes:
    """PNG (ISO/IEC 15948), 8-bit palette. Runs of equal rows make it small even with the plainest packing."""
    head = struct.pack(">IIBBBBB", WIDE, len(rows), 8, 3, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    chunks = ((b"IHDR", head), (b"PLTE", PALETTE), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
