"""``uncounted read --reader llm``: off unless asked for, local unless allowed, its cost told."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.stages.read.llm.server import in_turn, model, never, saying

SAID = {"harm": "killed", "passage": "16 people were killed", "victim": "16 people", "count": "16"}


def test_a_case_is_read_by_a_model_of_this_machine_once(case: Path, reports: Path, run: Run) -> None:
    run("add", reports, cwd=case)
    with model(saying(SAID)) as endpoint:
        words = ("read", "--reader", "llm", "--model", "invented", "--endpoint", endpoint.url)
        said = run(*words, cwd=case).stderr
        assert "nothing leaves it" in said
        assert "read 3 reports, 1 claims" in said
        assert "tokens sent" in said
        assert "does not say '16 people were killed'" in said  # the two reports that do not
        before = len(endpoint.asked)
        assert "nothing to read" in run(*words, cwd=case).stderr
        assert len(endpoint.asked) == before


def test_the_standard_reader_asks_nobody(case: Path, reports: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add", reports, cwd=case)
    with model(saying(SAID)) as endpoint:
        monkeypatch.setenv("UNCOUNTED_LLM_ENDPOINT", endpoint.url)
        monkeypatch.setenv("UNCOUNTED_LLM_MODEL", "invented")
        run("read", cwd=case)
        assert endpoint.asked == []


def test_an_endpoint_elsewhere_needs_leave(case: Path, reports: Path, run: Run) -> None:
    run("add", reports, cwd=case)
    words = ("read", "--reader", "llm", "--model", "m", "--endpoint", "https://models.invalid/v1")
    assert "--send-away" in run(*words, cwd=case, status=2).stderr


def test_what_is_under_seal_is_never_sent_away_but_may_be_read_here(case: Path, run: Run, tmp_path: Path) -> None:
    """The report of a protected source stays; a model of this machine may read it."""
    from uncounted.case import Case
    from uncounted.case.reading import unread
    from uncounted.stages.read.llm.endpoint import endpoint
    from uncounted.stages.read.llm.reader import LlmReader

    three = "Three people were killed near Akureyri, a witness said.\n"
    (tmp_path / "plain.txt").write_text("Two people were killed in Dalvík.\n")
    (tmp_path / "twin.txt").write_text(three)
    (tmp_path / "sealed.txt").write_text(
        f"---\nSource-protection: sealed\nSource-name: Invented Witness\nSource-pseudonym: W1\n---\n{three}"
    )
    run("key", tmp_path / "case.key", cwd=case)
    run("add", *sorted(tmp_path.glob("*.txt")), cwd=case)
    with Case(case) as opened:
        far = LlmReader(endpoint("https://models.invalid/v1", "m"), away=True)
        near = LlmReader(endpoint("http://127.0.0.1:9/v1", "m"))
        assert [capture.name for capture in unread(opened, far)] == ["plain.txt"]
        assert sorted(capture.name for capture in unread(opened, near)) == ["plain.txt", "sealed.txt", "twin.txt"]


@pytest.mark.parametrize("given_before", [False, True])
def test_what_may_not_be_analysed_is_shown_to_no_model_here_or_elsewhere(
    case: Path, reports: Path, run: Run, *, given_before: bool
) -> None:
    from uncounted.case import Case
    from uncounted.case.reading import unread
    from uncounted.stages.read.llm.endpoint import endpoint as at
    from uncounted.stages.read.llm.reader import LlmReader

    added = run("add", reports, cwd=case).stdout.split()
    with Case(case) as opened:
        herald = next(one for one in opened.views.captures() if one.name == "herald.txt")
    assert herald.id in added
    if given_before:
        run("consent", herald.id, "--for", "analyse", cwd=case)
    run("consent", herald.id, "--for", "analyse", "--withdrawn", "--reason", "asked to be left out", cwd=case)
    with model(saying(SAID)) as endpoint:
        words = ("read", "--reader", "llm", "--model", "m", "--endpoint", endpoint.url)
        said = run(*words, cwd=case).stderr
        assert "1 reports are not read: consent to analyse them was refused" in said
        assert "read 2 reports" in said
        assert not any(str(herald.text).strip()[:40] in str(question) for question in endpoint.asked)
    with Case(case) as opened:
        far = LlmReader(at("https://models.invalid/v1", "m"), away=True)
        assert herald not in unread(opened, far)


def test_a_report_that_gets_no_answer_stays_unread_and_the_others_are_read(case: Path, reports: Path, run: Run) -> None:
    run("add", reports, cwd=case)
    with model(in_turn(never, saying(SAID))) as endpoint:
        words = ("read", "--reader", "llm", "--model", "m", "--endpoint", endpoint.url, "--patience", "3")
        first = run(*words, cwd=case, status=1).stderr
        assert "no whole answer within 3 seconds" in first
        assert "read 2 reports" in first
        assert "read 1 reports" in run(*words, cwd=case).stderr


def test_lines_in_lines_out(run: Run) -> None:
    text = "The hospital said 16 people were killed."
    with model(saying(SAID)) as endpoint:
        words = ("read", "--jsonl", "--reader", "llm", "--model", "m", "--endpoint", endpoint.url)
        done = run(*words, given=json.dumps({"id": "a", "text": text}) + "\n")
    (claim,) = map(json.loads, done.stdout.splitlines())
    assert claim["passage"]["text"] == "16 people were killed"
    assert "asked 1 times" in done.stderr


def test_an_unknown_reader_is_told_who_there_is(run: Run) -> None:
    assert "installed are: grammar, llm" in run("read", "--jsonl", "--reader", "oracle", given="", status=2).stderr
