"""Claims that two readers agree on stand once, and wait behind those on which they differ."""

from pathlib import Path

import pytest

from tests.ledger.samples import claim, read
from tests.ledger.test_views import Case, accepted
from uncounted.model.claims import Claim
from uncounted.model.errors import NotFound
from uncounted.model.facts import Agreement, ReadingsCompared

GRAMMAR, MODEL = "grammar/1", "llm:m/1"


def hurt(name: str) -> Claim:
    return claim(name, "2 were hurt", harm="injured")


def agreed(*pairs: tuple[str, str], apart: tuple[str, ...] = ()) -> ReadingsCompared:
    same = tuple(Agreement(left=left, right=right) for left, right in pairs)
    return ReadingsCompared(capture="c1", left=GRAMMAR, right=MODEL, agreed=same, apart=apart)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """The grammar read k1 and k2, the model m1 (the same as k1) and m2."""
    made = Case(tmp_path)
    made.tell(read(claim("k1"), hurt("k2")), read(claim("m1"), hurt("m2"), reader=MODEL))
    return made


def queue(case: Case) -> list[str]:
    return [one.claim.id for one in case.views.claims("proposed")]


def test_of_two_that_agree_the_first_stands_for_both_and_waits_at_the_end(case: Case) -> None:
    assert queue(case) == ["k1", "k2", "m1", "m2"]
    case.tell(agreed(("k1", "m1"), apart=("k2", "m2")))
    assert queue(case) == ["k2", "m2", "k1"]
    assert case.k1().readers == (GRAMMAR, MODEL)
    assert case.k1().agreed
    with pytest.raises(NotFound):
        case.views.claim("m1")


def test_the_next_to_judge_and_its_neighbours_follow_that_order(case: Case) -> None:
    case.tell(agreed(("k1", "m1"), apart=("k2", "m2")))
    seen = []
    after = None
    while (coming := case.views.next_claim(after)) is not None:
        seen.append(coming.claim.id)
        after = coming.claim.id
    assert seen == ["k2", "m2", "k1"]
    assert case.views.beside("m2") == ("k2", "k1")


def test_a_later_comparison_of_the_two_replaces_the_earlier(case: Case) -> None:
    case.tell(agreed(("k1", "m1")), agreed(apart=("k1", "m1")))
    assert queue(case) == ["k1", "k2", "m1", "m2"]
    assert not case.k1().agreed


def test_a_claim_that_a_person_judged_stands_whatever_readers_agree_on(case: Case) -> None:
    case.tell(accepted("m1"), agreed(("k1", "m1")))
    assert case.views.claim("m1").status == "accepted"


def test_one_that_stood_for_another_gives_it_back_when_withdrawn(case: Case) -> None:
    case.tell(agreed(("k1", "m1"), apart=("k2", "m2")), read(hurt("k2"), reader="grammar/2"))
    assert queue(case) == ["k2", "m1", "m2"]


def test_one_that_a_person_judged_goes_on_standing_for_the_other(case: Case) -> None:
    case.tell(agreed(("k1", "m1")), accepted("k1"), read(hurt("k2"), reader="grammar/2"))
    assert {one.claim.id for one in case.views.claims()} == {"k1", "k2", "m2"}


def test_a_claim_with_one_name_by_both_readers_is_one_that_agrees(tmp_path: Path) -> None:
    made = Case(tmp_path)
    made.tell(read(claim("k1"), hurt("k2")), read(claim("k1"), reader=MODEL), agreed(("k1", "k1"), apart=("k2",)))
    assert queue(made) == ["k2", "k1"]


def test_views_folded_anew_are_the_same(case: Case) -> None:
    case.tell(agreed(("k1", "m1"), apart=("k2", "m2")), read(hurt("k2"), reader="grammar/2"))
    before = case.views.digest()
    case.views.rebuild()
    assert case.views.digest() == before
