"""Lists, asides, ages and names: who is counted with whom."""

import pytest

from tests.stages.read.reading import read, shorts


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "At least 26 civilians, including at least seven women and 17 children, were killed.",
            ["killed 26.. civilians", "killed 7.. women", "killed 17 children"],
        ),
        (
            "At least 12 civilians, all members of the Orva family, including five children, were killed.",
            ["killed 12.. civilians", "killed 5 children"],
        ),
        (
            "Seven people belonging to one family, including a mother with her five children, were killed.",
            ["killed 7 people", "killed 1 women", "killed 5 children"],
        ),
        (
            "Between 18 and 22 civilians – all members of the Orva family – were killed.",
            ["killed 18..22 civilians"],
        ),
        (
            "At least four civilians were killed – an elderly woman and three children.",
            ["killed 4.. civilians", "killed 1 women", "killed 3 children"],
        ),
        ("A strike killed a family of six people.", ["killed 6 people"]),
        ("At least one but possibly up to 12 civilians were killed.", ["killed 1..12 civilians"]),
        ("The shell hit the hall, causing injuries.", ["injured ? people"]),
        ("Six priests (five Spaniards and one Chilean) and two women were killed.",
         ["killed 6 people", "killed 5 people", "killed 1 people", "killed 2 women"]),
        ("Pilar Orva, 42, and Marta Semi, 19, were killed.", ["killed 1 women", "killed 1 women"]),
        ("Two guards who were watching the gate and a nurse were wounded.",
         ["injured 2 people", "injured 1 health_workers"]),
        ("The mayor was killed, together with two of his guards.", ["killed 1 people", "killed 2 people"]),
        ("Ana Orva was killed, as was her brother Pavel.", ["killed 1 women", "killed 1 men"]),
        ("The murderers of the six farmers were tried.", ["killed 6 people"]),
        ("Gunmen shot dead Judge Ana Orva, a mother of two.", ["killed 1 women"]),
    ],
)  # fmt: skip
def test_a_list_yields_each_of_its_members(text: str, claims: list[str]) -> None:
    assert sorted(shorts(text)) == sorted(claims)


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("5-year-old Amir Orva", "children"),
        ("Amir Orva (12)", "children"),
        ("Amir Orva (12 years old)", "children"),
        ("seven-year-old Amir Orva", "children"),
        ("33-year-old Amir Orva", "men"),
        ("33-year-old Vorin Orva", "people"),
        ("a boy named Amir Orva", "children"),
        ("his wife, 30-year-old Lana Orva", "women"),
    ],
)
def test_an_age_or_a_kin_noun_gives_the_group(name: str, group: str) -> None:
    (claim,) = read(f"The strike killed {name}.")
    assert claim.group == group


def test_names_that_spell_out_a_plural_give_it_an_inferred_count() -> None:
    whole, *names = read("The strike killed her children, Yan Orva, Lea Orva and Kim Orva.")
    assert (whole.count.low, whole.count.high, whole.count.text) == (3, 3, None)
    assert [claim.subset_of for claim in names] == [whole.id] * 3


def test_the_victims_take_their_harm_from_the_text_before() -> None:
    assert shorts("Nine people died. The victims included three women.") == ["killed 9 people", "killed 3 women"]
