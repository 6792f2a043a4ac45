import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncounted.names import parse, skeleton, sound


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("فارس", "Fares"),
        ("شريف", "Shareef"),
        ("يوسف", "Yousef"),
        ("وليد", "Walid"),
        ("خليل", "Khaleel"),
        ("غادة", "Ghada"),
        ("ضياء", "Diaa"),
        ("ثريا", "Thuraya"),
        ("قاسم", "Qassem"),
        ("عبد الرحيم", "Abdel Rahim"),
        ("نور الدين", "Noureddin"),
        ("أبو زهر", "Abu Zahr"),
    ],
)
def test_arabic_and_latin_spellings_share_a_skeleton(arabic: str, latin: str) -> None:
    assert [skeleton(word) for word in parse(arabic).words] == [skeleton(word) for word in parse(latin).words]


def test_cyrillic_and_latin_spellings_share_a_skeleton() -> None:
    assert [skeleton(word) for word in parse("Самир Халед").words] == [skeleton(word) for word in ("samir", "haled")]


def test_long_vowels_tell_apart_what_consonants_do_not() -> None:
    assert skeleton("نسيم") == skeleton("نسمه")
    assert sound("نسيم") != sound("نسمه")


@settings(deadline=None)
@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويabcdefghijklmnopqrstuvwxyzабвгджз", min_size=1, max_size=12))
def test_a_word_with_letters_has_a_skeleton(word: str) -> None:
    assert skeleton(word)
