import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncounted.names import FOLD_VERSION, fold, parse


@settings(deadline=None)
@given(st.text(max_size=60))
def test_the_raw_name_is_recoverable(raw: str) -> None:
    name = parse(raw)
    assert name.raw == raw
    assert name.fold == FOLD_VERSION


@settings(deadline=None)
@given(st.text(alphabet="ابد علم-abdu el()`,", max_size=40))
def test_every_word_is_folded_and_not_empty(raw: str) -> None:
    assert all(word and word == fold(word).replace(" ", "") for word in parse(raw).words)


def test_a_chain_has_given_father_grandfather_and_family() -> None:
    name = parse("ريما فارس يوسف الزهراوي")
    assert (name.given, name.father, name.grandfather, name.family) == ("ريما", "فارس", "يوسف", "زهراوي")
    assert name.lineage == ("فارس", "يوسف", "زهراوي")


def test_short_names_leave_the_middle_open() -> None:
    assert parse("Rima Zahrawi").father is None
    assert parse("Rima").family is None
    assert parse("").given is None


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Abd al-Latif Fares Abu Zahr", ("abdlatif", "fares", "abuzahr")),
        ("Abdul Latif Fares Abo Zahr", ("abdlatif", "fares", "abuzahr")),
        ("عبد اللطيف فارس أبو زهر", ("عبدلطيف", "فارس", "ابوزهر")),
        ("عبداللطيف فارس ابوزهر", ("عبدلطيف", "فارس", "ابوزهر")),
        ("شمس الدين فارس", ("شمسالدين", "فارس")),
        ("Shams ad-Din Fares", ("shamsaldin", "fares")),
        ("فارس بن يوسف", ("فارس", "يوسف")),
        ("Fares ibn Yusuf al-Zahrawi", ("fares", "yusuf", "zahrawi")),
        ("Zahrawi, Rima", ("rima", "zahrawi")),
        ("Соколова Вера Андреевна", ("вера", "андреевна", "соколова")),
    ],
)
def test_particles_join_the_word_they_belong_to(raw: str, words: tuple[str, ...]) -> None:
    assert parse(raw).words == words


def test_titles_and_nicknames_are_set_aside_and_kept() -> None:
    name = parse("Dr. Rima (Umm Fares) Yusuf Zahrawi")
    assert name.words == ("rima", "yusuf", "zahrawi")
    assert name.titles == ("dr",)
    assert name.nicknames == ("Umm Fares",)


def test_a_title_that_is_half_of_a_name_stays() -> None:
    assert parse("Sheikh Zahrawi").words == ("sheikh", "zahrawi")
