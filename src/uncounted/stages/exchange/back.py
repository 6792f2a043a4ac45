"""A table written back as it came: its columns, in its order, every cell as the string that stood there."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.text.cells import is_risky

LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""

FORMS = ("xlsx", "csv")


def written_back(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The bytes of a table under the file name ``name``, whose suffix says the form; a cell a row lacks is empty.

    Reading them again (:func:`~uncounted.stages.exchange.sources.table`) gives every cell as it was. A workbook holds
    text alone, in which nothing can run. A CSV is written to the letter, and so :class:`Refused` where a spreadsheet
    would take one of its cells for a formula; :class:`BadInput` for another form or a cell that a form cannot hold.
    """
    match name.lower().rpartition(".")[2]:
        case "csv":
            return _csv(name, columns, rows)
        case "xlsx":
            return _workbook(name, columns, rows)
        case suffix:
            raise BadInput(name, f"a table is not written as .{suffix}", f"Forms: {', '.join(FORMS)}")


def _csv(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    # Everything is quoted, so that no cell of one column is an empty line and no separator is guessed from the words.
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for number, row in enumerate(rows, 2):
        cells = [row.get(column, "") for column in columns]
        for column, cell in zip(columns, cells, strict=True):
            if is_risky(cell):
                rule = f"row {number}, column {column!r} begins like a formula, and in CSV nothing could stop it"
                raise Refused(name, rule, "Write a workbook, in which it is text: name the file .xlsx")
        writer.writerow(cells)
    return out.getvalue().encode()


def _workbook(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    try:
        import xlsxwriter
    except ImportError as fault:
        rule = "the library that writes it is not installed"
        raise NotFound(name, rule, "Install it with: pip install 'uncounted[exchange]', or write .csv") from fault
    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, safe) as book:
        sheet, head = book.add_worksheet("table"), book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column, head)
        for number, row in enumerate(rows, 1):
            for at, column in enumerate(columns):
                if cell := row.get(column, ""):
                    if len(cell) > LONGEST:
                        rule = f"row {number + 1}, column {column!r} has {len(cell):,} letters, a cell {LONGEST:,}"
                        raise BadInput(name, rule, "Write it as .csv")
                    sheet.write_string(number, at, cell)
    return out.getvalue()
