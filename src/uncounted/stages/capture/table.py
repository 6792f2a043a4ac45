"""Tables of reports: CSV with mapped columns, and JSON lines in the reader's document form."""

import csv
import io
import json
from collections.abc import Iterator

from uncounted.model.errors import BadInput
from uncounted.stages.capture.draft import Draft
from uncounted.stages.capture.taken import Fault

FIELDS = ("id", "text", "url", "published", "publisher", "author", "language", "title")
WIDEST = 5_000_000


def read_csv(name: str, text: str, columns: dict[str, str]) -> Iterator[Draft | Fault]:
    """One report a row; a row is numbered from 1 without the heading, and a broken one is named by its line.

    ``columns`` maps a field to the name of its column; a field without a mapping is looked for under its own name.
    Columns that are no field are kept in ``more``. Raises :class:`BadInput` when there is no column of texts.
    """
    csv.field_size_limit(WIDEST)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        heading = next(rows, [])
    except csv.Error as fault:
        raise BadInput(f"{name}, line 1", f"its heading is not CSV ({fault})", "Save the table again as CSV") from fault
    where = _places(name, heading, columns)
    number, ended = 0, rows.line_num
    while True:
        number, line = number + 1, ended + 1
        try:
            row = next(rows, None)
        except csv.Error as fault:
            ended = rows.line_num
            yield _fault(name, number, line, f"it is not CSV ({fault})", "Mend its quotes")
            continue
        ended = rows.line_num
        if row is None:
            return
        if not row:
            number -= 1
        elif len(row) != len(heading):
            yield _fault(name, number, line, f"it has {len(row)} cells, the heading {len(heading)}", "Mend its quotes")
        elif not row[where["text"]].strip():
            yield _fault(name, number, line, "its text is empty", "Fill it in, or take the row out")
        else:
            cells = {field: row[place] for field, place in where.items()}
            used = set(where.values())
            more = {heading[i]: cell for i, cell in enumerate(row) if i not in used and cell}
            yield _draft(cells, f"row {number}", "csv/1", more)


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t|", key=first.count)


def _places(name: str, heading: list[str], columns: dict[str, str]) -> dict[str, int]:
    lowered = [cell.strip().lower() for cell in heading]
    places = {}
    for field in FIELDS:
        wanted = columns.get(field, field)
        if wanted.strip().lower() in lowered:
            places[field] = lowered.index(wanted.strip().lower())
        elif field in columns:
            raise BadInput(name, f"it has no column {wanted!r}", f"Its columns are {', '.join(heading)}")
    if unknown := set(columns) - set(FIELDS):
        raise BadInput(f"column option {sorted(unknown)[0]!r}", "is no field", f"The fields are {', '.join(FIELDS)}")
    if "text" not in places:
        raise BadInput(
            name, f"it has no column 'text' (its columns are {', '.join(heading)})", "Map one with --column text=NAME"
        )
    return places


def _fault(name: str, number: int, line: int, rule: str, remedy: str) -> Fault:
    return Fault(path=name, part=f"row {number}", error=BadInput(f"{name}, row {number} (line {line})", rule, remedy))


def _draft(cells: dict[str, str], part: str, extractor: str, more: dict[str, str]) -> Draft:
    if cells.get("id"):
        more = {"id": cells["id"], **more}
    known = {field: cells.get(field) or None for field in FIELDS if field not in {"id", "text"}}
    return Draft(
        form="row", extractor=extractor, text=cells["text"], part=part, more=more, url=known["url"],
        published=known["published"], publisher=known["publisher"], author=known["author"],
        language=known["language"], title=known["title"],
    )  # fmt: skip


def read_jsonl(name: str, text: str) -> Iterator[Draft | Fault]:
    """One document a line: an object with ``id`` and ``text``. A malformed line is named by its number."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        part = f"line {number}"
        try:
            document = json.loads(line, object_pairs_hook=_once)
            yield _draft(_words(document), part, "jsonl/1", _others(document))
        except (ValueError, RecursionError) as fault:
            rule = f"it is no document ({fault})"
            error = BadInput(f"{name}, {part}", rule, 'Each line is an object with "id" and "text"')
            yield Fault(path=name, part=part, error=error)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _words(document: object) -> dict[str, str]:
    if not isinstance(document, dict):
        raise ValueError("not an object")
    cells = {}
    for field in FIELDS:
        value = document.get(field)
        if field == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{field} is not a string")
        if value:
            cells[field] = value
    if not cells.get("text", "").strip():
        raise ValueError("no text")
    if not cells.get("id"):
        raise ValueError("no id")
    return cells


def _others(document: dict[str, object]) -> dict[str, str]:
    return {
        key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in document.items()
        if key not in FIELDS and value is not None
    }
