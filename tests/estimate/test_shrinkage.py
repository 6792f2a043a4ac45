"""Shrunken interactions: what the prior is, what the data decide, and the laws that hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.estimate.published import GAZA, KOSOVO, SPINA, of
from uncounted.estimate import run
from uncounted.estimate.foretold import expected
from uncounted.estimate.interactions import fit
from uncounted.estimate.shrinkage import stories
from uncounted.estimate.stories import COMMON, DOUBT, KINDS, MAIN, NOTHING, ODDS, OWN, PAIR, UNEVEN, Kind, prior
from uncounted.estimate.tables import Floats, Table, from_patterns, from_persons
from uncounted.model.errors import NotEnough


def _world(seed: int, people: int, chances: list[float] | Floats) -> Table:
    rows = np.random.default_rng(seed).random((people, 4)) < np.asarray(chances)
    return from_persons("abcd", rows[rows.any(axis=1)])


def test_the_prior_of_a_story_is_its_covariance() -> None:
    """One list's term is wide, a pair that depends is wide, and a common shift moves all pairs together and up."""
    told = prior(3, (0b011,), 0.0, Kind(0.6))
    covariance = np.linalg.inv(told.precision[1:, 1:])
    assert covariance[0, 0] == pytest.approx(MAIN**2)
    assert covariance[2, 2] == pytest.approx(NOTHING**2 + (DOUBT**2 + UNEVEN**2) * 0.6**2 + PAIR**2)
    assert covariance[2, 4] == pytest.approx((DOUBT * 0.6) ** 2)
    assert told.centre.tolist() == [0, 0, 0, 0.6, 0, 0.6, 0.6, 0]
    assert told.half == pytest.approx(0.5 * np.linalg.slogdet(covariance)[1])


def test_two_classes_are_apart_for_all_lists_together_and_each_alone() -> None:
    told = prior(3, (), 0.0, Kind(0.0, 1.5, -1.0))
    covariance = np.linalg.inv(told.precision[1:, 1:])
    assert covariance[7, 7] == pytest.approx(COMMON**2 + OWN**2)
    assert covariance[7, 8] == pytest.approx(COMMON**2)
    assert covariance[10, 10] == pytest.approx(ODDS**2)
    assert told.centre.tolist() == [0] * 8 + [1.5, 1.5, 1.5, -1.0]


def test_chances_of_how_people_differ_add_up_to_one() -> None:
    assert sum(KINDS.values()) == pytest.approx(1)


def test_means_of_two_classes_are_those_of_their_mixture() -> None:
    """log-linear terms, distances and odds give the cells of π Π λ + (1 − π) Π λ, straight from that definition."""
    hard, apart, odds, unseen = np.array([-1.5, -0.4, -2.0]), np.array([1.0, 2.0, 1.5]), -0.7, 5.0
    share = 1 / (1 + np.exp(-odds))
    on = np.arange(8)[:, None] >> np.arange(3) & 1
    by_class = [np.prod(np.where(on, 1 / (1 + np.exp(-z)), 1 / (1 + np.exp(z))), axis=1) for z in (hard, hard + apart)]
    mixed = (1 - share) * by_class[0] + share * by_class[1]
    mode = np.zeros(8 + 4)
    mode[0], mode[[1, 2, 4]], mode[8:11], mode[11] = unseen, hard, apart, odds
    assert expected(mode, 3) == pytest.approx(np.exp(unseen) * mixed / mixed[0])


@pytest.mark.parametrize("kind", [Kind(0.3), Kind(0.0, 1.5, -1.0), Kind(0.0, 3.0, 1.0)])
def test_the_fit_is_where_the_slope_is_nil(kind: Kind) -> None:
    """At the mode a small step in any number lowers the posterior."""
    cells = np.zeros(8)
    cells[1:] = SPINA.dense()[1:]
    told = prior(3, (), 0.4, kind)
    mode = np.zeros(len(told.centre))
    mode[0], mode[8:] = np.log(100), told.centre[8:]
    best, _, variance = fit(cells, told.centre, told.precision, mode, 0)

    def at(numbers: np.ndarray) -> float:
        apart, means = numbers - told.centre, expected(numbers, 3)
        return float(cells[1:] @ np.log(means[1:]) - means[1:].sum() - 0.5 * apart @ told.precision @ apart)

    assert best == pytest.approx(at(mode), rel=1e-12)
    for i in range(len(mode)):
        for way in (-0.01, 0.01):
            assert at(mode + way * np.eye(len(mode))[i]) < best
    assert variance > 0


