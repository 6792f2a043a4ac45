"""The gazetteer: what a place's name can mean. The case's own list wins over GeoNames."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import get_args

import msgspec

from uncounted.model.claims import Candidate
from uncounted.model.errors import BadInput
from uncounted.model.vocabulary import PlacePrecision
from uncounted.stages.locate.beginnings import MOST
from uncounted.stages.locate.geonames import Country, GeoNames, Progress, Town, countries, geonames
from uncounted.stages.locate.placenames import folded, unsteady

PRECISIONS: tuple[PlacePrecision, ...] = get_args(PlacePrecision)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One place that a name can mean. ``lat`` and ``lon`` (WGS 84, degrees) are ``None`` for countries and regions."""

    id: str
    name: str
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision
    country: str = ""
    within: str | None = None
    population: int = 0
    own: bool = False

    def candidate(self) -> Candidate | None:
        """Return it as an alternative of a claim, ``None`` without coordinates."""
        if self.lat is None or self.lon is None:
            return None
        return Candidate(
            name=self.name,
            lat=self.lat,
            lon=self.lon,
            precision=self.precision,
            gazetteer=self.id,
            within=self.within,
        )


class Regions(msgspec.Struct, frozen=True, kw_only=True):
    """Other names of countries, names of their people, and regions without coordinates (``data/regions.en.json``)."""

    about: str = ""
    countries: dict[str, tuple[str, ...]]
    peoples: dict[str, tuple[str, ...]]
    regions: dict[str, tuple[str, ...]]


class Gazetteer:
    """Names to entries: the case's own first, then countries and regions, then GeoNames."""

    def __init__(self, own: Iterable[Entry] = (), names: Mapping[str, Sequence[str]] | None = None,
                 towns: GeoNames | None = None) -> None:  # fmt: skip
        self._own, self._towns = defaultdict[str, list[Entry]](list), towns
        self.near: tuple[Entry, ...] = tuple(own)
        for entry in self.near:
            for name in (entry.name, *(names or {}).get(entry.id, ())):
                self._own[folded(name)].append(entry)
        self._wide, self.people_words = _wide()
        self._known, self._heard = dict[str, tuple[Entry, ...]](), dict[str, tuple[Entry, ...]]()
        self._begun, self._reached, self._twos = dict[str, int](), dict[str, int](), set[tuple[str, ...]]()
        for name in (*self._own, *self._wide):
            words = name.split(" ")
            self._begun[words[0]] = max(min(MOST, len(words)), self._begun.get(words[0], 0))
            self._twos.add(tuple(words[:2]))

    def reach(self, word: str) -> int:
        """Return the most words of a name that may begin with a word (0: none does, ``MOST``: any length).

        For a word that the folding of names may leave out, or of which it makes several, that is ``MOST``.
        """
        found = self._reached.get(word)
        if found is None:
            first = folded(word)
            found = self._begun.get(first, 0)
            if unsteady(word):
                found = MOST
            elif self._towns is not None and found < MOST:
                found = max(found, self._towns.reach(first))
            if len(self._reached) < _MOST_REMEMBERED:
                self._reached[word] = found
        return found

    def begins(self, first: str, second: str) -> bool:
        """Return whether a name may begin with two words; only for words that folding keeps as one each."""
        two = folded(first), folded(second)
        return two in self._twos or (self._towns is not None and self._towns.begins(*two))

    def named(self, name: str) -> tuple[Entry, ...]:
        """Return what a name can mean, from the first of the three sources that knows it."""
        found = self._known.get(name)
        if found is None:
            found = self._named(name)
            _remember(self._known, name, found)
        return found

    def _named(self, name: str) -> tuple[Entry, ...]:
        key = folded(name)
        for source in (self._own, self._wide):
            if key in source:
                return tuple(dict.fromkeys(source[key]))
        return tuple(_entry(town) for town in self._towns.named(name)) if self._towns else ()

    def sounding(self, name: str) -> tuple[Entry, ...]:
        """Return what a romanised Arabic name can mean by its consonants alone."""
        found = self._heard.get(name)
        if found is None:
            found = tuple(_entry(town) for town in self._towns.sounding(name)) if self._towns else ()
            _remember(self._heard, name, found)
        return found


_MOST_REMEMBERED = 100_000


def _remember(kept: dict[str, tuple[Entry, ...]], name: str, found: tuple[Entry, ...]) -> None:
    if len(kept) < _MOST_REMEMBERED:
        kept[name] = found


