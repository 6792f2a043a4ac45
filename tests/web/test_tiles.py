"""A map of the case's own, from a PMTiles archive that is made here by the format's own description."""

import gzip
import struct
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.stages.publish.invented import FIRST, SECOND
from uncounted.case.desk import CaseDesk
from uncounted.model.errors import BadInput
from uncounted.stages.publish import maps
from uncounted.web.tiles import FILE, Tiles, number_of, tiles_of

PNG = b"\x89PNG\r\n\x1a\n" + b"invented tile"


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def archive(path: Path, tiles: dict[tuple[int, int, int], bytes], kind: int = 2) -> None:
    """Write a PMTiles archive of version 3 with one directory."""
    held = sorted((number_of(*at), body) for at, body in tiles.items())
    numbers, before, data = b"", 0, b""
    for number, _ in held:
        numbers += varint(number - before)
        before = number
    runs, lengths = b"".join(varint(1) for _ in held), b"".join(varint(len(body)) for _, body in held)
    offsets = b""
    for _, body in held:
        offsets += varint(len(data) + 1)
        data += body
    root = gzip.compress(varint(len(held)) + numbers + runs + lengths + offsets)
    zooms = [zoom for zoom, _, _ in tiles]
    head = (
        b"PMTiles" + bytes([3]) + struct.pack("<11Q", 127, len(root), 0, 0, 0, 0, 127 + len(root), len(data), 1, 1, 1)
    )
    head += bytes([0, 2, 1, kind, min(zooms), max(zooms)]) + bytes(25)
    path.write_bytes(head[:127].ljust(127, b"\0") + root + data)


def test_tiles_are_numbered_as_the_format_says() -> None:
    # The specification's own table of examples.
    assert [number_of(*at) for at in ((0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0), (2, 0, 0))] == [
        0,
        1,
        2,
        3,
        4,
        5,
    ]
    assert number_of(12, 3423, 1763) == 19078479


def test_a_tile_is_found_and_another_is_not(tmp_path: Path) -> None:
    archive(tmp_path / FILE, {(0, 0, 0): PNG, (1, 1, 0): PNG + b"1", (2, 2, 1): PNG + b"2"})
    tiles = tiles_of(tmp_path)
    assert tiles is not None
    assert tiles.tile("1-1-0") == PNG + b"1"
    assert tiles.tile("2-2-1") == PNG + b"2"
    assert [tiles.tile(name) for name in ("1-0-0", "9-0-0", "1-1-0-0", "../x", "1-9-9")] == [None] * 5
    assert tiles_of(tmp_path / "none") is None


def test_the_tiles_under_a_map_cover_it(tmp_path: Path) -> None:
    archive(tmp_path / FILE, {(zoom, 0, 0): PNG for zoom in range(8)})
    drawn = maps.drawn([FIRST, SECOND])
    assert drawn is not None
    under = Tiles(tmp_path / FILE).under(drawn)
    assert under
    assert min(tile.x for tile in under) <= 0
    assert max(tile.x + tile.width for tile in under) >= drawn.width
    assert min(tile.y for tile in under) <= 0
    assert max(tile.y + tile.height for tile in under) >= drawn.height


def test_what_is_no_archive_of_pictures_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"something else")
    with pytest.raises(BadInput):
        Tiles(tmp_path / FILE)
    archive(tmp_path / FILE, {(0, 0, 0): PNG}, kind=1)
    with pytest.raises(BadInput):
        Tiles(tmp_path / FILE)


@pytest.mark.parametrize("kept", [100, 130, 140])
def test_an_archive_that_broke_off_is_told_and_is_no_crash(tmp_path: Path, kept: int) -> None:
    archive(tmp_path / FILE, {(0, 0, 0): PNG, (1, 1, 0): PNG})
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:kept])
    with pytest.raises(BadInput, match=r"archive of version 3|broken off or damaged"):
        Tiles(tmp_path / FILE).tile("0-0-0")


def test_a_directory_that_breaks_off_inside_a_number_is_told(tmp_path: Path) -> None:
    archive(tmp_path / FILE, {(0, 0, 0): PNG})
    data = (tmp_path / FILE).read_bytes()
    root = gzip.compress(varint(3) + b"\x80")
    head = data[:8] + struct.pack("<2Q", 127, len(root)) + data[24:127]
    (tmp_path / FILE).write_bytes(head + root)
    with pytest.raises(BadInput, match="broken off or damaged"):
        Tiles(tmp_path / FILE).tile("0-0-0")


def test_the_desk_serves_the_cases_own_tiles(client: TestClient, desk: CaseDesk) -> None:
    assert client.get("/explore/tiles/0-0-0").status_code == 404
    archive(desk.case.folder / FILE, {(0, 0, 0): PNG})
    answer = client.get("/explore/tiles/0-0-0")
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
