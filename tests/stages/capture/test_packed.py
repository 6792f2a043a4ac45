"""Web archives that others made are reports too, kept byte for byte."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.stages.capture.make import LINE, PAGE, one, parted, taken
from uncounted.model.errors import BadInput
from uncounted.stages.capture.exchange import Exchange
from uncounted.stages.capture.wacz import write_wacz
from uncounted.stages.capture.warc import write_warc

URL, AT = "https://paper.example/a", "2025-03-04T10:00:00Z"
OTHER = PAGE.replace(LINE, "Nine people were hurt in a second invented town on Tuesday, a teacher said there.")


def archive(*pages: tuple[str, str], listed: bool = True) -> bytes:
    """A WACZ file as another program might make it, without a rendered document."""
    exchanges = [
        Exchange(url=url, method="GET", at=AT, request_headers=(), status=200, body=html.encode(),
                 headers=(("Content-Type", "text/html"),))
        for url, html in pages
    ]  # fmt: skip
    warc, places = write_warc(URL, exchanges, [], {"software": "another program"}, AT)
    packed = write_wacz(url=URL, title="t", at=AT, text="", warc=warc, places=places, extras={})
    lines = [json.dumps({"format": "json-pages-1.0", "id": "pages"})]
    lines += [json.dumps({"url": url, "ts": AT}) for url, _ in pages] if listed else []
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = "\n".join(lines).encode() if name == "pages/pages.jsonl" else old.read(name)
            new.writestr(name, body)
    return out.getvalue()


def test_an_archive_of_one_page_is_one_report_with_its_address(tmp_path: Path) -> None:
    data = archive((URL, PAGE))
    (tmp_path / "a.wacz").write_bytes(data)
    report = one(tmp_path / "a.wacz")
    assert report.original == data
    assert (report.capture.form, report.capture.url) == ("url", URL)
    assert report.capture.publisher == "The Smalltown Courier"
    assert LINE in (report.text or "")
    assert AT in report.notes[-1]
    assert "pages/pages.jsonl is not what its hash says" in report.capture.partial


def test_an_archive_of_several_pages_is_a_report_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.wacz").write_bytes(archive((URL, PAGE), (URL + "2", OTHER)))
    reports = taken(tmp_path / "a.wacz")
    assert [report.capture.url for report in reports] == [URL, URL + "2"]
    assert len({report.capture.id for report in reports}) == 2
    assert "Nine people" in (reports[1].text or "")


def test_what_this_program_packs_it_reads_back(tmp_path: Path) -> None:
    warc, places = write_warc(URL, [], [], {}, AT)
    extras = {"extras/dom.html": PAGE.encode()}
    (tmp_path / "a.wacz").write_bytes(
        write_wacz(url=URL, title="t", at=AT, text="", warc=warc, places=places, extras=extras)
    )
    report = one(tmp_path / "a.wacz")
    assert LINE in (report.text or "")
    assert report.capture.partial == ()


@pytest.mark.parametrize("data", [b"PK junk", archive((URL, PAGE), listed=False), archive((URL, PAGE))[:-300]])
def test_a_broken_archive_is_named(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.wacz").write_bytes(data)
    with pytest.raises(BadInput):
        one(tmp_path / "a.wacz")
    assert len(parted(tmp_path)[1]) == 1


def test_an_archive_that_unpacks_to_too_much_or_leaves_its_folder_is_refused(tmp_path: Path) -> None:
    for name, size in (("archive/x.warc", 300_000_000), ("../x", 10)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            new.writestr(name, bytes(size))
        (tmp_path / "a.wacz").write_bytes(out.getvalue())
        with pytest.raises(BadInput, match=r"unpacks to more|leave the folder"):
            one(tmp_path / "a.wacz")
