from pathlib import Path

import pytest

from uncounted.case import Case, consent
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent, CaptureTaken, ConsentStated, ListRead
from uncounted.model.identity import digest
from uncounted.model.persons import ListEntry

ADA = Agent("person", "Ada")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case.create(tmp_path / "case", "Invented", ADA, invented=True)
    body = digest(b"invented")
    taken = Capture(id="c1", object=body, form="text", size=8, name="a.txt", taken="2026-01-02T03:04:05Z")
    entry = ListEntry(list="ministry", id="7", name="Invented Person")
    case.record(ADA, CaptureTaken(capture=taken), ListRead(list="ministry", capture="c1", entries=(entry,)))
    return case


def test_silence_is_neither_given_nor_withdrawn(case: Case) -> None:
    assert consent.allowed(case, "ministry:7", "publish") is None
    assert consent.withdrawn(case, "publish") == frozenset()


def test_each_purpose_stands_by_itself(case: Case) -> None:
    consent.state(case, "Ada", "ministry:7", ["store", "publish"], True)
    consent.state(case, "Ada", "ministry:7", ["publish"], False, reason="asked by the family")
    assert consent.allowed(case, "ministry:7", "store") is True
    assert consent.allowed(case, "ministry:7", "publish") is False
    assert consent.withdrawn(case, "publish") == {"ministry:7"}
    assert [entry.number for entry in case.views.history("ministry:7")] == [3, 4, 5]


def test_consent_is_about_something_in_the_case_and_for_a_purpose(case: Case) -> None:
    with pytest.raises(NotFound):
        consent.state(case, "Ada", "c9", ["store"], True)
    with pytest.raises(NotFound):
        consent.state(case, "Ada", "ministry:8", ["store"], True)
    with pytest.raises(BadInput):
        consent.state(case, "Ada", "c1", [], True)


def test_no_machine_consents(case: Case) -> None:
    with pytest.raises(Refused):
        case.record(Agent("machine", "grammar/1"), ConsentStated(subject="c1", purpose="store", given=True))
