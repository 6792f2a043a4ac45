"""Two lists given covariates, doubly robust and cross-fitted (Das, Kennedy & Jewell 2023, JRSS B)."""

import math
import warnings as python_warnings
from itertools import combinations
from typing import Any, Literal

import numpy as np
from scipy.special import ndtri

from uncounted.estimate.checks import carry, picture
from uncounted.estimate.covariates import Persons, features
from uncounted.estimate.result import Estimate
from uncounted.estimate.tables import Floats, Ints
from uncounted.model.errors import BadInput, NotEnough

Learner = Literal["logistic", "boosting"]
FLOOR = 0.005
"""With covariates, chances of being on both lists are not taken as less than this or a tenth of the overall share."""


def _learn(learner: Learner, x: Floats, y: Ints, *, weight: Floats, at: Floats, seed: int) -> Floats:
    """Chance of y = 1 at rows ``at``, learnt from weighted rows; the plain share when y does not vary."""
    share = float(weight @ y / weight.sum())
    if x.shape[1] == 0 or share in (0.0, 1.0):
        return np.full(len(at), share)
    if learner == "boosting":
        from sklearn import ensemble

        boosting: Any = ensemble.HistGradientBoostingClassifier
        model: Any = boosting(max_iter=100, max_depth=3, learning_rate=0.1, random_state=seed)
    else:
        from sklearn import linear_model

        logistic: Any = linear_model.LogisticRegression
        model = logistic(C=100.0, max_iter=2000)
    with python_warnings.catch_warnings():
        python_warnings.simplefilter("ignore")
        model.fit(x, y, sample_weight=weight)
        return np.asarray(model.predict_proba(at)[:, 1], dtype=float)


def dr(
    persons: Persons,
    *,
    seed: int = 1,
    level: float = 0.95,
    folds: int = 5,
    learner: Learner = "logistic",
    samples: int = 4000,
) -> Estimate:
    """Estimate how many there are from two lists that are independent among people with equal covariates.

    φ = (q1 q2 / q12)(Y1/q1 + Y2/q2 − Y1 Y2/q12), 1/ψ = mean φ, N = n/ψ, Var N = n Var φ + n (1 − ψ)/ψ². The chances
    q1, q2, q12 of being on the first, the second and both lists, among those on either, are learnt on other folds
    than the one they are used on. Without covariates they are plain shares. With more than two lists the pair that
    shares most people is used and the people on neither of the two are left to be estimated.
    """
    table, said = carry(persons.table(), 2, "dr")
    persons = persons.keep(table.lists)
    shared = table.pairs()
    first, second = max(
        combinations(range(len(table.lists)), 2),
        key=lambda pair: (shared[pair], table.lists[pair[0]], table.lists[pair[1]]),
    )
    if shared[first, second] == 0:
        raise NotEnough("every pair", "shares nobody", "Check the matching.")
    names = (table.lists[first], table.lists[second])
    pair = persons.keep(names)
    if len(table.lists) > 2:
        said += (f"the number is of {names[0]} and {names[1]} alone, the pair that shares most people",)
    x, used, unused = features(pair)
    if unused:
        said += (f"column {', '.join(unused)} has too many values to be a covariate and was not used",)
    if not used:
        said += ("there are no covariates; this is the two-list estimate of independent lists",)
    phi, weight, floored = _phi(pair, x, folds, learner, seed)
    count = float(weight.sum())
    inverse = float(weight @ phi / count)
    if not inverse > 0:
        raise NotEnough(
            "dr", "gives no positive chance of being recorded", "The covariates split the lists too finely."
        )
    psi = min(1 / inverse, 1.0)
    variance = count * float(weight @ (phi - inverse) ** 2 / count) + count * (1 - psi) / psi**2
    total = count * max(inverse, 1.0)
    tail, unseen = float(ndtri((1 + level) / 2)), total - count
    spread = math.sqrt(math.log1p(variance / unseen**2)) if unseen > 0 else 0.0
    factor = math.exp(tail * spread)
    if floored > 0.01:
        said += (f"for {floored:.0%} of people the chance of being on both lists is at its floor",)
    high = count + unseen * factor
    if high < table.observed:
        raise NotEnough(
            f"{names[0]} and {names[1]}",
            f"give {total:,.0f}, fewer than the {table.observed} people that all lists recorded",
            "The two lists are dependent; use a model of all lists.",
        )
    rng = np.random.default_rng([seed, 6])
    draws = np.maximum(count + unseen * np.exp(spread * rng.standard_normal(samples)), table.observed)
    diagnostics: dict[str, Any] = {
        **picture(table), "pair": list(names), "seen_by_pair": int(count), "covariates": list(used),
        "learner": learner if used else "shares", "folds": folds, "standard_error": math.sqrt(variance),
        "chance_recorded": psi, "seed": seed,
    }  # fmt: skip
    total = max(total, float(table.observed))
    return Estimate(
        "dr", table.lists, table.observed, total, total, max(count + unseen / factor, table.observed), high, level,
        diagnostics, said, draws,
    )  # fmt: skip


def _phi(pair: Persons, x: Floats, folds: int, learner: Learner, seed: int) -> tuple[Floats, Floats, float]:
    """φ of every row in every fold, its weight, and the share of people whose q12 is at the floor.

    Rows stand for many people, so each row's people are dealt to the folds at random and rows carry weights.
    """
    if folds < 2:
        raise BadInput("folds", "must be at least 2")
    if x.shape[1] == 0:
        pair = pair if len(pair.counts) < 4 else Persons(pair.lists, *_collapsed(pair), {})
        x, folds = np.zeros((len(pair.counts), 0)), 1
    y1, y2 = pair.patterns[:, 0], pair.patterns[:, 1]
    floor = min(FLOOR, float(pair.counts @ (y1 * y2) / pair.counts.sum()) / 10)
    rng = np.random.default_rng([seed, 7])
    dealt = rng.multinomial(pair.counts, np.full(folds, 1 / folds)).astype(float)
    phis, weights = [], []
    low = 0.0
    for fold in range(folds):
        here = dealt[:, fold] > 0
        others = pair.counts - dealt[:, fold] if folds > 1 else pair.counts.astype(float)
        rows = others > 0
        q1, q2, q12 = (
            _learn(learner, x[rows], outcome[rows], weight=others[rows], at=x[here], seed=seed)
            for outcome in (y1, y2, y1 * y2)
        )
        weight = dealt[here, fold]
        low += float(weight[q12 <= floor].sum())
        q12 = np.clip(q12, floor, 1)
        q1, q2 = np.clip(q1, q12, 1), np.clip(q2, q12, 1)
        phis.append(q1 * q2 / q12 * (y1[here] / q1 + y2[here] / q2 - y1[here] * y2[here] / q12))
        weights.append(weight)
    return np.concatenate(phis), np.concatenate(weights), low / float(pair.counts.sum())


def _collapsed(pair: Persons) -> tuple[Ints, Ints]:
    table = pair.table()
    return table.patterns, table.counts
