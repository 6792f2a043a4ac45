"""The shipped policies, each by what sets it apart; all claims are invented."""

import msgspec
import pytest

from tests.stages.toll.cases import claim, incident, origins
from uncounted.model.claims import Claim, Named, Place
from uncounted.model.corrections import Overlap
from uncounted.model.errors import BadInput
from uncounted.stages.toll import incident_toll, load_policy, parse_policy, toll, tolls, totals
from uncounted.stages.toll.overlaps import without_overlap
from uncounted.stages.toll.tables import SEVERAL, cause_of, tables

IBC, UCDP, OHCHR, LITERAL = (load_policy(name) for name in ("ibc", "ucdp", "ohchr", "literal"))


def best(*claims: Claim) -> tuple[int | None, int | None, int | None]:
    event, known = incident(*claims), {one.id: one for one in claims}
    found = incident_toll(event, known, origins(*((one,) for one in claims)), UCDP)["killed", "people"]
    return found.low, found.best, found.high


def test_ucdp_best_is_the_figure_that_most_origins_give() -> None:
    assert best(claim("a", 12, 12), claim("b", 9, 9), claim("c", 12, 12)) == (9, 12, 12)


def test_ucdp_best_is_the_lowest_where_no_figure_leads() -> None:
    assert best(claim("a", 12, 12), claim("b", 9, 9)) == (9, 9, 12)


def test_ucdp_best_lies_within_the_range_that_parts_give() -> None:
    assert best(claim("a", 4, 20), claim("b", 6, 6, group="combatants")) == (6, 6, 20)


def test_ucdp_best_figures_add_up() -> None:
    a, b, c = claim("a", 12, 12), claim("b", 9, 9), claim("c", 5, 5)
    events, known = [incident(a, b, name="i1"), incident(c, name="i2")], {"a": a, "b": b, "c": c}
    (cell,) = toll(events, known, {"i1": origins((a,), (b,)), "i2": origins((c,))}, UCDP)
    assert (cell.low, cell.best, cell.high) == (14, 14, 17)


def test_ucdp_has_a_code_for_every_precision() -> None:
    from typing import get_args

    from uncounted.model.vocabulary import DatePrecision, PlacePrecision

    assert set(UCDP.codes["place"]) == set(get_args(PlacePrecision))
    assert set(UCDP.codes["date"]) == set(get_args(DatePrecision))


def test_other_policies_name_no_best() -> None:
    a = claim("a", 3, 3)
    assert toll([incident(a)], {"a": a}, {}, LITERAL)[0].best is None


def test_ibc_counts_what_two_sources_report_and_closes_open_bounds() -> None:
    a, b = claim("a", 10, quantifier="at_least"), claim("b", 5, 5)
    events = [incident(a, name="i1", grade="fair"), incident(b, name="i2", grade="weak")]
    (cell,) = toll(events, {"a": a, "b": b}, {}, IBC)
    assert (cell.low, cell.high, cell.incidents) == (10, 10, ("i1",))


def test_ohchr_tables_divide_the_whole_and_tell_what_is_unknown() -> None:
    whole, women, children = claim("a", 10, 12), claim("b", 3, 3, group="women"), claim("c", 4, 4, group="children")
    event = incident(whole, women, children)
    known = {one.id: one for one in (whole, women, children)}
    held = tolls([event], known, {event.id: origins((whole,), (women,), (children,))}, OHCHR)
    found = tables([event], known, OHCHR, held)
    sex = {cell.cell["part"]: (cell.low, cell.high) for cell in found["sex"]}
    assert sex == {"women": (3, 3), "unknown": (7, 9)}
    assert {cell.cell["part"]: (cell.low, cell.high) for cell in found["age"]} == {
        "children": (4, 4), "unknown": (6, 8),
    }  # fmt: skip


