"""Hedges and negations: a harm that is denied, ordered, feared or attempted is not said to have happened."""

import pytest

from tests.stages.read.reading import held, read

NOT_SAID = [
    "No one was killed in the explosion.",
    "Nobody was hurt.",
    "There were no casualties.",
    "There were no deaths or injuries.",
    "The attack caused no casualties.",
    "The police denied that anyone had been killed.",
    "The army denied killing civilians.",
    "The soldiers did not kill the prisoners.",
    "None of the passengers was injured.",
    "Without causing any casualties, the bomb destroyed a wall.",
    "The commander ordered his men to kill all prisoners.",
    "The order to kill the two priests came by radio.",
    "He ordered the execution of three deserters.",
    "The gunmen threatened to kill ten hostages.",
    "They vowed to kill the mayor.",
    "She received death threats.",
    "Anonymous callers threatened to murder her two sons.",
    "The group tried to kill the governor.",
    "The attempt to assassinate the minister failed.",
    "Police foiled a plot to kill the president.",
    "An attempted murder of a shopkeeper was reported.",
    "They planned to kill five judges.",
    "The bomb could have killed dozens of people.",
    "The blast might have killed hundreds.",
    "Up to 50 people may have been killed.",
    "If the dam breaks, thousands could be killed.",
    "The plan would kill innocent people.",
    "The vaccine will prevent thousands of deaths.",
    "They feared that the militia would kill the teachers.",
    "He said he was willing to kill for money.",
    "The ministry offered no estimate of casualties.",
    "Officials did not say how many people were killed.",
    "It is not known how many people were wounded.",
    "It is unclear how many people died.",
    "The judge imposed the death penalty.",
    "A death squad operated in the district.",
    "They risk being killed.",
    "The bridge must be repaired before someone is killed.",
    "The men were trained to kill.",
    "The rebels intend to execute two captives.",
    "There is no evidence that civilians were killed.",
    "There were no reports of injuries.",
    "He denied having murdered his neighbour.",
    "The driver escaped unhurt.",
    "She was almost killed by the blast.",
    "He was sentenced to death.",
    "How many people have been killed?",
    "Were civilians killed?",
    "They want to kill us.",
    "Soldiers have orders to shoot and kill looters.",
    "Never before had a teacher been killed here.",
    "Neither guard was wounded.",
    "The two sides failed to kill each other.",
    "They refused to kill the prisoners.",
    "The bomb was aimed at killing the general.",
    "He was hired to kill a journalist.",
    "The mayor survived; his guards were not hurt.",
    "The weapons can kill a man at two miles.",
    "Rumours that ten people had been killed proved false.",
    "It is false that three children were killed.",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_is_not_said_to_have_happened_is_not_held(text: str) -> None:
    assert held(text) == []


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The commander ordered his men to kill ten prisoners.", "ordered"),
        ("The gunmen threatened to kill ten hostages.", "threatened"),
        ("Up to 50 people may have been killed.", "possible"),
        ("The army denied killing civilians.", "denied"),
        ("Nobody was hurt.", "denied"),
        ("Six miners are believed to have been killed.", "presumed"),
        ("At least nine people are feared dead.", "presumed"),
        ("An estimated 50 people were killed.", "estimated"),
        ("He denied any part in the murder of two nurses.", "asserted"),
        ("The army managed to kill two rebels.", "asserted"),
        ("The ministry will investigate the raid that killed ten farmers.", "asserted"),
    ],
)
def test_a_modality_has_its_name(text: str, modality: str) -> None:
    assert [claim.modality for claim in read(text)] == [modality]


def test_an_attempt_is_no_claim_at_all() -> None:
    assert read("They tried to kill the governor.") == ()
