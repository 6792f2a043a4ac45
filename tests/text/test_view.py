"""Views are easy to read by machine and lead back to the raw text."""

from hypothesis import given
from hypothesis import strategies as st

from uncounted.text.view import fold, view

ANY_TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\r\n\t\u200f\u200e\u0301\u064b\u0640*'\u2019\u00a0 aB7\u0667\u0130"),
    ),
    max_size=80,
)


@given(ANY_TEXT)
def test_every_slice_of_a_view_leads_back_to_a_verbatim_slice(raw: str) -> None:
    seen = view(raw)
    assert len(seen.text) == len(seen.lower)
    for at in range(len(seen.text)):
        passage = seen.passage(at, at + 1)
        assert passage.text == raw[passage.start : passage.end]
        assert passage.end == passage.start + 1


@given(ANY_TEXT)
def test_offsets_never_run_backwards(raw: str) -> None:
    seen = view(raw)
    starts = [seen.span(at, at + 1)[0] for at in range(len(seen.text))]
    assert starts == sorted(set(starts))


def test_lines_wrapped_by_a_wire_service_are_joined_and_paragraphs_are_not() -> None:
    raw = (
        "THE COMMAND OF THE FOURTH REGION REPORTED TODAY THAT TWO OF THE FARMERS\n"
        "WHO HAD BEEN TAKEN FROM THE VILLAGE ON MONDAY WERE FOUND ALIVE IN THE\n"
        "HILLS NORTH OF THE RIVER.\n\n   THE SEARCH GOES ON."
    )
    seen = view(raw)
    assert "TWO OF THE FARMERS WHO HAD" in seen.text
    assert "RIVER.\n\n" in seen.text
    assert seen.upper_case


def test_a_post_of_short_lines_keeps_its_breaks() -> None:
    assert "\n" in view("3 dead\n5 wounded\nMay they rest").text


def test_digits_direction_marks_and_tatweel_are_folded_away_without_losing_offsets() -> None:
    raw = "\u200fاستشهاد ١٢ مدنيـــا"
    seen = view(raw)
    at = seen.text.index("12")
    assert seen.passage(at, at + 2).text == "١٢"
    assert seen.text.endswith("مدنيا")


def test_a_mark_hidden_inside_a_word_of_harm_is_seen_through() -> None:
    raw = "Man kil*led at the mill"
    seen = view(raw)
    at = seen.lower.index("killed")
    assert seen.passage(at, at + 6).text == "kil*led"


def test_mixed_case_is_not_capitals() -> None:
    assert not view("Two people were hurt in the market on Tuesday.").upper_case


def test_fold_gives_a_phrase_the_form_it_has_in_a_view() -> None:
    raw = "Šmarje أحمد O’Neil"
    assert fold(raw) == view(raw).lower
