"""What is known of a linking without labels: lags, placebo, ambiguity; and reports that sum up several events."""

from datetime import date, timedelta

from tests.stages.match.test_incidents import MARA, MILL, TELL, claim, incidents, on
from uncounted.model.claims import Claim, Place, Time
from uncounted.stages.match.incidents_sums import aggregates
from uncounted.stages.match.incidents_trust import in_words, trust

ODRA = Place(name="Odra Province", lat=10.2, lon=20.3, precision="province")


def day(number: int) -> str:
    return (date(2025, 1, 1) + timedelta(days=number)).isoformat()


def two_sources(places: list[Place], days: range, shift: int = 0) -> list[Claim]:
    """Two documents a day, one by each source, of one event each; the second source's dates are shifted."""
    return [
        claim(
            f"{source}{at}",
            f"{source}{at}",
            places[at % len(places)],
            on(day(number + (shift if source == "b" else 0))),
        )
        for at, number in enumerate(days)
        for source in "ab"
    ]


def town(number: int) -> Place:
    return Place(name=f"Town {number}", lat=5 + number / 2, lon=30.0, precision="town", gazetteer=f"case:t{number}")


def test_where_every_town_has_one_event_chance_matches_nothing() -> None:
    found = trust(two_sources([town(number) for number in range(30)], range(0, 300, 10)))
    assert found.matched == 30
    assert found.precision == 1.0
    assert found.ambiguous == 0
    assert found.lags[0] == 30


def test_where_one_town_has_an_event_a_day_chance_would_match_too() -> None:
    found = trust(two_sources([MARA], range(120)))
    assert found.precision is not None
    assert found.precision < 0.5
    assert found.by_chance > 0


def test_a_few_matches_say_nothing_of_precision() -> None:
    found = trust(two_sources([MARA, TELL], range(0, 100, 25)))
    assert found.precision is None
    assert any("too few" in line for line in in_words(found))


def test_a_source_whose_dates_lie_two_days_ahead_is_named() -> None:
    claims = two_sources([town(number) for number in range(12)], range(0, 240, 20), shift=2)
    publishers = {one.document: "Far Weekly" if one.document.startswith("b") else "Near Daily" for one in claims}
    found = trust(claims, publishers)
    assert [(lag.publisher, lag.days) for lag in found.shifted] == [("Far Weekly", 2), ("Near Daily", -2)]
    assert any("may be shifted" in line for line in in_words(found))


def test_a_match_with_two_events_of_one_document_is_ambiguous() -> None:
    one = claim("a", "d1", MARA, on("2025-03-04"))
    two = claim("b", "d2", MARA, on("2025-03-04"), start=0)
    three = claim("c", "d2", MILL, on("2025-03-05"), start=50)
    found = trust([one, two, three])
    assert found.ambiguous is not None


def test_a_report_of_a_province_and_a_week_is_set_beside_the_events_that_it_sums_up() -> None:
    week = Time(from_="2025-03-03", to="2025-03-09", precision="week", of="event")
    claims = [
        claim("a", "d1", MARA, on("2025-03-04"), 5),
        claim("b", "d2", TELL, on("2025-03-06"), 7),
        claim("c", "d3", ODRA, week, 12),
    ]
    (found,) = aggregates(claims, incidents(*claims))
    assert found.claims == ("c",)
    assert len(found.incidents) == 2
    assert (found.said, found.parts) == (12, 12)


def test_a_report_whose_count_fits_no_sum_is_no_aggregate() -> None:
    week = Time(from_="2025-03-03", to="2025-03-09", precision="week", of="event")
    claims = [
        claim("a", "d1", MARA, on("2025-03-04"), 5),
        claim("b", "d2", TELL, on("2025-03-06"), 7),
        claim("c", "d3", ODRA, week, 60),
    ]
    assert not aggregates(claims, incidents(*claims))
