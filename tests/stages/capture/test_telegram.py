import json
from pathlib import Path

import pytest

from tests.stages.capture.make import LINE, parted, taken
from uncounted.model.errors import BadInput
from uncounted.stages.capture import found

CHANNEL = {
    "name": "Smalltown Watch",
    "type": "public_channel",
    "id": 77,
    "messages": [
        {"id": 1, "type": "service", "date": "2025-03-04T08:00:00", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2025-03-04T12:00:00",
            "date_unixtime": "1741082400",
            "from": "Smalltown Watch",
            "text": ["Four killed, ", {"type": "bold", "text": "two children"}, "."],
        },
        {"id": 3, "type": "message", "date": "2025-03-04T12:05:00", "from": "A", "text": "", "photo": "photos/1.jpg"},
        {
            "id": 4,
            "type": "message",
            "date": "2025-03-04T12:06:00",
            "from": "A",
            "text": LINE,
            "forwarded_from": "Clinic",
        },
        "not a message",
        {"id": 6, "type": "message", "text": [{"type": "bold"}]},
    ],
}


def test_each_message_of_a_json_export_is_a_report(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text(json.dumps(CHANNEL))
    reports, faults = parted(tmp_path / "result.json")
    assert [report.capture.part for report in reports] == ["message 2", "message 3", "message 4"]
    first, picture, forwarded = reports
    assert first.text == "Four killed, two children."
    assert (first.capture.publisher, first.capture.author) == ("Smalltown Watch", None)
    assert first.capture.published == "2025-03-04T10:00:00Z"
    assert (picture.text, picture.capture.partial) == (None, ("pictures or files of the message are not read",))
    assert (forwarded.more, forwarded.capture.author) == ({"forwarded_from": "Clinic"}, "A")
    assert forwarded.capture.published == "2025-03-04T12:06:00"
    assert [fault.part for fault in faults] == ["message at place 5", "message 6"]


def test_two_messages_of_one_number_are_two_reports(tmp_path: Path) -> None:
    twice = {"name": "A", "messages": [{"id": 5, "text": "Four dead."}, {"id": 5, "text": "Five dead."}]}
    (tmp_path / "result.json").write_text(json.dumps(twice))
    first, second = taken(tmp_path / "result.json")
    assert (first.capture.part, second.capture.part) == ("message 5", "message 5 (2)")
    assert first.capture.id != second.capture.id


def test_an_export_of_all_chats_names_the_chat(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text(json.dumps({"chats": {"list": [CHANNEL, CHANNEL | {"id": 78}]}}))
    reports, _ = parted(tmp_path / "result.json")
    assert reports[0].capture.part == "chat 77 message 2"
    assert reports[3].capture.part == "chat 78 message 2"


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', "[" * 100_000])
def test_other_json_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "result.json").write_text(text)
    with pytest.raises(BadInput, match=r"no JSON|no Telegram export"):
        list(found(tmp_path / "result.json"))


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold"> Smalltown Watch </div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">4 March 2025</div></div>
<div class="message default clearfix" id="message5"><div class="body">
<div class="pull_right date details" title="04.03.2025 12:00:00 UTC+02:00">12:00</div>
<div class="from_name"> Smalltown Watch </div><div class="text">Four killed,<br>two of them children.</div></div></div>
<div class="message default clearfix joined" id="message6"><div class="body">
<div class="pull_right date details" title="04.03.2025 12:01:00">12:01</div>
<div class="media_wrap clearfix">photo</div></div></div>
</div></div></div></body></html>"""


def test_each_message_of_an_html_export_is_a_report(tmp_path: Path) -> None:
    (tmp_path / "messages.html").write_text(PAGE)
    first, second = taken(tmp_path / "messages.html")
    assert first.text == "Four killed,\ntwo of them children."
    assert (first.capture.part, first.capture.published) == ("message 5", "2025-03-04T10:00:00Z")
    assert (first.capture.publisher, first.capture.form) == ("Smalltown Watch", "chat")
    assert (second.text, second.capture.published) == (None, "2025-03-04T12:01:00")


def test_chats_that_were_left_are_read_too(tmp_path: Path) -> None:
    export = {"chats": {"list": [CHANNEL]}, "left_chats": {"list": [CHANNEL | {"id": 78}]}}
    (tmp_path / "result.json").write_text(json.dumps(export))
    parts = {report.capture.part or "" for report in parted(tmp_path / "result.json")[0]}
    assert {part.partition(" message")[0] for part in parts} == {f"chat {CHANNEL['id']}", "chat 78"}
