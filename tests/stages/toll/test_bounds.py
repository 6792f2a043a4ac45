"""Propagation gives the tightest bounds, and widens where sources contradict one another."""

from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from uncounted.stages.toll.bounds import Key, Pair, Sum, parts_first, tighten

RULES = (
    Sum("people", ("children", "women", "men")),
    Sum("people", ("civilians", "combatants")),
    Sum("civilians", ("children",)),
    Sum("civilians", ("journalists",)),
)
NAMES = ("people", "children", "women", "men", "civilians", "combatants", "journalists")
MOST = 4
CASUALTIES = (Sum("casualties", ("killed", "injured"), equal=True), Sum("killed", ("children",)))
GRID = (
    Sum("killed", ("children killed",)),
    Sum("injured", ("children injured",)),
    Sum("casualties", ("killed", "injured"), equal=True),
    Sum("children", ("children killed", "children injured"), equal=True),
    Sum("casualties", ("children",)),
)
OF_GRID = ("casualties", "killed", "injured", "children", "children killed", "children injured")
OF_CASUALTIES = ("casualties", "killed", "injured", "children")


def ranges(names: tuple[str, ...], most: int) -> st.SearchStrategy[dict[Key, Pair]]:
    pair = st.tuples(st.integers(0, most), st.integers(0, most)).map(lambda two: (min(two), max(two)))
    return st.tuples(*(pair for _ in names)).map(lambda pairs: dict(zip(names, pairs, strict=True)))


def holds(values: dict[Key, int], rules: tuple[Sum, ...]) -> bool:
    return all(
        (sum(values[part] for part in rule.parts) == values[rule.whole])
        if rule.equal
        else (sum(values[part] for part in rule.parts) <= values[rule.whole])
        for rule in rules
    )


def brute(given: dict[Key, Pair], rules: tuple[Sum, ...]) -> dict[Key, Pair] | None:
    """The hull of all whole-number solutions, or ``None`` without one."""
    names = list(given)
    spans = [range(given[name][0] or 0, (given[name][1] or 0) + 1) for name in names]
    found = [dict(zip(names, values, strict=True)) for values in product(*spans)]
    right = [values for values in found if holds(values, rules)]
    if not right:
        return None
    return {name: (min(one[name] for one in right), max(one[name] for one in right)) for name in names}


@settings(deadline=None, max_examples=150)
@given(ranges(NAMES, 2))
def test_groups_equal_brute_force(given: dict[Key, Pair]) -> None:
    expected = brute(given, RULES)
    found = tighten(given, RULES)
    assert (expected is None) == bool(found.contradictions)
    if expected is not None:
        assert found.ranges == expected


@settings(deadline=None, max_examples=200)
@given(ranges(OF_CASUALTIES, MOST))
def test_casualties_equal_brute_force(given: dict[Key, Pair]) -> None:
    expected = brute(given, CASUALTIES)
    found = tighten(given, CASUALTIES)
    assert (expected is None) == bool(found.contradictions)
    if expected is not None:
        assert found.ranges == expected


@settings(deadline=None, max_examples=150)
@given(ranges(OF_GRID, 2))
def test_casualties_of_groups_equal_brute_force(given: dict[Key, Pair]) -> None:
    expected = brute(given, GRID)
    found = tighten(given, parts_first(GRID), sorted_rules=True)
    assert (expected is None) == bool(found.contradictions)
    if expected is not None:
        assert found.ranges == expected


@settings(deadline=None)
@given(ranges(NAMES, 9))
def test_rules_in_order_need_one_pass_and_say_the_same(given: dict[Key, Pair]) -> None:
    once = tighten(given, parts_first(RULES), sorted_rules=True)
    assume(not once.contradictions)
    assert once.ranges == tighten(given, RULES).ranges


@settings(deadline=None)
@given(ranges(NAMES, 9))
def test_parts_never_exceed_their_whole_even_after_a_contradiction(given: dict[Key, Pair]) -> None:
    found = tighten(given, RULES).ranges
    for rule in RULES:
        assert sum(found[part][0] or 0 for part in rule.parts) <= (found[rule.whole][0] or 0)
        for part in rule.parts:
            assert (found[part][1] or 0) <= (found[rule.whole][1] or 0)


@settings(deadline=None)
@given(ranges(NAMES, 9), ranges(NAMES, 9))
def test_widening_a_range_never_narrows_a_bound(given: dict[Key, Pair], other: dict[Key, Pair]) -> None:
    wider: dict[Key, Pair] = {
        name: (min(given[name][0] or 0, other[name][0] or 0), max(given[name][1] or 0, other[name][1] or 0))
        for name in given
    }
    before, after = tighten(given, RULES), tighten(wider, RULES)
    assume(not before.contradictions)
    for name in given:
        assert (after.ranges[name][0] or 0) <= (before.ranges[name][0] or 0)
        assert (after.ranges[name][1] or 0) >= (before.ranges[name][1] or 0)


def test_an_open_bound_stays_open_where_nothing_closes_it() -> None:
    found = tighten({"people": (None, None), "children": (3, 3)}, [Sum("people", ("children",))])
    assert found.ranges == {"people": (3, None), "children": (3, 3)}


def test_a_contradiction_widens_both_sides_until_they_meet() -> None:
    found = tighten({"people": (10, 10), "children": (12, 12)}, [Sum("people", ("children",))])
    assert found.ranges == {"people": (10, 12), "children": (10, 12)}
    (fault,) = found.contradictions
    assert (fault.floors, fault.ceilings, fault.gap) == (("children",), ("people",), 2)
