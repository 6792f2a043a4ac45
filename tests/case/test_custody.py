"""The life of an exhibit, told from the record alone."""

import io
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from tests.ledger.authority import Authority
from tests.needs import needs_browser
from tests.stages.capture.make import FIXED, LINE, PAGE, pdf
from tests.stages.capture.server import serving
from tests.stages.capture.test_strip import SECRET, picture
from uncounted.case import Case, anchoring, consent, copies, devices, intake, sealing
from uncounted.case.custody import as_text, custody
from uncounted.case.custody_page import as_page
from uncounted.ledger import rfc3161
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.facts import Agent, CopyMade
from uncounted.model.identity import digest
from uncounted.stages.capture import browser, found

ADA = Agent("person", "Ada Recorder")
ARABIC = "قُتل 14 شخصاً في غارة على سوق Akureyri، بحسب المستشفى"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case", "Invented", ADA, invented=True)


def added(case: Case, path: Path, data: bytes) -> str:
    path.write_bytes(data)
    (outcome,) = intake.add(case, found(path, FIXED), ADA)
    assert outcome.capture
    return outcome.capture.id


def test_a_web_capture_tells_how_it_was_collected_recorded_and_handled(case: Case, tmp_path: Path) -> None:
    with serving({"/a": (200, {"Content-Type": "text/html"}, PAGE.encode())}) as server:
        options = msgspec.structs.replace(FIXED, allow_loopback=True)
        (outcome,) = intake.add(case, found(server.url("/a"), options), ADA)
    assert outcome.capture
    name = outcome.capture.id
    authority = Authority(tmp_path / "tsa")
    reply = authority.reply(rfc3161.query(case.ledger.root()))
    anchoring.keep_timestamp(case, ADA.name, reply, authority.chain, "Invented Authority")
    sealing.make_key(case, tmp_path / "key", ADA.name)
    sealing.seal(case, ADA, name, "identity", "Invented Witness", pseudonym="S-1")
    sealing.erase(case, ADA, name, "identity", "asked to be forgotten")
    consent.state(case, ADA.name, name, ["court"], True)
    copies.hand_over(case, ADA.name, "case", "Court of Invention", "by courier")
    said = as_text(custody(case, name))
    for words in (
        server.url("/a"), "Status:                     200", "127.0.0.1", outcome.capture.object, "rfc3161 by Invented",
        "before 20", "identity put under seal", "shown as S-1", "erased for good", "asked to be forgotten",
        "consent given: to be handed to a court", "the whole case given to Court of Invention by courier",
        "Everything in this case is invented", "All of it is what was recorded",
    ):  # fmt: skip
        assert words in said
    assert "Invented Witness" not in said


def test_people_can_stand_under_their_devices_keys(case: Case, tmp_path: Path) -> None:
    key = devices.enrol(case, ADA.name, tmp_path / "device.key")
    name = added(case, tmp_path / "a.txt", LINE.encode())
    shown = as_text(custody(case, name, pseudonymous=True))
    assert f"Signed on a device:         {key}" in shown
    assert f"Collected by:               {key}" in shown
    assert ADA.name not in shown
    assert ADA.name in as_text(custody(case, name))


def test_what_is_no_longer_what_was_recorded_is_said_first_of_all(case: Case, tmp_path: Path) -> None:
    name = added(case, tmp_path / "a.txt", LINE.encode())
    place = case.objects.path(case.views.capture(name).object)
    place.chmod(0o600)
    place.write_bytes(b"altered")
    report = custody(case, name)
    assert report.broken
    assert "BROKEN" in as_text(report)
    assert 'class="mark">BROKEN' in as_page(report)


def test_copies_are_facts_with_their_changes_and_the_evidence_stays(case: Case, tmp_path: Path) -> None:
    data = picture()
    name = added(case, tmp_path / "a.jpg", data)
    for kind in ("evidence", "working", "publication"):
        copies.copy(case, ADA.name, name, tmp_path / kind, kind, purpose="a hearing")
    assert (tmp_path / "evidence").read_bytes() == (tmp_path / "working").read_bytes() == data
    assert stat.S_IMODE((tmp_path / "evidence").stat().st_mode) == 0o400
    assert SECRET.encode() not in (tmp_path / "publication").read_bytes()
    made = [entry.fact for entry in case.views.history(name) if isinstance(entry.fact, CopyMade)]
    assert [bool(fact.changes) for fact in made] == [False, False, True]
    assert made[2].result == digest((tmp_path / "publication").read_bytes())
    assert case.objects.get(case.views.capture(name).object) == data
    assert "for a hearing" in as_text(custody(case, name))


