"""Dates, numbers and points as forms write them."""

import pytest

from uncounted.stages.exchange import values


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2017-07-26", "2017-07-26"), ("2017-07-26 00:00:00.000", "2017-07-26"), ("2017-7-6", "2017-07-06"),
        ("2017-07-26T09:30:00Z", "2017-07-26"), ("2017-07-26 9:30 PM", "2017-07-26"),
        ("2017-07-26T09:30:00.123+03:00", "2017-07-26"), ("26 July 2017", "2017-07-26"),
        ("July 26, 2017", "2017-07-26"), ("26/07/2017", "2017-07-26"), ("07/26/2017", "2017-07-26"),
    ],
)  # fmt: skip
def test_a_clear_date_is_read(said: str, expected: str) -> None:
    assert values.day(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        "03/04/2025",
        "spring 2017",
        "2017-02-30",
        "",
        "2017",
        "2017-03-05 or 2017-03-07",
        "2017-03-05 to 2017-03-09",
        "2017-03-05 (about)",
        "2017-03-05 12:00 or later",
    ],
)
def test_an_unclear_date_is_a_fault(said: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        values.day(said)


def test_a_person_settles_the_order_of_day_and_month() -> None:
    assert values.day("03/04/2025", day_first=True) == "2025-04-03"


@pytest.mark.parametrize(
    ("said", "expected"),
    [("12", (12, 12)), ("3–5", (3, 5)), ("3 to 5", (3, 5)), ("1,200", (1200, 1200)), ("5.0", (5, 5)),
     ("", (None, None)), ("Unknown", (None, None)), ("0", (0, 0))],
)  # fmt: skip
def test_a_number_or_range_is_read_and_unknown_is_not_zero(said: str, expected: tuple[int | None, int | None]) -> None:
    assert values.bounds(said) == expected


@pytest.mark.parametrize("said", ["-3", "a dozen", "1e9", "99999999999", "3.5"])
def test_what_is_no_number_of_persons_is_a_fault(said: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        values.bounds(said)


def test_points_are_read_in_the_ways_that_forms_write_them() -> None:
    assert {values.point(said) for said in ("33.5, 36.3", "33.5|36.3", "33.5 36.3 0 0", "[33.5, 36.3]")} == {
        (33.5, 36.3)
    }
    with pytest.raises(ValueError, match="beyond"):
        values.point("133, 36")
