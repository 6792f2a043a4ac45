"""Latent classes: the density, the moves, and the posterior against known answers."""

import numpy as np
import pytest

from tests.estimate.published import KOSOVO, SPINA, of
from uncounted.estimate import chance, gibbs, ladder, latent
from uncounted.estimate.convergence import mixing
from uncounted.estimate.lcmcr import TURNS, lcmcr, sample
from uncounted.estimate.modes import modes
from uncounted.estimate.tables import from_patterns


def test_what_a_point_says_of_every_pattern_is_the_definition() -> None:
    theta = np.random.default_rng(1).normal(size=3 * 4 + 2)
    chance_on = 1 / (1 + np.exp(-theta[:12].reshape(3, 4)))
    left = np.exp(-np.concatenate([[0], np.cumsum(np.exp(theta[12:]))]))
    nu = left - np.append(left[1:], 0)
    cells = nu @ np.array(
        [[np.prod(np.where(row, on, 1 - on)) for row in [*KOSOVO.patterns, np.zeros(4)]] for on in chance_on]
    )
    logs = np.empty(16)
    latent.shares(theta, KOSOVO.patterns, 3, logs)
    assert np.exp(logs[:-1]) == pytest.approx(cells[:-1], rel=1e-10)
    assert np.exp(logs[-1]) == pytest.approx(1 - cells[-1], rel=1e-10)


@pytest.mark.parametrize(("trials", "share"), [(30.0, 0.3), (1000.0, 0.4), (5000.0, 0.97), (1e6, 1e-3)])
def test_binomial_numbers_have_their_mean_and_spread(trials: float, share: float) -> None:
    state = chance.states(3, 1, 1)[0]
    drawn = np.array([chance.binomial(state, trials, share) for _ in range(8000)])
    sd = np.sqrt(trials * share * (1 - share))
    assert drawn.mean() == pytest.approx(trials * share, abs=5 * sd / np.sqrt(8000))
    assert drawn.std() == pytest.approx(sd, rel=0.05)


@pytest.mark.parametrize("rate", [0.5, 30.0, 1e5])
def test_poisson_numbers_have_their_mean_and_spread(rate: float) -> None:
    state = chance.states(4, 1, 1)[0]
    drawn = np.array([chance.poisson(state, rate) for _ in range(8000)])
    assert drawn.mean() == pytest.approx(rate, abs=5 * np.sqrt(rate / 8000))
    assert drawn.std() == pytest.approx(np.sqrt(rate), rel=0.05)


@pytest.mark.parametrize("shape", [0.01, 0.5, 3.0, 500.0])
def test_gamma_numbers_have_their_distribution(shape: float) -> None:
    """The gamma distribution function of gamma numbers is uniform."""
    from scipy.special import gammainc

    state = chance.states(5, 1, 1)[0]
    drawn = np.array([chance.log_gamma(state, shape) for _ in range(8000)])
    share = np.sort(gammainc(shape, np.exp(drawn)))
    assert np.abs(share - np.arange(8000) / 8000).max() < 0.022


def test_a_gibbs_sweep_leaves_the_prior_as_it_is() -> None:
    """With nobody observed the posterior is the prior, so sweeps must keep draws of it: uniform λ."""
    states = chance.states(6, 1, 600)
    theta = np.empty((600, 3 * 4 + 2))
    nobody = np.zeros(15)
    for state, point in zip(states, theta, strict=True):
        latent.from_prior(state, point, 3, 4)
        for _ in range(3):
            gibbs.sweep(state, point, KOSOVO.patterns, nobody, 3)
    share = np.sort(1 / (1 + np.exp(-theta[:, :12].reshape(-1))))
    assert np.abs(share - np.arange(len(share)) / len(share)).max() < 0.03


def test_the_plain_sampler_and_the_ladders_agree() -> None:
    """The plain sampler, run long on an easy table, and the ladders give one median."""
    state = chance.states(7, 1, 1)[0]
    theta, unseen = np.zeros(5 * 3 + 4), np.empty(3000)
    counts = SPINA.counts.astype(float)
    gibbs.chain(state, theta, SPINA.patterns, counts, 5, unseen, 5)
    kept, _, _ = sample(SPINA, 5, 1, TURNS[:1])
    assert np.median(1 / kept) == pytest.approx(np.median(1 / (1 - unseen[300:])), rel=0.01)


