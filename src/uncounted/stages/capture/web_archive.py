"""Web archives that others made (WARC, WACZ): each HTML page a report with its own address and moment."""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from uncounted.model.errors import BadInput, NotFound, UncountedError
from uncounted.model.identity import digest
from uncounted.stages.capture.draft import Draft, finish
from uncounted.stages.capture.files import read_file, shown
from uncounted.stages.capture.html import read_html
from uncounted.stages.capture.taken import Fault, Options, Taken
from uncounted.text.zipped import member, members

PAGES = ("text/html", "application/xhtml+xml")


def read_web_archive(path: Path, options: Options) -> Iterator[Taken | Fault]:
    """Every HTML page of a ``.wacz`` or WARC file. Raises :class:`BadInput` when it is none, or holds no page.

    What an archive lacks (a record that ends too early, an answer that is an error) is said in the report's
    ``partial``; a redirect is no page.
    """
    data = read_file(path, options.limit)
    empty = True
    for warc in _warcs(path, data, options):
        for item in _pages(path, warc, data, options):
            empty = False
            yield item
    if empty:
        raise BadInput(shown(path), "it holds no page", "Only HTML pages of a web archive are read")


def _warcs(path: Path, data: bytes, options: Options) -> Iterator[bytes]:
    if path.suffix.lower() != ".wacz":
        yield data
        return
    archive = members(path.name, data, options.inflated)
    names = [name for name in archive.namelist() if name.startswith("archive/") and ".warc" in name]
    if not names:
        rule = "it holds no WARC file, so it is no web archive"
        raise BadInput(shown(path), rule, "Check that it is the right file")
    for name in names:
        yield member(archive, path.name, name)


def _pages(path: Path, warc: bytes, original: bytes, options: Options) -> Iterator[Taken | Fault]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as fault:
        rule = "the library that reads web archives is not installed"
        raise NotFound(shown(path), rule, "Install it with: pip install 'uncounted[browser]'") from fault
    name, parts = digest(original), dict[str, int]()
    try:
        for record in ArchiveIterator(io.BytesIO(warc)):
            if not _is_page(record):
                continue
            body = record.content_stream().read(options.limit + 1)
            part = f"{_url(record)} at {record.rec_headers.get_header('WARC-Date')}"
            turn = parts[part] = parts.get(part, 0) + 1
            part += f" ({turn})" if turn > 1 else ""
            try:
                draft = msgspec.structs.replace(_draft(f"{shown(path)}, {part}", record, body, options), part=part)
                yield finish(draft, name=path.name, original=original, options=options, object_digest=name)
            except UncountedError as fault:
                yield Fault(path=shown(path), part=part, error=fault)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, gzip.BadGzipFile, zlib.error) as fault:
        raise BadInput(shown(path), f"it is no web archive that can be read ({fault})", "Check the file") from fault


def _is_page(record: Any) -> bool:
    """Whether a record holds an HTML page of the web, and not one that an archiver made of it (``urn:…``)."""
    if record.rec_type not in ("response", "resource") or _url(record).startswith("urn:"):
        return False
    return _kind(record)[0].strip().lower() in PAGES and not _status(record).startswith("3")


def _draft(thing: str, record: Any, body: bytes, options: Options) -> Draft:
    if len(body) > options.limit:
        raise BadInput(thing, f"the page unpacks to more than {options.limit:,} bytes", "Raise --limit")
    charset = _kind(record)[2].partition("charset=")[2].strip("\"' ;") or None
    url = _url(record) or None
    draft = read_html(thing, body, charset=charset, url=url, given=options.encoding)
    return msgspec.structs.replace(draft, url=draft.url or url, partial=(*_lacks(record), *draft.partial))


def _lacks(record: Any) -> Iterator[str]:
    """What is missing of a record whose content was read to its end, in words."""
    if (status := _status(record)) not in ("", "200"):
        yield f"the server answered with status {status}"
    if why := record.rec_headers.get_header("WARC-Truncated"):
        yield f"whoever archived it cut it off ({why})"
    if getattr(record.raw_stream, "limit", 0) > 0:
        yield "the archive ends before the page does"


def _status(record: Any) -> str:
    return str(record.http_headers.get_statuscode()) if record.http_headers else ""


def _url(record: Any) -> str:
    return record.rec_headers.get_header("WARC-Target-URI") or ""


def _kind(record: Any) -> tuple[str, str, str]:
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").partition(";")
