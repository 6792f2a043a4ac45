"""Reading victim lists: CSV in, columns out, faults named with their line and a remedy."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from uncounted.model.errors import BadInput
from uncounted.model.persons import ListEntry

OLDEST = 130
"""No age beyond this is believed; the longest life on record is 122 years (Jeanne Calment, 1875-1997)."""
_UNKNOWN_AGE = {"", "-1", "na", "n/a", "nan", "null", "none", "unknown", "?"}
_SEX = {"m": "m", "male": "m", "f": "f", "female": "f"}
_FIXED = ("id", "name", "sex", "age")
OFFICIAL = ("official_id", "national_id")
"""Columns of ids that an authority gave, by which two lists may know one person."""


class VictimList(msgspec.Struct, frozen=True, kw_only=True):
    """One list. All tuples run over its rows; ``columns`` holds every further column, ``""`` where it is empty.

    ``sex`` is ``m``, ``f`` or ``""``; ``age`` whole years or ``None``. ``warnings`` say what was set aside.
    """

    name: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    sex: tuple[str, ...]
    age: tuple[int | None, ...]
    columns: dict[str, tuple[str, ...]] = {}
    warnings: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)


def ordered(one: VictimList) -> VictimList:
    """Return a list with its rows in the order of their ids, so that the order of a file changes no probability."""
    rows = sorted(range(len(one)), key=one.ids.__getitem__)
    if rows == list(range(len(one))):
        return one
    return msgspec.structs.replace(
        one,
        ids=tuple(one.ids[row] for row in rows),
        names=tuple(one.names[row] for row in rows),
        sex=tuple(one.sex[row] for row in rows),
        age=tuple(one.age[row] for row in rows),
        columns={name: tuple(values[row] for row in rows) for name, values in one.columns.items()},
    )


def from_entries(name: str, entries: Sequence[ListEntry]) -> VictimList:
    """Return a case's list of entries as matching takes it; a column stands wherever any entry fills it."""
    more = dict.fromkeys(key for entry in entries for key in entry.more)
    columns = {
        key: tuple((getattr(entry, key) or "").strip() for entry in entries)
        for key in ("birth_date", "death_date", "place")
    } | {key: tuple(entry.more.get(key, "").strip() for entry in entries) for key in more}
    return VictimList(
        name=name,
        ids=tuple(entry.id for entry in entries),
        names=tuple(entry.name for entry in entries),
        sex=tuple(_SEX.get((entry.sex or "").casefold(), "") for entry in entries),
        age=tuple(entry.age for entry in entries),
        columns={key: values for key, values in columns.items() if any(values)},
    )


def read_list(path: Path, mapped: Mapping[str, str] = {}) -> VictimList:
    """Read ``path``: UTF-8 CSV with a header; ``id`` and ``name`` are needed, ``sex`` and ``age`` known by name.

    ``mapped`` gives a field's column where the header calls it otherwise (``{"name": "full name"}``).
    An age of -1 or a word for "unknown" is unknown; another impossible age is set aside with a warning, the row stays.
    Raises :class:`BadInput` for a missing file or column, two columns of one name, bytes that are not UTF-8, rows of
    another length than the header, repeated or empty ids, and a list without rows.
    """
    text = _decoded(path)
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [column.strip() for column in next(rows)]
    except StopIteration:
        raise BadInput(str(path), "the file is empty", "Write a header line with at least id and name.") from None
    header = _mapped(path, header, mapped)
    _check_header(path, header)
    table: list[list[str]] = []
    for row in rows:
        if not row:
            continue
        if len(row) != len(header):
            raise BadInput(
                f"{path}, line {rows.line_num}",
                f"it has {len(row)} fields, the header {len(header)}",
                "Put fields that hold a comma in quotation marks.",
            )
        table.append([field.strip() for field in row])
    if not table:
        raise BadInput(str(path), "the list has no rows", "A list of nobody cannot be matched; leave it out.")
    columns = {name: tuple(row[at] for row in table) for at, name in enumerate(header)}
    _check_ids(path, columns["id"])
    empty = ("",) * len(table)
    ages, warnings = _ages(path, columns.get("age", empty))
    return VictimList(
        name=path.stem,
        ids=columns["id"],
        names=columns["name"],
        sex=tuple(_SEX.get(value.casefold(), "") for value in columns.get("sex", empty)),
        age=ages,
        columns={name: values for name, values in columns.items() if name not in _FIXED},
        warnings=warnings,
    )


