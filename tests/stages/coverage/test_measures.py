"""Measures of coverage against small cases worked by hand, and their intervals against simulation."""

import math
import random

import numpy as np
import pytest

from uncounted.model.claims import Time
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Incident
from uncounted.stages.coverage import Observed, compare
from uncounted.stages.coverage.measures import measured
from uncounted.stages.coverage.observe import hours_to_first
from uncounted.stages.coverage.regress import fitted
from uncounted.stages.coverage.report import hedges, outlets, told

SMALL = (
    Observed(incident="i1", reports=("A", "A", "B"), origins=2, low=10, high=12, hours=0.0,
             quoted=(("official", True), ("official", False), ("medical", False)), numbers=(10, 12)),
    Observed(incident="i2", reports=("A",), origins=1, low=5, high=5, hours=24.0,
             quoted=(("official", True),), numbers=(15, 20, 7)),
    Observed(incident="i3", reports=("B", None), origins=1, low=None, high=None, hours=None, numbers=(31,)),
)  # fmt: skip


def values(observed: tuple[Observed, ...]) -> dict[str, tuple[float | None, int]]:
    return {one.name: (one.value, one.number) for one in measured(observed)}


def test_every_measure_of_a_small_case_is_as_worked_by_hand() -> None:
    assert values(SMALL) == {
        "Reports per incident": (6 / 3, 3),
        "Outlets per incident": ((2 + 1 + 2) / 3, 3),
        "Independent origins per incident": (4 / 3, 3),
        "Incidents with one origin": (2 / 3, 3),
        "Reports per death recorded": ((3 + 1) / 15, 2),
        "Claims put with a verb of doubt": (2 / 4, 4),
        "Numbers of 10 and more that end in 0 or 5": (3 / 5, 5),
        "Hours to the first report (median)": (12.0, 2),
    }


def test_too_few_incidents_have_values_and_no_interval() -> None:
    assert all(one.low is None and one.high is None for one in measured(SMALL))


def test_nothing_at_all_has_no_value_rather_than_zero() -> None:
    assert {value for value, _ in values(()).values()} == {None}


def test_an_outlet_is_alone_where_nobody_else_reported() -> None:
    assert [(one.name, one.reports, one.incidents, one.alone) for one in outlets(SMALL)] == [
        ("A", 3, 2, 1), ("B", 2, 2, 0), (None, 1, 1, 0)
    ]  # fmt: skip


def test_doubt_is_told_by_who_speaks() -> None:
    assert [(one.kind, one.hedged, one.of) for one in hedges(SMALL)] == [("official", 2, 3), ("medical", 0, 1)]


def _incident(day: str | None, *, of: str = "event") -> Incident:
    time = Time(from_=day, to=day, precision="day", of=of) if day else None
    return Incident(id="i", anchor="k", claims=(), title="t", time=time)


def _report(published: str | None) -> Capture:
    return Capture(id="c", object="0", form="text", size=1, name="c", taken="2031-01-01", published=published)


@pytest.mark.parametrize(
    ("day", "published", "hours"),
    [
        ("2031-05-06", ["2031-05-06"], 0.0),
        ("2031-05-06", ["2031-05-08", "2031-05-07"], 24.0),
        ("2031-05-06", ["2031-05-06T18:00:00Z"], 6.0),
        ("2031-05-06", ["2031-05-05"], 0.0),
        ("2031-05-06", [None], None),
        (None, ["2031-05-06"], None),
    ],
)
def test_hours_to_the_first_report(day: str | None, published: list[str | None], hours: float | None) -> None:
    assert hours_to_first(_incident(day), [_report(one) for one in published]) == hours


def test_a_report_dated_incident_has_no_hours() -> None:
    assert hours_to_first(_incident("2031-05-06", of="report"), [_report("2031-05-07")]) is None


def test_the_regression_finds_the_line_that_counts_lie_on() -> None:
    line = fitted([(deaths, round(2 * (1 + deaths))) for deaths in range(40)])
    assert line is not None
    assert line.level == pytest.approx(math.log(2), abs=1e-6)
    assert line.slope == pytest.approx(1.0, abs=1e-6)
    assert line.expected(9) == pytest.approx(20)
    assert line.residual(20, 9) == pytest.approx(0, abs=1e-3)


def test_no_line_is_drawn_through_too_little() -> None:
    assert fitted([(3, 1)] * 30) is None
    assert fitted([(1, 1), (2, 2)]) is None


def test_an_incident_without_a_toll_has_no_expectation() -> None:
    many = (
        *SMALL,
        *(Observed(incident=f"j{n}", reports=("A",) * (n + 1), origins=1, low=n, high=n) for n in range(12)),
    )
    found = {one.incident: one.expected for one in told(many).incidents}
    assert found["i3"] is None
    assert found["i1"] is not None


def _draw(rng: np.random.Generator, size: int, mean: float) -> tuple[Observed, ...]:
    numbers = rng.poisson(rng.lognormal(math.log(mean) - 0.125, 0.5, size))
    return tuple(
        Observed(incident=str(at), reports=("A",) * int(number), origins=int(one), low=None, high=None)
        for at, (number, one) in enumerate(zip(numbers, rng.integers(1, 3, size), strict=True))
    )


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """200 worlds of 60 incidents, mean reports 4 and half with one origin: 95 % intervals, allowing for chance."""
    rng = np.random.default_rng(7)
    held = {"Reports per incident": 0, "Incidents with one origin": 0}
    for world in range(200):
        found = {one.name: one for one in measured(_draw(rng, 60, 4.0), seed=world, draws=300)}
        for name, truth in (("Reports per incident", 4.0), ("Incidents with one origin", 0.5)):
            low, high = found[name].low, found[name].high
            assert low is not None
            assert high is not None
            held[name] += low <= truth <= high
    assert all(0.89 <= number / 200 <= 0.99 for number in held.values()), held


def test_a_difference_of_two_sets_is_found_and_none_is_made_up() -> None:
    rng = np.random.default_rng(11)
    apart = {one.name: one for one in compare(_draw(rng, 80, 8.0), _draw(rng, 80, 4.0))}["Reports per incident"]
    assert apart.low is not None
    assert apart.low > 0
    held = 0
    for world in range(100):
        same = compare(_draw(rng, 40, 4.0), _draw(rng, 40, 4.0), seed=world, draws=200)[0]
        assert same.low is not None
        assert same.high is not None
        held += same.low <= 0 <= same.high
    assert held >= 87


def test_the_same_seed_gives_the_same_interval() -> None:
    observed = _draw(np.random.default_rng(3), 30, 4.0)
    assert measured(observed, seed=5) == measured(observed, seed=5)
    assert measured(observed, seed=5) != measured(observed, seed=6)


def test_order_does_not_matter_to_the_values() -> None:
    turned = list(SMALL)
    random.Random(1).shuffle(turned)
    assert values(tuple(turned)) == values(SMALL)
