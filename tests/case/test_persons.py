"""Persons of a case: machine links and people's verdicts. All names are invented."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stages.match.persons.invented import families, listed
from uncounted.case import Case, consent, pairing, persons, reviewing
from uncounted.case.desk import CaseDesk
from uncounted.case.entry_pairs import effects_nearby, explained_as_matched
from uncounted.case.proposals import Proposals
from uncounted.model.errors import BadInput, NotEnough, NotFound
from uncounted.model.facts import Agent, LinksProposed, ListRead, PairJudged
from uncounted.model.incidents import Link
from uncounted.model.persons import ListEntry
from uncounted.stages.match.persons import link as link_module

ADA = "Ada Recorder"


def entry(list_name: str, name: str, number: str, **more: object) -> ListEntry:
    return ListEntry(list=list_name, id=number, name=name, **more)  # type: ignore[arg-type]


def with_lists(case: Case, version: str | None = None, **lists: list[ListEntry]) -> None:
    for name, entries in lists.items():
        fact = ListRead(list=name, capture="c0", entries=tuple(entries), version=version)
        case.record(Agent("person", ADA), fact)


def propose(case: Case, *links: tuple[str, str, float]) -> None:
    made = tuple(Link(left=left, right=right, probability=probability) for left, right, probability in links)
    case.record(Agent("machine", "persons/1"), LinksProposed(of="entries", matcher="persons/1", links=made))


def verdict(left: str, right: str, said: str) -> PairJudged:
    return PairJudged(of="entries", left=left, right=right, verdict=said)  # type: ignore[arg-type]


def groups(case: Case) -> list[tuple[str, ...]]:
    return [person.entries for person in persons.persons(case)]


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Case]:
    """Three lists: one person on a and b by a machine's link, and on c by nobody's."""
    with Case.create(tmp_path / "case", "Invented", Agent("person", ADA), invented=True) as case:
        with_lists(
            case,
            a=[entry("a", "Rima Fares Qamari", "1"), entry("a", "Walid Tarif Jundi", "2")],
            b=[entry("b", "Reema Fares Qamari", "1")],
            c=[entry("c", "Rima Qamari", "1")],
        )
        propose(case, ("a:1", "b:1", 0.9), ("b:1", "c:1", 0.4))
        yield case


def test_every_entry_is_in_one_person_and_a_doubtful_link_waits(three: Case) -> None:
    assert groups(three) == [("a:1", "b:1"), ("a:2",), ("c:1",)]
    assert persons.persons(three)[0].name == "Rima Fares Qamari"


def test_a_verdict_joins_and_an_undo_parts_again(three: Case) -> None:
    said = persons.judge(three, verdict("b:1", "c:1", "same"), ADA)
    assert groups(three) == [("a:1", "b:1", "c:1"), ("a:2",)]
    reviewing.undo(three, said.number, ADA)
    assert groups(three) == [("a:1", "b:1"), ("a:2",), ("c:1",)]


def test_a_machine_link_never_overwrites_a_verdict(three: Case) -> None:
    persons.judge(three, verdict("a:1", "b:1", "different"), ADA)
    propose(three, ("a:1", "b:1", 0.99), ("b:1", "c:1", 0.99), ("a:1", "c:1", 0.99))
    assert ("a:1",) in groups(three) or ("b:1",) in groups(three)
    assert not any({"a:1", "b:1"} <= set(found) for found in groups(three))


def test_the_effects_of_a_verdict_are_told_before_it_is_given(three: Case) -> None:
    before = len(three.ledger)
    found = persons.effects(three, verdict("a:1", "c:1", "same"))
    assert [person.entries for person in found.before] == [("a:1", "b:1"), ("c:1",)]
    assert [person.entries for person in found.after] == [("a:1", "b:1", "c:1")]
    assert len(three.ledger) == before
    parted = persons.effects(three, verdict("a:1", "b:1", "different"))
    assert [person.entries for person in parted.after] == [("a:1",), ("b:1",)]
    assert [(link.left, link.right) for link in parted.against] == [("a:1", "b:1")]


def test_a_verdict_that_contradicts_earlier_ones_says_which(three: Case) -> None:
    persons.judge(three, verdict("a:1", "b:1", "same"), ADA)
    persons.judge(three, verdict("b:1", "c:1", "same"), ADA)
    found = persons.effects(three, verdict("a:1", "c:1", "different"))
    assert {(pair.left, pair.right) for pair in found.verdicts} < {("a:1", "b:1"), ("b:1", "c:1")}
    assert len(found.verdicts) == 1


def test_a_person_stands_once_on_a_list_unless_a_person_says_so(three: Case) -> None:
    propose(three, ("a:1", "b:1", 0.9), ("a:2", "b:1", 0.8))
    assert ("a:2",) in groups(three)
    persons.judge(three, verdict("a:1", "a:2", "same"), ADA)
    assert groups(three)[0] == ("a:1", "a:2", "b:1")


def test_an_entry_that_is_on_no_list_is_named(three: Case) -> None:
    with pytest.raises(NotFound, match="a:9"):
        persons.judge(three, verdict("a:9", "b:1", "same"), ADA)
    with pytest.raises(BadInput):
        persons.judge(three, verdict("a:1", "a:1", "same"), ADA)


def lists_of(case: Case, seed: int, version: str | None = None) -> int:
    people = families(60, seed=seed)
    for one in (listed("one", people[:100]), listed("two", people[20:], shift=1, careless=0.3)):
        rows = zip(one.ids, one.names, one.sex, one.age, strict=True)
        entries = [entry(one.name, name, number, sex=sex, age=age) for number, name, sex, age in rows]
        with_lists(case, version, **{one.name: entries})
    return len(people)


def test_an_entry_that_must_not_be_compared_is_a_person_of_its_own(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case", "Invented", Agent("person", ADA), invented=True) as case:
        lists_of(case, seed=3)
        joined = next(person.entries for person in persons.match(case) if len(person.entries) == 2)
        consent.state(case, ADA, joined[0], ["analyse"], False)
        persons.match(case)
        assert (joined[0],) in groups(case)
        assert any(len(entries) == 2 for entries in groups(case))


def test_matching_proposes_links_with_reasons_once(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case", "Invented", Agent("person", ADA), invented=True) as case:
        with pytest.raises(NotEnough, match="0 lists"):
            persons.match(case)
        size = lists_of(case, seed=21)
        found = persons.match(case)
        twice = [person for person in found if len(person.entries) == 2]
        right = [
            person
            for person in twice
            if person.entries == (f"one:one{(at := int(person.entries[0][7:]))}", f"two:two{at - 20}")
        ]
        assert len(right) > 0.9 * 80
        assert sum(len(person.entries) for person in found) == 100 + size - 20
        (links,) = case.views.links("entries").values()
        assert all(len(link.reasons) == len(link.weights) > 2 for link in links)
        before = len(case.ledger)
        assert persons.match(case) == found
        assert len(case.ledger) == before


def test_a_verdict_teaches_the_next_match_and_frees_the_record(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case", "Invented", Agent("person", ADA), invented=True) as case:
        lists_of(case, seed=22)
        persons.match(case)
        persons.judge(case, verdict("one:one30", "two:two10", "different"), ADA)
        persons.match(case)
        (links,) = case.views.links("entries").values()
        assert not [link for link in links if (link.left, link.right) == ("one:one30", "two:two10")]
        found = persons.explain(case, "one:one30", "two:two10")
        assert found.probability == 0
        assert found.levels


def test_a_pair_from_close_by_is_told_from_the_stored_match(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Case.create(tmp_path / "case", "Invented", Agent("person", ADA), invented=True) as case:
        lists_of(case, seed=23)
        ends = ("one:one30", "two:two10")
        persons.match(case)
        anew = persons._matched_anew(case, *case.views.listed(ends).values())
        desk = CaseDesk(case)
        with monkeypatch.context() as closed:
            closed.setattr(link_module, "link", None)  # neither list is matched again
            found = persons.explain(case, *ends, desk.proposals("entries"))
            seen = pairing.seen(desk, "entries", *reversed(ends))
        assert found == anew
        assert found.levels
        assert [said for said, _ in seen.pieces[1:-1]] == [level.said for level in found.levels]
        assert seen.probability == found.probability
        fact = verdict(*ends, "different")
        assert effects_nearby(case, desk.proposals("entries"), desk.once_on(), fact) == persons.effects(case, fact)
        persons.judge(case, fact, ADA)
        assert persons.explain(case, *ends).probability == 0


def test_a_pair_of_a_newer_list_is_matched_anew(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case", "Invented", Agent("person", ADA), invented=True) as case:
        lists_of(case, seed=24, version="2025-01-01")
        persons.match(case)
        known = Proposals(case.views, "entries")
        ends = ("one:one30", "two:two10")
        assert explained_as_matched(case.views, known, *ends) is not None
        lists_of(case, seed=25, version="2025-02-01")
        assert explained_as_matched(case.views, known, *ends) is None
        assert persons.explain(case, *ends).levels
