"""Tiny invented files of every form, made on the spot."""

import io
import zipfile
from pathlib import Path

from uncounted.stages.capture import Fault, Options, Taken, found

LINE = "At least four people were killed in Smalltown on Monday, a nurse of the invented clinic said."


def at_noon() -> str:
    return "2025-03-10T12:00:00Z"


FIXED = Options(clock=at_noon)


def taken(path: str | Path, options: Options = FIXED) -> list[Taken]:
    """All reports of a path that must hold no fault."""
    items = list(found(path, options))
    faults = [item for item in items if isinstance(item, Fault)]
    assert not faults, faults
    return [item for item in items if isinstance(item, Taken)]


def one(path: str | Path, options: Options = FIXED) -> Taken:
    """The only report of a path."""
    items = taken(path, options)
    assert len(items) == 1
    return items[0]


def parted(path: str | Path, options: Options = FIXED) -> tuple[list[Taken], list[Fault]]:
    """Reports and faults of a path, apart."""
    items = list(found(path, options))
    return [item for item in items if isinstance(item, Taken)], [item for item in items if isinstance(item, Fault)]


def pdf(*pages: str, password: str | None = None, title: str | None = None) -> bytes:
    """A PDF with one line of text a page; an empty string makes a page without text."""
    import pypdf
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    for text in pages:
        page = writer.add_blank_page(595, 842)
        if not text:
            continue
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 11 Tf 40 780 Td ({text}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(content)
    if title:
        writer.add_metadata({"/Title": title})
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A Word document of paragraphs and, behind them, one table."""
    import docx as library

    document = library.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                table.rows[r].cells[c].text = cell
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_member(archive: bytes, name: str, data: bytes) -> bytes:
    """The archive with one more member."""
    out = io.BytesIO(archive)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(name, data)
    return out.getvalue()


PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Four killed in Smalltown</title>
<meta property="og:site_name" content="The Smalltown Courier"><meta name="author" content="Jo Invented">
<meta property="article:published_time" content="2025-03-04T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Four killed in Smalltown</h1><p>{LINE}</p>
<p>The clinic treated nine others, the nurse added, and two of them were taken on to the district hospital.</p>
</article><footer>All rights reserved by nobody</footer></body></html>"""