def test_people_alike_and_lists_independent_are_told_so_and_covered() -> None:
    found = run("shrinkage", _world(1, 1000, [0.3, 0.4, 0.25, 0.35]))
    assert found.low < 1000 < found.high
    assert found.diagnostics["people_differ"] < 0.4
    assert found.high - found.low < 300


def test_two_kinds_of_people_are_covered_where_graphs_are_sure_of_too_few() -> None:
    easy = np.random.default_rng(2).random(1000) < 1 / 3
    table = _world(3, 1000, np.where(easy[:, None], 0.55, 0.12))
    assert run("dga", table).high < 1000
    found = run("shrinkage", table)
    assert found.low < 1000 < found.high
    assert found.diagnostics["people_differ"] > 0.8


def test_two_kinds_of_people_on_many_large_lists_are_two_classes() -> None:
    """Where there is enough to tell, the true story takes the weight and the interval is not wide for safety."""
    rng = np.random.default_rng(12)
    easy = rng.random(10_000) < 1 / 3
    rows = rng.random((10_000, 5)) < np.where(easy[:, None], 0.55, 0.12)
    found = run("shrinkage", from_persons("abcde", rows[rows.any(axis=1)]))
    assert found.low < 10_000 < found.high < 11_500
    assert found.diagnostics["two_classes"] > 0.9


def test_a_pair_of_lists_that_copy_from_each_other_is_named() -> None:
    rows = np.random.default_rng(4).random((2000, 4)) < 0.25
    rows[:, 1] = np.where(np.random.default_rng(5).random(2000) < 0.5, rows[:, 0], rows[:, 1])
    found = run("shrinkage", from_persons("abcd", rows[rows.any(axis=1)]))
    pairs = found.diagnostics["pairs_depend"]
    assert max(pairs, key=pairs.get) == "a & b"
    assert pairs["a & b"] > 0.9
    assert found.low < 2000 < found.high


def test_a_story_that_the_data_rule_out_is_left_out() -> None:
    kept = [fitted.story for fitted in stories(KOSOVO)]
    assert kept
    assert all(story.pairs or story.loose or story.kind != Kind() for story in kept)


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(4)))
def test_relabelling_lists_changes_nothing(order: list[int]) -> None:
    turned = from_patterns([KOSOVO.lists[i] for i in order], KOSOVO.patterns[:, order], KOSOVO.counts)
    one, other = run("shrinkage", KOSOVO), run("shrinkage", turned)
    assert other.median == pytest.approx(one.median, rel=1e-2)
    assert other.high == pytest.approx(one.high, rel=1e-2)


@settings(max_examples=6, deadline=None)
@given(st.integers(2, 50))
def test_more_people_in_the_same_shares_give_an_answer_within_the_old_interval(factor: int) -> None:
    more = from_patterns(SPINA.lists, SPINA.patterns, SPINA.counts * factor)
    one, other = run("shrinkage", SPINA), run("shrinkage", more)
    assert one.low < other.median / factor < one.high


def test_three_lists_are_said_to_leave_one_interaction_to_the_prior() -> None:
    assert any("to the prior" in said for said in run("shrinkage", GAZA).warnings)


def test_the_same_seed_gives_the_same_draws() -> None:
    assert (run("shrinkage", SPINA, seed=3).draws == run("shrinkage", SPINA, seed=3).draws).all()


def test_nine_lists_are_too_many() -> None:
    one = "100000000"
    words = " ".join(f"{one[-i:] + one[:-i]}:5" for i in range(9)) + " 111111111:3"
    with pytest.raises(NotEnough, match="9 lists"):
        run("shrinkage", of("a b c d e f g h i", words))
