import gzip
import socket
import threading
import time

import msgspec
import pytest

from tests.stages.capture.make import FIXED, LINE, PAGE, one, pdf
from tests.stages.capture.server import serving
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.stages.capture.web import fetch

LOCAL = msgspec.structs.replace(FIXED, allow_loopback=True)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_a_page_is_kept_with_its_headers_and_redirects() -> None:
    answers = {"/old": (301, {"Location": "/new?x=1"}, b""), "/new?x=1": (200, HTML, PAGE.encode())}
    with serving(answers) as server:
        report = one(server.url("/old"), LOCAL)
        assert server.asked == ["/old", "/new?x=1"]
        assert server.seen["User-Agent"].startswith("uncounted/")
        assert "Cookie" not in server.seen
    capture, record = report.capture, report.record
    assert record is not None
    assert (report.original, capture.form, capture.url) == (PAGE.encode(), "url", server.url("/new?x=1"))
    assert LINE in (report.text or "")
    assert capture.publisher == "The Smalltown Courier"
    assert (record["requested"], record["final"], record["status"]) == (server.url("/old"), capture.url, 200)
    assert record["redirects"] == [
        {"url": server.url("/old"), "status": 301, "location": "/new?x=1", "address": "127.0.0.1"}
    ]
    assert ["Content-Type", "text/html; charset=utf-8"] in record["headers"]  # type: ignore[operator]
    assert msgspec.json.encode(record)


def test_a_pdf_and_a_plain_text_from_the_web() -> None:
    answers = {
        "/a": (200, {"Content-Type": "application/pdf"}, pdf(LINE)),
        "/b": (200, {"Content-Type": "text/plain; charset=windows-1252"}, "Café hit, four dead".encode("cp1252")),
    }
    with serving(answers) as server:
        assert one(server.url("/a"), LOCAL).text == LINE
        assert one(server.url("/b"), LOCAL).text == "Café hit, four dead"


@pytest.mark.parametrize(
    ("status", "kind", "body", "error", "rule"),
    [
        (404, "text/html", b"gone", NotFound, "not there"),
        (500, "text/html", b"oops", BadInput, "status 500"),
        (200, "text/html", b"", BadInput, "empty"),
        (200, "image/png", b"\x89PNG", BadInput, "image/png"),
    ],
)
def test_what_is_no_report_is_named(status: int, kind: str, body: bytes, error: type[Exception], rule: str) -> None:
    with serving({"/": (status, {"Content-Type": kind}, body)}) as server, pytest.raises(error, match=rule):
        one(server.url(), LOCAL)


def test_a_page_over_the_limit_is_refused_declared_or_not() -> None:
    small = msgspec.structs.replace(LOCAL, limit=1000)
    answers = {"/a": (200, HTML, bytes(5000)), "/b": (200, {"Content-Length": "999999999", **HTML}, b"x")}
    with serving(answers) as server:
        with pytest.raises(BadInput, match=r"over the limit of 1,000|more than the limit"):
            one(server.url("/a"), small)
        with pytest.raises(BadInput, match="999,999,999"):
            one(server.url("/b"), small)


def test_a_compressed_body_is_unpacked_within_the_limit() -> None:
    headers = {"Content-Encoding": "gzip", **HTML}
    answers = {
        "/good": (200, headers, gzip.compress(PAGE.encode())),
        "/twice": (200, headers, gzip.compress(PAGE.encode()[:99]) + gzip.compress(PAGE.encode()[99:])),
        "/bomb": (200, headers, gzip.compress(bytes(60_000_000))),
        "/cut": (200, headers, gzip.compress(PAGE.encode())[:-20]),
        "/bits": (200, headers, gzip.compress(b"x") * 200),
        "/odd": (200, {"Content-Encoding": "br", **HTML}, b"x"),
    }
    with serving(answers) as server:
        assert one(server.url("/good"), LOCAL).original == PAGE.encode()
        assert one(server.url("/twice"), LOCAL).original == PAGE.encode()
        for path, rule in (
            ("/bomb", "unpacks to more"),
            ("/bits", "100 pieces"),
            ("/cut", "too early"),
            ("/odd", "sent as br"),
        ):
            with pytest.raises(BadInput, match=rule):
                one(server.url(path), LOCAL)


def test_redirects_come_to_an_end() -> None:
    with serving({"/": (302, {"Location": "/"}, b"")}) as server:
        with pytest.raises(BadInput, match="more than 5 times"):
            one(server.url(), LOCAL)
        assert len(server.asked) == 6


def test_a_server_that_drips_headers_is_left_when_time_is_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = threading.Event()

        def drip() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.sendall(b"HTTP/1.1 200 OK\r\n")
                while not done.wait(0.05):
                    try:
                        peer.sendall(b"X-A: b\r\n")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        slow = msgspec.structs.replace(LOCAL, web_seconds=0.6)
        began = time.monotonic()
        with pytest.raises(BadInput, match=r"longer than 0\.6 seconds|could not be fetched"):
            fetch(f"http://127.0.0.1:{listener.getsockname()[1]}/", slow)
        done.set()
        thread.join()
        assert time.monotonic() - began < 30


def test_loopback_is_refused_without_the_option() -> None:
    with serving({"/": (200, HTML, PAGE.encode())}) as server:
        with pytest.raises(Refused, match="only addresses on the open internet"):
            one(server.url(), FIXED)
        assert server.asked == []
