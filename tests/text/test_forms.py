"""A sentence is found again by its form, with what stood in its places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncounted.text.forms import PLACE, Forms

FORMS = Forms(("%(n)s origins say %(ranges)s", "%(who)s judged them", "%(who)s judged them: %(why)s",
               "more than %(counted)s"))  # fmt: skip


@pytest.mark.parametrize(
    ("said", "form", "parts"),
    [
        ("2 origins say 14 or more, 16–17", "%(n)s origins say %(ranges)s", {"n": "2", "ranges": "14 or more, 16–17"}),
        ("Rana judged them", "%(who)s judged them", {"who": "Rana"}),
        ("Rana judged them: one\ntext", "%(who)s judged them: %(why)s", {"who": "Rana", "why": "one\ntext"}),
        ("more than health workers killed", "more than %(counted)s", {"counted": "health workers killed"}),
    ],
)
def test_the_form_with_the_most_words_of_its_own_is_found(said: str, form: str, parts: dict[str, str]) -> None:
    assert FORMS.of(said) == (form, parts)


@pytest.mark.parametrize("said", ["2 origins say many", "more than birds seen", "judged them", ""])
def test_a_sentence_whose_places_hold_something_else_has_no_form(said: str) -> None:
    assert FORMS.of(said) is None


@given(st.text(min_size=1), st.text(min_size=1))
def test_filling_a_form_with_what_was_found_gives_the_sentence_back(who: str, why: str) -> None:
    found = FORMS.of(f"{who} judged them: {why}")
    assert found is not None
    form, parts = found
    assert PLACE.sub(lambda place: parts[place[1]], form) == f"{who} judged them: {why}"
