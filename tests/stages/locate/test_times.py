"""Time expressions are found where they stand and mean the days that a reader of the day would take them to mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncounted.model.claims import Document, Time
from uncounted.stages.locate.times import find_times, publication_day

PUBLISHED = "2023-11-15"  # a Wednesday


def times(text: str, published: str | None = PUBLISHED) -> list[Time]:
    return list(find_times(Document(id="d", text=text, published=published)))


def only(text: str, published: str | None = PUBLISHED) -> Time:
    found = times(text, published)
    assert len(found) == 1, found
    return found[0]


DAYS = [
    # weekdays of the week just past, the day of publication included
    ("Two people were killed on Wednesday.", "Wednesday", "2023-11-15"),
    ("Two people were killed on Tuesday.", "Tuesday", "2023-11-14"),
    ("Two people were killed on Monday.", "Monday", "2023-11-13"),
    ("Two people were killed Sunday.", "Sunday", "2023-11-12"),
    ("Two people were killed on Saturday.", "Saturday", "2023-11-11"),
    ("Two people were killed on Friday.", "Friday", "2023-11-10"),
    ("Two people were killed on Thursday.", "Thursday", "2023-11-09"),
    ("Shells fell late on Tuesday.", "late on Tuesday", "2023-11-14"),
    ("Shells fell early Monday.", "early Monday", "2023-11-13"),
    ("Shells fell on Monday morning.", "Monday morning", "2023-11-13"),
    ("Shells fell on Sunday night.", "Sunday night", "2023-11-12"),
    ("A bomb went off last Friday.", "last Friday", "2023-11-10"),
    ("A bomb went off last Wednesday.", "last Wednesday", "2023-11-08"),
    ("ON SUNDAY TROOPS ENTERED THE VILLAGE.", "SUNDAY", "2023-11-12"),
    ("A bomb went off (Tues.) near a bakery.", "Tues.", "2023-11-14"),
    # ahead only where the words say so
    ("The ministers meet Friday in Orvale.", "Friday", "2023-11-17"),
    ("The convoy will leave at dawn (early Friday), a guard said.", "early Friday", "2023-11-17"),
    ("Talks will open on Friday.", "Friday", "2023-11-17"),
    ("The funeral is scheduled for Thursday.", "Thursday", "2023-11-16"),
    ("They meet next Monday.", "next Monday", "2023-11-20"),
    ("They meet next Wednesday.", "next Wednesday", "2023-11-22"),
    # days counted from publication
    ("A boy died today.", "today", "2023-11-15"),
    ("A boy died yesterday.", "yesterday", "2023-11-14"),
    ("A boy died yesterday evening.", "yesterday evening", "2023-11-14"),
    ("The search goes on tomorrow.", "tomorrow", "2023-11-16"),
    ("A boy died last night.", "last night", "2023-11-14"),
    ("A boy died this morning.", "this morning", "2023-11-15"),
    ("A boy died this afternoon.", "this afternoon", "2023-11-15"),
    ("A boy died earlier today.", "earlier today", "2023-11-15"),
    ("A vigil is held tonight.", "tonight", "2023-11-15"),
    ("A boy died the day before yesterday.", "the day before yesterday", "2023-11-13"),
    ("The search ends the day after tomorrow.", "the day after tomorrow", "2023-11-17"),
    ("A boy died two days ago.", "two days ago", "2023-11-13"),
    ("A boy died 10 days ago.", "10 days ago", "2023-11-05"),
    ("A boy died about three days ago.", "about three days ago", "2023-11-12"),
    ("A boy died a couple of days ago.", "a couple of days ago", "2023-11-13"),
    ("A boy died six hours ago.", "six hours ago", "2023-11-15"),
    # dates with a year
    ("It began on 15 November 2021.", "15 November 2021", "2021-11-15"),
    ("It began on November 15, 2021.", "November 15, 2021", "2021-11-15"),
    ("It began on Nov. 15, 2021.", "Nov. 15, 2021", "2021-11-15"),
    ("It began on Nov 15 2021.", "Nov 15 2021", "2021-11-15"),
    ("It began on the 15th of November, 2021.", "the 15th of November, 2021", "2021-11-15"),
    ("It began on 7th October, 2023.", "7th October, 2023", "2023-10-07"),
    ("It began on October 7th, 2023.", "October 7th, 2023", "2023-10-07"),
    ("It began on Saturday, 7 October 2023.", "Saturday, 7 October 2023", "2023-10-07"),
    ("It began on Saturday, October 7, 2023.", "Saturday, October 7, 2023", "2023-10-07"),
    ("It began on Saturday 7 October 2023.", "Saturday 7 October 2023", "2023-10-07"),
    ("It began on 2023-10-07.", "2023-10-07", "2023-10-07"),
    ("Logged 2023-10-07T06:30:00Z by the desk.", "2023-10-07T06:30:00Z", "2023-10-07"),
    ("IT BEGAN ON 3 JAN 90.", "3 JAN 90", "1990-01-03"),
    ("It began on 29 February 2020.", "29 February 2020", "2020-02-29"),
    ("It began on 15-Nov-2021.", "15-Nov-2021", "2021-11-15"),
    # dates without a year: the last one, unless the words look ahead
    ("Nine died on 3 November.", "3 November", "2023-11-03"),
    ("Nine died on November 3.", "November 3", "2023-11-03"),
    ("Nine died on Nov. 3.", "Nov. 3", "2023-11-03"),
    ("Nine died on 3rd November.", "3rd November", "2023-11-03"),
    ("Nine died on the 3rd of November.", "the 3rd of November", "2023-11-03"),
    ("Nine died on 20 December.", "20 December", "2022-12-20"),
    ("Nine died on May 4.", "May 4", "2023-05-04"),
    ("Nine died on March 4.", "March 4", "2023-03-04"),
    ("Nine died on Sept. 9.", "Sept. 9", "2023-09-09"),
    ("The camp will close by 20 December.", "20 December", "2023-12-20"),
    ("The court will sit on January 9.", "January 9", "2024-01-09"),
    ("Nine died on Thursday, 20 April.", "Thursday, 20 April", "2023-04-20"),
    ("Nine died on the 3rd.", "the 3rd", "2023-11-03"),
    ("Nine died on the 28th.", "the 28th", "2023-10-28"),
    # figures
    ("Nine died on 25/10/2023.", "25/10/2023", "2023-10-25"),
    ("Nine died on 10/25/2023.", "10/25/2023", "2023-10-25"),
    ("Nine died on 25.10.2023.", "25.10.2023", "2023-10-25"),
    ("Nine died on 25-10-23.", "25-10-23", "2023-10-25"),
    ("Nine died on 10/10/2023.", "10/10/2023", "2023-10-10"),
    ("Nine died on 12/11/2023.", "12/11/2023", "2023-11-12"),
    # feasts on a fixed day
    ("Nine died on Christmas Day.", "Christmas Day", "2022-12-25"),
    ("Nine died on New Year's Eve.", "New Year's Eve", "2022-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "day"), DAYS)
def test_a_day_is_found_and_resolved(text: str, said: str, day: str) -> None:
    time = only(text)
    assert (time.text, time.from_, time.to, time.precision) == (said, day, day, "day")


SPELLS = [
    ("Nine died this week.", "this week", "2023-11-13", "2023-11-19", "week"),
    ("Nine died last week.", "last week", "2023-11-06", "2023-11-12", "week"),
    ("Nine died earlier this week.", "earlier this week", "2023-11-13", "2023-11-19", "week"),
    ("They will return next week.", "next week", "2023-11-20", "2023-11-26", "week"),
    ("Nine died two weeks ago.", "two weeks ago", "2023-10-30", "2023-11-05", "week"),
    ("Nine died last month.", "last month", "2023-10-01", "2023-10-31", "month"),
    ("Nine died this month.", "this month", "2023-11-01", "2023-11-30", "month"),
    ("Nine died three months ago.", "three months ago", "2023-08-01", "2023-08-31", "month"),
    ("Nine died in March.", "March", "2023-03-01", "2023-03-31", "month"),
    ("Nine died in December.", "December", "2022-12-01", "2022-12-31", "month"),
    ("Nine died in March 2019.", "March 2019", "2019-03-01", "2019-03-31", "month"),
    ("Nine died in early March 2019.", "early March 2019", "2019-03-01", "2019-03-31", "month"),
    ("Nine died in mid-October.", "mid-October", "2023-10-01", "2023-10-31", "month"),
    ("Nine died last November.", "last November", "2022-11-01", "2022-11-30", "month"),
    ("Nine died last year.", "last year", "2022-01-01", "2022-12-31", "year"),
    ("Nine died this year.", "this year", "2023-01-01", "2023-12-31", "year"),
    ("Nine died two years ago.", "two years ago", "2021-01-01", "2021-12-31", "year"),
    ("The war began in 2014.", "2014", "2014-01-01", "2014-12-31", "year"),
    ("Nine have died since 2019.", "2019", "2019-01-01", "2019-12-31", "year"),
    ("Nine died over the weekend.", "over the weekend", "2023-11-11", "2023-11-12", "period"),
    ("Nine died last weekend.", "last weekend", "2023-11-11", "2023-11-12", "period"),
    ("Nine died overnight.", "overnight", "2023-11-14", "2023-11-15", "period"),
    ("Nine died in the past three days.", "the past three days", "2023-11-12", "2023-11-15", "period"),
    ("Nine died in the last 24 hours.", "the last 24 hours", "2023-11-14", "2023-11-15", "period"),
    ("Nine died in the past 48 hours.", "the past 48 hours", "2023-11-13", "2023-11-15", "period"),
    ("Nine died over the past two weeks.", "the past two weeks", "2023-11-01", "2023-11-15", "period"),
    ("Nine died in the past week.", "in the past week", "2023-11-08", "2023-11-15", "period"),
    ("Nine died over the past month.", "over the past month", "2023-10-15", "2023-11-15", "period"),
    ("Nine died in the past year.", "in the past year", "2022-11-15", "2023-11-15", "period"),
    ("Nine died between 7 and 12 October.", "between 7 and 12 October", "2023-10-07", "2023-10-12", "period"),
    ("Nine died from October 7 to 12, 2022.", "from October 7 to 12, 2022", "2022-10-07", "2022-10-12", "period"),
    ("Nine died on 7-12 October.", "7-12 October", "2023-10-07", "2023-10-12", "period"),
    ("Nine died on October 7 and 8.", "October 7 and 8", "2023-10-07", "2023-10-08", "period"),
    ("Nine died between Saturday and Monday.", "between Saturday and Monday", "2023-11-11", "2023-11-13", "period"),
    ("Nine died from Friday to Sunday.", "from Friday to Sunday", "2023-11-10", "2023-11-12", "period"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "first", "last", "precision"), SPELLS)
def test_a_longer_spell_has_its_first_and_last_day(text: str, said: str, first: str, last: str, precision: str) -> None:
    time = only(text)
    assert (time.text, time.from_, time.to, time.precision) == (said, first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "The siege lasted three days.",
        "A three-day truce was agreed.",
        "She was 12 years old.",
        "Prayers are held every Friday.",
        "On Fridays the market is full.",
        "The Sunday Times carried the story.",
        "Members of Black September were held.",
        "The 19 April Movement claimed the attack.",
        "He may leave, and they march on.",
        "About 2000 people fled.",
        "In 1,990 homes there was no water.",
        "The unit fires 2030 shells.",
        "She met April and June Harlow.",
        "The road 3/11 is closed.",
        "Version 2.10.1 of the list.",
        "He won the second seat.",
    ],
)
def test_durations_names_and_repeated_days_are_not_times(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Nine died on 3/11/2021.", "day"),
        ("Nine died on Wednesday.", "day"),
        ("Nine died a few days ago.", None),
        ("Nine died in recent weeks.", "period"),
        ("Nine died on 31 June 2021.", "day"),
    ],
)
def test_what_the_document_does_not_settle_stays_open(text: str, precision: str | None) -> None:
    time = only(text, published=None)
    assert (time.from_, time.to, time.precision) == (None, None, precision)


def test_the_order_of_figures_is_taken_from_another_date_of_the_document() -> None:
    found = times("Nine died on 3/11/2021. The list was closed on 25/11/2021.")
    assert [time.from_ for time in found] == ["2021-11-03", "2021-11-25"]
    found = times("Nine died on 3/11/2021. The list was closed on 11/25/2021.")
    assert [time.from_ for time in found] == ["2021-03-11", "2021-11-25"]


def test_ambiguous_figures_far_from_publication_stay_open() -> None:
    assert only("Nine died on 3/4/2020.").from_ is None


def test_a_dateline_stands_in_for_an_unknown_day_of_publication() -> None:
    text = "SAN ALDO, 3 JAN 90 (PRENSA) -- TWO MEN WERE KILLED YESTERDAY."
    dateline, yesterday = times(text, published=None)
    assert (dateline.of, dateline.from_) == ("report", "1990-01-03")
    assert (yesterday.of, yesterday.from_) == ("event", "1990-01-02")
    day = publication_day(Document(id="d", text=text))
    assert day is not None
    assert day.isoformat() == "1990-01-03"


def test_the_next_day_counts_from_the_day_told_last() -> None:
    found = times("On 3 October a bomb fell. The next morning four bodies were found. Two days later the search ended.")
    assert [time.from_ for time in found] == ["2023-10-03", "2023-10-04", "2023-10-06"]


def test_the_day_before_a_weekday_is_one_day_earlier() -> None:
    assert only("Nine died the day before last Tuesday.").from_ == "2023-11-13"


def test_an_expression_may_run_over_a_line_break_but_not_over_a_paragraph() -> None:
    assert only("Nine died on 3\nNovember 2021.").text == "3\nNovember 2021"
    assert only("Nine died on 3\n\nNovember 2021 was worse.").text == "November 2021"


def test_a_wrong_day_of_publication_is_no_day() -> None:
    assert only("Nine died on Monday.", published="soon").from_ is None


@given(st.text(alphabet=st.sampled_from("today on 3 May 2021 \u202bMonday\u0301\r\n,./-éابيوم\U0001f600"), max_size=80))
def test_every_span_is_verbatim_and_reading_is_deterministic(text: str) -> None:
    found = times(text)
    assert all(time.text == text[time.start : time.end] for time in found)
    assert found == times(text)


@given(st.text(max_size=200), st.dates())
def test_any_text_and_day_can_be_read(text: str, day: object) -> None:
    for time in times(text, published=str(day)):
        assert time.start is not None
        assert time.text == text[time.start : time.end]