def read_lists(paths: list[Path]) -> list[VictimList]:
    """Read two or more lists; a list is named by its file's stem, so the stems must differ."""
    if len(paths) < 2:
        raise BadInput("uncounted match", "it needs two lists or more", "Give the path of another CSV file.")
    resolved = Counter(path.resolve() for path in paths)
    repeated = next((path for path, times in resolved.items() if times > 1), None)
    if repeated is not None:
        raise BadInput(
            str(repeated),
            "a list cannot be matched with itself",
            "Entries of one list that are one person are shown with --clusters when lists are matched.",
        )
    stems = Counter(path.stem for path in paths)
    twice = next((stem for stem, times in stems.items() if times > 1), None)
    if twice is not None:
        raise BadInput(twice, "two lists have this name (their files' stem)", "Rename one of the files.")
    return [read_list(path) for path in paths]


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise BadInput(str(path), f"cannot be read ({fault.strerror})", "Check the path.") from fault
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        kind = "mixed encodings" if any(byte > 127 for byte in data[: fault.start]) else "not UTF-8"
        raise BadInput(
            f"{path}, line {line}",
            f"byte {fault.start} is not UTF-8 ({kind})",
            "Save the list as UTF-8; a file put together from several may hold two encodings.",
        ) from fault


def _mapped(path: Path, header: list[str], mapped: Mapping[str, str]) -> list[str]:
    """The header with the file's own names replaced by those of the fields that they hold."""
    for column in mapped.values():
        if column not in header:
            raise BadInput(str(path), f"it has no column {column!r}", f"Its columns: {', '.join(header)}")
    fields = {column: field for field, column in mapped.items()}
    return [fields.get(column, column) for column in header]


def _check_header(path: Path, header: list[str]) -> None:
    repeated = [name for name, times in Counter(header).items() if times > 1]
    if repeated:
        raise BadInput(str(path), f"two columns are named {repeated[0]!r}", "Rename or remove one of them.")
    missing = [name for name in ("id", "name") if name not in header]
    if missing:
        raise BadInput(
            str(path),
            f"there is no column {missing[0]!r}; there are {', '.join(header)}",
            "A list needs the columns id and name; sex, age, birth_date, death_date and place help.",
        )


def _check_ids(path: Path, ids: tuple[str, ...]) -> None:
    repeated = [(name, times) for name, times in Counter(ids).items() if times > 1 or not name]
    if repeated:
        name, times = repeated[0]
        said = f"the id {name!r} stands on {times} rows" if name else f"{times} rows have no id"
        raise BadInput(str(path), said, "Give each row an id of its own; one person may stand on several rows.")


def _ages(path: Path, values: tuple[str, ...]) -> tuple[tuple[int | None, ...], tuple[str, ...]]:
    ages: list[int | None] = []
    odd: list[tuple[int, str]] = []
    for at, value in enumerate(values):
        if value.casefold() in _UNKNOWN_AGE:
            ages.append(None)
        elif re.fullmatch(r"\d{1,3}(\.\d+)?", value) and float(value) <= OLDEST:
            ages.append(int(float(value)))
        else:
            ages.append(None)
            odd.append((at, value))
    if not odd:
        return tuple(ages), ()
    at, value = odd[0]
    said = f"{path}: {len(odd)} impossible ages are taken as unknown, the first in row {at + 1} ({value!r})"
    return tuple(ages), (said,)
