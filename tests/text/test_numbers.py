"""Cardinals in digits and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncounted.text.numbers import Number, numbers
from uncounted.text.tokens import tokens
from uncounted.text.view import view


def read(raw: str) -> list[Number]:
    return numbers(tokens(view(raw).lower))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seven", 7),
        ("twenty-three", 23),
        ("Twenty Three", 23),
        ("NINETY-NINE", 99),
        ("a hundred", 100),
        ("one hundred and fifty-five", 155),
        ("a hundred five", 105),
        ("two thousand five hundred", 2500),
        ("three hundred thousand", 300_000),
        ("two hundred and three thousand and one", 203_001),
        ("a dozen", 12),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("half a million", 500_000),
        ("1,200", 1200),
        ("1.200.000", 1_200_000),
        ("1.2 million", 1_200_000),
        ("0.5 million", 500_000),
        ("45 thousand", 45_000),
        ("3k", 3000),
        ("١٢", 12),
        ("12", 12),
    ],
)
def test_a_cardinal_has_its_value_and_its_words(words: str, value: int) -> None:
    raw = f"They counted {words} names."
    (number,) = read(raw)
    assert (number.low, number.high, number.vague) == (value, value, False)
    assert raw[number.start : number.end] == words


@pytest.mark.parametrize(
    ("words", "low"),
    [("dozens", 24), ("hundreds", 200), ("tens of thousands", 20_000), ("hundreds of thousands", 200_000)],
)
def test_a_vague_many_keeps_its_literal_lower_bound_and_an_open_upper_one(words: str, low: int) -> None:
    (number,) = read(f"{words} of people")
    assert (number.low, number.high, number.vague) == (low, None, True)


@pytest.mark.parametrize(
    "words", ["the twenty-third man", "on the 23rd", "an M16 rifle", "in the 1990s", "5km away", "1.5 metres", "third"]
)
def test_ordinals_names_and_measures_are_not_cardinals(words: str) -> None:
    assert read(words) == []


def test_two_numbers_stay_two() -> None:
    assert [number.low for number in read("two and three, ten to twelve")] == [2, 3, 10, 12]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("one and a half million", 1_500_000),
        ("two and a half thousand", 2_500),
        ("three quarters of a million", 750_000),
        ("two and a half years", 2),
    ],
)
def test_halves_and_quarters_of_a_scale(words: str, value: int) -> None:
    assert next(iter(read(words))).low == value


@given(st.integers(1, 999_999))
def test_grouped_digits_have_their_value(value: int) -> None:
    assert [number.low for number in read(f"{value:,} people")] == [value]


UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@given(st.integers(1, 9), st.integers(2, 9), st.integers(1, 9))
def test_hundreds_in_words_have_their_value(hundreds: int, tens: int, units: int) -> None:
    words = f"{UNITS[hundreds - 1]} hundred and {TENS[tens - 2]}-{UNITS[units - 1]}"
    assert [number.low for number in read(words)] == [hundreds * 100 + tens * 10 + units]