def test_a_copy_is_never_written_over_nor_into_the_case_nor_made_of_what_cannot_be(case: Case, tmp_path: Path) -> None:
    name = added(case, tmp_path / "a.txt", LINE.encode())
    with pytest.raises(Refused, match="outside"):
        copies.copy(case, ADA.name, name, case.folder / "x", "working")
    with pytest.raises(Refused, match="exists"):
        copies.copy(case, ADA.name, name, tmp_path / "a.txt", "working")
    with pytest.raises(BadInput, match="not made anew"):
        copies.copy(case, ADA.name, name, tmp_path / "b", "publication")
    with pytest.raises(NotFound):
        copies.copy(case, ADA.name, "c9", tmp_path / "b", "working")
    with pytest.raises(NotFound):
        copies.hand_over(case, ADA.name, name, "a court", "by hand", file=tmp_path / "none")


def test_what_must_not_be_shown_is_not_made_ready_to_be(case: Case, tmp_path: Path) -> None:
    name = added(case, tmp_path / "a.pdf", pdf(LINE))
    consent.state(case, ADA.name, name, ["publish"], False, reason="no longer safe")
    with pytest.raises(Refused, match="consent to publish it was withdrawn"):
        copies.copy(case, ADA.name, name, tmp_path / "out.pdf", "publication")
    assert not (tmp_path / "out.pdf").exists()
    copies.copy(case, ADA.name, name, tmp_path / "evidence.pdf", "evidence")
    consent.state(case, ADA.name, name, ["publish"], True)
    copies.copy(case, ADA.name, name, tmp_path / "out.pdf", "publication")


def test_a_report_of_a_source_under_seal_is_shown_by_consent_alone(case: Case, tmp_path: Path) -> None:
    name = added(case, tmp_path / "a.pdf", pdf(LINE))
    sealing.make_key(case, tmp_path / "key", ADA.name)
    sealing.seal(case, ADA, name, "identity", "Invented Witness")
    with pytest.raises(Refused, match="under seal"):
        copies.copy(case, ADA.name, name, tmp_path / "out.pdf", "publication")
    consent.state(case, ADA.name, name, ["publish"], True)
    copies.copy(case, ADA.name, name, tmp_path / "out.pdf", "publication")


def test_a_copy_that_cannot_be_written_whole_is_not_there(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    name, entries = added(case, tmp_path / "a.txt", LINE.encode()), len(case.ledger)
    monkeypatch.setattr("uncounted.case.new_file.os.fsync", full)
    with pytest.raises(Refused, match="No space left"):
        copies.copy(case, ADA.name, name, tmp_path / "out.txt", "working")
    assert not (tmp_path / "out.txt").exists()
    assert len(case.ledger) == entries


def test_a_page_from_a_browser_is_published_as_its_picture_and_words_are_escaped(case: Case, tmp_path: Path) -> None:
    from uncounted.stages.capture.wacz import write_wacz

    packed = write_wacz(
        url="https://paper.example/", title="t", at="2025-03-04T10:00:00Z", text="", warc=b"", places=(),
        extras={"extras/page.png": picture("PNG")},
    )  # fmt: skip
    name = added(case, tmp_path / "<b>.pdf", pdf(LINE))
    held = case.views.capture(name)
    made, changes = copies._published(msgspec.structs.replace(held, form="url"), packed)
    assert made.startswith(b"\x89PNG")
    assert SECRET.encode() not in made
    assert "WACZ" in changes[0]
    assert "&lt;b&gt;.pdf" in as_page(custody(case, name))


def _lefts(page: str, words: list[str]) -> list[float]:
    """Where each word of the line that holds the first of them begins, in pixels from the left."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.browser_path(), args=["--no-sandbox"])
        shown = chromium.new_page()
        shown.set_content(page)
        places: list[float] = shown.evaluate(
            """words => {
            const line = [...document.querySelectorAll('td div')].find(d => d.textContent.includes(words[0]));
            return words.map(word => { const r = document.createRange(), t = line.firstChild, at = t.data.indexOf(word);
            r.setStart(t, at); r.setEnd(t, at + word.length); return r.getBoundingClientRect().left }) }""",
            words,
        )
        chromium.close()
    return places


@pytest.mark.browser
@needs_browser
def test_the_pdf_sets_each_line_in_its_own_direction(case: Case, tmp_path: Path) -> None:
    """In a right-to-left line with a number and a Latin name the first word stands right of the last one."""
    import pypdf

    from uncounted.stages.capture.paper import print_pdf

    name = added(case, tmp_path / "a.txt", f"---\nTitle: {ARABIC}\nPublisher: Courier\n---\n{LINE}".encode())
    page = as_page(custody(case, name))
    paper = pypdf.PdfReader(io.BytesIO(print_pdf(page, title="test")))
    text = "".join(one.extract_text() for one in paper.pages)
    assert "Chain of custody" in text
    assert any("؀" <= sign <= "ۿ" or "ﭐ" <= sign <= "﻿" for sign in text)
    # In a thread of its own: another test of this process may hold a browser open in this one.
    with ThreadPoolExecutor(max_workers=1) as beside:
        places = beside.submit(_lefts, page, ["قُتل", "14", "شخصاً", "Akureyri", "المستشفى"]).result()
    assert places == sorted(places, reverse=True), json.dumps(places)
