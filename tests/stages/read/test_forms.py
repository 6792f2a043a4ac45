"""Forms of language, each with invented sentences and every claim that they make."""

import pytest

from tests.stages.read.reading import shorts
from tests.stages.read.test_suites import lines


def forms() -> list[object]:
    """The lines of the suite; one that opens with "!" is known to be misread, and must be taken off once it is not."""
    cases: list[object] = []
    for line in lines("forms.en.txt"):
        text, wanted = (part.strip() for part in line.removeprefix("!").rsplit("|", 1))
        known = [pytest.mark.xfail(strict=True, reason="known to be misread")] if line.startswith("!") else []
        cases.append(pytest.param(text, [one.strip() for one in wanted.split(";") if one.strip()], marks=known))
    return cases


@pytest.mark.parametrize(("text", "wanted"), forms())
def test_a_form_yields_its_claims_and_no_others(text: str, wanted: list[str]) -> None:
    assert sorted(shorts(text)) == sorted(wanted)


def test_sixty_sentences_stand_in_the_suite_and_few_are_misread() -> None:
    found = lines("forms.en.txt")
    assert len(found) >= 60
    assert sum(line.startswith("!") for line in found) <= 7
