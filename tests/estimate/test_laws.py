"""Laws that every engine of tables keeps, over tables that Hypothesis makes."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.estimate.published import KOSOVO, SPINA
from uncounted.estimate import run
from uncounted.estimate.tables import Table, from_patterns
from uncounted.model.errors import BadInput, NotEnough

ENGINES = ("shrinkage", "dga", "loglinear", "nhoi", "chao")
OPTIONS: dict[str, dict[str, int]] = {"loglinear": {"replicates": 100}}
PATTERNS = np.arange(1, 8)[:, None] >> np.arange(3) & 1
tables = st.lists(st.integers(3, 400), min_size=7, max_size=7).map(
    lambda counts: from_patterns("abc", PATTERNS, np.array(counts))
)
laws = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _near(engine: str) -> float:
    """How near two runs of one engine come: those that draw at random in the order of the patterns, less."""
    return {"nhoi": 0.1, "shrinkage": 0.03}.get(engine, 1e-6)


@pytest.mark.parametrize("engine", ENGINES)
@laws
@given(table=tables, order=st.permutations(range(3)))
def test_relabelling_lists_changes_nothing(engine: str, table: Table, order: list[int]) -> None:
    turned = from_patterns([table.lists[i] for i in order], table.patterns[:, order], table.counts)
    one, other = (run(engine, each, **OPTIONS.get(engine, {})) for each in (table, turned))
    assert other.median == pytest.approx(one.median, rel=_near(engine))


@pytest.mark.parametrize("engine", ENGINES)
@laws
@given(table=tables)
def test_an_empty_list_changes_nothing(engine: str, table: Table) -> None:
    wider = np.column_stack([table.patterns, np.zeros(len(table.counts), dtype=int)])
    other = run(engine, from_patterns([*table.lists, "empty"], wider, table.counts), **OPTIONS.get(engine, {}))
    one = run(engine, table, **OPTIONS.get(engine, {}))
    assert (other.median, other.low, other.high) == (one.median, one.low, one.high)
    assert any("'empty' holds nobody" in said for said in other.warnings)


@pytest.mark.parametrize("engine", ENGINES)
@laws
@given(table=tables)
def test_everybody_recorded_is_in_the_total(engine: str, table: Table) -> None:
    found = run(engine, table, **OPTIONS.get(engine, {}))
    assert table.observed <= found.low <= found.high
    assert found.low <= found.median <= found.high or engine == "loglinear"


@pytest.mark.parametrize("engine", ["loglinear", "dga", "shrinkage"])
@pytest.mark.parametrize("factor", [3, 30])
def test_people_in_the_same_shares_give_a_total_in_the_same_share(engine: str, factor: int) -> None:
    """Ten times the people give about ten times the total: exactly for a model that stays the best."""
    more = from_patterns(KOSOVO.lists, KOSOVO.patterns, KOSOVO.counts * factor)
    one, other = (run(engine, each, **OPTIONS.get(engine, {})) for each in (KOSOVO, more))
    assert other.median / factor == pytest.approx(one.median, rel=0.35)
    assert (other.high - other.low) / factor < 1.2 * (one.high - one.low)


@pytest.mark.parametrize("engine", ENGINES)
@laws
@given(table=tables, which=st.integers(0, 2))
def test_a_list_that_copies_another_is_named(engine: str, table: Table, which: int) -> None:
    copied = np.column_stack([table.patterns, table.patterns[:, which]])
    with pytest.raises(NotEnough, match=f"'{table.lists[which]}' and 'copy': hold exactly the same people"):
        run(engine, from_patterns([*table.lists, "copy"], copied, table.counts))


@pytest.mark.parametrize(
    ("patterns", "counts", "said"),
    [
        ([[1, 0], [0, 1]], [5, -2], "negative count"),
        ([[1, 0], [0, 1]], [5, np.nan], "missing is never zero"),
        ([[1, 0], [0, 1]], [5, 1.5], "no whole number"),
        ([[1, 0], [0, 0]], [5, 3], "on no list"),
        ([[1, 0], [0, 2]], [5, 3], "a person is on a list"),
        ([[1, 0], [0, np.nan]], [5, 3], "missing value"),
        ([[1, 0], [0, 1]], [5, 1e17], "sum to more"),
    ],
)
def test_bad_input_is_named(patterns: list[list[float]], counts: list[float], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        from_patterns("ab", patterns, counts)


@pytest.mark.parametrize("engine", ["shrinkage", "dga"])
def test_a_billion_people_take_no_longer_than_a_thousand(engine: str) -> None:
    many = from_patterns(SPINA.lists, SPINA.patterns, SPINA.counts * 2_000_000)
    found = run(engine, many)
    assert found.observed > 10**9
    assert np.isfinite(found.high)
