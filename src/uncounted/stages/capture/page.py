"""The report at an address, as a browser showed it: one WACZ file, its text, and the collection record.

The record holds what the Berkeley Protocol on Digital Open Source Investigations (2022, ¶153-155) asks for at capture.
"""

import asyncio
import json
import platform
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import msgspec

from uncounted import __version__
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.identity import digest
from uncounted.stages.capture.address import Resolve, resolve
from uncounted.stages.capture.browser import visit
from uncounted.stages.capture.clock import kernel_clock, server_offset
from uncounted.stages.capture.draft import finish
from uncounted.stages.capture.exchange import header
from uncounted.stages.capture.gate import Connect
from uncounted.stages.capture.html import page_draft
from uncounted.stages.capture.taken import Fault, Options, Taken
from uncounted.stages.capture.video import Videos, fetch_videos
from uncounted.stages.capture.wacz import write_wacz
from uncounted.stages.capture.warc import Made, write_warc
from uncounted.stages.capture.watch import Visit

PICTURE, PAPER, DOM, RECORD = "extras/page.png", "extras/page.pdf", "extras/dom.html", "extras/collection.jsonl"
READ = frozenset({"text/html", "application/xhtml+xml"})
NO_VIDEOS = Videos()
AGAIN = "Try again later, or save the page as a file and add that"


def from_browser(
    url: str, options: Options, how: Resolve = resolve, connect: Connect = asyncio.open_connection
) -> Iterator[Taken | Fault]:
    """The report at an address, visited with a browser. What is no page is fetched plainly instead.

    The capture's object is the WACZ file; its text is the main text of the rendered DOM.
    """
    from uncounted.stages.capture.web import from_web

    try:
        seen = visit(url, options, how, connect)
    except BadInput as fault:
        if "Download is starting" not in fault.rule:
            raise
        yield from from_web(url, options, how)
        return
    if seen.kind not in READ:
        yield from from_web(url, options, how)
        return
    videos = fetch_videos(seen.url, options, how, connect) if options.video else Videos()
    yield taken_from(usable(seen), options, videos)


def usable(seen: Visit) -> Visit:
    """The visit, unless the server said that there is no page."""
    if seen.status in {404, 410}:
        raise NotFound(seen.url, f"the server says that it is not there ({seen.status})", "Look for it in an archive")
    if seen.status >= 400:
        raise BadInput(seen.url, f"the server answered with status {seen.status}", AGAIN)
    return seen


def taken_from(seen: Visit, options: Options, videos: Videos = NO_VIDEOS) -> Taken:
    """A visit as a report: packed, named, measured."""
    seen = msgspec.structs.replace(seen, partial=(*seen.partial, *videos.partial))
    files = {DOM: seen.html.encode(errors="replace"), PICTURE: seen.picture, PAPER: seen.paper}
    files |= {f"extras/video/{name}": body for name, body in videos.files.items()}
    files = {name: body for name, body in files.items() if body}
    record = {**collection_record(seen, options, files), "videos_by": videos.tool}
    made = [
        Made(name=name, kind=kind, body=body, at=seen.ended)
        for name, kind, body in (
            ("view", "image/png", seen.picture), ("pdf", "application/pdf", seen.paper),
            ("text", "text/plain; charset=utf-8", seen.words.encode(errors="replace")),
            ("dom", "text/html; charset=utf-8", files.get(DOM, b"")),
        )
        if body
    ]  # fmt: skip
    software = {name: str(seen.state[name]) for name in ("browser", "driver")}
    warc, places = write_warc(seen.url, seen.exchanges, made, software, seen.began)
    packed = write_wacz(
        url=seen.url, title=seen.title, at=seen.began, text=seen.words, warc=warc, places=places,
        extras={**files, RECORD: json.dumps(record, ensure_ascii=False).encode() + b"\n"},
    )  # fmt: skip
    draft = page_draft(seen.html, url=seen.url)
    draft = msgspec.structs.replace(draft, form="url", partial=(*seen.partial, *draft.partial), url=seen.url)
    name = unquote(urlsplit(seen.url).path).rstrip("/").rpartition("/")[2] or str(urlsplit(seen.url).hostname)
    found = finish(draft, name=name, original=packed, options=options)
    return msgspec.structs.replace(found, record=record)


def collection_record(seen: Visit, options: Options, files: dict[str, bytes]) -> dict[str, object]:
    """How the page was collected, in plain JSON values."""
    kept = [one for one in seen.exchanges if one.body is not None]
    return {
        "requested": seen.requested,
        "final": seen.url,
        "redirects": list(seen.redirects),
        "status": seen.status,
        "headers": [list(pair) for pair in seen.headers],
        "address": next((one.address for one in seen.exchanges if one.url == seen.url), None),
        "tls": seen.tls,
        "began": seen.began,
        "ended": seen.ended,
        "clock": {**kernel_clock(), "server_ahead_seconds": server_offset(header(seen.headers, "date"), seen.began)},
        "collector": options.collector,
        "tool": f"uncounted/{__version__}",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        **seen.state,
        "bodies": "as the browser decoded them; headers that speak of the body as sent are kept as x-orig-…",
        "exchanges": [
            {"url": one.url, "method": one.method, "status": one.status, "at": one.at, "address": one.address,
             "sha256": digest(one.body) if one.body is not None else None}
            for one in seen.exchanges
        ],
        "bytes": sum(len(one.body or b"") for one in kept),
        "outputs": {name: {"sha256": digest(body), "bytes": len(body)} for name, body in files.items()},
        "transformations": [
            "dom.html: the rendered document, serialised by the browser after loading and going down the page once",
            "page.png: full-page picture by the browser", "page.pdf: printed by the browser with screen styles, A4",
        ],
        "errors": list(seen.partial),
    }  # fmt: skip
