"""The roll: who is named among the dead, of what group, and the sums that this makes. All persons are invented."""

import pytest

from tests.stages.read.reading import bounds, read
from uncounted.model.claims import Claim


def named(text: str) -> dict[str, str]:
    """The killed by name with their groups, sums left out."""
    claims = [claim for claim in read(text) if claim.harm == "killed" and claim.victim is not None]
    return {claim.victim.text: claim.group for claim in claims if claim.victim and claim.count.low == 1}


def added_up(text: str) -> dict[str, str]:
    """The sums of a text: bounds by group."""
    return {claim.group: bounds(claim) for claim in read(text) if "inferred_sum" in claim.flags}


def test_a_list_behind_a_colon_names_the_dead() -> None:
    text = "The names of the victims were posted by relatives: Samir Orva (41), Lina Orva (9) and Huda Semi."
    assert named(text) == {}  # nobody is said to be killed
    told = "Three people were killed. The names of the victims: Samir Orva (41), Lina Orva (9) and Huda Semi."
    assert named(told) == {"Samir Orva": "men", "Lina Orva": "children", "Huda Semi": "women"}


def test_a_list_goes_on_line_by_line() -> None:
    text = "Two people were killed. The dead are:\nSamir Orva, 41\nLina Orva, 9"
    assert named(text) == {"Samir Orva": "men", "Lina Orva": "children"}


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Karim Orva was killed alongside his wife, Vanka Semi.", {"Karim Orva": "men", "Vanka Semi": "women"}),
        ("Karim Orva and his son Adem (7) were killed.", {"Karim Orva": "men", "his son Adem": "children"}),
        ("Umm Tavo Orva was killed in the raid.", {"Umm Tavo Orva": "women"}),
        ("The raid killed Vorin Orva.", {"Vorin Orva": "people"}),
    ],
)
def test_kin_titles_and_given_names_tell_the_group(text: str, groups: dict[str, str]) -> None:
    assert {name: group for name, group in named(text).items() if name in groups} == groups


@pytest.mark.parametrize(
    "text",
    [
        "Samir Orva was killed. Huda Semi mourned him on Friday.",
        "Samir Orva was killed near the house of Huda Semi.",
        "Samir Orva was killed, said Huda Semi, a neighbour.",
        "Samir Orva, also known as Abu Tavo, was killed.",
        "Samir Orva was killed. Huda Semi was wounded.",
        "Samir Orva was killed. The wounded were identified as Huda Semi and Lina Semi.",
        "Samir Orva was killed at the Huda Semi Hospital.",
    ],
)
def test_who_only_stands_near_is_not_on_the_roll(text: str) -> None:
    assert set(named(text)) == {"Samir Orva"}


def test_one_person_told_of_twice_stands_once() -> None:
    text = (
        "Samir Karim Orva (12) and Lina Orva (9) were killed. Samir Orva, who was killed at school, was in class six."
    )
    assert added_up(text) == {"children": "2"}


def test_sums_count_the_named_and_leave_open_who_may_be_a_child() -> None:
    text = (
        "Five people were killed. The victims were identified as Karim Orva (44), his wife Huda Orva, their son Adem "
        "Orva, their daughter Lina Orva (6) and a neighbour, Samir Semi (31)."
    )
    assert added_up(text) == {"children": "1..2", "men": "2..3"}


def test_a_sum_leads_to_each_of_its_members_and_is_verbatim() -> None:
    text = "Karim Orva (44) and Samir Semi (31) were killed."
    claims = {claim.id: claim for claim in read(text)}
    (total,) = [claim for claim in claims.values() if "inferred_sum" in claim.flags]
    assert (total.group, total.count.low, total.count.high, total.count.text) == ("men", 2, 2, None)
    members = [claims[relation.claim] for relation in total.relations if relation.kind == "sum_of"]
    assert [claim.victim.text for claim in members if claim.victim] == ["Karim Orva", "Samir Semi"]
    assert text[total.passage.start : total.passage.end] == total.passage.text


def test_no_sum_where_the_text_states_the_number() -> None:
    assert added_up("The two men killed were Karim Orva (44) and Samir Semi (31). Two men were killed.") == {}


def test_an_inferred_group_is_marked() -> None:
    (claim,) = [one for one in read("Karim Orva was killed.") if one.harm == "killed"]
    assert claim.flags == ("group_inferred",)


def test_capitals_have_no_roll() -> None:
    claims: tuple[Claim, ...] = read("KARIM ORVA AND SAMIR SEMI WERE KILLED IN THE RAID ON THE TOWN OF ORVALE TODAY.")
    assert all(claim.group == "people" for claim in claims)
