"""Long lists in parts: the same links as at once, on this machine and on Spark. All names are invented."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.stages.match.persons.invented import families, listed
from uncounted.stages.match.persons import parts, teach
from uncounted.stages.match.persons.link import Linked, link
from uncounted.stages.match.persons.lists import VictimList
from uncounted.stages.match.persons.parts import Here

SHIFT = 60


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> tuple[VictimList, VictimList]:
    """Two lists that share all but sixty of their people, matched in parts of a hundred."""
    monkeypatch.setattr(parts, "PART", 100)
    monkeypatch.setattr(teach, "SEVERAL", 1)
    people = families(80, seed=61)
    return listed("one", people[:-SHIFT]), listed("two", people[SHIFT:], shift=1, careless=0.3)


def f1(found: Linked, size: int) -> float:
    sure = found.probability >= 0.5
    true = (found.i[sure] - SHIFT == found.j[sure]).sum()
    return float(2 * true / (sure.sum() + size - SHIFT))


def test_parts_give_the_links_of_the_whole(lists: tuple[VictimList, VictimList]) -> None:
    size = len(lists[0])
    at_once, in_parts = f1(link(*lists), size), f1(link(*lists, engine=Here()), size)
    assert at_once > 0.95
    assert abs(at_once - in_parts) <= 0.01


def test_a_broken_run_goes_on_where_it_stopped(
    lists: tuple[VictimList, VictimList], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = link(*lists, engine=Here(tmp_path))
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == -(-len(lists[0]) // 100)
    kept[0].unlink()
    made = []
    original = parts.scored_part

    def counted(scorer: parts.Scorer, first: int, last: int) -> parts.Scored:
        made.append(first)
        return original(scorer, first, last)

    monkeypatch.setattr(parts, "scored_part", counted)
    again = link(*lists, engine=Here(tmp_path))
    assert len(made) == 1
    assert np.array_equal(whole.probability, again.probability)


def test_parts_of_other_lists_are_not_taken_up(lists: tuple[VictimList, VictimList], tmp_path: Path) -> None:
    link(*lists, engine=Here(tmp_path))
    before = len(list(tmp_path.iterdir()))
    other = listed("two", families(80, seed=62))
    link(lists[0], other, engine=Here(tmp_path))
    assert len(list(tmp_path.iterdir())) > before


def test_spark_gives_the_same_links(lists: tuple[VictimList, VictimList]) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed (the extra 'spark')")
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine")
    from uncounted.cli.spark import spark_session
    from uncounted.stages.match.persons.spark import OnSpark

    with spark_session("parity") as session:
        there = link(*lists, engine=OnSpark(session))
    here = link(*lists, engine=Here())
    assert np.array_equal(there.i, here.i)
    assert np.array_equal(there.j, here.j)
    assert np.allclose(there.probability, here.probability)
    assert abs(f1(there, len(lists[0])) - f1(here, len(lists[0]))) <= 0.003
