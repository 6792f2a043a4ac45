"""The toll: each rule by one small invented case."""

import msgspec
import pytest

from tests.stages.toll.cases import claim, incident, origins
from uncounted.model.claims import Claim, Place, Relation, Time
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.stages.toll import (
    Policy,
    incident_toll,
    load_policy,
    parse_policy,
    policy_names,
    render,
    toll,
    totals,
    why,
)

LITERAL, AIRWARS = load_policy("literal"), load_policy("airwars")
KILLED = ("killed", "people")


def ranges(
    *claims: Claim,
    policy: Policy = LITERAL,
    by: tuple[Origin, ...] | None = None,
    published: dict[str, str] | None = None,
) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    """Low and high of each cell; every claim its own origin unless told."""
    known = {one.id: one for one in claims}
    told = origins(*((one,) for one in claims)) if by is None else by
    found = incident_toll(incident(*claims), known, told, policy, published or {})
    return {(harm, group): (one.low, one.high) for (harm, group), one in found.items()}


def case_toll(*events: Incident, claims: tuple[Claim, ...], by: tuple[str, ...] = ()) -> tuple[TollCell, ...]:
    known = {one.id: one for one in claims}
    told = {event.id: origins(*((known[name],) for name in event.claims)) for event in events}
    return toll(events, known, told, LITERAL, by=by)  # type: ignore[arg-type]


def test_the_range_runs_from_the_smallest_to_the_largest_of_independent_origins() -> None:
    assert ranges(claim("a", 14, 14), claim("b", 18, 20))[KILLED] == (14, 20)


def test_an_open_upper_bound_stays_open() -> None:
    assert ranges(claim("a", 14, 14), claim("b", 10, quantifier="at_least"))[KILLED] == (10, None)


def test_more_than_is_one_more_and_less_than_one_less() -> None:
    assert ranges(claim("a", 30, quantifier="more_than"))[KILLED] == (31, None)
    assert ranges(claim("a", None, 30, quantifier="less_than"))[KILLED] == (None, 29)
    assert ranges(claim("a", 30, quantifier="more_than"), policy=AIRWARS)["killed", "civilians"] == (31, 31)


def test_dozens_is_open_as_said_and_twelve_to_twenty_four_by_airwars_convention() -> None:
    dozens = claim("a", 24, None, quantifier="vague", text="Dozens")
    assert ranges(dozens)[KILLED] == (24, None)
    assert ranges(dozens, policy=AIRWARS)["killed", "civilians"] == (12, 24)


def test_a_vague_word_keeps_the_interval_recorded_and_else_has_the_policys() -> None:
    assert ranges(claim("a", 30, None, quantifier="vague", text="Dozens"))[KILLED] == (30, None)
    assert ranges(claim("a", quantifier="vague", text="Dozens"))[KILLED] == (24, None)
    assert ranges(claim("a", quantifier="vague", text="العشرات"))[KILLED] == (20, None)


def test_a_policy_may_take_the_largest_lower_bound_that_some_origin_stands_for() -> None:
    largest = msgspec.structs.replace(LITERAL, low_across="largest")
    assert ranges(claim("a", 14, 14), claim("b", 18, 20), policy=largest)[KILLED] == (18, 20)


def test_the_longest_vague_word_counts() -> None:
    number = claim("a", 3, None, quantifier="vague", text="a few dozens")
    assert ranges(number, policy=AIRWARS)["killed", "civilians"] == (12, 24)


def test_a_vague_word_without_an_interval_is_a_plural() -> None:
    assert ranges(claim("a", quantifier="vague", text="numerous"))[KILLED] == (2, None)


def test_smaller_counts_of_one_origin_in_one_report_are_parts_of_its_largest() -> None:
    total, family = claim("a", 40, 40, document="d"), claim("b", 19, 19, document="d")
    assert ranges(total, family, by=origins((total, family)))[KILLED] == (40, 40)
    assert ranges(total, family, by=origins((total,), (family,)))[KILLED] == (19, 40)


def test_several_casualties_bound_nobody() -> None:
    loose = claim("a", 2, 2, harm="casualties", quantifier="vague", text="several")
    assert ranges(loose, claim("b", 5, 5), claim("c", 20, 20, harm="injured"))[KILLED] == (5, 5)


def test_a_bare_plural_counts_only_where_nobody_gives_a_figure() -> None:
    plural = claim("a", quantifier="unquantified", victim="villagers")
    assert ranges(plural)[KILLED] == (2, None)
    assert ranges(plural, claim("b", 14, 14))[KILLED] == (14, 14)


