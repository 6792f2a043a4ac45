"""Harm in general is no claim; a harm that almost happened, or is yet to come, is none that happened."""

import pytest

from tests.stages.read.reading import held, shorts

IN_GENERAL = [
    "They murder peasants and burn villages.",
    "He called them murderers of priests.",
    "The report speaks of murders of teachers and journalists.",
    "He accused them of killing defenceless civilians for years.",
    "Nobody mourns murdered mayors.",
]


@pytest.mark.parametrize("text", IN_GENERAL)
def test_harm_in_general_tells_of_no_event(text: str) -> None:
    assert held(text) == []


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("A shell hit the mill, killing villagers.", "killed ? civilians"),
        ("The raid resulted in the death of villagers.", "killed ? civilians"),
        ("Rebels kill soldiers in Orvale.", "killed ? combatants"),
        ("The two murderers of six priests were tried.", "killed 6 people"),
    ],
)
def test_an_event_is_told_of_by_its_result_its_doer_or_its_number(text: str, claim: str) -> None:
    assert claim in held(text)


@pytest.mark.parametrize(
    "text",
    [
        "The nurse was nearly killed.",
        "The teacher did nothing and did not deserve to die.",
        "He warned that somebody else was to be killed.",
    ],
)
def test_what_did_not_happen_is_not_held(text: str) -> None:
    assert held(text) == []


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Kidnapping foiled, 8 dead including two guards.", ["killed 8 people", "killed 2 people"]),
        ("A man in his 60s was shot dead.", ["killed 1 men"]),
        ("Young couple murdered in Orvale.", ["killed 2 people"]),
        ("The bomb killed two people, injuring another.", ["injured 1 people", "killed 2 people"]),
        ("Three martyrs in a bombing of Orvale.", ["killed 3 people"]),
        ("The army killed 73 enemy forces.", ["killed 73 combatants"]),
        ("The group says it killed Kenyan and Ugandan soldiers.", ["killed ? combatants"]),
        ("Ana and Pavel's son was killed.", ["killed 1 people"]),
        ("Two young sisters were killed.", ["killed 2 children"]),
    ],
)
def test_plain_headlines_are_read_in_full(text: str, claims: list[str]) -> None:
    assert sorted(shorts(text)) == sorted(claims)


@pytest.mark.parametrize(
    "text",
    [
        "Five judges have been killed in two months.",
        "There were 47 homicides in 43 days.",
        "In three weeks six farmers died.",
    ],
)
def test_a_number_over_a_stretch_of_time_is_of_a_period(text: str) -> None:
    from tests.stages.read.reading import read

    assert {claim.scope for claim in read(text)} == {"period"}
