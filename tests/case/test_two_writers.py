"""Two programs write to one case: what one of them knew before its turn came is asked anew when it comes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.case.invented import claim
from uncounted.case import Case, corrections, importing, lists, reviewing, searches
from uncounted.case.people import People
from uncounted.model.errors import Refused
from uncounted.model.facts import Agent, CaptureTaken, ClaimJudged, CorrectionAsked, CorrectionDecided
from uncounted.stages.match.persons.lists import read_list

ADA, BEN = "Ada Recorder", "Ben Counter"
PASSWORD = "four words in a row"
ROWS = "id,date,place,killed\na,2031-05-06,Qasr Lamin,12\n"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case", "Invented", Agent("person", ADA), invented=True)


@pytest.fixture
def first(case: Case, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Case], object]], None]:
    """Let another program do something to the case just before this one gets the right to write."""

    def arrange(deed: Callable[[Case], object]) -> None:
        writing, waiting = case.ledger.writing, [deed]

        def wait(purpose: str) -> AbstractContextManager[None]:
            if waiting:
                with Case(case.folder) as other:
                    waiting.pop()(other)
            return writing(purpose)

        monkeypatch.setattr(case.ledger, "writing", wait)

    return arrange


First = Callable[[Callable[[Case], object]], None]


def form(folder: Path, about: str) -> Path:
    path = folder / "form.toml"
    path.write_text(f'about = "{about}"\nreason = "typo"\nsaid = "The number is wrong."\n')
    return path


def test_a_verdict_does_not_overrule_one_that_came_meanwhile(case: Case, first: First) -> None:
    name = claim(case, 1, 4, "hospital")
    seen = case.views.claim(name).entry
    first(lambda other: reviewing.judge(other, name, "rejected", BEN))
    with pytest.raises(Refused, match=f"{BEN} judged it in the meantime"):
        reviewing.judge(case, name, "accepted", ADA, seen=seen)
    assert case.views.claim(name).status == "rejected"


def test_an_edit_does_not_overrule_a_verdict_that_came_meanwhile(case: Case, first: First) -> None:
    name = claim(case, 1, 4, "hospital")
    standing = case.views.claim(name)
    first(lambda other: reviewing.judge(other, name, "rejected", BEN))
    with pytest.raises(Refused, match="in the meantime"):
        reviewing.edit(case, name, standing.claim, ADA, seen=standing.entry)


def test_a_decision_names_the_judgements_that_carry_it_out(case: Case, first: First, tmp_path: Path) -> None:
    name, other_name = claim(case, 1, 4, "hospital"), claim(case, 2, 5, "clinic", at=1)
    asked = corrections.ask(case, form(tmp_path, name), ADA)
    first(lambda other: reviewing.judge(other, other_name, "rejected", BEN))
    decided = corrections.decide(case, asked.id, "accepted", ADA, "It was a typo.", reject=(name,)).fact
    assert isinstance(decided, CorrectionDecided)
    (entry,) = (next(case.ledger.entries(number, number + 1)) for number in decided.entries)
    assert isinstance(entry.fact, ClaimJudged)
    assert (entry.by.name, entry.fact.claim) == (ADA, name)


def test_one_request_is_taken_in_once(case: Case, first: First, tmp_path: Path) -> None:
    name = claim(case, 1, 4, "hospital")
    first(lambda other: corrections.ask(other, form(tmp_path, name), BEN))
    corrections.ask(case, form(tmp_path, name), ADA)
    assert sum(isinstance(entry.fact, CorrectionAsked) for entry in case.ledger.entries()) == 1


def test_a_version_of_a_list_stays_as_it_was_added(case: Case, first: First, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("id,name\n1,Invented Person\n")
    (tmp_path / "two.csv").write_text("id,name\n1,Another Person\n")
    machine = Agent("machine", "list/1")
    first(lambda other: lists.add(other, tmp_path / "one.csv", machine, name="ministry", version="2025-03"))
    with pytest.raises(Refused, match="from another file"):
        lists.add(case, tmp_path / "two.csv", machine, name="ministry", version="2025-03")


def test_a_list_that_changes_while_it_is_read_is_not_taken(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.csv"
    path.write_text("id,name\n1,Invented Person\n")

    def changed(*given: object) -> object:
        path.write_text("id,name\n1,Another Person\n")
        return read_list(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("uncounted.case.lists.read_list", changed)
    with pytest.raises(Refused, match="changed while it was being read"):
        lists.add(case, path, Agent("machine", "list/1"), name="ministry")
    assert not any(isinstance(entry.fact, CaptureTaken) for entry in case.ledger.entries())


def test_only_one_person_is_the_first(case: Case, first: First) -> None:
    first(lambda other: People(other).begin(BEN, PASSWORD))
    with pytest.raises(Refused, match="somebody has one already"):
        People(case).begin(ADA, PASSWORD)
    assert People(case).names() == (BEN,)


def test_an_invitation_is_used_once(case: Case, first: First) -> None:
    secret = People(case).invite(BEN, ["reviewer"], ADA)
    first(lambda other: People(other).accept(secret, PASSWORD))
    with pytest.raises(Exception, match="it was used"):
        People(case).accept(secret, "another five words in a row")
    assert People(case).check(BEN, PASSWORD)


def test_an_import_is_of_the_table_that_it_was_compared_with(case: Case, first: First, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ROWS)
    (tmp_path / "two.csv").write_text(ROWS + "b,2031-05-07,Tall al-Ward,3\n")
    proposal = importing.propose(case, tmp_path / "two.csv", "table")
    first(lambda other: importing.carry_out(other, importing.propose(other, tmp_path / "one.csv", "table"), BEN))
    with pytest.raises(Refused, match="since it was compared"):
        importing.carry_out(case, proposal, ADA)
    assert len(importing.index(case, "table")) == 1


def test_no_saved_search_is_lost(case: Case, first: First) -> None:
    first(lambda other: searches.save(other, searches.Search(name="ben's", query="a=1", by=BEN)))
    searches.save(case, searches.Search(name="ada's", query="a=2", by=ADA))
    assert [one.name for one in searches.saved(case)] == ["ada's", "ben's"]


def test_what_is_too_much_is_refused_and_never_dropped(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "MOST", 1)
    searches.save(case, searches.Search(name="a", query="a=1", by=ADA))
    with pytest.raises(Refused, match="at most"):
        searches.save(case, searches.Search(name="z", query="a=2", by=ADA))
    searches.save(case, searches.Search(name="a", query="a=3", by=ADA))
    assert [one.query for one in searches.saved(case)] == ["a=3"]