def test_several_articles_of_one_origin_count_once_and_its_latest_figure_counts() -> None:
    first, later = claim("a", 9, 9, document="d1"), claim("b", 14, 14, document="d2")
    one = origins((first, later))
    assert ranges(first, later, by=one, published={"d1": "2025-03-04", "d2": "2025-03-06"})[KILLED] == (14, 14)
    assert ranges(first, later, by=one)[KILLED] == (9, 14)
    known = {"a": first, "b": later}
    found = incident_toll(incident(first, later), known, one, LITERAL)
    assert found["killed", "people"].origins == 1


def test_within_a_day_the_later_hour_counts_and_an_unknown_hour_stays() -> None:
    first, later = claim("a", 9, 9, document="d1"), claim("b", 14, 14, document="d2")
    undated = claim("c", 10, 10, document="d3")
    when = {"d1": "2025-03-04T22:00:00+05:00", "d2": "2025-03-04T19:00:00Z", "d3": "2025-03-04"}
    assert ranges(first, later, by=origins((first, later)), published=when)[KILLED] == (14, 14)
    every = (first, later, undated)
    assert ranges(*every, by=origins(every), published=when)[KILLED] == (10, 14)


def test_an_update_within_a_report_replaces_what_it_updates() -> None:
    first = claim("a", 9, 9, document="d")
    later = claim("b", 14, 14, document="d", relations=(Relation("update_of", "a"),))
    assert ranges(first, later, by=origins((first, later)))[KILLED] == (14, 14)


def test_a_sum_replaces_its_terms() -> None:
    house, street = claim("a", 5, 5, document="d"), claim("b", 3, 3, document="d")
    both = claim("c", 8, 8, document="d", relations=(Relation("sum_of", "a"), Relation("sum_of", "b")))
    assert ranges(house, street, both, by=origins((house, street, both)))[KILLED] == (8, 8)


def test_a_part_of_a_larger_count_is_no_total() -> None:
    whole = claim("a", 20, 20, document="d")
    part = claim("b", 3, 3, document="d", subset_of="a")
    assert ranges(whole, part, by=origins((whole, part)))[KILLED] == (20, 20)


def test_a_subsets_low_raises_the_totals_and_the_totals_high_caps_the_subset() -> None:
    found = ranges(claim("a", 10, 20), claim("b", 12, 30, group="children"), claim("c", 3, 3, group="women"))
    assert found[KILLED] == (15, 20)
    assert found["killed", "children"] == (12, 17)


def test_children_are_at_most_the_civilians_and_civilians_with_combatants_at_most_the_people() -> None:
    found = ranges(
        claim("a", 10, 10), claim("b", 4, None, group="combatants"), claim("c", 1, None, group="children"),
        claim("d", 1, None, group="civilians"),
    )  # fmt: skip
    assert found["killed", "civilians"] == (1, 6)
    assert found["killed", "children"] == (1, 6)


def test_parts_without_a_total_bound_it_from_below_and_add_up_by_airwars_convention() -> None:
    woman = claim("a", 1, 1, group="women", document="d", victim="a woman")
    children = claim("b", 2, 2, group="children", document="d")
    one = origins((woman, children))
    assert ranges(woman, children, by=one)[KILLED] == (3, None)
    assert ranges(woman, children, by=one, policy=AIRWARS)["killed", "civilians"] == (3, 3)


def test_combatants_alone_are_no_civilians() -> None:
    fighters = claim("a", 4, 4, group="combatants")
    assert ranges(fighters, policy=AIRWARS) == {("killed", "combatants"): (4, 4)}
    assert ranges(fighters)[KILLED] == (4, None)


def test_different_named_victims_raise_the_floor() -> None:
    names = ["Amal Odran", "Amal  Odran", "Benat Sulu", "Cora Tinn"]
    named = tuple(claim(f"n{at}", 1, 1, victim=name, document="list") for at, name in enumerate(names))
    vague = claim("v", 2, None, quantifier="at_least", document="list")
    one = origins((*named, vague))
    assert ranges(*named, by=one)[KILLED] == (3, 3)
    assert ranges(*named, vague, by=one)[KILLED] == (3, None)


def test_a_victim_told_of_alone_is_no_rival_to_a_count() -> None:
    assert ranges(claim("a", 14, 14), claim("b", 1, 1, victim="Amal Odran"))[KILLED] == (14, 14)


