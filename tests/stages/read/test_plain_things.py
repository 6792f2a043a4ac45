"""Plain things that a report says: shares of the dead, tolls, arrests, attacks on places, totals, denials."""

import pytest

from tests.stages.read.reading import bounds, read, short, shorts
from uncounted.stages.read import grammar


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("Five of the dead were children.", "killed 5 children"),
        ("Five of the 17 dead were children.", "killed 5 children"),
        ("Police said that six of them were women.", "killed 6 women"),
        ("Of the dead, six were women.", "killed 6 women"),
        ("At least four of those killed in the raid were nurses.", "killed 4.. health_workers"),
        ("Six of the victims were soldiers.", "killed 6 combatants"),
    ],
)
def test_a_share_of_the_dead_is_a_part_of_the_toll(said: str, share: str) -> None:
    whole, part = read(f"In all 17 people were killed in Orvale. {said}")
    assert short(part) == share
    assert part.count.text is not None
    assert part.subset_of == whole.id


def test_several_groups_among_the_dead_are_parts() -> None:
    whole, *shared = read("Nine people were killed in Orvale. Four children and three women were among the dead.")
    assert [short(part) for part in shared] == ["killed 4 children", "killed 3 women"]
    assert {part.subset_of for part in shared} == {whole.id}


def test_a_share_without_its_total_stands_alone() -> None:
    (claim,) = read("Five of the wounded were children.")
    assert (short(claim), claim.subset_of) == ("injured 5 children", None)


def test_a_share_that_is_denied_or_of_another_kind_counts_nobody() -> None:
    assert shorts("Nine people died. Two of the dead were not children.") == ["killed 9 people"]
    assert shorts("Nine people died. Two of them were from Orvale.") == ["killed 9 people"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The death toll from Tuesday's shelling of the old mill in Orvale has risen to 17.", ["killed 17 people"]),
        ("Two people died overnight, bringing the toll to 9.", ["killed 2 people", "killed 9 people"]),
        ("On Friday 40 people were killed. That figure is now 70.", ["killed 40 people", "killed 70 people"]),
        ("The clinic was treating 27 injured people.", ["injured 27 people"]),
        ("27 wounded are in hospital.", ["injured 27 people"]),
        ("Troops detained 23 men.", ["detained 23 men"]),
        ("Four men were taken away by masked gunmen.", ["detained 4 men"]),
        ("Three teachers were arrested.", ["detained 3 people"]),
    ],
)
def test_tolls_and_arrests_are_read(text: str, counts: list[str]) -> None:
    assert shorts(text) == counts


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("The clinic in Orvale was shelled.", "attacked"),
        ("A shell struck the Hospital of the Lilies in Orvale.", "attacked"),
        ("The village school was destroyed by rockets.", "destroyed"),
        ("Gunmen ambushed the convoy at dawn.", "attacked"),
    ],
)
def test_an_attack_on_a_place_counts_nobody(text: str, harm: str) -> None:
    (claim,) = read(text)
    assert (claim.harm, claim.victim, bounds(claim), claim.count.text) == (harm, None, "?", None)


def test_those_killed_in_an_attacked_place_are_told_apart() -> None:
    place, girls = read("A mortar round hit the school and killed two girls.")
    assert (place.harm, short(girls)) == ("attacked", "killed 2 children")


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("61 people killed in Orvale in the week from 3 to 9 March.", ["period"]),
        ("A total of 412 people have been killed since the fighting began. More than 900 were injured in that time.",
         ["cumulative", "cumulative"]),
        ("Ninety people have been killed since November.", ["cumulative"]),
        ("Ninety people have been detained since Monday.", ["incident"]),
        ("The death toll from the blast has risen to 17.", ["incident"]),
        ("The death toll has risen to 3,400.", ["cumulative"]),
    ],
)  # fmt: skip
def test_a_total_is_not_an_incident(text: str, scopes: list[str]) -> None:
    assert [claim.scope for claim in read(text)] == scopes


def test_a_harm_inside_a_denial_is_denied_and_without_a_number() -> None:
    (claim,) = read("The army denied that its aircraft had killed anyone in Orvale.")
    assert (claim.harm, claim.modality, bounds(claim), claim.count.text) == ("killed", "denied", "?", None)


def test_anyone_outside_a_denial_is_nobody() -> None:
    assert shorts("The army asked whether the raid had killed anyone.") == []


@pytest.mark.parametrize("said", ["was injured", ", who sat beside him, was injured"])
def test_a_single_relative_is_one(said: str) -> None:
    *_, claim = read(f"A baker was killed by a drone in Orvale. His daughter {said}.")
    assert short(claim) == "injured 1 people"


def test_killed_and_injured_of_an_open_number_are_two_harms() -> None:
    assert shorts("The shelling killed and injured a number of people.") == ["killed 2.. people", "injured 2.. people"]


def test_killed_and_injured_of_a_stated_number_share_it() -> None:
    assert shorts("40 people were killed and injured.") == ["casualties 40 people"]


def test_a_count_without_words_needs_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Two farmers died. A baker was killed."
    assert shorts(text) == ["killed 2 people", "killed 1 people"]
    monkeypatch.setattr(grammar, "LEAST_WITHOUT_WORDS", 0.999)
    assert shorts(text) == ["killed 2 people"]


def test_what_flies_about_is_no_actor() -> None:
    (claim,) = read("Shrapnel injured three boys.")
    assert claim.actor is None


def test_an_attack_is_not_a_raid() -> None:
    (claim,) = read("The attack killed three boys.")
    assert claim.means is not None
    assert claim.means.name == "attack"
