"""Consent is somebody's word for one purpose, given and withdrawn."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def capture(case: Path, reports: Path, run: Run) -> str:
    return run("add", reports / "herald.txt", cwd=case).stdout.split()[0]


def stands(case: Path, run: Run) -> object:
    return json.loads(run("consent", "--json", cwd=case).stdout)


def test_what_was_given_for_one_purpose_is_not_given_for_another(capture: str, case: Path, run: Run) -> None:
    assert stands(case, run) == {}
    run("consent", capture, "--for", "store", "--for", "analyse", "--evidence", "form 7, in the safe", cwd=case)
    assert stands(case, run) == {capture: {"store": True, "analyse": True}}
    assert "to be counted" in run("consent", capture, cwd=case).stdout


def test_withdrawing_is_a_later_word_and_the_first_one_stays_in_the_record(capture: str, case: Path, run: Run) -> None:
    run("consent", capture, "--for", "publish", cwd=case)
    run("consent", capture, "--for", "publish", "--withdrawn", "--reason", "no longer safe", cwd=case)
    assert stands(case, run) == {capture: {"publish": False}}
    assert run("verify", cwd=case).stdout.startswith("unbroken: 4 entries")
    run("rebuild", cwd=case)
    assert stands(case, run) == {capture: {"publish": False}}


def test_consent_of_nobody_known_or_without_a_subject_is_refused(case: Path, run: Run) -> None:
    assert "none of that name" in run("consent", "c0123", "--for", "court", cwd=case, status=2).stderr
    assert "LIST:ID" in run("consent", "ministry:7", "--for", "court", cwd=case, status=2).stderr
    assert "name the capture" in run("consent", "--for", "court", cwd=case, status=2).stderr
    assert "unknown" not in run("consent", "--for", "gossip", cwd=case, status=2).stdout
