import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncounted.model.errors import BadInput
from uncounted.stages.capture.decode import decode

ARABIC = "قُتل أربعة أشخاص في البلدة المختلقة يوم الاثنين، بحسب المستشفى، وأصيب تسعة آخرون بجروح."


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_how_to_read_and_is_no_part_of_the_text(codec: str) -> None:
    assert decode("a", ARABIC.encode(codec)) == (ARABIC, ())


def test_a_declared_charset_is_used() -> None:
    assert decode("a", ARABIC.replace("،", ",").encode("cp1256"), "windows-1256")[0] == ARABIC.replace("،", ",")


def test_valid_utf_8_wins_over_a_wrong_single_byte_declaration() -> None:
    text, notes = decode("a", ARABIC.encode(), "iso-8859-1")
    assert text == ARABIC
    assert "read as utf-8" in notes[0]


def test_an_undeclared_old_charset_is_guessed_and_the_guess_is_noted() -> None:
    text, notes = decode("a", (ARABIC.replace("،", ",") * 4).encode("cp1256"))
    assert text == ARABIC.replace("،", ",") * 4
    assert "guess" in notes[0]


@pytest.mark.parametrize("seed", range(10))
def test_binary_junk_is_refused(seed: int) -> None:
    with pytest.raises(BadInput, match="Save it as UTF-8"):
        decode("junk.txt", random.Random(seed).randbytes(3000))


def test_text_cut_off_inside_a_utf_16_letter_is_refused() -> None:
    with pytest.raises(BadInput, match="utf-16"):
        decode("a", "four".encode("utf-16")[:-1])


def test_zero_bytes_among_letters_are_refused() -> None:
    with pytest.raises(BadInput, match="control characters"):
        decode("a", b"four\0people")


def test_a_dangerous_or_unknown_declaration_is_passed_over() -> None:
    assert decode("a", b"four +AGE-", "utf-7")[0] == "four +AGE-"
    assert decode("a", b"four", "no-such-charset")[0] == "four"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_comes_back_letter_for_letter(words: str) -> None:
    assert decode("a", b"\xef\xbb\xbf" + words.encode())[0] == words
