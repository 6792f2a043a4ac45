"""Dates, numbers and points as forms write them; what is not clear is a fault, never a guess."""

import re
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}[\d:.,+ -]*(?:Z|UTC|[AaPp][Mm])?)?$")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)[ -](\d{4})$|([A-Za-z]+) (\d{1,2}), ?(\d{4})$")
_MONTHS = {name: number for number, names in enumerate((
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
    ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"), ("october", "oct"), ("november", "nov"),
    ("december", "dec"),
), 1) for name in names}  # fmt: skip
_RANGE = re.compile(r"(\d[\d,]*)\s*(?:-|\u2013|\u2014|to)\s*(\d[\d,]*)$")
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?$")
UNKNOWN = frozenset({"", "unknown", "n/a", "na", "none", "null", "-", "\u2013", "not known", "nan"})
LARGEST = 10_000_000
"""More persons than this in one row is taken for a mistake."""


def day(said: str, *, day_first: bool = False) -> str:
    """A date as ISO 8601; ``ValueError`` when it is none, or when day and month could be either."""
    said = said.strip()
    if found := _ISO.match(said):
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    if found := _NAMED.match(said):
        number, month, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        if month.lower() in _MONTHS:
            return date(int(year), _MONTHS[month.lower()], int(number)).isoformat()
    if found := _SLASHED.match(said):
        one, two, year = int(found[1]), int(found[2]), int(found[3])
        if day_first or one > 12:
            return date(year, two, one).isoformat()
        if two > 12:
            return date(year, one, two).isoformat()
        raise ValueError(f"date {said!r} could be day or month first")
    raise ValueError(f"{said!r} is no date that is read")


def bounds(said: str) -> tuple[int | None, int | None]:
    """A number or a range as its bounds; ``(None, None)`` for what says that it is not known; else ``ValueError``."""
    said = said.strip()
    if said.lower() in UNKNOWN:
        return None, None
    if found := _RANGE.match(said):
        low, high = (int(part.replace(",", "")) for part in found.groups())
    elif found := _NUMBER.match(said):
        low = high = int(found[1].replace(",", ""))
    else:
        raise ValueError(f"{said!r} is no number of persons")
    if max(low, high) > LARGEST:
        raise ValueError(f"{said!r} is more than {LARGEST:,}")
    return min(low, high), max(low, high)


def degrees(said: str, most: float) -> float | None:
    """Degrees within ±``most``; ``None`` for an empty cell; else ``ValueError``."""
    said = said.strip()
    if said.lower() in UNKNOWN:
        return None
    try:
        value = float(said)
    except ValueError:
        raise ValueError(f"{said!r} is no number of degrees") from None
    if not -most <= value <= most:
        raise ValueError(f"{said!r} is beyond ±{most:g} degrees")
    return value


def point(said: str) -> tuple[float, float] | None:
    """A latitude and longitude in one cell (``33.5, 36.3`` or ``33.5|36.3`` or ``33.5 36.3 0 0``)."""
    said = said.strip().strip("[]()")
    if said.lower() in UNKNOWN:
        return None
    parts = [part for part in re.split(r"[|,;\s]+", said) if part]
    if len(parts) < 2:
        raise ValueError(f"{said!r} is no point")
    lat, lon = degrees(parts[0], 90), degrees(parts[1], 180)
    return None if lat is None or lon is None else (lat, lon)