def test_ohchr_causes_are_the_guidances_and_several_are_told_as_such() -> None:
    shot, shelled = claim("a", 1, 2, means=Named(name="shooting")), claim("b", 1, 2, means=Named(name="shelling"))
    known = {"a": shot, "b": shelled}
    assert cause_of(incident(shot), known, OHCHR) == "small arms and light weapons"
    assert cause_of(incident(shot, shelled), known, OHCHR) == SEVERAL
    assert cause_of(incident(claim("c", 1, 2)), known, OHCHR) == "unknown"


def test_households_become_persons_by_the_factor_that_a_policy_states() -> None:
    stated = parse_policy(
        b'name = "x"\ntitle = ""\ndescription = ""\nsource = "invented"\nmodalities = ["asserted"]\n'
        b'[units]\nhousehold = [4, 7]\nfamily = [3, "open"]\n'
    )
    homes = claim("a", 5, 5, harm="displaced", unit="household")
    found = incident_toll(incident(homes), {"a": homes}, (), stated)["displaced", "people"]
    assert (found.low, found.high) == (20, 35)


def test_wholes_that_run_in_a_circle_are_refused() -> None:
    with pytest.raises(BadInput, match="part of itself"):
        parse_policy(
            b'name = "x"\ntitle = ""\ndescription = ""\nsource = ""\nmodalities = ["asserted"]\n'
            b'[[wholes]]\nwhole = "people"\nparts = ["civilians"]\nreason = ""\n'
            b'[[wholes]]\nwhole = "civilians"\nparts = ["people"]\nreason = ""\n'
        )


def test_what_is_left_of_a_total_is_told_alone_and_with_the_incidents() -> None:
    morgue = claim("t", 40, 44, scope="period")
    event, other = claim("a", 6, 8), claim("b", 3, 3)
    events, known = [incident(event, name="i1"), incident(other, name="i2")], {"t": morgue, "a": event, "b": other}
    held = tolls(events, known, {}, LITERAL)
    stated = Overlap(total="t", incidents=("a",), low=5, high=8, reason="listed by the morgue", by="Ada", entry=3)
    cells = totals(known, (), events, LITERAL)
    rest, both = without_overlap(cells, [stated], known, events, held)
    assert (rest.cell["scope"], rest.low, rest.high) == ("remainder", 32, 39)
    assert (both.low, both.high) == (32 + 9, 39 + 11)
    assert "Ada states that 5–8 of the 40–44 stated are in 1 known incidents" in rest.why[0]
    assert cells == totals(known, (), events, LITERAL)


def test_what_was_taken_out_of_a_total_is_added_with_its_incident_wherever_that_lies() -> None:
    """Of 40 in the morgue five died in a place of which nobody says that it is in the morgue's district."""
    morgue = claim("t", 40, 40, scope="period", place=Place(name="Odra"))
    event = claim("a", 5, 5)
    events, known = [incident(event, name="i1", place=Place(name="Mara"))], {"t": morgue, "a": event}
    stated = Overlap(total="t", incidents=("a",), low=5, high=5, reason="listed by the morgue", by="Ada", entry=3)
    held = tolls(events, known, {}, LITERAL)
    rest, both = without_overlap(totals(known, (), events, LITERAL), [stated], known, events, held)
    assert (rest.low, rest.high) == (35, 35)
    assert (both.low, both.high, both.incidents) == (40, 40, ("i1",))


def test_two_statements_on_one_total_leave_room_for_both() -> None:
    one, two = claim("t", 40, 40, scope="period"), claim("u", 44, 44, scope="period")
    known = {"t": one, "u": two}
    said = [
        Overlap(total="t", incidents=(), low=5, high=8, reason="x", by="Ada", entry=3),
        Overlap(total="u", incidents=(), low=2, high=6, reason="y", by="Ben", entry=4),
    ]
    rest, _ = without_overlap(totals(known, origins((one,), (two,)), (), LITERAL), said, known, [], {})
    assert (rest.low, rest.high) == (40 - 8, 44 - 2)
    assert [by in " ".join(rest.why) for by in ("Ada states", "Ben states")] == [True, True]


