"""The laws that every toll keeps, over drawn claims (all invented)."""

import random

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.stages.toll.cases import claim, incident, origins
from uncounted.model.claims import Claim, Count, Place
from uncounted.model.incidents import Origin
from uncounted.stages.toll import Policy, Range, incident_toll, load_policy, policy_names, toll

LITERAL, AIRWARS = load_policy("literal"), load_policy("airwars")
POLICIES = st.sampled_from([load_policy(name) for name in policy_names()])
GROUPS = st.sampled_from(["people", "civilians", "children", "women", "men", "combatants"])
HARMS = st.sampled_from(["killed", "injured", "casualties"])
NUMBERS = st.integers(0, 9)
TOLD = st.lists(st.tuples(NUMBERS, NUMBERS, GROUPS, HARMS, st.integers(0, 3)), min_size=1, max_size=8)


def made(told: list[tuple[int, int, str, str, int]]) -> tuple[list[Claim], tuple[Origin, ...]]:
    claims = [
        claim(f"k{at}", min(one, two), max(one, two), group=group, harm=harm)
        for at, (one, two, group, harm, _) in enumerate(told)
    ]
    held: dict[int, list[Claim]] = {}
    for one, (*_, owner) in zip(claims, told, strict=True):
        held.setdefault(owner, []).append(one)
    return claims, origins(*(tuple(group) for group in held.values()))


def found(claims: list[Claim], by: tuple[Origin, ...], policy: Policy = LITERAL) -> dict[tuple[str, str], Range]:
    known = {one.id: one for one in claims}
    return {(harm, group): one for (harm, group), one in incident_toll(incident(*claims), known, by, policy).items()}


@settings(deadline=None)
@given(TOLD, st.data())
def test_widening_a_claims_range_never_narrows_the_toll(
    told: list[tuple[int, int, str, str, int]], data: st.DataObject
) -> None:
    claims, by = made(told)
    before = found(claims, by)
    assume(not any(one.contradictions for one in before.values()))
    at = data.draw(st.integers(0, len(claims) - 1))
    count = claims[at].count
    low, high = (count.low or 0) - data.draw(st.integers(0, 5)), (count.high or 0) + data.draw(st.integers(0, 5))
    wider = list(claims)
    wider[at] = claim(claims[at].id, max(low, 0), high, group=claims[at].group, harm=claims[at].harm)
    assert isinstance(wider[at].count, Count)
    after = found(wider, by)
    assert set(after) == set(before)
    for cell, one in before.items():
        assert (after[cell].low or 0) <= (one.low or 0)
        assert after[cell].high is None or (one.high is not None and (after[cell].high or 0) >= one.high)


@settings(deadline=None)
@given(TOLD, st.sampled_from([LITERAL, AIRWARS]))
def test_subsets_never_exceed_totals(told: list[tuple[int, int, str, str, int]], policy: Policy) -> None:
    claims, by = made(told)
    cells = found(claims, by, policy)
    for whole in policy.wholes:
        for harm in ("killed", "injured", "casualties"):
            total = cells.get((harm, whole.whole))
            parts = [cells[harm, part] for part in whole.parts if (harm, part) in cells]
            if total is None or not parts:
                continue
            assert sum(part.low or 0 for part in parts) <= (total.low or 0)
            for part in parts:
                assert total.high is None or (part.high is not None and part.high <= total.high)


@settings(deadline=None)
@given(TOLD, st.integers(0, 99))
def test_the_order_of_ingestion_changes_nothing(told: list[tuple[int, int, str, str, int]], seed: int) -> None:
    claims, by = made(told)
    mixed = random.Random(seed).sample(claims, len(claims))
    assert found(mixed, tuple(reversed(by))) == found(claims, by)


@settings(deadline=None)
@given(TOLD)
def test_a_further_article_of_one_origin_saying_the_same_changes_no_range(
    told: list[tuple[int, int, str, str, int]],
) -> None:
    claims, by = made(told)
    before = found(claims, by)
    first = claims[0]
    again = claim("again", first.count.low, first.count.high, group=first.group, harm=first.harm)
    joined = tuple(
        msgspec.structs.replace(one, claims=(*one.claims, "again")) if first.id in one.claims else one for one in by
    )
    after = found([*claims, again], joined)
    assert {cell: (one.low, one.high, one.origins) for cell, one in after.items()} == {
        cell: (one.low, one.high, one.origins) for cell, one in before.items()
    }


NAMES = st.permutations([f"{at:02}" for at in range(8)])


