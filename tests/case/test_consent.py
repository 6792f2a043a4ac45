from pathlib import Path

import pytest

from uncounted.case import Case, consent, reading
from uncounted.model.claims import Claim, Document
from uncounted.model.consent import PURPOSES, allows
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent, CaptureTaken, ConsentStated, ListRead, Whereabouts
from uncounted.model.identity import digest
from uncounted.model.persons import ListEntry
from uncounted.stages.locate.attach import LOCATOR
from uncounted.stages.read.grammar import GrammarReader

ADA = Agent("person", "Ada")


def nowhere(document: Document, claims: tuple[Claim, ...]) -> tuple[Whereabouts, ...]:
    """A locator that finds no place."""
    return ()


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
    assert consent.barred(case.views, "publish") == frozenset()


def test_each_purpose_stands_by_itself(case: Case) -> None:
    consent.state(case, "Ada", "ministry:7", ["store", "publish"], True)
    consent.state(case, "Ada", "ministry:7", ["publish"], False, reason="asked by the family")
    assert consent.allowed(case, "ministry:7", "store") is True
    assert consent.allowed(case, "ministry:7", "publish") is False
    assert consent.barred(case.views, "publish") == {"ministry:7"}
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


def test_who_may_not_be_kept_is_used_for_nothing(case: Case) -> None:
    consent.state(case, "Ada", "c1", ["store"], False)
    assert all(consent.barred(case.views, purpose) == {"c1"} for purpose in PURPOSES)
    assert not allows({"publish": True, "store": False}, "publish")


def test_a_refusal_for_one_purpose_says_nothing_of_another(case: Case) -> None:
    consent.state(case, "Ada", "c1", ["publish"], False)
    assert consent.barred(case.views, "analyse") == frozenset()


@pytest.fixture
def reported(case: Case) -> Case:
    """The case with a report that tells of a death, not read yet."""
    text = case.objects.put(b"INVENTED. Two people were killed at the mill on 3 May 2025.")
    taken = Capture(
        id="c2", object=text, form="text", size=59, name="b.txt", taken="2026-01-02T03:04:05Z", text=text, characters=59
    )
    case.record(ADA, CaptureTaken(capture=taken))
    return case


def test_a_report_that_must_not_be_analysed_is_read_by_no_reader_until_consent_is_given(reported: Case) -> None:
    consent.state(reported, "Ada", "c2", ["analyse"], False, reason="asked to be left out")
    assert list(reading.read(reported, GrammarReader(), LOCATOR, nowhere)) == []
    with pytest.raises(Refused, match=r"c2.*does not allow that it is analysed"):
        reading.read_one(reported, "c2", GrammarReader(), LOCATOR, nowhere)
    consent.state(reported, "Ada", "c2", ["analyse"], True)
    assert [one.claims for one in reading.read(reported, GrammarReader(), LOCATOR, nowhere)] == [1]
