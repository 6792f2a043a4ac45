import numpy as np
import pytest

from uncounted.model.errors import BadInput, NotEnough
from uncounted.stages.match.persons.audit import (
    STRATA,
    Answers,
    allocated,
    chapman_draws,
    posterior,
    rates,
    sampled,
    strata_of,
)

SIZES = {"sure": 1700, "linked": 200, "possible": 100, "none": 500}
RATES = (0.98, 0.7, 0.3, 0.1)


def looked_up(seed: int, error: float, size: int = 300) -> tuple[int, dict[str, Answers]]:
    """Return how many truly have a mate, and what two erring people find of a drawn few."""
    rng = np.random.default_rng(seed)
    strata = np.repeat(np.arange(4), list(SIZES.values()))
    mate = rng.random(len(strata)) < np.array(RATES)[strata]
    found = {}
    for name, rows in sampled(strata, size, seed).items():
        verdicts = mate[rows][:, None] ^ (rng.random((len(rows), 2)) < error)
        found[name] = Answers(SIZES[name], verdicts.sum(1), np.full(len(rows), 2), right=int(mate[rows].sum()))
    return int(mate.sum()), found


def test_strata_follow_the_links_and_their_probabilities() -> None:
    linked = np.array([True, True, False, False, False])
    found = strata_of(np.array([0.99, 0.6, 0.3, 0.01, 0.9]), linked)
    assert [STRATA[at] for at in found] == ["sure", "linked", "possible", "none", "possible"]


def test_every_stratum_is_looked_at_and_none_more_than_it_holds() -> None:
    found = allocated({"sure": 9000, "linked": 100, "possible": 10, "none": 400}, 300)
    assert sum(found.values()) == 300
    assert found["possible"] == 10
    assert min(found["linked"], found["none"]) >= 30
    assert allocated({"sure": 5, "linked": 0, "possible": 0, "none": 3}, 300) == {
        "sure": 5, "linked": 0, "possible": 0, "none": 3,
    }  # fmt: skip


def test_intervals_cover_the_truth_as_often_as_they_say_though_reviewers_err() -> None:
    covered, trials = 0, 40
    for trial in range(trials):
        truth, found = looked_up(trial, error=0.05)
        low, high = np.quantile(posterior(found, 120, trial).mates(found, trial), [0.025, 0.975])
        covered += low <= truth <= high
    assert covered / trials >= 0.87


def test_how_often_people_err_shows_where_they_disagree() -> None:
    _, found = looked_up(1, error=0.1, size=500)
    assert abs(np.median(posterior(found, 200, 1).error) - 0.1) < 0.03


def test_miss_and_false_link_rates_are_told_by_stratum() -> None:
    _, found = looked_up(2, error=0.05, size=500)
    told = {one.stratum: one for one in rates(found, posterior(found, 200, 2))}
    assert told["sure"].false is not None
    assert told["sure"].missed is None
    assert told["none"].missed is not None
    assert told["none"].missed.low < 0.1 < told["none"].missed.high


def test_an_audit_of_everybody_by_people_who_agree_leaves_little_doubt() -> None:
    yes = np.array([2] * 48 + [0] * 2)
    found = {"sure": Answers(50, yes, np.full(50, 2)), "none": Answers(40, np.zeros(40, np.int64), np.full(40, 2))}
    draws = posterior(found, 100, 1).mates(found, 1)
    assert np.median(draws) == 48


def test_too_small_an_audit_gives_no_number() -> None:
    with pytest.raises(NotEnough, match="5 of 100"):
        posterior({"sure": Answers(100, np.ones(5, np.int64), np.ones(5, np.int64))}, 10, 1)


def test_an_audit_that_nobody_repeated_gives_no_number() -> None:
    with pytest.raises(NotEnough, match="looked up by two people"):
        posterior({"sure": Answers(100, np.ones(60, np.int64), np.ones(60, np.int64))}, 10, 1)


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(BadInput):
        posterior({"sure": Answers(10, np.full(20, 3), np.full(20, 2))}, 10, 1)
    with pytest.raises(BadInput):
        sampled(np.zeros(5, np.int64), 0, 1)


def test_more_in_both_lists_means_fewer_in_all() -> None:
    few, many = chapman_draws(100, 200, np.array([10.0, 50.0]))
    assert many < few