@settings(deadline=None)
@given(TOLD, NAMES, NAMES, POLICIES)
def test_other_names_for_claims_reports_and_origins_change_no_range(
    told: list[tuple[int, int, str, str, int]], names: list[str], owners: list[str], policy: Policy
) -> None:
    claims, by = made(told)
    new = {one.id: f"z{name}" for one, name in zip(claims, names, strict=False)}
    renamed = [msgspec.structs.replace(one, id=new[one.id], document=f"d{new[one.id]}") for one in claims]
    others = tuple(
        msgspec.structs.replace(one, id=f"q{name}", claims=tuple(new[claim] for claim in one.claims))
        for one, name in zip(by, owners, strict=False)
    )
    assert {
        cell: (one.low, one.high, one.origins, one.best) for cell, one in found(renamed, others, policy).items()
    } == {cell: (one.low, one.high, one.origins, one.best) for cell, one in found(claims, by, policy).items()}


ONE_CELL = st.lists(st.tuples(NUMBERS, NUMBERS).map(sorted), min_size=2, max_size=5)


def alone(counts: list[list[int]]) -> tuple[list[Claim], tuple[Origin, ...]]:
    """Claims on one cell, each of an origin of its own."""
    claims = [claim(f"k{at}", low, high) for at, (low, high) in enumerate(counts)]
    return claims, origins(*((one,) for one in claims))


@given(ONE_CELL, POLICIES)
def test_one_more_independent_count_only_widens_the_range(counts: list[list[int]], policy: Policy) -> None:
    cell = ("killed", policy.headline)
    before, after = found(*alone(counts[:-1]), policy)[cell], found(*alone(counts), policy)[cell]
    assert (after.low or 0) <= (before.low or 0)
    assert after.high is None or (before.high is not None and after.high >= before.high)


@given(ONE_CELL)
def test_where_the_largest_low_counts_one_more_independent_count_never_lowers_it(counts: list[list[int]]) -> None:
    largest = msgspec.structs.replace(LITERAL, low_across="largest")
    before, after = (found(*alone(some), largest)["killed", "people"] for some in (counts[:-1], counts))
    assert (after.low or 0) >= (before.low or 0)


@settings(deadline=None)
@given(TOLD, GROUPS, HARMS, NUMBERS, st.sampled_from(["denied", "possible", "ordered", "threatened"]), POLICIES)
def test_what_nobody_holds_to_have_happened_moves_no_range_of_anything(
    told: list[tuple[int, int, str, str, int]], group: str, harm: str, number: int, modality: str, policy: Policy
) -> None:
    claims, by = made(told)
    other = claim("other", number, number, group=group, harm=harm, modality=modality)
    assert found([*claims, other], (*by, *origins((other,))), policy) == found(claims, by, policy)


PARTS = st.sampled_from(["children", "women", "men"])
OF_PARTS = st.lists(st.tuples(NUMBERS, NUMBERS, PARTS, st.just("killed"), st.integers(0, 3)), min_size=1, max_size=8)


@settings(deadline=None)
@given(OF_PARTS, POLICIES)
def test_a_total_that_no_source_states_bounds_no_part_and_contradicts_nobody(
    told: list[tuple[int, int, str, str, int]], policy: Policy
) -> None:
    claims, by = made(told)
    cells = found(claims, by, policy)
    total = cells["killed", policy.headline]
    for (harm, group), one in cells.items():
        assert not one.contradictions
        if group != policy.headline:
            alone = [of for of in claims if of.group == group]
            owners = tuple(
                msgspec.structs.replace(o, claims=tuple(k.id for k in alone if k.id in o.claims)) for o in by
            )
            direct = found(alone, tuple(o for o in owners if o.claims), policy)[harm, group]
            assert (one.low, one.high) == (direct.low, direct.high)
    assert (total.low or 0) >= sum(one.low or 0 for (_, group), one in cells.items() if group != policy.headline)
    assert total.high is None or total.high >= (total.low or 0)


@settings(deadline=None)
@given(st.lists(st.tuples(TOLD, st.sampled_from(["Mara", "Odra"])), min_size=1, max_size=4))
def test_the_cells_of_a_breakdown_add_up_to_the_toll(
    told: list[tuple[list[tuple[int, int, str, str, int]], str]],
) -> None:
    events = []
    known: dict[str, Claim] = {}
    by: dict[str, tuple[Origin, ...]] = {}
    for number, (held, place) in enumerate(told):
        claims, owners = made(held)
        fresh = {one.id: f"i{number}-{one.id}" for one in claims}
        claims = [msgspec.structs.replace(one, id=fresh[one.id]) for one in claims]
        owners = tuple(msgspec.structs.replace(o, claims=tuple(fresh[k] for k in o.claims)) for o in owners)
        events.append(incident(*claims, name=f"i{number}", place=Place(name=place)))
        known |= {one.id: one for one in claims}
        by[f"i{number}"] = owners
    every = toll(events, known, by, LITERAL, by=("place",))
    for cell in toll(events, known, by, LITERAL):
        parts = [one for one in every if one.cell["harm"] == cell.cell["harm"]]
        assert (cell.low or 0) == sum(one.low or 0 for one in parts)
        highs = [one.high for one in parts]
        assert cell.high == (None if None in highs else sum(high or 0 for high in highs))
        assert sorted(cell.incidents) == sorted(name for one in parts for name in one.incidents)
