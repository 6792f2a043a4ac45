"""A page as a browser shows it becomes one file that holds all it was made from."""

import base64
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from tests.needs import needs_browser
from tests.stages.capture.make import FIXED, LINE, PAGE, one, pdf
from tests.stages.capture.server import serving
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.identity import digest
from uncounted.stages.capture import Taken, browser, page
from uncounted.stages.capture.page import DOM, PAPER, PICTURE, RECORD
from uncounted.stages.capture.wacz import faults

pytestmark = [
    pytest.mark.browser,
    needs_browser,
]

LOCAL = msgspec.structs.replace(FIXED, allow_loopback=True, browser="always", collector="example.org/ada+0+A")
HTML = {"Content-Type": "text/html; charset=utf-8"}
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LIVE = PAGE.replace(
    "</article>",
    """<p id="late"></p><div style="height:3000px"></div><img src="/far.png" loading="lazy"><script>
    fetch('/words.json').then(a => a.json()).then(a => { document.getElementById('late').textContent = a.words });
    new WebSocket('ws://' + location.host + '/live'); window.open('/other')</script></article>""",
)
WORDS = "Two of the wounded have since died, the nurse said in a later call to this invented paper."
ANSWERS: dict[str, Any] = {
    "/old": (301, {"Location": "/page"}, b""),
    "/page": (200, HTML, LIVE.encode()),
    "/far.png": (200, {"Content-Type": "image/png"}, DOT),
    "/words.json": (200, {"Content-Type": "application/json"}, json.dumps({"words": WORDS}).encode()),
    "/gone": (410, HTML, b"<p>gone</p>"),
    "/file.pdf": (200, {"Content-Type": "application/pdf"}, pdf(LINE)),
}


@pytest.fixture(scope="module")
def seen() -> Iterator[tuple[Taken, list[str]]]:
    with serving(dict(ANSWERS)) as server:
        yield one(server.url("/old"), LOCAL), list(server.asked)


def member(report: Taken, path: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(report.original)) as archive:
        return archive.read(path)


def records(report: Taken) -> list[tuple[str, str, bytes, dict[str, str]]]:
    from warcio.archiveiterator import ArchiveIterator

    found = []
    for record in ArchiveIterator(io.BytesIO(member(report, "archive/data.warc.gz")), check_digests="raise"):
        body = record.content_stream().read()
        found.append(
            (record.rec_type, str(record.rec_headers["WARC-Target-URI"]), body, dict(record.rec_headers.headers))
        )
    return found


def test_what_scripts_wrote_is_in_the_text_and_the_capture_is_of_the_page_it_ended_at(
    seen: tuple[Taken, list[str]],
) -> None:
    report, asked = seen
    assert LINE in (report.text or "")
    assert WORDS in (report.text or "")
    assert (report.capture.form, report.capture.publisher) == ("url", "The Smalltown Courier")
    assert (report.capture.url or "").endswith("/page")
    assert report.capture.object == digest(report.original)
    assert asked[:2] == ["/old", "/page"]


def test_the_archive_holds_every_exchange_with_sha_256_digests_and_what_was_made_of_the_page(
    seen: tuple[Taken, list[str]],
) -> None:
    report, _ = seen
    assert faults(report.original) == []
    held = records(report)
    responses = {url.rpartition("/")[2]: body for kind, url, body, _ in held if kind == "response"}
    assert responses["page"] == LIVE.encode()
    assert (responses["far.png"], responses["old"]) == (DOT, b"")
    assert {url.split(":")[1] for kind, url, _, _ in held if kind == "resource"} == {"view", "pdf", "text", "dom"}
    assert all(more["WARC-Block-Digest"].startswith("sha256:") for _, _, _, more in held)
    assert all(more["WARC-IP-Address"] == "127.0.0.1" for kind, _, _, more in held if kind == "response")
    assert member(report, PICTURE).startswith(b"\x89PNG")
    assert member(report, PAPER).startswith(b"%PDF-")
    assert WORDS.encode() in member(report, DOM)


def test_the_collection_record_says_how_the_page_was_taken(seen: tuple[Taken, list[str]]) -> None:
    report, _ = seen
    record: Any = report.record
    assert json.loads(member(report, RECORD)) == record
    assert [hop["status"] for hop in record["redirects"]] == [301]
    assert record["requested"].endswith("/old")
    assert record["final"].endswith("/page")
    assert (record["address"], record["status"], record["viewport"]) == ("127.0.0.1", 200, [1280, 900])
    assert record["collector"] == LOCAL.collector
    assert record["browser"].startswith("Chromium ")
    assert abs(record["clock"]["server_ahead_seconds"]) < 5
    assert record["outputs"][PICTURE]["sha256"] == digest(member(report, PICTURE))
    assert {one["status"] for one in record["exchanges"]} >= {200, 301}
    assert record["cage"]["user"] in {"nobody", "the same"}


def test_what_could_not_be_kept_is_said(seen: tuple[Taken, list[str]]) -> None:
    report, asked = seen
    said = " ".join(report.capture.partial)
    assert "WebSocket" in said
    assert "another window" in said
    assert "/live" not in asked


def test_a_page_that_is_gone_or_silent_is_an_error_in_words() -> None:
    with serving(dict(ANSWERS)) as server:
        with pytest.raises(NotFound, match="410"):
            one(server.url("/gone"), LOCAL)
        port = server.port
    with pytest.raises(BadInput, match="could not open it"):
        one(f"http://127.0.0.1:{port}/page", LOCAL)


def test_what_is_no_page_is_fetched_plainly() -> None:
    with serving(dict(ANSWERS)) as server:
        report = one(server.url("/file.pdf"), LOCAL)
    assert report.original == ANSWERS["/file.pdf"][2]
    assert report.text == LINE


def test_without_a_browser_an_address_is_fetched_plainly_unless_one_was_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(browser, "browser_path", lambda: None)
    with serving(dict(ANSWERS)) as server:
        plain = one(server.url("/page"), msgspec.structs.replace(LOCAL, browser="auto"))
        assert plain.original == LIVE.encode()
        assert "no browser on this machine" in plain.capture.partial[0]
        with pytest.raises(Refused, match="no browser"):
            one(server.url("/page"), LOCAL)


def test_a_page_that_the_browser_cannot_open_is_fetched_plainly_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def crashed(*_: object) -> None:
        raise BadInput("a page", "the browser could not open it (crashed)")

    monkeypatch.setattr(page, "visit", crashed)
    with serving(dict(ANSWERS)) as server:
        plain = one(server.url("/page"), msgspec.structs.replace(LOCAL, browser="auto"))
        with pytest.raises(BadInput, match="crashed"):
            one(server.url("/page"), LOCAL)
    assert plain.original == LIVE.encode()
    assert "no picture of it is kept: the browser could not open it (crashed)" in plain.capture.partial[0]


def test_a_driver_that_does_not_start_names_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        async def start(self) -> None:
            raise Exception("Connection closed while reading from the driver")

    monkeypatch.setattr("playwright.async_api.async_playwright", Broken)
    with pytest.raises(Refused) as refused:
        browser.visit("https://example.org/", LOCAL, lambda *_: ["127.0.0.1"])
    assert refused.value.remedy is not None
    assert "libatomic1" in refused.value.remedy
