"""Log-linear models against published figures and laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.estimate.published import GAZA, KOREA, KOSOVO, SPINA, UK, WESTERN, of
from uncounted.estimate.existence import existence
from uncounted.estimate.hierarchy import all_models, design, generators
from uncounted.estimate.loglinear import fit_all, loglinear
from uncounted.estimate.tables import Table, from_patterns


@pytest.mark.parametrize(("lists", "order", "number"), [(3, 2, 8), (4, 3, 113), (4, 2, 64), (5, 2, 1024), (5, 4, 6893)])
def test_every_hierarchical_model_is_listed_once(lists: int, order: int, number: int) -> None:
    models = all_models(lists, order)
    assert len(models) == len(np.unique(models, axis=0)) == number


@pytest.mark.parametrize(
    ("table", "order", "published"),
    [
        (KOSOVO, None, 10_357),  # Silverman, Chan & Vincent 2024, table 6
        (KOSOVO, 2, 14_342),
        (UK, 2, 22_991),
        (WESTERN, 2, 2_483),
        (KOREA, None, 157),
        (SPINA, None, 731),  # Madigan & York 1997
    ],
)
def test_the_best_model_gives_the_published_total(table: Table, order: int | None, published: int) -> None:
    assert fit_all(table, order=order).totals[0] == pytest.approx(published, abs=0.6)


def test_three_lists_by_hand() -> None:
    """The model with all pairs has a closed form: n0 = n100 n010 n001 n111 / (n110 n101 n011)."""
    fits = fit_all(GAZA)
    full = int(np.flatnonzero(fits.models.all(axis=1))[0])
    by_hand = 19048 * 5104 * 1469 * 197 / (1929 * 1173 * 351)
    assert fits.totals[full] == pytest.approx(29271 + by_hand, rel=1e-9)


def test_kosovo_interval_is_the_published_one_within_monte_carlo_error() -> None:
    """Silverman, Chan & Vincent 2024: 6,947 to 18,010."""
    found = loglinear(KOSOVO, seed=3)
    assert found.low == pytest.approx(6947, rel=0.06)
    assert found.high == pytest.approx(18010, rel=0.06)
    assert found.diagnostics["model"] == "[EXH HRW][OSCE HRW][EXH ABA OSCE]"


def test_a_model_that_leaves_the_unseen_free_is_dropped() -> None:
    """Without anybody on both a and b, the model of all pairs of three lists fixes nothing."""
    table = of("a b c", "100:30 010:40 001:50 101:12 011:15")
    word, _ = existence(table.dense()[1:].astype(float), design(3))
    assert word == "unidentified"
    assert all(word != "unidentified" for word in fit_all(table).existence)


def test_the_extended_estimate_is_told_from_an_ordinary_one() -> None:
    table = of("a b c", "100:30 010:40 001:50 101:12 011:15")
    cells = table.dense()[1:].astype(float)
    models = all_models(3, 2)
    words = {generators(m, table.lists): existence(cells, design(3)[:, m])[0] for m in models}
    assert words["[a][b][c]"] == "exists"
    assert words["[c][a b]"] == "extended"


def test_the_same_seed_gives_the_same_answer_bit_for_bit() -> None:
    first, second = (loglinear(SPINA, seed=5, replicates=200) for _ in range(2))
    assert (first.low, first.high) == (second.low, second.high)
    assert (first.draws == second.draws).all()


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(4)))
def test_relabelling_lists_changes_nothing(order: list[int]) -> None:
    turned = from_patterns([KOSOVO.lists[i] for i in order], KOSOVO.patterns[:, order], KOSOVO.counts)
    assert fit_all(turned).totals == pytest.approx(fit_all(KOSOVO).totals, rel=1e-7)


def test_an_empty_list_changes_nothing() -> None:
    wider = from_patterns([*SPINA.lists, "none"], np.hstack([SPINA.patterns, np.zeros((7, 1))]), SPINA.counts)
    found = loglinear(wider, replicates=100)
    assert found.median == pytest.approx(loglinear(SPINA, replicates=100).median)
    assert found.lists == SPINA.lists
    assert any("'none'" in said for said in found.warnings)


@settings(max_examples=10, deadline=None)
@given(st.integers(2, 50))
def test_counts_times_a_factor_give_the_total_times_it_under_one_model(factor: int) -> None:
    larger = from_patterns(SPINA.lists, SPINA.patterns, SPINA.counts * factor)
    mains = fit_all(SPINA, order=1).totals[0]
    assert fit_all(larger, order=1).totals[0] == pytest.approx(mains * factor, rel=1e-6)


def test_averages_lie_between_the_models() -> None:
    averaged = loglinear(KOSOVO, average=True, replicates=100)
    top = averaged.diagnostics["top_models"]
    assert min(m["n"] for m in top) < averaged.median < max(m["n"] for m in top)


def test_seven_lists_are_searched_stepwise() -> None:
    """People drawn from seven independent lists: the search finds about how many there were."""
    rng = np.random.default_rng(2)
    rows = rng.random((800, 7)) < 0.25
    table = from_patterns([f"l{i}" for i in range(7)], rows[rows.any(axis=1)], np.ones(int(rows.any(axis=1).sum())))
    assert fit_all(table).totals[0] == pytest.approx(800, rel=0.06)
