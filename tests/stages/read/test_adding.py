"""Sums that a clause makes: inferred, verbatim, pointing to what they add up, and only where nobody states as many."""

import pytest

from tests.stages.read.reading import read
from uncounted.model.claims import Claim


def added_up(text: str, language: str | None = None) -> list[Claim]:
    return [claim for claim in read(text, language) if "inferred_sum" in claim.flags]


def test_what_is_counted_apart_in_one_clause_is_added_up() -> None:
    text = "A driver and two guards were killed in Orvale."
    (total,) = added_up(text)
    assert (total.harm, total.count.low, total.count.high, total.count.text) == ("killed", 3, 3, None)
    assert [relation.kind for relation in total.relations] == ["sum_of", "sum_of"]
    assert text[total.passage.start : total.passage.end] == "A driver and two guards were killed"


def test_a_sum_with_more_of_unsaid_number_stays_open() -> None:
    (total,) = added_up("Ana Orva was killed together with her husband and their children.")
    assert (total.count.low, total.count.high, total.count.quantifier) == (2, None, "at_least")


def test_a_number_of_soldiers_or_of_months_does_not_stand_for_the_sum() -> None:
    (total,) = added_up("A driver and two clerks were killed in Orvale. The raid also killed 11 soldiers.")
    assert total.count.low == 3
    (total,) = added_up("A driver and two clerks were killed in Orvale. Since January 300 people have been killed.")
    assert total.count.low == 3


def test_a_woman_and_her_child_are_two_in_arabic_too() -> None:
    (total,) = added_up("استشهاد امرأة وطفلها في قصف على البلدة.", "ar")
    assert (total.count.low, total.count.high) == (2, 2)


def test_a_family_told_by_its_members_is_as_many_people_and_a_family_is_never_added_to_people() -> None:
    (total,) = added_up("مقتل عائلة مؤلفة من أب وأم وثلاثة أطفال.", "ar")
    assert (total.count.low, total.count.high, total.count.unit) == (5, 5, "person")
    assert not added_up("مقتل عائلة و5 أشخاص.", "ar")


@pytest.mark.parametrize(
    "text",
    [
        "Three people were killed: a driver and two guards.",
        "A driver and two guards were killed. Three people died in all.",
        "At least two guards and a driver were killed.",
        "The police denied that a driver and two guards were killed.",
        "The raid killed three reporters, two Swedes and a Finn.",
    ],
)
def test_no_sum_where_the_number_is_stated_open_or_denied(text: str) -> None:
    assert added_up(text) == []
