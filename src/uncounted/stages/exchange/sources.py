"""Tables as they come: CSV, TSV, Excel, JSON; every value as the string that stands there, with its line."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from uncounted.model.errors import BadInput, NotFound
from uncounted.text.zipped import members

WIDEST = 5_000_000
"""Characters of the widest cell."""

COLUMNS = 2_000
"""Columns of the widest table."""


class Line(msgspec.Struct, frozen=True):
    """One row of a table: the line it begins on (rows of a workbook count as lines) and its cells by column.

    ``fault`` says why the row is none, and ``cells`` is then empty.
    """

    number: int
    cells: dict[str, str]
    fault: str | None = None


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table's heading, and its rows when they are asked for (once)."""

    name: str
    columns: tuple[str, ...]
    lines: Iterator[Line]


def opened(path: Path, limit: int = 2_000_000_000, encoding: str | None = None) -> tuple[Table, bytes]:
    """A table and the bytes of its file; the form follows the suffix.

    ``limit`` is the most bytes of the file, and of what an Excel file unpacks to. Raises :class:`BadInput` for files of
    no known form, too large, not in one charset, or without a heading.
    """
    try:
        size = path.stat().st_size
        if size > limit:
            raise BadInput(path.name, f"it has {size:,} bytes, the limit is {limit:,}", "Split it, or raise --limit")
        data = path.read_bytes()
    except OSError as fault:
        raise NotFound(str(path), f"it cannot be read ({fault.strerror})", "Check the path") from fault
    return table(path.name, data, limit, encoding), data


def table(name: str, data: bytes, limit: int = 2_000_000_000, encoding: str | None = None) -> Table:
    """The table in a file's bytes."""
    match name.lower().rpartition(".")[2]:
        case "csv" | "tsv" | "tab" | "txt":
            return _csv(name, decoded(name, data, encoding))
        case "xlsx":
            return _excel(name, data, limit)
        case "jsonl" | "ndjson":
            return _objects(name, _json_lines(decoded(name, data, encoding)))
        case "json" | "geojson":
            return _objects(name, _json_list(name, decoded(name, data, encoding)))
        case suffix:
            raise BadInput(name, f"a file .{suffix} is no table that is read", "Forms: .csv .tsv .xlsx .json .jsonl")


def decoded(name: str, data: bytes, encoding: str | None = None) -> str:
    """Text in the charset that was given, else by its byte order mark, else UTF-8; never a guess.

    A file that is UTF-8 here and something else there is refused with the line where it breaks off.
    """
    if encoding is None and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    try:
        text = data.decode(encoding or "utf-8-sig")
    except LookupError as fault:
        raise BadInput(f"--encoding {encoding}", "there is no charset of that name") from fault
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        good = data[: fault.start].decode("utf-8", "ignore") if encoding is None else ""
        if any(letter > "\x7f" for letter in good):
            rule = f"it is in two charsets: UTF-8 up to line {line}, something else from there"
            raise BadInput(name, rule, "Save it in one charset") from fault
        rule = f"line {line} is not in {encoding or 'UTF-8'}"
        raise BadInput(name, rule, "Name its charset with --encoding, like windows-1256") from fault
    if "\0" in text:
        raise BadInput(name, f"line {text.count(chr(10), 0, text.index(chr(0))) + 1} holds a NUL, so it is no text")
    return text


def heading(name: str, cells: list[str]) -> tuple[str, ...]:
    """The names of the columns; :class:`BadInput` for none at all, too many, or one name twice."""
    names = tuple(" ".join(cell.replace("\ufeff", "").split()) for cell in cells)
    while names and not names[-1]:
        names = names[:-1]
    if not names:
        raise BadInput(name, "it has no heading", "The first row names the columns")
    if len(names) > COLUMNS:
        raise BadInput(name, f"it has {len(names)} columns, the most is {COLUMNS}")
    for at, column in enumerate(names):
        if not column:
            raise BadInput(name, f"column {at + 1} has no name", "Name it, or take it out")
        if column in names[:at]:
            raise BadInput(name, f"two columns are called {column!r}", "Rename one")
    return names


