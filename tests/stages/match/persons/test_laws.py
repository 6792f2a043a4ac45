"""Laws of matching, over invented families."""

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stages.match.persons.invented import families, listed
from uncounted.stages.match.persons import teach
from uncounted.stages.match.persons.lists import VictimList
from uncounted.stages.match.persons.match import match_lists

Links = dict[frozenset[tuple[str, str]], float]


@pytest.fixture(scope="module", autouse=True)
def one_model() -> object:
    """One model in place of several averaged ones: the laws hold for each."""
    kept, teach.SEVERAL = teach.SEVERAL, 1
    yield
    teach.SEVERAL = kept


def shuffled(one: VictimList, seed: int) -> VictimList:
    rows = list(range(len(one)))
    random.Random(seed).shuffle(rows)
    columns = {name: tuple(getattr(one, name)[row] for row in rows) for name in ("ids", "names", "sex", "age")}
    return msgspec.structs.replace(one, **columns)


def probabilities(*lists: VictimList) -> Links:
    return {frozenset(((a, i), (b, j))): p for a, i, b, j, p in match_lists(list(lists)).links()}


@settings(max_examples=4)
@given(st.integers(0, 1000))
def test_swapping_records_or_lists_never_changes_a_probability(seed: int) -> None:
    people = families(16, seed=seed)
    one, other = listed("one", people[:40]), listed("other", people[8:], shift=1, careless=0.4)
    assert probabilities(shuffled(other, seed), shuffled(one, seed + 1)) == probabilities(one, other)


@settings(max_examples=3)
@given(st.integers(0, 1000))
def test_adding_an_unrelated_list_changes_no_link(seed: int) -> None:
    people = families(14, seed=seed)
    one, other = listed("one", people[:30]), listed("other", people[8:], careless=0.4)
    third = listed("third", families(6, seed=seed + 1))
    beside = {ends: p for ends, p in probabilities(one, other, third).items() if not any(a == "third" for a, _ in ends)}
    assert beside == probabilities(one, other)
