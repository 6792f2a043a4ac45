"""The words of a Word document, read inside the confined child.

Read from the document's own XML (ECMA-376, part 1, 17): the library that opens it passes over what lies in content
controls, text boxes and tracked insertions, and gives a cell that spans others once for each.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from uncounted.stages.capture.archive_check import check_archive
from uncounted.stages.capture.confine import FAULTS, Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""A second form of what stands beside it, for older programs."""
TAKEN_OUT = frozenset({f"{W}del", f"{W}moveFrom", FALLBACK})
BOX = f"{W}txbxContent"
SIGNS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
ASIDES = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments", "header": "headers",
          "footer": "footers"}  # fmt: skip
"""What lies beside the body: how the parts' names begin, and what they are called."""
WORDS = re.compile(rb"<w:t(?: [^>]*)?>[^<]*[^<\s]")


def read_docx(data: bytes, inflated: int) -> dict[str, object]:
    """Paragraphs and table rows in the order of the body, one a line; cells of a row are parted by tabs.

    What was deleted with its traces kept is not read; what was inserted is.
    """
    check_archive(data, inflated)
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        body: Any = document.element.body
        lines = list(_lines(body))
        told = document.core_properties
        title, author = told.title, told.author
        partial = _beside(document.part.package.iter_parts())
        if any(True for _ in body.iter(f"{W}del", f"{W}moveFrom")):
            partial.append("what was deleted with its traces kept is in the file but not read")
    except (OpcError, LxmlError, *FAULTS) as fault:
        raise Unreadable(f"it is no whole DOCX ({fault})", "Open and save it anew as .docx") from fault
    text = "\n".join(lines).strip()
    if not text:
        partial.append("the document has no text")
    return {"text": text or None, "title": title, "author": author, "partial": partial}


def _beside(parts: Any) -> list[str]:
    """What holds words beside the body, in words."""
    blobs = [(str(part.partname).rpartition("/")[2], part.blob) for part in parts]
    held = {said for start, said in ASIDES.items() for name, blob in blobs
            if re.fullmatch(rf"{start}\d*\.xml", name) and WORDS.search(blob)}  # fmt: skip
    return [f"{said} are kept in the file but not read" for said in sorted(held)]


def _lines(block: Any) -> Iterator[str]:
    """The lines of paragraphs and tables, down through whatever holds them."""
    for child in block:
        if child.tag == f"{W}p":
            yield "".join(_words(child))
            for box in _boxes(child):
                yield from _lines(box)
        elif child.tag == f"{W}tbl":
            yield from ("\t".join(_cells(row)) for row in _inner(child, f"{W}tr"))
        elif child.tag not in TAKEN_OUT:
            yield from _lines(child)


def _cells(row: Any) -> Iterator[str]:
    """The words of a row's cells; a cell that goes on from the row above has none of its own."""
    for cell in _inner(row, f"{W}tc"):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        yield "" if goes_on else "\n".join(_lines(cell))


def _inner(holder: Any, tag: str) -> Iterator[Any]:
    """The nearest elements of a tag below a holder: rows of this table, none of a table within it."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag not in TAKEN_OUT:
            yield from _inner(child, tag)


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag == f"{W}br":
            yield "\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else ""
        elif child.tag not in TAKEN_OUT and child.tag not in {BOX, f"{W}pPr", f"{W}rPr"}:
            yield from _words(child)


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph, each once."""
    for child in element:
        if child.tag == BOX:
            yield child
        elif child.tag not in TAKEN_OUT:
            yield from _boxes(child)