def _csv(name: str, text: str) -> Table:
    csv.field_size_limit(WIDEST)
    first = text.partition("\n")[0]
    delimiter = max("\t,;|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = heading(name, next(reader, []))
    except csv.Error as fault:
        raise BadInput(f"{name}, line 1", f"its heading is not CSV ({fault})", "Save the table again") from fault
    return Table(name=name, columns=columns, lines=_csv_lines(reader, columns))


def _csv_lines(reader: "Iterator[list[str]]", columns: tuple[str, ...]) -> Iterator[Line]:
    ended = reader.line_num  # type: ignore[attr-defined]
    wide = len(columns)
    while True:
        number = ended + 1
        try:
            cells = next(reader, None)
        except csv.Error as fault:
            ended = reader.line_num  # type: ignore[attr-defined]
            yield Line(number, {}, f"it is not CSV ({fault})")
            continue
        ended = reader.line_num  # type: ignore[attr-defined]
        if cells is None:
            return
        if not any(cells):
            continue
        if (len(cells) > wide and any(cells[wide:])) or len(cells) < wide:
            yield Line(number, {}, f"it has {len(cells)} cells, the heading {wide}")
            continue
        yield Line(number, dict(zip(columns, cells, strict=False)))


def _excel(name: str, data: bytes, limit: int) -> Table:
    members(name, data, min(limit, 2_000_000_000))
    try:
        from python_calamine import CalamineError, load_workbook
    except ImportError as fault:
        rule = "the library that reads Excel files is not installed"
        raise NotFound(
            name, rule, "Install it with: pip install 'uncounted[exchange]', or save the table as CSV"
        ) from fault
    try:
        book = load_workbook(io.BytesIO(data))
        sheets = [(title, book.get_sheet_by_name(title).to_python(skip_empty_area=False)) for title in book.sheet_names]
    except (CalamineError, OSError, ValueError) as fault:
        raise BadInput(
            name, f"it is no workbook that can be read ({fault})", "Save it again as .xlsx or CSV"
        ) from fault
    filled = [(title, found) for title, found in sheets if any(any(cell != "" for cell in row) for row in found)]
    if not filled:
        raise BadInput(name, "it holds no table")
    title, found = max(filled, key=lambda sheet: len(sheet[1]))
    start = next(at for at, row in enumerate(found) if any(cell != "" for cell in row))
    columns = heading(f"{name}, sheet {title!r}", [_cell(cell) for cell in found[start]])

    def lines() -> Iterator[Line]:
        for number, row in enumerate(found[start + 1 :], start + 2):
            cells = [_cell(cell) for cell in row]
            if any(cells[len(columns) :]):
                yield Line(number, {}, f"it has a cell beyond the {len(columns)} columns of the heading")
            elif any(cells):
                yield Line(number, dict(zip(columns, cells, strict=False)))

    return Table(name=name, columns=columns, lines=lines())


def _cell(value: object) -> str:
    """A cell as text. Whole numbers that Excel keeps as 5.0 are 5; dates are ISO 8601."""
    from datetime import date, datetime

    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _json_lines(text: str) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, msgspec.json.decode(line)
            except (msgspec.DecodeError, RecursionError) as fault:
                yield number, fault


def _json_list(name: str, text: str) -> Iterator[tuple[int, object]]:
    """The objects of a list, or of the list that an object holds under one of the usual names."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise BadInput(name, f"it is not JSON ({fault})", "Save it again") from fault
    if isinstance(whole, dict):
        held = next(
            (whole[key] for key in ("features", "results", "data", "rows") if isinstance(whole.get(key), list)), None
        )
        if held is None:
            raise BadInput(name, "it holds no list of rows")
        whole = held
    if not isinstance(whole, list):
        raise BadInput(name, "it holds no list of rows")
    yield from enumerate(whole, 1)


def _objects(name: str, found: Iterator[tuple[int, object]]) -> Table:
    """A table of JSON objects; nested values are columns by their path, as in ``location.lat``."""
    held = [(number, _row(one)) for number, one in found]
    columns: dict[str, None] = {}
    for _, one in held:
        if isinstance(one, dict):
            columns |= dict.fromkeys(one)
    named = heading(name, list(columns))
    if len(named) < len(columns):
        raise BadInput(name, f"column {len(columns)} has no name", "Name it, or take it out")

    def lines() -> Iterator[Line]:
        for number, one in held:
            if isinstance(one, dict):
                yield Line(number, {title: one.get(column, "") for title, column in zip(named, columns, strict=True)})
            else:
                yield Line(number, {}, one)

    return Table(name=name, columns=named, lines=lines())


def _row(one: object) -> dict[str, str] | str:
    """An object's cells, or why it is no row."""
    if not isinstance(one, dict):
        return f"it is no JSON object ({one})" if isinstance(one, Exception) else "no object"
    cells: dict[str, str] = {}
    for column, cell in _flat(one):
        if column in cells:
            return f"two of its values are called {column!r}"
        cells[column] = cell
    return cells


def _flat(one: dict[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """The values of an object by their path, those within values too."""
    for key, value in one.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{name}.")
        elif isinstance(value, str):
            yield name, value
        elif value is not None:
            yield name, json.dumps(value, ensure_ascii=False)