def test_a_ladder_ends_where_few_people_are_known() -> None:
    counts = ladder.rungs(KOSOVO.counts.astype(float))
    people = counts.sum(axis=1)
    assert (counts[0] == KOSOVO.counts).all()
    assert (np.diff(people) < 0).all()
    assert people[-1] < 510 < people[-2]
    assert len(ladder.rungs(np.array([100.0, 40.0]))) == 1


def test_rungs_do_not_change_what_the_lowest_chain_is_drawn_from() -> None:
    """Without exchanges a chain of many people is the plain sampler; with them it has the same quantiles."""
    table = of("a b c", "100:300 010:250 001:200 110:150 101:110 011:120 111:75")
    counts = np.floor(table.counts * np.array([[1.0], [0.8], [0.6]]) + 0.5)
    found = []
    for rungs in (1, 3):
        state = chance.states(8, 1, 1)[0]
        points, kept, moved = np.empty((rungs, 3 * 3 + 2)), np.empty(6000), np.empty(rungs)
        for point in points:
            latent.from_prior(state, point, 3, 3)
        ladder.climb(state, table.patterns, counts[:rungs], 3, 1, 20, points, kept, moved)
        found.append(np.quantile(1 / kept[500:], [0.25, 0.5, 0.75]))
    assert moved[0] > 0.3
    assert found[1] == pytest.approx(found[0], rel=0.01)


def test_spina_bifida_and_the_same_seed_twice() -> None:
    first, second = lcmcr(SPINA, seed=2, classes=5), lcmcr(SPINA, seed=2, classes=5)
    assert first.median == pytest.approx(732, rel=0.02)
    assert first.diagnostics["converged"]
    assert (first.draws == second.draws).all()


def test_independent_lists_are_covered() -> None:
    rng = np.random.default_rng(18)
    rows = rng.random((600, 3)) < [0.4, 0.3, 0.5]
    seen = rows[rows.any(axis=1)]
    found = lcmcr(from_patterns("abc", seen, np.ones(len(seen))), seed=1, classes=4)
    assert found.low < 600 < found.high


def test_a_cap_bounds_the_draws_and_the_mass_beyond_is_told() -> None:
    table = of("a b c", "100:60 010:50 001:40 110:2 101:1 011:2")
    found = lcmcr(table, classes=3, cap=1500, effort=1)
    assert found.draws.max() <= table.observed + 1500
    assert found.diagnostics["mass_beyond_cap"] > 0.05
    assert any("cap" in said for said in found.warnings)


def test_two_modes_are_told_from_one() -> None:
    rng = np.random.default_rng(9)
    low, high = rng.normal(1000, 30, 4000), rng.normal(4000, 100, 2000)
    found = modes(np.concatenate([low, high]), 500)
    assert [round(mode["mass"], 1) for mode in found] == [0.7, 0.3]
    assert len(modes(low, 500)) == 1


def test_chains_that_disagree_have_a_large_r_hat() -> None:
    rng = np.random.default_rng(10)
    same = rng.normal(size=(8, 500))
    apart = same + np.arange(8)[:, None] % 2
    assert mixing(same).r_hat < 1.01
    assert mixing(apart).r_hat > 1.1
    assert mixing(apart).ess < 100 < 3000 < mixing(same).ess


def test_the_effective_size_of_a_chain_that_remembers_is_known() -> None:
    """An autoregressive chain with coefficient ρ is worth (1 − ρ) / (1 + ρ) of as many independent draws."""
    rng = np.random.default_rng(11)
    steps = rng.normal(size=(4, 20_000))
    chain = np.empty_like(steps)
    chain[:, 0] = steps[:, 0] / np.sqrt(1 - 0.8**2)
    for at in range(1, steps.shape[1]):
        chain[:, at] = 0.8 * chain[:, at - 1] + steps[:, at]
    assert mixing(chain).ess == pytest.approx(80_000 / 9, rel=0.1)
