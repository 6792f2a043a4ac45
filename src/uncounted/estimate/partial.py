"""Strata with partial pooling: how lists depend on each other is thought alike in all strata, as far as they show it.

Each stratum keeps its own size and its own chances of the lists. Its interactions are drawn towards those of all strata
together, β_t,s ~ Normal(β̄_t, τ²), with β̄ the mode of the shrinkage engine on the joined table (an empirical Bayes
step) and τ weighed by the evidence of all strata at once. τ large is no pooling; τ small is one pattern for all.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.special import logsumexp

from uncounted.estimate.checks import carry
from uncounted.estimate.covariates import Persons, joined
from uncounted.estimate.grid import spline
from uncounted.estimate.interactions import fit, profile
from uncounted.estimate.result import Estimate, from_draws
from uncounted.estimate.shrinkage import LARGEST, start, stories
from uncounted.estimate.stories import MAIN
from uncounted.estimate.tables import Floats, Table
from uncounted.model.errors import NotEnough

SPREADS = (0.02, 0.1, 0.3, 0.7, 1.5)
"""τ: how far interactions of one stratum may lie from those of all."""
PLACES = 25


def partial(
    strata: Mapping[tuple[str, ...], Persons], *, seed: int = 1, level: float = 0.95, samples: int = 4000
) -> Estimate:
    """Estimate all strata together; the total is summed draw by draw.

    A stratum too thin to carry a number alone borrows from the others and is named. Raises :class:`NotEnough` where the
    joined table carries no number, or a list holds nobody in all strata.
    """
    whole, warnings = carry(joined(list(strata.values())).table(), 3, "partial pooling")
    lists = len(whole.lists)
    if lists > LARGEST:
        raise NotEnough(f"{lists} lists", f"partial pooling keeps every interaction, too many beyond {LARGEST}")
    centre = max(stories(whole), key=lambda fitted: fitted.evidence).mode[: 1 << lists].copy()
    order = np.array([term.bit_count() for term in range(1 << lists)])
    centre[order <= 1] = 0.0
    tables = {" · ".join(key): persons.table().keep(whole.lists) for key, persons in strata.items()}
    tables = {name: table for name, table in tables.items() if table.observed}
    evidence = np.zeros((len(SPREADS), len(tables)))
    modes: dict[tuple[int, str], Floats] = {}
    for i, spread in enumerate(SPREADS):
        matrix, half = _precision(order, spread)
        for j, (name, table) in enumerate(tables.items()):
            modes[i, name] = start(table)
            value, determinant, _ = fit(table.dense().astype(float), centre, matrix, modes[i, name], 0)
            evidence[i, j] = value - 0.5 * determinant - half
    total = evidence.sum(axis=1)
    weights = np.exp(total - logsumexp(total))
    # τ is one for all strata, so each draw takes its own τ and keeps it over them.
    taken = np.random.default_rng([seed, 20]).choice(len(SPREADS), samples, p=weights)
    summed = np.zeros(samples)
    parts: list[dict[str, Any]] = []
    for j, (name, table) in enumerate(tables.items()):
        rng = np.random.default_rng([seed, 21, j])
        drawn = np.empty(samples)
        for i in np.unique(taken):
            mine = taken == i
            matrix, _ = _precision(order, SPREADS[i])
            rates = _draws(table, centre, matrix, modes[int(i), name], uniform=_strata_of(rng, int(mine.sum())))
            drawn[mine] = table.observed + rng.poisson(np.minimum(rates, 1e15))
        low, median, high = np.quantile(drawn, [(1 - level) / 2, 0.5, (1 + level) / 2])
        parts.append(
            {"stratum": name, "observed": table.observed, "median": float(median), "low": float(low),
             "high": float(high), "alone": _alone(table)}
        )  # fmt: skip
        summed += drawn
    thin = [part["stratum"] for part in parts if not part["alone"]]
    if thin:
        warnings += (f"{len(thin)} strata carry no number alone and borrow from the others: {', '.join(thin[:8])}",)
    diagnostics = {
        "strata": parts,
        "pooling": {f"{spread:g}": float(weight) for spread, weight in zip(SPREADS, weights, strict=True)},
        "seed": seed,
    }
    return from_draws("shrinkage", whole, summed, level, diagnostics, warnings=warnings)


def _precision(order: Any, spread: float) -> tuple[Floats, float]:
    deviation = np.where(order == 1, MAIN, spread)[1:].astype(float)
    matrix = np.zeros((len(order), len(order)))
    matrix[1:, 1:] = np.diag(deviation**-2.0)
    return matrix, float(np.log(deviation).sum())


def _draws(table: Table, centre: Floats, matrix: Floats, mode: Floats, *, uniform: Floats) -> Floats:
    at, logs = np.empty(PLACES), np.empty(PLACES)
    profile(table.dense().astype(float), centre, matrix, mode, at, logs)
    grid = np.linspace(at[0], at[-1], 400)
    mass = np.exp(spline(at, logs - logs.max(), grid))
    upto = (np.cumsum(mass) - 0.5 * mass) / mass.sum()
    return np.exp(np.interp(uniform, upto, grid))


def _strata_of(rng: np.random.Generator, many: int) -> Floats:
    """Uniform numbers, one in each of ``many`` equal parts, shuffled."""
    found = (np.arange(many) + rng.random(many)) / many
    rng.shuffle(found)
    return np.asarray(found)


def _alone(table: Table) -> bool:
    try:
        carry(table, 3, "it")
    except NotEnough:
        return False
    return True