def test_a_count_of_one_family_or_of_further_victims_lowers_nobody_elses_count() -> None:
    whole, other = claim("a", 14, 14), claim("b", 16, 16)
    family = claim("c", 5, 5, victim="five members of one family", text="five")
    more = claim("d", 3, 3, victim="another three people", text="three")
    assert ranges(whole, other, family, more)[KILLED] == (14, 16)
    assert ranges(family)[KILLED] == (5, 5)


def test_a_count_of_one_family_that_is_larger_still_raises_the_high() -> None:
    family = claim("c", 17, 17, victim="17 members of one family", text="17")
    assert ranges(claim("a", 14, 14), family)[KILLED] == (14, 17)


def test_what_a_reader_gathered_from_single_victims_does_not_overrule_a_count_of_everybody() -> None:
    gathered = ("inferred_sum",)
    found = ranges(
        claim("a", 10, 10),
        claim("b", 8, 8, group="children", flags=gathered),
        claim("c", 6, 6, group="men", flags=gathered),
    )
    assert found[KILLED] == (10, 10)
    assert found["killed", "children"] == (8, 8)
    within = ranges(claim("a", 3, 10), claim("b", 8, 8, group="children", flags=gathered))
    assert within[KILLED] == (8, 10)


def test_single_victims_beside_counts_of_groups_are_no_total() -> None:
    single = claim("a", 1, 1, victim="a baker", document="d")
    children = claim("b", 5, 5, group="children", document="d")
    one = origins((single, children))
    assert ranges(single, children, by=one)[KILLED] == (5, None)
    assert ranges(single, children, by=one, policy=AIRWARS)["killed", "civilians"] == (5, 6)


def test_casualties_fewer_than_the_dead_are_flagged_and_bound_nobody() -> None:
    few, killed = claim("a", 3, 3, harm="casualties"), claim("b", 9, 9)
    found = incident_toll(incident(few, killed), {"a": few, "b": killed}, origins((few,), (killed,)), LITERAL)
    assert (found["killed", "people"].low, found["killed", "people"].high) == (9, 9)
    assert found["casualties", "people"].contradictions


def test_spellings_that_may_be_one_person_count_once() -> None:
    one, two = claim("a", 1, 1, victim="Amal Odran", document="d"), claim("b", 1, 1, victim="Amel Odran", document="d")
    assert ranges(one, two, by=origins((one, two)))[KILLED][0] == 1


def test_families_are_not_added_without_a_stated_factor() -> None:
    families = claim("a", 3, 3, unit="family")
    assert ranges(families) == {}
    assert ranges(families, claim("b", 5, 5))[KILLED] == (5, 5)


def test_a_policy_that_states_persons_in_a_family_counts_them() -> None:
    stated = msgspec.structs.replace(LITERAL, units={"family": (3, 8)})
    assert ranges(claim("a", 2, 2, unit="family"), policy=stated)[KILLED] == (6, 16)


def test_incidents_of_other_grades_are_left_out_and_told() -> None:
    a, b, c = claim("a", 3, 3), claim("b", 10, 10), claim("c", 5, 5)
    events = [incident(a, name="i1", grade="fair"), incident(b, name="i2", grade="weak"), incident(c, name="i3")]
    (cell,) = toll(events, {"a": a, "b": b, "c": c}, {}, AIRWARS)
    assert (cell.low, cell.high, cell.incidents) == (8, 8, ("i1", "i3"))
    assert any("1 are left out and 1 not yet graded are counted" in step for step in cell.why)


def test_casualties_are_never_killed_but_bound_killed_and_injured() -> None:
    casualties = claim("a", 30, 30, harm="casualties")
    assert set(ranges(casualties)) == {("casualties", "people")}
    found = ranges(casualties, claim("b", 5, 50), claim("c", 20, 20, harm="injured"))
    assert found[KILLED] == (10, 10)


@pytest.mark.parametrize("modality", ["possible", "ordered", "threatened", "denied", "no_estimate"])
def test_what_nobody_holds_to_have_happened_never_enters(modality: str) -> None:
    other = claim("b", 99, 99, modality=modality)
    assert ranges(other) == {}
    assert ranges(claim("a", 5, 5), other)[KILLED] == (5, 5)


