"""A workbook that a person likes to open: what it is, the toll, the incidents, the claims; no formula in it."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

from uncounted.model.errors import NotFound
from uncounted.stages.publish import tables
from uncounted.stages.publish.schemas import SCHEMAS, Column
from uncounted.stages.publish.site.index import Site
from uncounted.stages.publish.words import bounds

LONGEST = 32_767
"""Characters that a cell can hold; a longer passage is cut there, and its page has all of it."""

WIDE = {"title": 44, "passage": 70, "chain": 40, "page": 36, "claim_ids": 24, "actors": 24, "place": 20, "url": 30}


def files(site: Site) -> dict[str, bytes]:
    """``release.xlsx``; :class:`NotFound` where the library is not installed."""
    try:
        import xlsxwriter
    except ImportError as fault:
        rule = "the library that writes it is not installed"
        raise NotFound("format xlsx", rule, "Install it with: pip install 'uncounted[exchange]'") from fault
    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, safe)
    book.set_properties({"title": site.dossier.title, "created": _fixed()})
    styles = {"head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
              "text": book.add_format({"text_wrap": True, "valign": "top"}),
              "number": book.add_format({"valign": "top", "num_format": "0"}),
              "degrees": book.add_format({"valign": "top", "num_format": "0.0000"}),
              "title": book.add_format({"bold": True, "font_size": 16})}  # fmt: skip
    _about(book, site, styles)
    _sheet(book, "incidents", SCHEMAS["incidents"], tables.incident_rows(site.dossier, site.figures), styles)
    _sheet(book, "claims", SCHEMAS["claims"], tables.claim_rows(site.dossier, site.homes), styles)
    book.close()
    return {"release.xlsx": out.getvalue()}


def _fixed() -> Any:
    """The moment that the file says it was made at: always the same, so that equal releases are equal files."""
    from datetime import datetime

    return datetime(2000, 1, 1)


def _about(book: Any, site: Site, styles: Mapping[str, Any]) -> None:
    sheet, dossier = book.add_worksheet("about"), site.dossier
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, escaped(dossier.title), styles["title"])
    said = [
        ("invented", "yes: every report, name and number is made up") if dossier.invented else None,
        ("policy", dossier.policy), ("as of", dossier.as_of or "not known"),
        ("facts in the ledger", str(dossier.facts)),
        ("root of the ledger", dossier.root),
        ("what the ends of a range are", "bounds: the least and the most that the reports give under the policy; "
         "no confidence interval. An empty cell is not known, never 0."),
    ]  # fmt: skip
    row = 2
    for name, value in filter(None, said):
        sheet.write_string(row, 0, name, styles["text"])
        sheet.write_string(row, 1, escaped(value), styles["text"])
        row += 1
    row += 1
    for cell in site.in_order(dossier.toll.get("", ())):
        sheet.write_string(row, 0, escaped(site.label(cell)), styles["head"])
        sheet.write_string(row, 1, bounds(cell.low, cell.high), styles["text"])
        row += 1


def _sheet(
    book: Any, name: str, columns: tuple[Column, ...], rows: Iterable[Mapping[str, object]], styles: Mapping[str, Any]
) -> None:
    sheet = book.add_worksheet(name)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.name, styles["head"])
        sheet.write_comment(0, at, column.description)
        sheet.set_column(at, at, WIDE.get(column.name, 13))
    last = 0
    for number, row in enumerate(rows, 1):
        last = number
        for at, column in enumerate(columns):
            value = row.get(column.name)
            if value is None:
                continue
            if isinstance(value, int | float):
                sheet.write_number(number, at, value, styles["number" if column.type == "integer" else "degrees"])
            else:
                sheet.write_string(number, at, escaped(str(value)), styles["text"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)


def escaped(said: str) -> str:
    """Text as a cell can hold it: at most its length, and without the two codes that no XML can write.

    Control characters are written as ``_xHHHH_`` by the library (ECMA-376, 22.9.2.19) and come back as they were.
    """
    return said[:LONGEST].replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
