"""Parts and wholes that no source counts: a bound that nobody stated holds nobody back (all claims invented)."""

from tests.stages.toll.cases import claim, incident, origins
from uncounted.model.claims import Claim
from uncounted.stages.toll import Range, incident_toll, load_policy, said

CHILDREN, WOMEN, JOURNALISTS = {"group": "children"}, {"group": "women"}, {"group": "journalists"}


def tolls(policy: str, *told: tuple[Claim, ...]) -> dict[tuple[str, str], Range]:
    """The ranges of an incident, one group of claims an origin; none may contradict another."""
    claims = {one.id: one for group in told for one in group}
    found = incident_toll(incident(*claims.values()), claims, origins(*told), load_policy(policy))
    assert not [one.contradictions for one in found.values() if one.contradictions]
    return {(harm, group): one for (harm, group), one in found.items()}


def shown(policy: str, *told: tuple[Claim, ...], harm: str = "killed") -> dict[str, str]:
    return {group: said(one.low, one.high) for (of, group), one in tolls(policy, *told).items() if of == harm}


def test_children_and_fighters_of_one_report_add_up() -> None:
    one = (claim("a", 5, 5, document="d", **CHILDREN), claim("b", 10, 10, document="d", group="combatants"))
    assert shown("ucdp", one) == {"children": "5", "combatants": "10", "people": "15"}


def test_two_sources_that_tell_of_different_groups_do_not_contradict_one_another() -> None:
    told = ((claim("a", 3, 3, **CHILDREN),), (claim("b", 2, 2, **WOMEN),))
    assert shown("airwars", *told) == {"children": "3", "women": "2", "civilians": "5"}


def test_a_sum_of_one_sources_parts_does_not_cap_what_another_counts() -> None:
    first = (claim("a", 3, 3, document="d", **CHILDREN), claim("b", 2, 2, document="d", **WOMEN))
    assert shown("airwars", first, (claim("c", 4, 4, **CHILDREN),)) == {
        "children": "3–4", "women": "2", "civilians": "5–6",
    }  # fmt: skip


def test_groups_of_which_the_rules_say_nothing_may_overlap_or_not() -> None:
    one = (claim("a", 3, 3, document="d", **CHILDREN), claim("b", 2, 2, document="d", **JOURNALISTS))
    assert shown("airwars", one)["civilians"] == "3–5"


def test_a_bare_plural_contradicts_no_count_of_some_of_them() -> None:
    villagers = claim("a", quantifier="unquantified", victim="villagers")
    assert shown("airwars", (villagers,), (claim("b", 5, 5, **CHILDREN),)) == {"civilians": "5", "children": "5"}


def test_a_victim_told_of_alone_contradicts_no_count_of_some_and_may_come_on_top() -> None:
    named, five = claim("a", 1, 1, victim="Amal Odran"), claim("b", 5, 5, **CHILDREN)
    assert shown("literal", (named,), (five,)) == {"people": "5 or more", "children": "5"}
    assert shown("airwars", (named,), (five,)) == {"civilians": "5–6", "children": "5"}


def test_a_victim_told_of_alone_is_no_count_of_all_the_killed_among_the_casualties() -> None:
    told = ((claim("a", 30, 30, harm="casualties"),), (claim("b", 1, 1, victim="Amal Odran"),),
            (claim("c", 20, 20, harm="injured"),))  # fmt: skip
    assert shown("literal", *told) == {"people": "10"}


def test_casualties_among_children_are_not_all_the_casualties() -> None:
    told = ((claim("a", 3, 3, harm="casualties", **CHILDREN),), (claim("b", 5, 5),))
    assert shown("airwars", *told, harm="casualties") == {"children": "3", "civilians": "5 or more"}


def test_what_is_only_bounded_from_above_leaves_the_total_without_a_floor() -> None:
    found = tolls("ucdp", (claim("a", None, 3, quantifier="at_most", **JOURNALISTS),))["killed", "people"]
    assert (found.low, found.high, found.best) == (None, 3, None)


def test_the_steps_say_that_no_source_counts_them_all() -> None:
    told = tolls("literal", (claim("a", 1, 1, victim="Amal Odran"),), (claim("b", 5, 5, **CHILDREN),))
    assert told["killed", "people"].why[-1] == "open upwards, as no source counts them all"