def test_a_contradiction_widens_the_range_and_names_the_claims() -> None:
    people, children = claim("a", 10, 10), claim("b", 12, 12, group="children")
    found = incident_toll(
        incident(people, children), {"a": people, "b": children}, origins((people,), (children,)), LITERAL
    )
    whole = found["killed", "people"]
    assert (whole.low, whole.high) == (10, 12)
    assert "(a)" in whole.contradictions[0]
    assert "(b)" in whole.contradictions[0]


def test_lows_and_highs_add_up_over_incidents_and_an_open_one_keeps_the_sum_open() -> None:
    a, b, c = claim("a", 3, 5), claim("b", 10, None, quantifier="at_least"), claim("c", 2, 2, harm="injured")
    events = (incident(a, name="i1"), incident(b, name="i2"), incident(c, name="i3"))
    killed, injured = sorted(case_toll(*events, claims=(a, b, c)), key=lambda cell: cell.cell["harm"], reverse=True)
    assert (killed.low, killed.high, killed.without) == (13, None, 1)
    assert any("at most 5" in step for step in killed.why)
    assert (injured.low, injured.high, injured.without) == (2, 2, 2)


def test_a_cell_without_claims_does_not_appear() -> None:
    a = claim("a", 3, 3)
    assert [cell.cell for cell in case_toll(incident(a), claims=(a,), by=("group",))] == [
        {"harm": "killed", "group": "people"}
    ]


def test_cells_by_month_place_and_actor_are_a_partition() -> None:
    a, b, c = claim("a", 3, 3), claim("b", 4, 4), claim("c", 5, 5)
    march = Time(from_="2025-03-04", to="2025-03-04", precision="day")
    events = (
        incident(a, name="i1", time=march, place=Place(name="Mara", within="Odra"), actors=("x", "y")),
        incident(b, name="i2", time=march, place=Place(name="Mara", within="Sulu")),
        incident(c, name="i3"),
    )
    cells = case_toll(*events, claims=(a, b, c), by=("month", "place", "actor"))
    assert [(cell.cell["month"], cell.cell["place"], cell.cell["actor"], cell.low) for cell in cells] == [
        ("2025-03", "Mara (Odra)", "x / y", 3),
        ("2025-03", "Mara (Sulu)", "unknown", 4),
        ("unknown", "unknown", "unknown", 5),
    ]


def test_an_unknown_breakdown_is_refused() -> None:
    with pytest.raises(BadInput, match="colour"):
        case_toll(claims=(), by=("colour",))


def test_totals_stand_apart_and_are_compared() -> None:
    a = claim("a", 3, 3)
    month = claim("t", 40, 40, scope="cumulative")
    events = (incident(a, month),)
    known = {"a": a, "t": month}
    assert toll(events, known, {}, LITERAL)[0].low == 3
    (cell,) = totals(known, (), events, LITERAL)
    assert (cell.low, cell.high, cell.cell["scope"]) == (40, 40, "cumulative")
    assert any("37 or more of the total are in no known incident" in step for step in cell.why)


def test_the_part_of_a_figure_that_rests_on_one_origin_is_told() -> None:
    a, b, c = claim("a", 3, 3), claim("b", 4, 4), claim("c", 4, 4)
    (cell,) = case_toll(incident(a, name="i1"), incident(b, c, name="i2"), claims=(a, b, c))
    assert (cell.low, cell.alone, cell.origins) == (7, 3, 3)


def test_why_leads_from_the_cell_to_the_words_with_denials_beside() -> None:
    a, denied = claim("a", 3, 3), claim("b", 3, 3, modality="denied")
    event = incident(a, denied)
    known = {"a": a, "b": denied}
    told = {event.id: origins((a,), (denied,))}
    (cell,) = toll([event], known, told, LITERAL)
    lines = render(why(cell, {event.id: event}, known, told, LITERAL)).splitlines()
    assert lines[0] == "people killed: 3 (policy literal)"
    assert any("“people were killed” – doc-a:0–18" in line for line in lines)
    assert lines.index("   └─ beside, not counted") > 0


def test_every_shipped_policy_loads_and_says_where_it_comes_from() -> None:
    for name in policy_names():
        policy = load_policy(name)
        assert policy.name == name
        assert policy.source.strip()
        assert policy.rules


def test_a_policy_that_would_count_orders_is_refused_and_an_unknown_one_not_found() -> None:
    with pytest.raises(BadInput, match="ordered"):
        parse_policy(b'name="x"\ntitle=""\ndescription=""\nsource=""\nmodalities=["ordered"]')
    with pytest.raises(NotFound, match="literal"):
        load_policy("no-such")
