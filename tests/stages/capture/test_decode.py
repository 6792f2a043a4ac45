import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncounted.model.errors import BadInput
from uncounted.stages.capture.decode import Decoded, decode

ARABIC = "قُتل أربعة أشخاص في البلدة المختلقة يوم الاثنين، بحسب المستشفى، وأصيب تسعة آخرون بجروح."


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_how_to_read_and_is_no_part_of_the_text(codec: str) -> None:
    assert decode("a", ARABIC.encode(codec)) == Decoded(ARABIC)


def test_a_declared_charset_is_used() -> None:
    assert decode("a", ARABIC.replace("،", ",").encode("cp1256"), "windows-1256")[0] == ARABIC.replace("،", ",")


def test_valid_utf_8_wins_over_a_wrong_single_byte_declaration() -> None:
    text, notes, _ = decode("a", ARABIC.encode(), "iso-8859-1")
    assert text == ARABIC
    assert "read as utf-8" in notes[0]


@pytest.mark.parametrize(
    ("words", "charset"),
    [
        (ARABIC.replace("،", ","), "cp1256"),
        ("El niño murió en el ataque; señaló la policía que había cuatro heridos más.", "cp1252"),
        ("Bei dem Überfall wurden drei Männer getötet, fünf verletzt.", "cp1252"),
        ("It’s said that “three” people died – at least.", "cp1252"),
        ("Четверо погибли при обстреле рынка в понедельник, сообщила больница.", "cp1251"),
        ("Четверо погибли при обстреле рынка в понедельник, сообщила больница.", "koi8_r"),
    ],
)
def test_an_undeclared_old_charset_is_guessed_and_the_guess_is_a_doubt(words: str, charset: str) -> None:
    text, _, doubts = decode("a", words.encode(charset))
    assert text == words
    assert "guess" in doubts[0]


def test_charsets_that_fit_as_well_are_named() -> None:
    assert "cp1250" in decode("a", "El niño murió, señaló la policía que había más.".encode("cp1252")).doubts[0]


def test_a_charset_that_a_person_names_is_followed_or_refused() -> None:
    assert decode("a", "więźniów".encode("cp1250"), given="windows-1250") == Decoded("więźniów")
    with pytest.raises(BadInput, match="--encoding"):
        decode("a", b"\xff\xfe\xfd", given="utf-8")
    with pytest.raises(BadInput, match="no charset"):
        decode("a", b"four", given="klingon")


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
