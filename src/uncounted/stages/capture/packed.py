"""Web archives that others made (WACZ): the pages in them, read inside the confined child."""

import io
import json
import zipfile
import zlib
from typing import Any

from uncounted.stages.capture.archive_check import check_archive
from uncounted.stages.capture.confine import Unreadable

MOST_PAGES = 500
MOST_HTML = 10_000_000
WRONG = "Ask whoever made it for a whole copy"


def read_wacz(data: bytes, inflated: int) -> dict[str, object]:
    """The pages of a WACZ file: address, time, title, and HTML or text, in ``pages``; doubts about it in ``partial``.

    The rendered document is taken where the file has one, else the page's response, else the text in its list.
    """
    from uncounted.stages.capture.wacz import faults

    check_archive(data, inflated, "WACZ")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            pages = _pages(archive)
            held = _documents(archive, {page["url"] for page in pages}, inflated)
            alone = archive.read("extras/dom.html").decode(errors="replace") if _own(archive, pages) else None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError, TypeError) as fault:
        raise Unreadable(f"it is no whole WACZ ({type(fault).__name__})", WRONG) from fault
    if not pages:
        raise Unreadable("it lists no page", WRONG)
    found = [{**page, "html": alone or held.get(page["url"])} for page in pages[:MOST_PAGES]]
    doubts = faults(data)[:5]
    if len(pages) > MOST_PAGES:
        doubts.append(f"the first {MOST_PAGES} of its {len(pages)} pages are read")
    return {"pages": found, "partial": doubts}


def _pages(archive: zipfile.ZipFile) -> list[dict[str, Any]]:
    found = []
    for name in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        if name in archive.namelist():
            lines = (json.loads(line) for line in archive.read(name).decode().splitlines() if line.strip())
            found += [line for line in lines if isinstance(line, dict) and isinstance(line.get("url"), str)]
    return [{key: str(page.get(key) or "") for key in ("url", "ts", "title", "text")} for page in found]


def _own(archive: zipfile.ZipFile, pages: list[dict[str, Any]]) -> bool:
    return len(pages) == 1 and "extras/dom.html" in archive.namelist()


def _documents(archive: zipfile.ZipFile, wanted: set[str], inflated: int) -> dict[str, str]:
    """The HTML of wanted addresses, from the WARC files in the archive; the first whole answer counts."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found, left = dict[str, str](), inflated
    for name in archive.namelist():
        if not name.startswith("archive/"):
            continue
        try:
            for record in ArchiveIterator(io.BytesIO(archive.read(name))):
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                if record.rec_type != "response" or url not in wanted or url in found or record.http_headers is None:
                    continue
                if record.http_headers.get_statuscode() != "200":
                    continue
                body = record.content_stream().read(MOST_HTML)
                left -= len(body)
                if left < 0:
                    raise Unreadable(f"it unpacks to more than {inflated:,} bytes", "Do not open it")
                found[url] = body.decode("utf-8", errors="replace")
        except ArchiveLoadFailed as fault:
            raise Unreadable(f"its {name} is no WARC", WRONG) from fault
    return found
