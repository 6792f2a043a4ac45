"""A Word document made anew for publication: nothing of its makers, nothing that its pages do not show."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from uncounted.stages.capture.archive_check import check_archive
from uncounted.stages.capture.word import W

DROPPED = re.compile(r"docProps/|word/(comments|people)|customXml/|_xmlsignatures/")
EMBEDDED = re.compile(r"word/(embeddings|activeX)/|word/vbaProject\.bin")
PICTURE = re.compile(r"word/media/.*\.(?:jpe?g|png|gif|tiff?|webp)$", re.IGNORECASE)
OTHER_MEDIA = re.compile(r"word/media/")
GONE_RELATION = re.compile(
    rb'<Relationship [^>]*Target="/?(?:docProps/|[^"]*(?:comments|people|customXml|_xmlsignatures))[^>]*/>'
)
OF_A_MACHINE = re.compile(rb'(<Relationship [^>]*Target=")(?:file:|\\\\|[A-Za-z]:)[^"]*(")')
"""A relation to a file of the machine that the document was written on, such as a template in somebody's home."""
GONE_KIND = re.compile(
    rb'<Override [^>]*PartName="/(?:docProps/|word/(?:comments|people)|customXml|_xmlsignatures)[^>]*/>'
)
OF_MAKERS = re.compile(rb' w:(?:author|initials|rsid\w*|date)="[^"]*"')
REMOVED = tuple(W + name for name in (
    "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange",
    "commentRangeStart", "commentRangeEnd", "commentReference", "rsids", "docVars", "attachedTemplate",
))  # fmt: skip
"""Elements that tell what was there before, what others said of it, and how and where it was written."""

CHANGES = (
    "archive written anew without properties, comments, custom data, and names and times of who edited it",
    "what was deleted or moved with its traces kept, and hidden words, left out",
)


def stripped_word(data: bytes, inflated: int, picture: Callable[[bytes], tuple[bytes, list[str]]]) -> tuple[
    bytes, list[str]
]:  # fmt: skip
    """The document without what its pages do not show, and what was changed, in words.

    ``picture`` makes a picture anew. What cannot be made anew (drawings of other forms) is kept, and that is said;
    embedded files are emptied.
    """
    check_archive(data, inflated)
    out, changes, kept = io.BytesIO(), list(CHANGES), 0
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            name = member.filename
            if DROPPED.match(name):
                continue
            body = old.read(member)
            if EMBEDDED.match(name):
                body, said = b"", "embedded files emptied"
            elif PICTURE.match(name):
                body, said = picture(body)[0], "pictures decoded and encoded anew, without place, device and author"
            elif OTHER_MEDIA.match(name):
                kept, said = kept + 1, ""
            else:
                body, said = _part(name, body), ""
            if said and said not in changes:
                changes.append(said)
            new.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    if kept:
        changes.append(f"{kept} drawings of a form that is not made anew kept as they were, with what they may hold")
    return out.getvalue(), changes


def _part(name: str, body: bytes) -> bytes:
    if name.endswith(".rels"):
        return OF_A_MACHINE.sub(rb"\1about:blank\2", GONE_RELATION.sub(b"", body))
    if name == "[Content_Types].xml":
        return GONE_KIND.sub(b"", body)
    if name.startswith("word/") and name.endswith(".xml"):
        return OF_MAKERS.sub(b"", _shown(body))
    return body


def _shown(body: bytes) -> bytes:
    """A part's XML without what no page shows."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root: Any = etree.fromstring(body, parser)
    for element in list(root.iter(*REMOVED)):
        _taken_out(element)
    for mark in list(root.iter(f"{W}vanish")):
        run = mark.getparent().getparent()
        if run is not None and run.tag == f"{W}r" and mark.get(f"{W}val", "true") not in {"0", "false", "off"}:
            _taken_out(run)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _taken_out(element: Any) -> None:
    """Take an element out; the words behind it stay."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
