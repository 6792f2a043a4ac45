"""Whatever bytes come in, what comes out is reports and faults in words, never another exception."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stages.capture.make import FIXED, LINE, PAGE, docx, pdf
from tests.stages.capture.test_front import SEALED
from tests.stages.capture.test_mail import message
from tests.stages.capture.test_packed import URL, archive
from tests.stages.capture.test_strip import picture
from tests.stages.capture.test_telegram import CHANNEL
from tests.stages.capture.test_telegram import PAGE as TELEGRAM
from tests.stages.capture.test_whatsapp import ANDROID, IOS
from uncounted.model.errors import UncountedError
from uncounted.model.identity import digest
from uncounted.stages.capture import Fault
from uncounted.stages.capture.child import answer
from uncounted.stages.capture.found import from_bytes

ENVELOPE = b"From a@b.example Tue Mar  4 10:00:00 2025\n"
WHOLE = {
    "a.txt": SEALED.encode(),
    "b.txt": LINE.encode("utf-16"),
    "_chat.txt": IOS.encode(),
    "WhatsApp Chat with A.txt": ANDROID.encode(),
    "a.md": LINE.encode(),
    "a.html": PAGE.encode(),
    "messages.html": TELEGRAM.encode(),
    "a.eml": message(attach=True).as_bytes(),
    "a.mbox": ENVELOPE + message(html=True).as_bytes() + b"\n\n" + ENVELOPE + message().as_bytes(),
    "result.json": json.dumps(CHANNEL).encode(),
    "a.csv": f'id,text,url\n1,"{LINE}",x\n2,"a ""b"" c",y\n'.encode(),
    "a.jsonl": b'{"id": "1", "text": "four dead", "published": "2025-03-04"}\n{"id": 2, "text": "five"}\n',
}
BYTES = st.binary(max_size=12) | st.sampled_from([b"\0", b"\n", b'"', b"\\ud800", b"\xff", b"---\n", b"]]>", b"9" * 40])
CUTS = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 40), BYTES), max_size=5)


def mutated(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """The data with a few stretches replaced by other bytes."""
    for start, length, put in cuts:
        place = start % (len(data) + 1)
        data = data[:place] + put + data[place + length :]
    return data


def hold(name: str, data: bytes) -> None:
    """Read the bytes and check what must hold of every outcome."""
    try:
        items = list(from_bytes(name, name, data, FIXED))
    except UncountedError:
        return
    assert items
    reports = [item for item in items if not isinstance(item, Fault)]
    assert len({report.capture.id for report in reports}) == len(reports)
    for report in reports:
        capture = report.capture
        assert capture.object == digest(report.original)
        assert capture.size == len(report.original)
        assert (report.text is None) == (capture.text is None)
        assert report.text is None or capture.text == digest(report.text.encode())
        assert report.text is None or capture.characters == len(report.text)
        assert report.text or capture.partial


@pytest.mark.parametrize("name", sorted(WHOLE))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cuts=CUTS)
def test_a_damaged_file_gives_reports_or_faults(name: str, cuts: list[tuple[int, int, bytes]]) -> None:
    hold(name, mutated(WHOLE[name], cuts))


@pytest.mark.parametrize("name", sorted(WHOLE))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=400))
def test_any_bytes_under_any_name_give_reports_or_faults(name: str, data: bytes) -> None:
    hold(name, data)


OFFICE = {
    "pdf": pdf(LINE, "Second."), "docx": docx(LINE, rows=(("a", "b"),)), "image": picture(),
    "wacz": archive((URL, PAGE)), "strip-image": picture("PNG"), "strip-pdf": pdf(LINE, title="t"),
    "strip-docx": docx(LINE),
}  # fmt: skip


@pytest.mark.parametrize("form", sorted(OFFICE))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(cuts=st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 40), BYTES), min_size=1, max_size=5))
def test_a_damaged_document_gives_its_child_an_answer(form: str, cuts: list[tuple[int, int, bytes]]) -> None:
    """In the child's own words, without the process around it, which would hide an exception as a failure."""
    found = answer(form, mutated(OFFICE[form], cuts), FIXED.inflated)
    assert {"error", "text", "pages", "bytes"} & set(found)


def test_a_folder_with_every_hostile_thing_still_gives_its_good_report(tmp_path: Path) -> None:
    from uncounted.stages.capture import found

    (tmp_path / "good.txt").write_text(LINE)
    (tmp_path / "bomb.docx").write_bytes(b"PK\x03\x04" + bytes(2000))
    (tmp_path / "junk.pdf").write_bytes(b"%PDF-1.7\n" + b"\xff" * 500)
    (tmp_path / "bad.eml").write_bytes(b"\0" * 100)
    (tmp_path / "bad.json").write_text("[" * 200_000)
    (tmp_path / "..").joinpath(tmp_path.name, "new\nline.txt").write_text(LINE)
    items = list(found(tmp_path, FIXED))
    assert sum(isinstance(item, Fault) for item in items) == 4
    assert sorted(item.capture.name for item in items if not isinstance(item, Fault)) == ["good.txt", "new\nline.txt"]