def test_totals_of_two_places_of_one_name_stay_two() -> None:
    here, there = (
        Place(name="Mara", within="Odra", gazetteer="case:1"),
        Place(name="Mara", within="Sulu", gazetteer="case:2"),
    )
    one, two = claim("t", 40, 40, scope="period", place=here), claim("u", 7, 7, scope="period", place=there)
    dead = claim("a", 3, 3)
    event = incident(dead, place=there)
    cells = totals({"t": one, "u": two, "a": dead}, (), [event], LITERAL)
    assert [(cell.cell["place"], cell.low) for cell in cells] == [("Mara (Odra)", 40), ("Mara (Sulu)", 7)]
    assert "no incident in that place and time" in cells[0].why[-1]
    assert "add up to 3" in cells[1].why[-1]


def test_a_table_of_groups_that_may_overlap_is_refused() -> None:
    head = b'name = "x"\ntitle = ""\ndescription = ""\nsource = ""\nmodalities = ["asserted"]\n'
    with pytest.raises(BadInput, match="may overlap"):
        parse_policy(head + b'[tables]\nwho = ["civilians", "children"]\n')


def test_a_vague_word_of_a_policy_counts_in_capitals_too() -> None:
    shouted = msgspec.structs.replace(LITERAL, vague={"Heaps": (7, 9)})
    heaps = claim("a", quantifier="vague", text="heaps of people")
    found = incident_toll(incident(heaps), {"a": heaps}, (), shouted)["killed", "people"]
    assert (found.low, found.high) == (7, 9)


@pytest.mark.parametrize("number", [3, 9, 10**15 + 1])
def test_about_a_number_is_reckoned_exactly(number: int) -> None:
    roughly = claim("a", number, number, quantifier="about")
    found = incident_toll(incident(roughly), {"a": roughly}, (), LITERAL)["killed", "people"]
    assert (found.low, found.high) == (number * 9 // 10, -(-number * 11 // 10))


def test_ucdp_counts_health_workers_among_the_people() -> None:
    three = claim("a", 3, 3, group="health_workers")
    found = incident_toll(incident(three), {"a": three}, (), UCDP)
    assert (found["killed", "people"].low, found["killed", "people"].high) == (3, 3)


def test_ucdp_best_of_nothing_known_is_unknown() -> None:
    few = claim("a", None, 3, quantifier="at_most", group="journalists")
    (cell,) = toll([incident(few)], {"a": few}, {}, UCDP)
    assert (cell.low, cell.best) == (None, None)


def test_names_are_a_floor_of_the_headline_only_where_they_are_part_of_it() -> None:
    fighters = [claim(f"n{at}", 1, 1, victim=name, group="combatants", document="roll")
                for at, name in enumerate(("Amal Odran", "Benat Sulu", "Cora Tinn"))]  # fmt: skip
    some = claim("a", 1, 9, group="journalists", document="roll")
    own = msgspec.structs.replace(LITERAL, headline="journalists")
    held = [*fighters, some]
    found = incident_toll(incident(*held), {one.id: one for one in held}, (), own)
    assert (found["killed", "journalists"].low, found["killed", "journalists"].high) == (1, 9)


def test_an_open_total_leaves_an_open_rest() -> None:
    morgue = claim("t", 40, quantifier="at_least", scope="period")
    stated = Overlap(total="t", incidents=("a",), low=50, high=60, reason="x", by="Ada", entry=3)
    cells = totals({"t": morgue}, (), (), LITERAL)
    rest, _ = without_overlap(cells, [stated], {"t": morgue}, [], {})
    assert (rest.low, rest.high) == (0, None)


def test_the_share_of_a_figure_on_one_origin_is_a_share_of_its_low() -> None:
    a, b, c = claim("a", 3, 3), claim("b", 6, 6), claim("c", 6, 6)
    events, known = [incident(a, name="i1"), incident(b, c, name="i2")], {"a": a, "b": b, "c": c}
    (cell,) = toll(events, known, {"i1": origins((a,)), "i2": origins((b,), (c,))}, LITERAL)
    assert cell.share_alone == pytest.approx(1 / 3)
    assert msgspec.structs.replace(cell, low=None).share_alone is None
