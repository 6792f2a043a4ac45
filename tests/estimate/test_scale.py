"""Many estimates at once: the way of running changes no answer, and what was made is found again."""

import shutil
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from tests.estimate.published import KOSOVO, SPINA, of
from uncounted.estimate import by_stratum, over_draws
from uncounted.estimate.covariates import Persons
from uncounted.estimate.partial import partial
from uncounted.estimate.result import Estimate
from uncounted.estimate.scale import Task, decode, encode, kept, make, over_cores, over_spark, plain, sequential
from uncounted.estimate.tables import from_patterns
from uncounted.model.errors import NotEnough

Strata = dict[tuple[str, ...], Persons]


class Context:
    """What is used of a Spark context, here: spread, map, collect."""

    def parallelize(self, c: Sequence[Any], numSlices: int) -> "Context":
        self.held, self.slices = list(c), numSlices
        return self

    def map(self, work: Callable[[Any], Any]) -> "Context":
        self.held = [work(one) for one in self.held]
        return self

    def collect(self) -> list[Any]:
        return self.held


TASKS = [Task("dga", plain(SPINA), 1), Task("shrinkage", plain(KOSOVO), 2), Task("dga", plain(of("a b c", "100:5")), 3)]


def test_a_cluster_gives_what_one_core_gives() -> None:
    here, there = sequential(TASKS), list(over_spark(TASKS, Context()))
    assert [encode(one) for one in here] == [encode(one) for one in there]
    assert isinstance(here[2], NotEnough)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning")
def test_a_real_cluster_gives_what_one_core_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="the extra 'spark' is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        there = list(over_spark(TASKS, session.sparkContext))
    finally:
        session.stop()
    assert [encode(one) for one in sequential(TASKS)] == [encode(one) for one in there]


@pytest.mark.slow
def test_all_cores_give_what_one_core_gives() -> None:
    tasks = [Task("chao", plain(SPINA), seed) for seed in range(64)]
    assert [encode(one) for one in over_cores(tasks, 2)] == [encode(one) for one in sequential(tasks)]


def test_an_outcome_is_kept_to_the_last_bit() -> None:
    for task in TASKS:
        made = make(task)
        again = decode(encode(made))
        assert encode(again) == encode(made)
        if isinstance(made, Estimate) and isinstance(again, Estimate):
            assert (again.draws == made.draws).all()
            assert again.high == made.high


def test_a_run_that_was_stopped_goes_on_where_it_stood() -> None:
    asked: list[int] = []

    def counting(tasks: Sequence[Task]) -> list[Any]:
        asked.append(len(tasks))
        return sequential(tasks)

    store: dict[str, str] = {}
    seen: list[tuple[int, int]] = []
    kept(store, counting)(TASKS[:1])
    whole = kept(store, counting, lambda done, of_all: seen.append((done, of_all)))(TASKS)
    assert asked == [1, 2]
    assert seen[0] == (1, 3)
    assert seen[-1] == (3, 3)
    assert [encode(one) for one in whole] == [encode(one) for one in sequential(TASKS)]


def test_a_task_is_named_by_its_content_whatever_the_order_of_its_rows() -> None:
    persons = plain(SPINA)
    turned = Persons(persons.lists, persons.patterns[::-1], persons.counts[::-1], {})
    assert Task("dga", turned, 1).key == Task("dga", persons, 1).key
    assert Task("dga", persons, 2).key != Task("dga", persons, 1).key
    assert Task("dga", persons, 1, options={"cap": 9}).key != Task("dga", persons, 1).key


def test_strata_and_draws_are_run_by_whoever_is_asked() -> None:
    strata: Strata = {("a",): plain(SPINA), ("b",): plain(SPINA)}
    runner = kept({}, lambda tasks: over_spark(tasks, Context()))
    assert by_stratum("dga", strata, runner=runner).as_json() == by_stratum("dga", strata).as_json()
    tables = {"1": SPINA, "2": SPINA}
    assert over_draws("dga", tables, runner=runner).as_json() == over_draws("dga", tables).as_json()


def test_partial_pooling_narrows_strata_that_are_alike_and_adds_up() -> None:
    """Eight strata of one world of dependent lists: together they know how lists depend."""
    strata: Strata = {}
    for s in range(8):
        rng = np.random.default_rng([5, s])
        rows = rng.random((250, 4)) < [0.3, 0.25, 0.3, 0.35]
        rows[:, 1] = rng.random(250) < np.where(rows[:, 0], 0.6, 0.15)
        seen = rows[rows.any(axis=1)]
        strata[str(s),] = plain(from_patterns("abcd", seen, np.ones(len(seen))))
    pooled, alone = partial(strata), by_stratum("shrinkage", strata)
    assert pooled.low < 2000 < pooled.high
    assert pooled.high - pooled.low < alone.high - alone.low
    assert pooled.observed == sum(part["observed"] for part in pooled.diagnostics["strata"])
    weights = pooled.diagnostics["pooling"]
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["1.5"] < 0.05


def test_a_stratum_too_thin_for_a_number_borrows_and_is_named() -> None:
    thin = of(" ".join(SPINA.lists), "100:5 010:4 001:6")
    found = partial({("thin",): plain(thin), ("whole",): plain(SPINA)})
    assert any("borrow from the others: thin" in said for said in found.warnings)
    assert found.observed == SPINA.observed + 15
