"""Sentences, paragraphs and quotations as spans."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from uncounted.text.sentences import containing, paragraphs, quotations, sentences
from uncounted.text.view import view


def split(raw: str) -> list[str]:
    text = view(raw).text
    return [text[start:end] for start, end in sentences(text)]


def test_a_full_stop_ends_a_sentence() -> None:
    assert split("Two died. Three live.") == ["Two died.", "Three live."]


def test_titles_initials_and_abbreviations_do_not() -> None:
    assert split("Gen. Marto and Dr. J. Velin met at No. 4 St. Hana street. They left.") == [
        "Gen. Marto and Dr. J. Velin met at No. 4 St. Hana street.",
        "They left.",
    ]


def test_capitals_are_split_at_their_full_stops() -> None:
    assert split("THREE PEASANTS DIED.  THE ARMY SAID NOTHING.  GEN. ORTA LEFT.") == [
        "THREE PEASANTS DIED.",
        "THE ARMY SAID NOTHING.",
        "GEN. ORTA LEFT.",
    ]


def test_a_line_left_in_a_post_is_a_sentence_and_its_bullet_is_not_part_of_it() -> None:
    assert split("Killed in the raid\n- a teacher\n- two boys") == ["Killed in the raid", "a teacher", "two boys"]


def test_a_question_inside_a_quotation_goes_on() -> None:
    assert split('"Where are they?" he asked. Nobody knew.') == ['"Where are they?" he asked.', "Nobody knew."]


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    assert split('"Nine are dead." The mayor wept.') == ['"Nine are dead."', "The mayor wept."]


@given(st.text(st.sampled_from("aB .!?\n\"'«»-1)"), max_size=200))
def test_sentences_are_ordered_and_hold_all_letters(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    inside = "".join(text[start:end] for start, end in spans)
    assert [letter for letter in inside if letter.isalpha()] == [letter for letter in text if letter.isalpha()]


def test_a_line_without_end_is_cut_into_bounded_pieces() -> None:
    assert max(end - start for start, end in sentences("word " * 50_000)) <= 2_000


def test_paragraphs_are_what_stands_between_breaks() -> None:
    assert paragraphs("one two\n\nthree\n") == [(0, 7), (9, 14)]


def test_quotations_of_several_words_are_regions() -> None:
    text = 'He said "we saw ten bodies" and called it "war".'
    assert [text[start:end] for start, end in quotations(text)] == ['"we saw ten bodies"']


def test_a_quotation_that_never_closes_ends_with_its_paragraph() -> None:
    text = '"We saw\nthem all'
    assert [text[start:end] for start, end in quotations(text)] == ['"We saw']


def test_the_span_that_holds_an_offset_is_found() -> None:
    assert containing([(0, 5), (7, 9)], 8) == 1
    assert containing([(0, 5), (7, 9)], 6) is None
