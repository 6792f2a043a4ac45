"""A map of their own that people may lay under the desk's: a PMTiles archive of pictures in the case's folder.

The file is ``basemap.pmtiles`` (PMTiles version 3). Tiles are pictures (PNG, JPEG, WebP, AVIF); drawing vector tiles
would take a library of scripts, which the desk does not have. The file is read where it lies; nothing is fetched.
"""

import gzip
import math
import struct
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from uncounted.model.errors import BadInput
from uncounted.stages.publish.maps import Map

FILE = "basemap.pmtiles"
MEDIA = {2: "image/png", 3: "image/jpeg", 4: "image/webp", 5: "image/avif"}
MOST = 48
"""Tiles under one map."""
DEEPEST = 4
"""Directories that lead to a tile at most (PMTiles allows three)."""


class Under(msgspec.Struct, frozen=True, kw_only=True):
    """One tile and where it lies on the map, in pixels."""

    name: str
    x: float
    y: float
    width: float
    height: float


class Tiles:
    """An archive that is open for reading."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as stream:
            head = stream.read(127)
        if len(head) < 127 or head[:7] != b"PMTiles" or head[7] != 3:
            raise BadInput(FILE, "it is no PMTiles archive of version 3", "Make one, or take the file away.")
        numbers = struct.unpack("<11Q", head[8:96])
        self.root, self.leaves, self.data = (numbers[0], numbers[1]), numbers[4], numbers[6]
        self.packed, self.kind, self.least, self.most = head[97], head[99], head[100], head[101]
        if self.kind not in MEDIA:
            raise BadInput(FILE, "its tiles are no pictures", "The desk draws tiles of PNG, JPEG, WebP or AVIF.")
        self.media = MEDIA[self.kind]

    def tile(self, name: str) -> bytes | None:
        """The bytes of tile ``ZOOM-COLUMN-ROW``, ``None`` when the archive has none."""
        said = name.split("-")
        if len(said) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 9 for part in said):
            return None
        zoom, column, row = map(int, said)
        if not self.least <= zoom <= self.most or max(column, row) >= 1 << zoom:
            return None
        wanted, (start, length) = number_of(zoom, column, row), self.root
        for _ in range(DEEPEST):
            found = _find(self._directory(start, length), wanted)
            if found is None:
                return None
            offset, size, run = found
            if run:
                return self._read(self.data + offset, size)
            start, length = self.leaves + offset, size
        return None

    def under(self, drawn: Map) -> Sequence[Under]:
        """The tiles under a map at the deepest zoom that needs no more than :data:`MOST` of them."""
        if drawn.edges is None:
            return ()
        west, south, east, north = drawn.edges
        for zoom in range(self.most, self.least - 1, -1):
            side = 1 << zoom
            left, right = (math.floor((lon + 180) / 360 * side) for lon in (west, east))
            top, bottom = (math.floor(_row(lat, side)) for lat in (north, south))
            if (right - left + 1) * (bottom - top + 1) <= MOST:
                break
        else:
            return ()
        x, y = drawn.width / (east - west), drawn.height / (north - south)
        found = []
        for column in range(max(left, 0), min(right, side - 1) + 1):
            for row in range(max(top, 0), min(bottom, side - 1) + 1):
                lon, upper, lower = column / side * 360 - 180, _lat(row, side), _lat(row + 1, side)
                found.append(
                    Under(
                        name=f"{zoom}-{column}-{row}", x=round((lon - west) * x, 1), y=round((north - upper) * y, 1),
                        width=round(360 / side * x + 0.6, 1), height=round((upper - lower) * y + 0.6, 1),
                    )
                )  # fmt: skip
        return found

    def _directory(self, start: int, length: int) -> tuple[tuple[int, int, int, int], ...]:
        return _directory(self.path, self.path.stat().st_mtime_ns, start, length, self.packed)

    def _read(self, start: int, length: int) -> bytes:
        with self.path.open("rb") as stream:
            stream.seek(start)
            return stream.read(length)


def tiles_of(folder: Path) -> Tiles | None:
    """The case's own map, ``None`` when there is none."""
    path = folder / FILE
    return Tiles(path) if path.is_file() else None


def number_of(zoom: int, column: int, row: int) -> int:
    """A tile's number in the archive: all tiles of the zooms before, then its place on the Hilbert curve."""
    number, side = ((1 << 2 * zoom) - 1) // 3, 1 << zoom
    half = side >> 1
    while half:
        right, down = int(bool(column & half)), int(bool(row & half))
        number += half * half * ((3 * right) ^ down)
        if not down:
            if right:
                column, row = side - 1 - column, side - 1 - row
            column, row = row, column
        half >>= 1
    return number


@lru_cache(maxsize=64)
def _directory(
    path: Path, _changed: int, start: int, length: int, packed: int
) -> tuple[tuple[int, int, int, int], ...]:
    """A directory's entries: first tile, offset, length, run (0 for a directory further down)."""
    if packed not in (1, 2) or length > 1 << 22:
        raise BadInput(FILE, "its directories are packed in a way that the desk does not read", "Use gzip or none.")
    with path.open("rb") as stream:
        stream.seek(start)
        raw = stream.read(length)
    try:
        return _entries(gzip.decompress(raw) if packed == 2 else raw)
    except (OSError, EOFError, zlib.error, StopIteration) as fault:
        raise BadInput(FILE, "one of its directories is broken off or damaged", "Copy it again.") from fault


def _entries(raw: bytes) -> tuple[tuple[int, int, int, int], ...]:
    """The entries of a directory's bytes; ``StopIteration`` where they break off."""
    numbers = _varints(raw)
    n = next(numbers)
    tile, tiles = 0, []
    for _ in range(n):
        tile += next(numbers)
        tiles.append(tile)
    runs, lengths = [next(numbers) for _ in range(n)], [next(numbers) for _ in range(n)]
    offsets: list[int] = []
    for at in range(n):
        said = next(numbers)
        offsets.append(offsets[-1] + lengths[at - 1] if said == 0 and at else said - 1)
    return tuple(zip(tiles, offsets, lengths, runs, strict=True))


def _varints(raw: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in raw:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0


def _find(entries: Sequence[tuple[int, int, int, int]], wanted: int) -> tuple[int, int, int] | None:
    held = None
    for tile, offset, length, run in entries:
        if tile > wanted:
            break
        held = tile, offset, length, run
    if held is None or (held[3] and wanted >= held[0] + held[3]):
        return None
    return held[1], held[2], held[3]


def _row(lat: float, side: int) -> float:
    """Web Mercator's row of a latitude."""
    kept = math.radians(max(-85.05, min(85.05, lat)))
    return (1 - math.asinh(math.tan(kept)) / math.pi) / 2 * side


def _lat(row: float, side: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / side))))
