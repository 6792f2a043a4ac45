"""Hand-written suites: quantity expressions in two languages, distractors, hedges and negations."""

from pathlib import Path

import pytest

from tests.stages.read.reading import bounds, held, read
from uncounted.model.claims import Claim

HERE = Path(__file__).parent / "suites"
FRAMES = {"en": "{} died in the shelling.", "ar": "مقتل {} في القصف."}


def lines(name: str) -> list[str]:
    found = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in found if line.strip() and not line.startswith("#")]


def told(claim: Claim) -> str:
    """A claim as a line of the suite says it."""
    mark = {"about": "~", "vague": "v"}.get(claim.count.quantifier, "")
    open_vague = mark == "v" and claim.count.low is None
    return f"{mark}{'' if open_vague else bounds(claim)} {claim.group}"


def expressions(language: str) -> list[object]:
    """The lines of a suite; one that opens with "!" is known to be misread, and must be taken off once it is not."""
    cases: list[object] = []
    for line in lines(f"quantities.{language}.txt"):
        words, wanted = (part.strip() for part in line.removeprefix("!").split(" | "))
        known = [pytest.mark.xfail(strict=True, reason="known to be misread")] if line.startswith("!") else []
        cases.append(pytest.param(language, words, wanted, marks=known))
    return cases


def said(language: str, words: str) -> list[str]:
    opened = words[0].upper() + words[1:] if language == "en" else words
    return [told(claim) for claim in read(FRAMES[language].format(opened), language) if claim.harm == "killed"]


@pytest.mark.parametrize(("language", "words", "wanted"), expressions("en") + expressions("ar"))
def test_a_quantity_is_read_as_said(language: str, words: str, wanted: str) -> None:
    assert wanted in said(language, words)


def test_three_hundred_expressions_of_each_language_stand_in_the_suite_and_few_are_misread() -> None:
    for language in FRAMES:
        found = lines(f"quantities.{language}.txt")
        assert len(found) >= 300
        assert sum(line.startswith("!") for line in found) <= 15


def test_a_hundred_distractors_yield_at_most_three_false_claims() -> None:
    passages = lines("distractors.txt")
    false = {text: claims for text in passages if (claims := held(text))}
    assert len(passages) >= 100
    assert sum(map(len, false.values())) <= 3, false


def hedges() -> list[tuple[str, str]]:
    return [(modality, text) for modality, _, text in (line.partition(": ") for line in lines("hedges.txt"))]


def test_a_hundred_hedges_are_not_held_to_have_happened() -> None:
    """What is presumed is held; of all others a few at most may be misread."""
    false = {text: claims for modality, text in hedges() if modality != "presumed" and (claims := held(text))}
    assert len(hedges()) >= 100
    assert len(false) <= 4, false


@pytest.mark.parametrize(("modality", "text"), [one for one in hedges() if one[0] != "?"])
def test_a_hedge_that_says_how_is_told_as_that(modality: str, text: str) -> None:
    assert modality in {claim.modality for claim in read(text)}
