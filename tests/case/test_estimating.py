"""The uncounted of a case (invented lists): bound to lists, matches and seed, made again byte for byte."""

from pathlib import Path

import numpy as np
import pytest

from uncounted.case import Case, consent, estimating, lists
from uncounted.model.errors import BadInput, NotEnough, NotFound
from uncounted.model.facts import Agent, EstimateMade, LinksProposed
from uncounted.model.incidents import Link
from uncounted.stages.match.persons.persons import MATCHER

ADA = Agent("person", "Ada Recorder")
NAMES = ("east", "north", "west")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Two hundred invented people, three lists that know nothing of each other, every link certain."""
    made = Case.create(tmp_path / "case", "Invented", ADA, invented=True)
    on = np.random.default_rng(1).random((200, 3)) < (0.5, 0.4, 0.45)
    for at, name in enumerate(NAMES):
        rows = [f"{i},Person {i},{'fm'[i % 2]},2024-{3 + i % 2:02d}-11" for i in range(200) if on[i, at]]
        file = tmp_path / f"{name}.csv"
        file.write_text("id,name,sex,death_date\n" + "\n".join(rows) + "\n", "utf-8")
        lists.add(made, file, ADA, name=name)
    links = tuple(
        Link(left=f"{NAMES[a]}:{i}", right=f"{NAMES[b]}:{i}", probability=1.0)
        for a, b in ((0, 1), (0, 2), (1, 2))
        for i in range(200)
        if on[i, a] and on[i, b]
    )
    made.record(Agent("machine", MATCHER), LinksProposed(of="entries", matcher=MATCHER, links=links))
    return made


def test_an_estimate_is_recorded_with_what_it_came_from_and_the_same_again_is_not(case: Case) -> None:
    entry, said = estimating.estimate(case, "shrinkage", draws=0)
    fact = entry.fact
    assert isinstance(fact, EstimateMade)
    assert fact.low is not None
    assert fact.high is not None
    assert fact.low < 200 < fact.high
    assert said["observed"] == fact.observed < 200
    assert set(fact.lists) == set(NAMES)
    assert case.objects.get(fact.object).startswith(b'{"diagnostics"')
    assert estimating.estimate(case, "shrinkage", draws=0)[0] == entry
    assert [one.number for one in case.views.estimates()] == [entry.number]


def test_it_is_made_again_byte_for_byte_until_a_match_changes(case: Case) -> None:
    entry, _ = estimating.estimate(case, "dga", draws=0)
    assert estimating.again(case, entry.number) == entry.fact
    case.record(Agent("machine", MATCHER), LinksProposed(of="entries", matcher=MATCHER, links=()))
    with pytest.raises(NotEnough, match="changed since"):
        estimating.again(case, entry.number)
    with pytest.raises(NotFound, match="records no estimate"):
        estimating.again(case, 0)


def test_strata_of_a_case_are_what_its_lists_tell_and_unknown_is_one_of_them(case: Case) -> None:
    found = estimating.basis(case, draws=0)
    rows = estimating.rows(found, found.linkages[0], ("period", "sex", "age"))
    assert set(rows.covariates["period"]) == {"2024-03", "2024-04"}
    assert set(rows.covariates["sex"]) == {"f", "m"}
    assert set(rows.covariates["age"]) == {"unknown"}
    entry, said = estimating.estimate(case, "dga", by=("period",), draws=0)
    assert isinstance(entry.fact, EstimateMade)
    assert entry.fact.by == ("period",)
    assert said["observed"] == rows.table().observed
    with pytest.raises(BadInput, match="no list has such a column"):
        estimating.answer(found, "dga", by=("shoe",))


def test_links_that_nobody_audited_are_said_to_be_taken_as_certain(case: Case) -> None:
    _, said = estimating.estimate(case, "dga", draws=5)
    assert any("no audit has measured" in warning for warning in said["warnings"])
    _, sure = estimating.estimate(case, "dga", draws=0)
    assert not any("no audit" in warning for warning in sure["warnings"])


def test_a_refusal_is_recorded_as_a_result(case: Case) -> None:
    case.record(Agent("machine", MATCHER), LinksProposed(of="entries", matcher=MATCHER, links=()))
    entry, said = estimating.estimate(case, "dga", draws=0)
    assert isinstance(entry.fact, EstimateMade)
    assert entry.fact.median is None
    assert "nobody is on two lists" in (entry.fact.refused or "")
    assert set(said) == {"refused"}


def test_who_withdrew_from_analysis_is_not_in_it(case: Case) -> None:
    whole = estimating.basis(case, draws=0)
    gone = next(iter(whole.entries))
    consent.state(case, "Ada Recorder", gone, ["analyse"], False)
    fewer = estimating.basis(case, draws=0)
    assert gone not in fewer.entries
    assert len(fewer.entries) == len(whole.entries) - 1
    assert fewer.matches != whole.matches


def test_one_list_or_an_unknown_one_is_refused_by_name(case: Case) -> None:
    with pytest.raises(NotEnough, match="one list says nothing"):
        estimating.basis(case, ("east",))
    with pytest.raises(NotFound, match="'south'"):
        estimating.basis(case, ("east", "south"))
