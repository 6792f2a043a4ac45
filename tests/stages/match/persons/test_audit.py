import numpy as np
import pytest

from uncounted.model.errors import BadInput, NotEnough
from uncounted.stages.match.persons.audit import Stratum, chapman_draws, overlap_draws, sampled


def test_half_of_the_sample_is_linked_and_half_is_not() -> None:
    linked = np.arange(1000) < 800
    found = sampled(linked, 200, seed=1)
    assert {name: len(rows) for name, rows in found.items()} == {"linked": 100, "unlinked": 100}
    assert linked[found["linked"]].all()
    assert not linked[found["unlinked"]].any()


def test_where_one_stratum_is_small_the_other_gets_the_rest() -> None:
    found = sampled(np.arange(1000) < 990, 200, seed=1)
    assert {name: len(rows) for name, rows in found.items()} == {"linked": 190, "unlinked": 10}


def test_an_audit_of_everybody_leaves_no_doubt() -> None:
    draws = overlap_draws({"linked": Stratum(50, 50, 48), "unlinked": Stratum(40, 40, 3)}, 100, seed=1)
    assert (draws == 51).all()


def test_intervals_cover_the_truth_as_often_as_they_say_though_reviewers_err() -> None:
    rng = np.random.default_rng(7)
    trials, covered = 300, 0
    for trial in range(trials):
        mate = np.concatenate([rng.random(1800) < 0.98, rng.random(700) < 0.2])
        linked = np.arange(2500) < 1800
        strata = {}
        for name, rows in sampled(linked, 300, seed=trial).items():
            verdict = mate[rows] ^ (rng.random(len(rows)) < 0.05)
            strata[name] = Stratum(int((linked == (name == "linked")).sum()), len(rows), int(verdict.sum()))
        draws = chapman_draws(2500, 4000, overlap_draws(strata, 1000, seed=trial, error=0.05))
        low, high = np.quantile(draws, [0.025, 0.975])
        covered += low <= chapman_draws(2500, 4000, np.array([mate.sum()]))[0] <= high
    assert 0.92 <= covered / trials <= 0.99


def test_too_small_an_audit_gives_no_number() -> None:
    with pytest.raises(NotEnough, match="5 of 100"):
        overlap_draws({"linked": Stratum(100, 5, 5)}, 10, seed=1)


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(BadInput):
        overlap_draws({"linked": Stratum(10, 20, 5)}, 10, seed=1)
    with pytest.raises(BadInput):
        overlap_draws({"linked": Stratum(100, 50, 5)}, 10, seed=1, error=0.6)
