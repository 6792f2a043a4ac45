"""A row as its profile understands it, or the reason why it cannot go in."""

import hashlib
from collections.abc import Iterator, Mapping

import msgspec

from uncounted.model.errors import BadInput
from uncounted.model.vocabulary import Group, Harm, PlacePrecision
from uncounted.stages.exchange import values
from uncounted.stages.exchange.profile import CountOf, Profile
from uncounted.stages.exchange.sources import Line, Table

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a row: bounds, and the columns whose cells say it."""

    harm: Harm
    group: Group
    low: int | None
    high: int | None
    columns: tuple[str, ...]
    part: bool


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row that can go in. ``cells`` are its strings as they stand; ``used`` names the column of each field."""

    key: str
    line: int
    digest: str
    cells: dict[str, str]
    used: dict[str, str]
    within: str | None
    first: str | None
    last: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision | None
    figures: tuple[Figure, ...]
    crossed: bool = False
    """Its low is above its high; the bounds were taken the other way round, and the claim says so."""

    def said(self, field: str) -> str | None:
        """What stands in the column of a field, ``None`` for an empty one."""
        return self.cells.get(self.used[field]) or None if field in self.used else None


class _Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a profile means for one table: the columns of its fields, its key and its counts."""

    profile: Profile
    used: dict[str, str]
    key: str
    counts: tuple[tuple[CountOf, dict[str, str]], ...]
    within: tuple[str, ...]


class BadRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot go in: where, and which rule it breaks."""

    line: int
    column: str | None
    rule: str
    key: str | None = None
    """What names the row, where that much could be read."""

    def __str__(self) -> str:
        """The row in a line, for a person."""
        return f"line {self.line}" + (f", column {self.column!r}" if self.column else "") + f": {self.rule}"


def rows(table: Table, profile: Profile) -> Iterator[Row | BadRow]:
    """Every row of a table as a profile understands it.

    Raises :class:`BadInput` before the first row when the table lacks a column that the profile cannot do without.
    """
    used, key = _columns(table, profile)
    plan = _Plan(
        profile=profile,
        used=used,
        key=key,
        counts=tuple((count, _count_columns(table, count)) for count in profile.counts),
        within=tuple(column for column in profile.fields.get("within", ()) if column in table.columns),
    )
    if not profile.texts and not any(named for _, named in plan.counts):
        wanted = ", ".join(sorted({c for one in profile.counts for c in (*one.best, *one.low, *one.high)}))
        raise BadInput(table.name, f"it has none of the columns that count ({wanted})", "Map one: --column killed=NAME")
    return _read(table, plan)


def _read(table: Table, plan: "_Plan") -> Iterator[Row | BadRow]:
    seen: dict[str, int] = {}
    for line in table.lines:
        if line.fault:
            yield BadRow(line=line.number, column=None, rule=line.fault)
            continue
        if line.cells[plan.key].startswith("#"):
            continue  # a row of HXL tags
        found = _row(line, plan)
        if isinstance(found, Row):
            if found.key in seen:
                rule = f"{found.key!r} stands on line {seen[found.key]} already"
                found = BadRow(line=line.number, column=plan.key, rule=rule, key=found.key)
            else:
                seen[found.key] = line.number
        yield found


def _columns(table: Table, profile: Profile) -> tuple[dict[str, str], str]:
    for column in profile.required:
        if column not in table.columns:
            rule = f"it has no column {column!r}, which {profile.title} has"
            raise BadInput(table.name, rule, f"Its columns are {', '.join(table.columns)}")
    used = {}
    for field, names in profile.fields.items():
        found = next((name for name in names if name in table.columns), None)
        if found:
            used[field] = found
        elif len(names) == 1 and field not in _shipped(profile):
            raise BadInput(table.name, f"it has no column {names[0]!r}", f"Its columns are {', '.join(table.columns)}")
    key = next((name for name in profile.key if name in table.columns), None)
    if key is None:
        rule = f"it has no column that names a row ({', '.join(profile.key)})"
        raise BadInput(table.name, rule, "Map one with --column id=NAME: it must stay the same from export to export")
    return used, key


