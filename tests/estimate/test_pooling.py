"""Strata and draws of the links."""

import numpy as np
import pytest

from tests.estimate.published import KOSOVO, SPINA, of
from uncounted.estimate import by_stratum, over_draws, run
from uncounted.estimate.covariates import Persons
from uncounted.estimate.tables import Table, from_patterns
from uncounted.model.errors import NotEnough


def _persons(table: Table) -> Persons:
    return Persons(table.lists, table.patterns, table.counts, {})


def test_the_total_is_the_sum_of_the_strata_draw_by_draw() -> None:
    one = run("dga", SPINA)
    total = by_stratum("dga", {("n",): _persons(SPINA), ("s",): _persons(SPINA)})
    assert total.observed == 2 * SPINA.observed
    assert total.mean == pytest.approx(2 * one.mean, rel=0.01)
    assert total.high - total.low == pytest.approx(np.sqrt(2) * (one.high - one.low), rel=0.15)
    assert [part["stratum"] for part in total.diagnostics["strata"]] == ["n", "s"]


def test_strata_that_carry_nothing_alone_are_put_together_and_named() -> None:
    names = " ".join(SPINA.lists)
    left, right = of(names, "100:9 010:8 110:6"), of(names, "010:9 001:8 011:5")
    total = by_stratum("dga", {("a",): _persons(left), ("b",): _persons(SPINA), ("c",): _persons(right)})
    assert [part["stratum"] for part in total.diagnostics["strata"]][-1] == "a + c"
    assert any("2 strata cannot carry a number alone" in said for said in total.warnings)


def test_a_total_without_a_stratum_is_no_total() -> None:
    lone = of(" ".join(SPINA.lists), "100:5 010:4 001:6")
    with pytest.raises(NotEnough, match="'a'"):
        by_stratum("dga", {("a",): _persons(lone), ("b",): _persons(SPINA)})


def test_links_in_doubt_widen_the_interval() -> None:
    fewer = from_patterns(
        KOSOVO.lists,
        KOSOVO.patterns,
        np.where(KOSOVO.patterns.sum(axis=1) > 1, KOSOVO.counts * 0.6 // 1, KOSOVO.counts),
    )
    sure = run("dga", KOSOVO)
    mixed = over_draws("dga", {"1": KOSOVO, "2": fewer})
    assert mixed.high - mixed.low > sure.high - sure.low
    assert any("with the links" in said for said in mixed.warnings)
    rubin = over_draws("dga", {"1": KOSOVO, "2": fewer}, pooling="rubin")
    assert rubin.median == pytest.approx(mixed.median, rel=0.2)


def test_one_draw_pooled_is_that_draw() -> None:
    assert over_draws("dga", {"1": SPINA}).median == pytest.approx(run("dga", SPINA).median, rel=0.01)


def test_draws_that_carry_nothing_are_not_left_out_in_silence() -> None:
    lone = of(" ".join(SPINA.lists), "100:5 010:4 001:6")
    with pytest.raises(NotEnough, match="1 of 2"):
        over_draws("dga", {"1": SPINA, "2": lone})
