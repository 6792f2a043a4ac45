"""Web archives that others made, whole and broken; their pages are invented."""

import gzip
import io
from pathlib import Path

import pytest

from tests.stages.capture.test_archives import PAGE, read
from uncounted.model.errors import BadInput


def record(body: str, *, status: str = "200 OK", more: dict[str, str] | None = None, at: str = "2031-05-06") -> bytes:
    """One response, unpacked, as a WARC file has it."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    kept = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body.encode())))]
    writer.write_record(
        writer.create_warc_record(
            "https://news.example/one", "response", io.BytesIO(body.encode()),
            http_headers=StatusAndHeaders(status, kept, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": f"{at}T10:00:00Z", **(more or {})},
        )
    )  # fmt: skip
    return out.getvalue()


def test_a_page_that_is_cut_off_says_so(tmp_path: Path) -> None:
    whole = record(PAGE)
    (tmp_path / "a.warc").write_bytes(whole[:-150])
    (report,), _ = read(tmp_path / "a.warc", "wacz")
    assert "the archive ends before the page does" in report.capture.partial
    (tmp_path / "b.warc").write_bytes(record(PAGE, more={"WARC-Truncated": "length"}))
    (report,), _ = read(tmp_path / "b.warc", "wacz")
    assert "whoever archived it cut it off (length)" in report.capture.partial


def test_a_whole_page_lacks_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(record(PAGE))
    (report,), _ = read(tmp_path / "a.warc", "wacz")
    assert report.capture.partial == ()


def test_an_error_page_says_what_it_is_and_a_redirect_is_none(tmp_path: Path) -> None:
    data = record(PAGE, status="404 Not Found") + record(PAGE, status="301 Moved Permanently", at="2031-05-07")
    (tmp_path / "a.warc").write_bytes(data)
    (report,), _ = read(tmp_path / "a.warc", "wacz")
    assert "the server answered with status 404" in report.capture.partial


def test_two_answers_of_one_second_are_two_reports(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(record(PAGE) + record(PAGE.replace("Fourteen", "Nine")))
    taken, _ = read(tmp_path / "a.warc", "wacz")
    assert len({one.capture.id for one in taken}) == 2


def test_a_broken_packing_is_named(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(record(PAGE) * 40))
    packed[200:260] = bytes(60)
    (tmp_path / "a.warc.gz").write_bytes(bytes(packed))
    with pytest.raises(BadInput, match="no web archive that can be read"):
        read(tmp_path / "a.warc.gz", "wacz")