@cache
def _country_names() -> dict[str, str]:
    return {country.iso: country.name for country in countries()}


@cache
def _wide() -> tuple[dict[str, list[Entry]], dict[str, str]]:
    """Countries and regions by name, and country codes by the names of their people."""
    file = files("uncounted.stages.locate") / "data" / "regions.en.json"
    data = msgspec.json.decode(file.read_bytes(), type=Regions)
    wide = defaultdict[str, list[Entry]](list)
    for country in countries():
        for name in (country.name, *data.countries.get(country.iso, ())):
            wide[folded(name)].append(_country(country))
    for iso, names in data.regions.items():
        within = _country_names().get(iso)
        for name in names:
            wide[folded(name)].append(
                Entry(id=f"region:{folded(name)}", name=name, precision="province", country=iso, within=within)
            )
    return dict(wide), {p.lower(): iso for iso, names in data.peoples.items() for p in names}


def _country(country: Country) -> Entry:
    return Entry(id=f"geonames:{country.geonameid}", name=country.name, precision="country", country=country.iso)


def _entry(town: Town) -> Entry:
    """GeoNames gives populations, not kinds: from 50,000 people a city, from 5,000 a town, else a village."""
    size: PlacePrecision = "city" if town.population >= 50_000 else "town" if town.population >= 5_000 else "village"
    return Entry(
        id=f"geonames:{town.id}",
        name=town.name,
        lat=town.lat,
        lon=town.lon,
        precision=size,
        country=town.country,
        within=_country_names().get(town.country),
        population=town.population,
    )


def read_own(text: str, thing: str = "gazetteer.csv") -> tuple[tuple[Entry, ...], dict[str, tuple[str, ...]]]:
    """Read a case's own list and return its entries and their other names by entry.

    Columns: ``name``, ``other names`` (separated by ``;`` or ``|``), ``lat``, ``lon`` (decimal degrees, WGS 84),
    ``precision``, ``within``. Only ``name`` must be filled. Raises ``BadInput`` naming the row.
    """
    entries, others = list[Entry](), dict[str, tuple[str, ...]]()
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    columns = {(column or "").strip().lower().replace("_", " "): column for column in rows.fieldnames or ()}
    if "name" not in columns:
        raise BadInput(thing, "it has no column 'name'", "Columns: name, other names, lat, lon, precision, within.")
    for number, row in enumerate(rows, 2):
        said = {name: (row.get(column) or "").strip() for name, column in columns.items()}
        if not said["name"]:
            continue
        precision = said.get("precision") or "exact"
        if precision not in PRECISIONS:
            raise BadInput(
                f"{thing}, row {number}", f"'{precision}' is no precision", f"One of: {', '.join(PRECISIONS)}."
            )
        lat, lon = _degrees(said.get("lat"), 90, thing, number), _degrees(said.get("lon"), 180, thing, number)
        if (lat is None) != (lon is None):
            raise BadInput(f"{thing}, row {number}", "one of lat and lon is missing", "Fill both or neither.")
        entry = Entry(
            id=f"case:{number - 1}",
            name=said["name"],
            lat=lat,
            lon=lon,
            precision=next(p for p in PRECISIONS if p == precision),
            within=said.get("within") or None,
            own=True,
        )
        entries.append(entry)
        others[entry.id] = tuple(
            o.strip() for o in said.get("other names", "").replace("|", ";").split(";") if o.strip()
        )
    return tuple(entries), others


def _degrees(said: str | None, limit: int, thing: str, number: int) -> float | None:
    if not said:
        return None
    try:
        value = float(said)
    except ValueError:
        value = float("nan")
    if not -limit <= value <= limit:
        raise BadInput(f"{thing}, row {number}", f"'{said}' is not in degrees", f"Give -{limit}..{limit}, as 35.95.")
    return value


def open_gazetteer(own: Path | None = None, progress: Progress | None = None) -> Gazetteer:
    """Return the gazetteer of a case: its own ``gazetteer.csv`` where there is one, countries, GeoNames."""
    entries: tuple[Entry, ...] = ()
    others: dict[str, tuple[str, ...]] = {}
    if own is not None and own.is_file():
        try:
            entries, others = read_own(own.read_text(encoding="utf-8-sig"), own.name)
        except UnicodeDecodeError as fault:
            raise BadInput(own.name, "it is not UTF-8", "Save it as CSV UTF-8.") from fault
    return Gazetteer(entries, others, geonames(progress))
