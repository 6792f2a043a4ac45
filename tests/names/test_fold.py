import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncounted.names import fold, script_of

LETTERS = st.text(alphabet="ابهلامءأإآىةـًُ\u200fabc'’-ElL ٣7.`éßİﷲﻻйё", max_size=24)


@settings(deadline=None)
@given(st.text(max_size=40) | LETTERS)
def test_folding_twice_is_folding_once(raw: str) -> None:
    assert fold(fold(raw)) == fold(raw)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("آمنة", "امنه"),
        ("مُحَمَّد", "محمد"),
        ("لـيـلـى", "ليلي"),
        ("رؤى", "روي"),
        ("عبد هللا", "عبد الله"),
        ("اإلسالم".replace("إل", "لإ"), "الاسالم"),
        ("ﷲ", "الله"),
        ("کریم", "كريم"),
        ("\u200fسمير\u200e", "سمير"),
        ("Zaynab", "ZAYNAB"),
        ("Sa’id", "Said"),
        ("ʿAlī", "ali"),
        ("ash-Shami", "al-Shami"),
        ("el-Tal", "al tal"),
        ("Пётр", "петр"),
        ("عمر ٢", "عمر 2"),
    ],
)
def test_spellings_of_one_word_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_an_article_is_mended_only_before_its_own_sun_letter() -> None:
    assert fold("as-Salim") == "al salim"
    assert fold("As-Karim") == "as karim"


def test_the_script_is_that_of_most_letters() -> None:
    assert [script_of(text) for text in ("سمير A", "Samir", "Самир", "12 ?")] == [
        "arabic",
        "latin",
        "cyrillic",
        "other",
    ]
