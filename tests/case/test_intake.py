"""Reports taken into a case: each once, whole or not at all, whoever else writes meanwhile."""

from pathlib import Path

import pytest

from uncounted.case import Case, intake, sealing
from uncounted.model.errors import Refused
from uncounted.model.facts import Agent, CaptureTaken, FieldSealed
from uncounted.stages.capture import found

ADA = Agent("person", "Ada")
PROTECTED = "---\nSource-protection: sealed\nSource-name: Quill Inventson\n---\nFour were killed in Smalltown.\n"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case", "Invented", ADA, invented=True)


def taken(case: Case) -> list[str]:
    return [entry.fact.capture.name for entry in case.ledger.entries() if isinstance(entry.fact, CaptureTaken)]


def test_what_another_program_added_meanwhile_is_known(case: Case, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Four were killed in Smalltown.")
    adding = intake.add(case, found(tmp_path / "a.txt"), ADA)
    with Case(case.folder) as other:
        assert [outcome.kind for outcome in intake.add(other, found(tmp_path / "a.txt"), ADA)] == ["added"]
    assert [outcome.kind for outcome in adding] == ["known"]
    assert taken(case) == ["a.txt"]


def test_one_report_that_cannot_be_written_down_does_not_take_others_with_it(case: Case, tmp_path: Path) -> None:
    lines = [
        '{"id": "1", "text": "Four were killed.", "publisher": "A Paper"}',
        '{"id": "2", "text": "Five were killed.", "publisher": "half a pair \\ud800"}',
        '{"id": "3", "text": "Six were killed."}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    outcomes = list(intake.add(case, found(tmp_path / "a.jsonl"), ADA))
    assert sorted(outcome.kind for outcome in outcomes) == ["added", "added", "fault"]
    assert len(taken(case)) == 2
    assert "of its publisher" in next(outcome.said for outcome in outcomes if outcome.kind == "fault")


def test_a_secret_and_its_report_are_recorded_in_one_step(case: Case, tmp_path: Path) -> None:
    sealing.make_key(case, tmp_path / "key", "Ada")
    (tmp_path / "a.txt").write_text(PROTECTED)
    before = len(list(case.ledger.heads()))
    (outcome,) = intake.add(case, found(tmp_path / "a.txt"), ADA)
    facts = [entry.fact for entry in case.ledger.entries()][-3:]
    assert [type(fact) for fact in facts] == [FieldSealed, FieldSealed, CaptureTaken]
    assert len(list(case.ledger.heads())) == before + 1
    assert outcome.capture is not None
    assert sealing.unseal(case, outcome.capture.id, "source_name", tmp_path / "key") == "Quill Inventson"


def test_a_secret_that_nobody_could_open_keeps_its_report_out(case: Case, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROTECTED)
    (outcome,) = intake.add(case, found(tmp_path / "a.txt"), ADA)
    assert (outcome.kind, taken(case)) == ("fault", [])
    assert "Quill" not in outcome.said
    assert not any(b"Quill" in path.read_bytes() for path in case.folder.rglob("*") if path.is_file())


def test_a_case_that_is_being_written_to_says_by_whom(case: Case, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Four were killed in Smalltown.")
    with Case(case.folder) as other, other.writing("another import"):
        case.ledger._lock.patience = 0
        with pytest.raises(Refused, match="another import"):
            list(intake.add(case, found(tmp_path / "a.txt"), ADA))
