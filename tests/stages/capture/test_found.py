import os
import socket
from pathlib import Path

import msgspec
import pytest

from tests.stages.capture.make import FIXED, LINE, PAGE, docx, one, parted, pdf, taken
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.identity import capture_id, digest
from uncounted.stages.capture import Options, found, same_text


def test_a_text_file_is_one_report_named_by_its_bytes(tmp_path: Path) -> None:
    data = LINE.encode()
    (tmp_path / "a.txt").write_bytes(data)
    report = one(tmp_path / "a.txt")
    capture = report.capture
    assert (report.original, report.text) == (data, LINE)
    assert capture.object == digest(data) == capture.text
    assert capture.id == capture_id(digest(data), None)
    assert (capture.form, capture.size, capture.characters, capture.name) == ("text", len(data), len(LINE), "a.txt")
    assert (capture.taken, capture.language, capture.published) == ("2025-03-10T12:00:00Z", "en", None)


def test_the_working_text_keeps_line_ends_and_unnormalised_letters(tmp_path: Path) -> None:
    words = "Cafe\u0301 hit.\r\nFour dead.\r\n"
    (tmp_path / "a.md").write_bytes(words.encode())
    assert one(tmp_path / "a.md").text == words


def test_a_folder_is_walked_in_the_order_of_names_and_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.txt", "b/1.txt", "c.md", "a.txt"):
        (tmp_path / name).write_text(f"{LINE} ({name})")
    (tmp_path / ".hidden.txt").write_text("not a report")
    assert [report.capture.name for report in taken(tmp_path)] == ["a.txt", "b/1.txt", "b/2.txt", "c.md"]
    assert taken(tmp_path) == taken(tmp_path)


def test_each_form_is_read_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.pdf").write_bytes(pdf(LINE))
    (tmp_path / "c.docx").write_bytes(docx(LINE))
    reports = taken(tmp_path)
    assert [report.capture.form for report in reports] == ["html", "pdf", "docx"]
    assert all(LINE in (report.text or "") for report in reports)


def test_what_a_person_states_wins_and_a_difference_is_noted(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    options = msgspec.structs.replace(FIXED, publisher="Given", published="5 March 2025", language="fr")
    report = one(tmp_path / "a.html", options)
    assert (report.capture.publisher, report.capture.published, report.capture.language) == (
        "Given",
        "2025-03-05",
        "fr",
    )
    assert any("The Smalltown Courier" in note for note in report.notes)


def test_a_stated_date_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINE)
    with pytest.raises(BadInput, match="Write it as 2025-03-31"):
        one(tmp_path / "a.txt", Options(published="last week"))


def test_what_is_not_a_report_in_a_folder_is_a_fault_and_the_rest_is_taken(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(LINE)
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8")
    here = os.getcwd()
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(tmp_path)
        try:
            listener.bind("sock.txt")
        finally:
            os.chdir(here)
        reports, faults = parted(tmp_path)
    assert [report.capture.name for report in reports] == ["good.txt"]
    said = {Path(fault.path).name: str(fault.error) for fault in faults}
    assert set(said) == {"loop", "pipe.txt", "empty.txt", "picture.jpg", "sock.txt"}
    assert "links are not followed" in said["loop"]
    assert "named pipe" in said["pipe.txt"]
    assert "a socket" in said["sock.txt"]
    assert "empty" in said["empty.txt"]


@pytest.mark.parametrize("name", ["pipe.txt", "sock.txt"])
def test_a_pipe_or_socket_named_itself_is_refused_without_waiting(tmp_path: Path, name: str) -> None:
    here = os.getcwd()
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(tmp_path)
        try:
            listener.bind("sock.txt")
        finally:
            os.chdir(here)
        os.mkfifo(tmp_path / "pipe.txt")
        with pytest.raises(BadInput, match="not a file"):
            list(found(tmp_path / name))


def test_empty_missing_and_unknown_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text(" \n\n")
    (tmp_path / "odd.xyz").write_text("words")
    with pytest.raises(BadInput, match=r"empty\.txt: the file is empty"):
        list(found(tmp_path / "empty.txt"))
    with pytest.raises(BadInput, match="white space"):
        list(found(tmp_path / "blank.txt"))
    with pytest.raises(BadInput, match="Forms:"):
        list(found(tmp_path / "odd.xyz"))
    with pytest.raises(NotFound, match="no such file"):
        list(found(tmp_path / "none.txt"))


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no file"):
        list(found(tmp_path))


def test_a_guessed_charset_is_in_the_record_of_every_report_it_touches(tmp_path: Path) -> None:
    words = "El niño murió en el ataque; señaló la policía que había cuatro heridos más."
    (tmp_path / "a.txt").write_bytes(words.encode("cp1252"))
    (tmp_path / "b.csv").write_bytes(f"text\n{words}\n".encode("cp1252"))
    for report in taken(tmp_path):
        assert report.text == words
        assert "guess" in report.capture.partial[0]
    options = msgspec.structs.replace(FIXED, encoding="windows-1252")
    assert [report.capture.partial for report in taken(tmp_path, options)] == [(), ()]


def test_300_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.truncate(300_000_000)
    with pytest.raises(BadInput, match=r"300,000,000 bytes are over the limit of 50,000,000"):
        list(found(tmp_path / "big.txt"))


def test_the_limit_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINE)
    with pytest.raises(BadInput, match="limit of 10"):
        list(found(tmp_path / "a.txt", Options(limit=10)))


def test_the_same_text_in_other_bytes_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LINE)
    (tmp_path / "b.txt").write_text(f"---\nTitle: Copy\n---\n{LINE}")
    (tmp_path / "c.txt").write_text(f"{LINE} More.")
    first, second, third = (report.capture for report in taken(tmp_path))
    assert same_text(second, {first.id: first}) == first.id
    assert same_text(third, {first.id: first}) is None
    assert same_text(first, {first.id: first}) is None
