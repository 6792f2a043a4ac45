"""Words, marks, map and timeline."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from tests.stages.publish.invented import FIRST, HAMLET, KILLED, SECOND
from uncounted.model.claims import Count, Place, Time
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Incident, TollCell
from uncounted.stages.publish import maps, rules, timeline, words
from uncounted.stages.publish.marks import Mark, context, direction, marked, windows


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(14, 18, "14–18"), (14, None, "14 or more"), (None, 18, "up to 18"), (None, None, "not known"), (0, 0, "0")],
)
def test_bounds_in_words(low: int | None, high: int | None, said: str) -> None:
    assert words.bounds(low, high) == said


def test_a_count_is_put_as_it_was_said() -> None:
    assert words.counted(Count(low=30, quantifier="more_than")) == "more than 30"
    assert words.counted(Count(quantifier="vague", text="dozens")) == "“dozens”"
    assert words.counted(Count(low=3, high=3, quantifier="exact", unit="family")) == "3 families"


def test_dates_are_as_precise_as_they_are_known() -> None:
    assert words.when(Time(from_="2031-05-06", to="2031-05-06")) == "6 May 2031"
    assert words.when(Time(from_="2031-05-01", to="2031-05-31")) == "between 1 May 2031 and 31 May 2031"
    assert words.when(None) == "not known"
    assert words.day("2031-05") == "May 2031"
    assert words.day("about then") == "about then"


def test_a_report_without_a_title_is_never_called_by_its_path() -> None:
    bare = Capture(id="c1", object="0", form="text", size=1, name="/home/somebody/a.txt", taken="2031-01-01")
    assert words.headline(bare) == "Report c1"


spans = st.tuples(st.integers(-3, 40), st.integers(-3, 40))


@given(st.text(st.characters(exclude_characters="\r\0", codec="utf-8"), max_size=40), st.lists(spans, max_size=6))
def test_marked_words_are_the_words_whatever_the_marks(text: str, found: list[tuple[int, int]]) -> None:
    shown = marked(text, [Mark(a, b, "count", "k") for a, b in found])
    assert Markup(re.sub(r"</?(?:mark|span)[^>]*>", "", shown)) == Markup.escape(text)


def test_letters_that_a_parser_would_drop_or_join_keep_their_place() -> None:
    assert marked("a\r\nb\0c", []) == "a&#13;\nb\ufffdc"


def test_one_person_is_not_people() -> None:
    one = Count(low=1, high=1, quantifier="exact")
    assert words.statement(msgspec.structs.replace(KILLED, count=one)) == "1 person killed"
    assert words.statement(KILLED) == "14 or more people killed"
    assert words.statement(msgspec.structs.replace(KILLED, count=Count())) == "people killed, no number given"


def test_overlapping_marks_cut_the_words_at_each_edge() -> None:
    assert marked("abcdef", [Mark(0, 4, "passage"), Mark(2, 6, "count")]) == (
        '<mark class="passage">ab</mark><mark class="count passage">cd</mark><mark class="count">ef</mark>'
    )


@given(st.text(alphabet="ab \n", max_size=200), st.integers(0, 200), st.integers(0, 200), st.integers(0, 50))
def test_a_context_holds_its_passage(text: str, start: int, end: int, reach: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    left, right = context(text, start, end, reach)
    assert 0 <= left <= start <= end <= right <= len(text)


def test_a_very_long_report_is_shown_around_its_marks() -> None:
    text = "word " * 20_000
    marks = [Mark(50_000, 50_004, "count"), Mark(50_500, 50_504, "count"), Mark(90_000, 90_004, "count")]
    shown = windows(text, marks, longest=1_000)
    assert len(shown) == 3
    assert all(any(a <= mark.start and mark.end <= b for a, b in shown) for mark in marks)
    assert windows(text, marks) == [(0, len(text))]


def test_the_direction_follows_the_language() -> None:
    assert [direction(code) for code in ("ar", "fa-IR", "en", None)] == ["rtl", "rtl", "ltr", "auto"]


def test_a_map_draws_each_known_place_within_its_frame_and_true_to_scale() -> None:
    drawn = maps.drawn((FIRST, SECOND))
    assert drawn is not None
    assert {spot.name for spot in drawn.spots} == {"Qasr Lamin", "Tall al-Ward"}
    assert all(0 < spot.x < drawn.width and 0 < spot.y < drawn.height for spot in drawn.spots)
    one, two = sorted(drawn.spots, key=lambda spot: spot.y)
    pixels_per_km = drawn.scale_width / drawn.scale_km
    assert (two.y - one.y) / pixels_per_km == pytest.approx(0.35 * 111.2, rel=0.02)
    assert drawn.lands


def test_a_map_without_a_known_place_is_no_map() -> None:
    assert maps.drawn((Incident(id="i", anchor="k", claims=(), title="t", place=Place(name="Nowhere")),)) is None


def test_two_incidents_at_one_place_are_one_spot() -> None:
    twin = Incident(id="i2", anchor="k", claims=(), title="t", place=HAMLET)
    drawn = maps.drawn((SECOND, twin))
    assert drawn is not None
    assert [len(spot.incidents) for spot in drawn.spots] == [2]


def _cell(low: int | None, high: int | None) -> TollCell:
    return TollCell(cell={}, low=low, high=high, policy="p")


def _dated(name: str, first: str, last: str) -> Incident:
    return Incident(id=name, anchor=name, claims=(), title=name, time=Time(from_=first, to=last))


def test_a_timeline_adds_bounds_by_day_and_keeps_an_open_one_open() -> None:
    day = "2031-05-06"
    line = timeline.drawn(
        [_dated("a", day, day), _dated("b", day, day), _dated("c", "2031-05-08", "2031-05-08")],
        {"a": _cell(2, 3), "b": _cell(4, None), "c": _cell(1, 1)},
    )
    assert [(bar.period, bar.low, bar.high) for bar in line.bars] == [
        (day, 6, None), ("2031-05-07", 0, 0), ("2031-05-08", 1, 1)
    ]  # fmt: skip


def test_an_incident_without_a_single_day_is_named_and_not_drawn() -> None:
    line = timeline.drawn([_dated("a", "2031-05-30", "2031-06-02"), _dated("b", "2031-05-01", "2031-05-01")], {})
    assert line.undated == ("a",)
    assert [bar.incidents for bar in line.bars] == [("b",)]


def test_an_incident_without_a_figure_opens_its_bar() -> None:
    line = timeline.drawn([_dated("a", "2031-05-01", "2031-05-01")], {})
    assert [(bar.low, bar.high) for bar in line.bars] == [(None, None)]


def test_every_rule_is_stated() -> None:
    stated = list(rules.stated({"a_b": {"c": True, "d": None}, "e": [2, None], "f": [{"g": "h_i"}], "j": {}}))
    assert [(r.name, r.value, r.depth) for r in stated] == [
        ("a b", "", 0), ("c", "yes", 1), ("d", "not set", 1), ("e", "2 or more", 0), ("f", "", 0), ("1", "g: h i", 1),
        ("j", "none", 0),
    ]  # fmt: skip


def test_the_outlines_do_not_flood_the_sea() -> None:
    """Rings that cross the antimeridian must not be closed across the map."""
    iceland = Incident(id="i", anchor="k", claims=(), title="t",
                       place=Place(name="At sea", lat=68.0, lon=-12.0, precision="exact"))  # fmt: skip
    drawn = maps.drawn((iceland,))
    assert drawn is not None
    assert drawn.lands == ()
