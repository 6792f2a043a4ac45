"""Bad input: a clear error, an exit status other than 0, and a case that is unharmed."""

import fcntl
import os
import socket
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def kept(case: Path, reports: Path, run: Run) -> Path:
    """A case that holds three reports; whatever is thrown at it, it must still hold them, unbroken."""
    run("add", reports, cwd=case)
    return case


def unharmed(case: Path, run: Run) -> None:
    assert run("verify", cwd=case).stdout.startswith("unbroken: 4 entries")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("blank.txt", b"  \n\n", "nothing in"),
        ("junk.txt", bytes(range(256)) * 40, "junk.txt"),
        ("zero.pdf", b"", "zero.pdf"),
        ("broken.pdf", b"%PDF-1.7\nnot really a document", "broken.pdf"),
        ("report.xyz", b"words", "no form that is read"),
        ("rows.jsonl", b'{"id": "a", "text": "words"\n', "rows.jsonl"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_with_the_reason(
    kept: Path, run: Run, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("add", tmp_path / name, cwd=kept, status=2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    unharmed(kept, run)


def test_a_text_of_300_megabytes_is_refused_before_it_is_read(kept: Path, run: Run, tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(300_000_000)
    assert "huge.txt" in run("add", tmp_path / "huge.txt", cwd=kept, status=2).stderr
    unharmed(kept, run)


def test_a_socket_in_a_folder_is_named_and_the_rest_goes_in(
    kept: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "fine.txt").write_text("Two people were killed in Akureyri on Tuesday, a witness said.\n")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("listening")
        done = run("add", folder, cwd=kept, status=2)
    assert "listening" in done.stderr
    assert "fine.txt: added" in done.stdout
    assert run("verify", cwd=kept).stdout.startswith("unbroken: 5 entries")


def test_a_malformed_line_is_named_and_the_others_are_read(run: Run) -> None:
    good = '{"id": "a", "text": "Three people were killed in Akureyri on Tuesday, police said."}'
    done = run("read", "--jsonl", given=f"{good}\n{{broken\n{good}\n", status=1)
    assert "line 2" in done.stderr
    assert done.stdout.count('"document":"a"') >= 2


def test_no_case_here_says_how_to_make_one(run: Run) -> None:
    assert "uncounted init" in run("toll", status=2).stderr


def test_a_case_is_not_made_in_a_folder_that_holds_something(run: Run, reports: Path) -> None:
    assert "empty folder" in run("init", reports, "--title", "X", status=2).stderr


def test_a_second_writer_is_told_who_writes(kept: Path, run: Run, reports: Path) -> None:
    (reports / "more.txt").write_text("One person was killed in Akureyri on Friday, police said.\n")
    lock = os.open(kept / "case.lock", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run("add", reports, cwd=kept, status=2)
    finally:
        os.close(lock)
    assert "writ" in done.stderr
    unharmed(kept, run)


def test_a_judgement_needs_a_name(kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UNCOUNTED_NAME")
    assert "--by" in run("review", "--accept-all", cwd=kept, status=2).stderr


def test_an_unknown_policy_names_those_that_are_known(kept: Path, run: Run) -> None:
    assert "literal" in run("toll", "--policy", "wishful", cwd=kept, status=2).stderr
