"""Log-linear models: all hierarchical ones fitted, the best chosen (or all averaged), the choice bootstrapped."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from uncounted.estimate.bootstrap import bca, bootstrap
from uncounted.estimate.checks import carry, picture
from uncounted.estimate.existence import existence, extended_fit
from uncounted.estimate.hierarchy import Models, all_models, design, generators
from uncounted.estimate.poisson import fit_models
from uncounted.estimate.result import Estimate
from uncounted.estimate.stepwise import search
from uncounted.estimate.tables import Floats, Ints, Table
from uncounted.model.errors import NotEnough

Criterion = Literal["bic", "aic"]
EXHAUSTIVE = {3: 2, 4: 3, 5: 4, 6: 2}
"""Lists → highest order of interaction up to which every model is fitted. Beyond six lists the search is stepwise."""
LARGEST = 8
REACH = 10.0
"""Models within this much of the best are checked for existence one by one."""


@dataclass(frozen=True)
class Fits:
    """Every fitted model of one table, best first. ``score`` is BIC or AIC up to a constant; lower is better."""

    models: Models
    betas: Floats
    score: Floats
    penalty: Floats
    totals: Floats
    existence: tuple[str, ...]
    fitted: int
    dropped: int

    @property
    def weights(self) -> Floats:
        """Approximate posterior (BIC) or Akaike weights of the models."""
        raw = np.exp(-0.5 * (self.score - self.score[0]))
        return np.asarray(raw / raw.sum())


def penalties(models: Models, observed: int, criterion: Criterion) -> Floats:
    """What each model pays for its terms: 2 each (AIC) or log n each (BIC, n people observed)."""
    return np.asarray(models.sum(axis=1) * (2.0 if criterion == "aic" else np.log(observed)))


def fit_all(table: Table, criterion: Criterion = "bic", order: int | None = None) -> Fits:
    """Fit every hierarchical model (up to interactions of ``order`` lists) by extended maximum likelihood.

    A model that leaves the number unseen free on these data is dropped. All models are fitted for three to five
    lists, all models with pairs alone for six, and those a stepwise search meets beyond. Raises :class:`NotEnough`
    when no model is left.
    """
    lists = len(table.lists)
    cells, cross = table.dense()[1:].astype(float), design(lists)
    highest = min(order or EXHAUSTIVE.get(lists, 2), lists - 1)
    if lists in EXHAUSTIVE and (highest <= EXHAUSTIVE[lists]):
        models = all_models(lists, highest)
    else:
        models = search(cells, cross, lists, highest, lambda m: penalties(m, table.observed, criterion))
    betas, loglik = np.zeros(models.shape), np.zeros(len(models))
    state = np.zeros(len(models), dtype=np.int64)
    fit_models(cells, cross, models, betas, False, loglik, state)
    penalty = penalties(models, table.observed, criterion)
    totals = np.where(state == 0, table.observed + np.exp(np.where(state == 0, betas[:, 0], 0)), np.nan)
    loglik = np.where(np.isfinite(loglik), loglik, -1e300)
    said = _check(cells, cross, models, penalty=penalty, loglik=loglik, state=state, totals=totals, seen=table.observed)
    usable = np.array([word != "unidentified" for word in said]) & np.isfinite(totals)
    if not usable.any():
        raise NotEnough(
            "log-linear models",
            "for every model the maximum likelihood estimate leaves the number unseen free",
            "The overlaps are too few; see nhoi and chao for what can still be said.",
        )
    score = penalty - 2 * loglik
    best = np.flatnonzero(usable)[np.argsort(score[usable], kind="stable")]
    return Fits(
        models[best], betas[best], score[best], penalty[best], totals[best], tuple(said[i] for i in best),
        len(models), len(models) - len(best),
    )  # fmt: skip


def _check(
    cells: Floats,
    cross: Ints,
    models: Models,
    *,
    penalty: Floats,
    loglik: Floats,
    state: Ints,
    totals: Floats,
    seen: int,
) -> list[str]:
    """Decide existence for each model near the best (by linear programme) and take the others by how their fit went.

    Changes ``loglik`` and ``totals`` where the estimate exists in the extended sense alone.
    """
    said = ["unidentified" if s else "exists" for s in state]
    if (cells > 0).all():
        return said
    score = penalty - 2 * loglik
    sure: list[float] = []
    for index in np.argsort(score, kind="stable"):
        if sure and score[index] > min(sure) + REACH:
            break
        columns = cross[:, models[index]]
        word, stays = existence(cells, columns)
        said[index] = word
        if word == "extended" or (word == "exists" and state[index] != 0):
            loglik[index], unseen = extended_fit(cells, columns, stays)
            totals[index] = seen + unseen
        if word != "unidentified":
            sure.append(float(penalty[index] - 2 * loglik[index]))
    return said


def loglinear(
    table: Table,
    *,
    seed: int = 1,
    level: float = 0.95,
    criterion: Criterion = "bic",
    average: bool = False,
    order: int | None = None,
    replicates: int = 1000,
    reach: int = 200,
) -> Estimate:
    """Estimate the total by the best hierarchical log-linear model, or the average over all by their weights.

    The interval is the bias-corrected and accelerated bootstrap with the choice of model made anew in each of
    ``replicates`` resamples, among the ``reach`` best models (Silverman, Chan & Vincent 2024, Stat. Comput. 34:44).
    Raises :class:`NotEnough` where the table cannot carry a number.
    """
    table, warnings = carry(table, 3, "a log-linear model")
    if len(table.lists) > LARGEST:
        raise NotEnough(
            f"{len(table.lists)} lists",
            f"most patterns of so many lists are empty; log-linear models are fitted to at most {LARGEST}",
            "Choose lists with --lists, or use lcmcr.",
        )
    fits = fit_all(table, criterion, order)
    weights = fits.weights
    point = float(weights @ fits.totals) if average else float(fits.totals[0])
    near = slice(0, reach)
    draws, jackknife = bootstrap(
        table, fits.models[near], fits.betas[near], lambda n: penalties(fits.models[near], n, criterion),
        average=average, replicates=replicates, seed=seed,
    )  # fmt: skip
    low, high, bias = bca(point, draws, jackknife, table.counts, level)
    lost = int(np.isnan(draws).sum())
    draws = draws[np.isfinite(draws)]
    diagnostics: dict[str, Any] = {
        **picture(table),
        "model": "average" if average else generators(fits.models[0], table.lists),
        "criterion": criterion,
        "existence": fits.existence[0],
        "models_fitted": fits.fitted,
        "models_unidentified": fits.dropped,
        "top_models": [
            {
                "model": generators(fits.models[i], table.lists),
                "n": float(fits.totals[i]),
                "weight": float(weights[i]),
                "delta": float(fits.score[i] - fits.score[0]),
            }
            for i in range(min(8, len(weights)))
        ],
        "average": float(weights @ fits.totals),
        "pairs_only": _pairs_only(fits, len(table.lists)),
        "bootstrap": {
            "replicates": replicates, "failed": lost, "models": int(min(reach, len(weights))),
            "median": float(np.median(draws)), "bias_correction": bias,
        },
        "seed": seed,
    }  # fmt: skip
    return Estimate(
        "loglinear", table.lists, table.observed, point, point, max(low, table.observed), high, level, diagnostics,
        warnings + _warn(fits, table, point, lost, replicates), draws,
    )  # fmt: skip


def _pairs_only(fits: Fits, lists: int) -> dict[str, Any] | None:
    """The best among models without interactions of three lists or more, for studies that stop there."""
    pairs = all_models(lists, 2) if lists <= 6 else None
    if pairs is None:
        return None
    from uncounted.estimate.hierarchy import terms

    deep = np.array([term.bit_count() > 2 for term in terms(lists)])
    flat = np.flatnonzero(~fits.models[:, deep].any(axis=1))
    if not len(flat):
        return None
    return {"n": float(fits.totals[flat[0]]), "delta": float(fits.score[flat[0]] - fits.score[0])}


def _warn(fits: Fits, table: Table, point: float, lost: int, replicates: int) -> tuple[str, ...]:
    said: list[str] = []
    rivals = fits.totals[fits.score < fits.score[0] + 4]
    if rivals.max() > 1.5 * rivals.min():
        said.append(
            f"models that fit nearly as well (within 4 of the best) give between {rivals.min():,.0f} and "
            f"{rivals.max():,.0f}"
        )
    if len(table.lists) == 3 and fits.models[0].all():
        said.append("the chosen model has as many terms as patterns: nothing is left to test it by")
    if fits.existence[0] == "extended":
        said.append("the chosen model's estimate exists in the extended sense alone: an interaction is at its limit")
    if lost > replicates / 100:
        said.append(f"{lost} of {replicates} bootstrap samples carried no number; the interval is of those that did")
    return tuple(said)