def _shipped(profile: Profile) -> dict[str, tuple[str, ...]]:
    from uncounted.stages.exchange.profile import profile as by_name

    return {field: names for field, names in by_name(profile.name).fields.items() if profile.fields[field] == names}


def _count_columns(table: Table, count: CountOf) -> dict[str, str]:
    held = {"best": count.best, "low": count.low, "high": count.high}
    found = {bound: next((n for n in names if n in table.columns), None) for bound, names in held.items()}
    return {bound: name for bound, name in found.items() if name}


def _row(line: Line, plan: "_Plan") -> Row | BadRow:
    cells, profile, used, key = line.cells, plan.profile, plan.used, plan.key
    at = key
    try:
        name = cells[key].strip()
        if not name:
            raise ValueError("it is empty, and names the row")
        if _BIDI & set(name) or len(name) > 200:
            raise ValueError("a row's name holds no marks of direction and at most 200 letters")
        at = used.get("from", key)
        first = _day(cells, used, "from", profile)
        at = used.get("to", key)
        last = _day(cells, used, "to", profile) or first
        if first and last and last < first:
            raise ValueError(f"it ends ({last}) before it begins ({first})")
        lat = lon = None
        if "lat" in used and "lon" in used:
            at = used["lat"]
            lat = values.degrees(cells[at], 90)
            at = used["lon"]
            lon = values.degrees(cells[at], 180)
        if lat is None and "point" in used:
            at = used["point"]
            lat, lon = values.point(cells[at]) or (None, None)
        figures, crossed = [], False
        for count, named in plan.counts:
            at = next(iter(named.values()), key)
            figure, turned = _figure(cells, count, named)
            crossed |= turned
            if figure:
                figures.append(figure)
    except ValueError as fault:
        return BadRow(line=line.number, column=at, rule=str(fault), key=cells[key].strip())
    code = cells.get(used["precision"], "") if "precision" in used else ""
    around = ", ".join(dict.fromkeys(part for part in (cells[column].strip() for column in plan.within) if part))
    return Row(
        key=name, line=line.number, digest=_digest(cells), cells={c: said for c, said in cells.items() if said},
        used=used, within=around or None, first=first, last=last,
        lat=None if lon is None else lat, lon=None if lat is None else lon,
        precision=profile.precisions.get(code.strip()), figures=tuple(figures), crossed=crossed,
    )  # fmt: skip


def _day(cells: Mapping[str, str], used: Mapping[str, str], field: str, profile: Profile) -> str | None:
    if field not in used or cells[used[field]].strip().lower() in values.UNKNOWN:
        return None
    return values.day(cells[used[field]], day_first=profile.day_first)


def _figure(cells: Mapping[str, str], count: CountOf, named: Mapping[str, str]) -> tuple[Figure | None, bool]:
    """One figure of a row, and whether its bounds stood the wrong way round. A bound that nobody gave stays open."""
    best = values.bounds(cells[named["best"]]) if "best" in named else (None, None)
    low = values.bounds(cells[named["low"]])[0] if "low" in named else best[0]
    high = values.bounds(cells[named["high"]])[1] if "high" in named else best[1]
    known = [value for value in (low, high, *best) if value is not None]
    if not known or (not count.zero and max(known) == 0):
        return None, False
    crossed = low is not None and high is not None and low > high
    if crossed:
        low, high = min(known), max(known)
    columns = tuple(column for bound, column in named.items() if cells[column].strip())
    return Figure(harm=count.harm, group=count.group, low=low, high=high, columns=columns, part=count.part), crossed


def _digest(cells: Mapping[str, str]) -> str:
    held = hashlib.blake2b(digest_size=12)
    for column, cell in cells.items():
        if cell:
            held.update(f"{len(column)}:{column}{len(cell)}:{cell}".encode())
    return held.hexdigest()
