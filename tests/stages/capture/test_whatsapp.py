from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.capture.make import FIXED, parted, taken
from uncounted.model.errors import BadInput
from uncounted.stages.capture import Options, found
from uncounted.stages.capture.whatsapp import date_order

IOS = """[13/03/2025, 22:14:33] Mira: Four dead at the mill.
Two are children.
\u200e[13/03/2025, 22:15:01] Joss: \u200e<attached: 1.jpg>
[13/03/2025, 22:16:00] +00 555 0100: The clinic says nine hurt: all adults.
"""
ANDROID = """3/13/25, 9:05\u202fPM - Messages and calls are end-to-end encrypted.
3/13/25, 9:05\u202fPM - Mira: Four dead at the mill.
3/14/25, 12:10\u202fAM - Joss: <Media omitted>
"""


def chat(folder: Path, words: str, options: Options = FIXED, name: str = "_chat.txt") -> list[tuple[str | None, ...]]:
    (folder / name).write_text(words)
    return [(t.text, t.capture.author, t.capture.published, t.capture.part) for t in taken(folder / name, options)]


def test_the_bracket_form(tmp_path: Path) -> None:
    assert chat(tmp_path, IOS) == [
        ("Four dead at the mill.\nTwo are children.", "Mira", "2025-03-13T22:14:33", "message 1"),
        ("<attached: 1.jpg>", "Joss", "2025-03-13T22:15:01", "message 2"),
        ("The clinic says nine hurt: all adults.", "unnamed sender 1", "2025-03-13T22:16:00", "message 3"),
    ]


def test_the_dash_form_with_a_twelve_hour_clock_and_the_month_first(tmp_path: Path) -> None:
    assert chat(tmp_path, ANDROID, name="WhatsApp Chat with Mill Street.txt") == [
        ("Four dead at the mill.", "Mira", "2025-03-13T21:05:00", "message 1"),
        ("<Media omitted>", "Joss", "2025-03-14T00:10:00", "message 2"),
    ]
    report = taken(tmp_path / "WhatsApp Chat with Mill Street.txt")[0]
    assert report.capture.title == "Mill Street"
    assert "without a sender" in report.notes[0]


def test_a_telephone_number_as_a_sender_goes_into_no_record(tmp_path: Path) -> None:
    (tmp_path / "_chat.txt").write_text(IOS)
    third = taken(tmp_path / "_chat.txt")[2]
    assert third.capture.author == "unnamed sender 1"
    assert b"0100" not in msgspec.json.encode(third.capture)


def test_a_picture_left_out_is_partial(tmp_path: Path) -> None:
    (tmp_path / "_chat.txt").write_text(IOS)
    assert "left out of the export" in taken(tmp_path / "_chat.txt")[1].capture.partial[0]


def test_dates_that_could_be_two_are_asked_for(tmp_path: Path) -> None:
    words = "[03/04/2025, 10:00:00] Mira: Four dead.\n[03/04/2025, 11:00:00] Mira: Five dead.\n"
    (tmp_path / "_chat.txt").write_text(words)
    with pytest.raises(BadInput, match="--day-first or --month-first"):
        list(found(tmp_path / "_chat.txt"))
    for day_first, day in ((True, "2025-04-03"), (False, "2025-03-04")):
        options = msgspec.structs.replace(FIXED, day_first=day_first)
        assert (chat(tmp_path, words, options)[0][2] or "").startswith(day)


def test_an_order_the_file_rules_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_chat.txt").write_text(IOS)
    with pytest.raises(BadInput, match="cannot be month/day"):
        list(found(tmp_path / "_chat.txt", Options(day_first=False)))


def test_the_order_of_messages_settles_the_order_of_the_date() -> None:
    assert date_order("a", [(28, 2, 2025), (1, 3, 2025)], None) == (2, 1, 0)
    assert date_order("a", [(2, 3, 2025), (3, 2, 2025)], None) == (2, 0, 1)
    assert date_order("a", [(2025, 3, 4)], None) == (0, 1, 2)


def test_a_day_that_does_not_exist_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "_chat.txt").write_text("[31/02/2025, 10:00:00] Mira: Four.\n[31/03/2025, 10:00:00] Mira: Five.\n")
    reports, faults = parted(tmp_path / "_chat.txt")
    assert [report.text for report in reports] == ["Five."]
    assert "line 1" in str(faults[0].error)


def test_a_report_that_quotes_a_time_is_no_chat(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("At 10:14 on 13/03/2025 four people died, said the mayor: a tragedy.")
    (tmp_path / "wire.txt").write_text("13/03/2025, 10:14 - Courier: Four people died.\nThe clinic named them.")
    assert len(taken(tmp_path)) == 2
    assert {report.capture.form for report in taken(tmp_path)} == {"text"}
    assert taken(tmp_path / "note.txt")[0].capture.form == "text"


@given(st.lists(st.dates(date(1932, 1, 1)), min_size=1, max_size=20), st.booleans())
def test_the_true_order_is_never_ruled_out(days: list[date], day_first: bool) -> None:
    """Whatever chat in the order of time is written either way, reading it with the right order gives its dates."""
    stamps = sorted((day.year, day.month, day.day) for day in days)
    written = [(d, m, y) if day_first else (m, d, y) for y, m, d in stamps]
    order = date_order("a", written, day_first)
    assert [tuple(stamp[place] for place in order) for stamp in written] == stamps
