from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.stages.capture.make import LINE, one, parted
from uncounted.model.errors import BadInput
from uncounted.stages.capture import found


def message(body: str = LINE, *, attach: bool = False, html: bool = False) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "The Smalltown Courier <desk@courier.example>"
    made["Subject"] = "Four killed – Smalltown"
    made["Date"] = "Tue, 04 Mar 2025 10:00:00 +0200"
    if html:
        made.set_content(f"<html><body><p>{body}</p></body></html>", subtype="html")
    else:
        made.set_content(body)
    if attach:
        made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="../../wall.png")
    return made


def test_a_message_with_its_sender_date_and_subject(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message().as_bytes())
    report = one(tmp_path / "a.eml")
    capture = report.capture
    assert report.text == LINE + "\n"
    assert (capture.form, capture.title, capture.published) == (
        "email",
        "Four killed – Smalltown",
        "2025-03-04T08:00:00Z",
    )
    assert capture.author == "The Smalltown Courier <desk@courier.example>"


def test_an_html_body_is_read_where_there_is_no_plain_one(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message(html=True).as_bytes())
    assert one(tmp_path / "a.eml").text == LINE


def test_an_attachment_is_named_and_never_written(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message(attach=True).as_bytes())
    assert "wall.png" in one(tmp_path / "a.eml").capture.partial[0]
    assert [path.name for path in tmp_path.parent.glob("**/wall.png")] == []


def test_an_mbox_gives_each_message_and_names_a_broken_one(tmp_path: Path) -> None:
    first, third = message().as_bytes(), message("From the clinic: nine hurt.").as_bytes()
    broken = b"Content-Type: text/plain\n\nno headers that say who or when\n"
    envelope = b"From courier@example Tue Mar  4 10:00:00 2025\n"
    third = third.replace(b"\nFrom the", b"\n>From the")
    (tmp_path / "a.mbox").write_bytes(b"\n".join(envelope + part for part in (first, broken, third)))
    reports, faults = parted(tmp_path / "a.mbox")
    assert [report.capture.part for report in reports] == ["message 1", "message 3"]
    assert (reports[1].text or "").startswith("From the clinic")
    assert [fault.part for fault in faults] == ["message 2"]
    assert "message 2" in str(faults[0].error)
    assert len({report.capture.id for report in reports}) == 2
    assert len({report.capture.object for report in reports}) == 1


def test_a_message_in_a_charset_that_does_not_fit_is_a_fault(tmp_path: Path) -> None:
    junk = bytes(range(128, 256)) * 3
    (tmp_path / "a.eml").write_bytes(b"From: a@b.example\nContent-Type: text/plain; charset=utf-8\n\n" + junk + b"\0\0")
    with pytest.raises(BadInput):
        list(found(tmp_path / "a.eml"))


@pytest.mark.parametrize(
    ("header", "author"),
    [(b"Date: Tue, 04 Mar 99999999999999999999 10:00:00 +0200", "a@b.example"), (b"From: a: b, =?utf-8?b?x", None)],
)
def test_a_header_that_cannot_be_parsed_is_no_reason_to_lose_the_message(
    tmp_path: Path, header: bytes, author: str | None
) -> None:
    (tmp_path / "a.eml").write_bytes(header + b"\nFrom: a@b.example\nSubject: x\n\nFour dead.\n")
    report = one(tmp_path / "a.eml")
    assert report.text == "Four dead.\n"
    assert report.capture.published is None
    assert author is None or report.capture.author == author


def test_a_file_that_is_no_mailbox_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_text(LINE)
    with pytest.raises(BadInput, match="holds no message"):
        list(found(tmp_path / "a.mbox"))


ENVELOPE = b"From courier@example Tue Mar  4 10:00:00 2025\n"


def box(path: Path, *messages: bytes, envelope: bytes = ENVELOPE, before: bytes = b"") -> Path:
    """An mbox as its form has it: each message between a ``From `` line and an empty one."""
    path.write_bytes(before + b"".join(envelope + one + b"\n" for one in messages))
    return path


def test_a_sentence_that_begins_with_from_is_no_message(tmp_path: Path) -> None:
    words = "Four were killed.\n\nFrom Monday on the clinic was closed.\n\nFrom the nurse:\nNine were hurt."
    reports, faults = parted(box(tmp_path / "a.mbox", message(words).as_bytes(), message().as_bytes()))
    assert [report.text for report in reports] == [words + "\n", LINE + "\n"]
    assert faults == []


@pytest.mark.parametrize(
    "envelope",
    [
        b"From 1234567890@xxx Tue Mar 04 10:00:00 +0000 2025\n",
        b"From - Tue Mar 04 10:00:00 2025\r\n",
        b"From ???@??? Tue Mar 04 10:00:00 2025\n",
        b"From \n",
        b"From desk@courier.example\n",
    ],
)
def test_envelopes_of_many_programs_are_known(tmp_path: Path, envelope: bytes) -> None:
    path = box(tmp_path / "a.mbox", message().as_bytes(), message("Nine hurt.").as_bytes(), envelope=envelope)
    assert [report.text for report in parted(path)[0]] == [LINE + "\n", "Nine hurt.\n"]


def test_a_message_has_the_same_text_in_a_box_and_alone(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message().as_bytes())
    reports, _ = parted(box(tmp_path / "a.mbox", message().as_bytes(), message().as_bytes()))
    assert {report.capture.text for report in reports} == {one(tmp_path / "a.eml").capture.text}


def test_the_first_message_is_not_lost_behind_a_mark_and_other_bytes_are_told(tmp_path: Path) -> None:
    reports, faults = parted(box(tmp_path / "a.mbox", message().as_bytes(), before=b"\xef\xbb\xbf"))
    assert (len(reports), faults) == (1, [])
    cut = b"end of a message whose beginning was lost\n\n"
    reports, faults = parted(box(tmp_path / "b.mbox", message().as_bytes(), before=cut))
    assert len(reports) == 1
    assert "before the first message" in str(faults[0].error)


def test_a_body_that_is_broken_in_the_middle_is_said_to_be(tmp_path: Path) -> None:
    head = b"From: a@b.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    (tmp_path / "a.eml").write_bytes(head + b"Rm91ciB3ZXJlIGtpbGxlZC4gTm")
    report = one(tmp_path / "a.eml")
    assert any("not well formed" in note for note in report.notes)
