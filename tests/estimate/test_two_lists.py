"""Chapman, Chao, no highest-order interaction, and the doubly robust estimate."""

import numpy as np
import pytest

from tests.estimate.published import GAZA, KOSOVO, SPINA, of
from uncounted.estimate.chao import chao
from uncounted.estimate.chapman import chapman, of_pair
from uncounted.estimate.covariates import Persons, features
from uncounted.estimate.dr import dr
from uncounted.estimate.nhoi import nhoi, unseen_share
from uncounted.model.errors import BadInput


def test_chapman_by_hand() -> None:
    assert of_pair(200, 150, 29, 0.95)["n"] == pytest.approx(201 * 151 / 30 - 1)
    found = chapman(of("a b", "10:171 01:121 11:29"))
    assert found.median == pytest.approx(201 * 151 / 30 - 1)
    assert found.observed < found.low < found.median < found.high


def test_of_several_lists_the_pair_that_shares_most_gives_the_number_and_all_are_shown() -> None:
    found = chapman(KOSOVO)
    assert found.diagnostics["pair"] == ["EXH", "OSCE"]
    assert len(found.diagnostics["pairs"]) == 6
    assert any("dependent" in said for said in found.warnings)


def test_chao_by_hand_and_named_a_lower_bound() -> None:
    found = chao(SPINA)
    once, twice = 60 + 49 + 247, 4 + 112 + 142
    assert found.median == pytest.approx(626 + 2 / 3 * once * (once - 1) / (2 * (twice + 1)))
    assert any("lower bound" in said for said in found.warnings)


def test_without_the_highest_interaction_three_lists_have_a_closed_form() -> None:
    by_hand = 29271 + 19048 * 5104 * 1469 * 197 / (1929 * 1173 * 351)
    assert nhoi(GAZA, samples=20_000).median == pytest.approx(by_hand, rel=0.01)


def test_the_unseen_share_follows_the_odds_ratio_that_is_assumed() -> None:
    shares = np.full((1, 7), 1 / 7)
    assert unseen_share(shares, 1.0)[0] == pytest.approx(1 / 8)
    assert unseen_share(shares, 2.0)[0] == pytest.approx(1 / 15)


def test_the_sweep_falls_as_the_odds_ratio_rises() -> None:
    medians = [point["median"] for point in nhoi(SPINA).diagnostics["sweep"]]
    assert medians == sorted(medians, reverse=True)
    with pytest.raises(BadInput):
        nhoi(SPINA, xi=0)


def _people(seed: int) -> Persons:
    """5,000 people of two kinds that differ threefold in how lists find them; lists are independent within a kind."""
    rng = np.random.default_rng(seed)
    easy = rng.random(5000) < 0.5
    reach = np.where(easy, 0.6, 0.2)
    first, second = rng.random(5000) < reach, rng.random(5000) < reach
    seen = first | second
    kind = tuple("easy" if e else "hard" for e in easy[seen])
    return Persons(
        ("a", "b"),
        np.stack([first, second], 1)[seen].astype(np.int64),
        np.ones(int(seen.sum()), np.int64),
        {"kind": kind},
    )


@pytest.mark.parametrize("learner", ["logistic", "boosting"])
def test_covariates_mend_what_two_lists_alone_miss(learner: str) -> None:
    people = _people(1)
    with_kind, alone = dr(people, learner=learner), chapman(people.table())  # type: ignore[arg-type]
    assert alone.high < 5000
    assert with_kind.low < 5000 < with_kind.high
    assert with_kind.diagnostics["covariates"] == ["kind"]


def test_without_covariates_it_is_the_two_list_estimate() -> None:
    pair = of("a b", "10:171 01:121 11:29")
    found = dr(Persons(pair.lists, pair.patterns, pair.counts, {}))
    assert found.median == pytest.approx(200 * 150 / 29)
    assert any("no covariates" in said for said in found.warnings)


def test_names_are_no_covariate() -> None:
    people = _people(2)
    named = Persons(
        people.lists,
        people.patterns,
        people.counts,
        {**people.covariates, "id": tuple(f"p{i}" for i in range(len(people.counts)))},
    )
    _, used, unused = features(named)
    assert used == ("kind",)
    assert unused == ("id",)
