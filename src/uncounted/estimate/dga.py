"""Averaging over decomposable graphs (Madigan & York 1997, Biometrika 84:19), exactly and on a grid that grows."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.special import chdtrc, gammaln

from uncounted.estimate import chordal, decomposable
from uncounted.estimate.checks import carry, picture
from uncounted.estimate.grid import Posterior, fill, settle, widths
from uncounted.estimate.modes import modes, spoken
from uncounted.estimate.result import Estimate
from uncounted.estimate.tables import Floats, Table
from uncounted.model.errors import BadInput, NotEnough

LARGEST = decomposable.LARGEST
SHOWN = 8
PLACES = 48
POOR = 0.01
"""Chance of patterns as odd as those seen, below which that is said."""
BLOCK = {3: 64, 4: 64, 5: 64, 6: 16, 7: 8}
"""Places of the grid worked on at once, so that the tables of the recursion stay in a core's own memory."""


class Scorer:
    """Scores of one table: the log marginal likelihood of every set of lists at any number unseen."""

    def __init__(self, table: Table, delta: float | None) -> None:
        self.lists = len(table.lists)
        self.observed = table.observed
        self.delta = 2.0**-self.lists if delta is None else delta
        cells = np.arange(1 << self.lists)
        sizes = np.array([subset.bit_count() for subset in range(1 << self.lists)])
        self.prior = self.delta * 2.0 ** (self.lists - sizes)
        margins = decomposable.margins(table.dense().astype(float), self.lists)
        self.none = margins[:, 0].copy()
        inside = ((cells & ~cells[:, None]) == 0) & (cells > 0)
        fixed = np.where(inside, gammaln(margins + self.prior[:, None]), 0).sum(axis=1)
        self.fixed = fixed - 2.0**sizes * gammaln(self.prior)

    def sets(self, unseen: Floats) -> Floats:
        """log M of every set of lists (2^J × places), less that of the empty set."""
        value = gammaln(unseen[None, :] + (self.none + self.prior)[:, None]) + self.fixed[:, None]
        return np.asarray(value - value[0])

    def codes(self, sets: Floats) -> Floats:
        """The value of every code (:mod:`chordal`) from the values of the sets: codes × places."""
        lower = np.arange(1 << self.lists)
        return np.concatenate([sets[lower | 1 << v] - sets[lower] for v in range(self.lists)])

    def base(self, unseen: Floats) -> Floats:
        """What all graphs share at a number unseen, the prior 1/N among it."""
        total = self.observed + unseen
        return np.asarray(gammaln(total + 1) - gammaln(unseen + 1) - np.log(total))

    def density(self, unseen: Floats, saturated: bool) -> Floats:
        """Log posterior at numbers unseen, summed over graphs, up to a constant."""
        logs = np.empty(len(unseen))
        block = BLOCK.get(self.lists, 8 if self.lists == 8 else 4)
        lower = np.arange(1 << self.lists)
        for start in range(0, len(unseen), 4096):
            piece = slice(start, start + 4096)
            values = self.sets(unseen[piece])
            alone = values[1 << np.arange(self.lists)]
            # Against lists that know nothing of each other, so that single lists weigh nothing.
            values -= (lower[:, None] >> np.arange(self.lists) & 1) @ alone
            decomposable.log_sum(values, self.lists, saturated, block, logs[piece])
            logs[piece] += alone.sum(axis=0)
        return logs + self.base(unseen)


@dataclass(frozen=True)
class Found:
    """The posterior, its grid before interpolation with the mass about each point, and the saturated graph's share."""

    scorer: Scorer
    posterior: Posterior
    unseen: Floats
    mass: Floats
    logs: Floats
    saturated: float
    """The weight that the saturated graph has, or would have were it let in, over one and more unseen."""


def posterior(
    table: Table,
    *,
    delta: float | None = None,
    saturated: bool = False,
    cap: float | None = None,
    grid: Literal["log", "integer"] = "log",
) -> Found:
    """The posterior of the number unseen, averaged over all decomposable graphs with equal prior weight.

    ``delta`` is the hyper-Dirichlet mass of a cell (2^−J unless given). ``grid='log'`` grows and refines itself until
    next to no mass lies near its end, or up to ``cap``; ``grid='integer'`` takes every whole number from 1 to ``cap``
    (10 n unless given), as the established implementation does.
    """
    scorer = Scorer(table, delta)
    if grid == "integer":
        unseen = np.arange(1.0, (cap or 10 * table.observed) + 1)
        logs = scorer.density(unseen, saturated)
        mass = np.exp(logs - logs.max())
        dense = Posterior(unseen, mass / mass.sum())
    else:
        unseen, logs = settle(lambda at: scorer.density(at, saturated), table.observed, cap)
        dense = fill(unseen, logs)
    nearest = np.searchsorted((unseen[1:] + unseen[:-1]) / 2, dense.unseen)
    mass = np.bincount(nearest, weights=dense.mass, minlength=len(unseen)).astype(np.float64)
    return Found(scorer, dense, unseen, mass, logs, _saturated(scorer, unseen, logs, saturated))


def heaviest(found: Found, *, saturated: bool = False, most: int = SHOWN) -> list[tuple[int, float]]:
    """The graphs with most posterior weight, heaviest first, as (graph, weight).

    All graphs are looked at up to five lists; beyond, those that a search from neighbour to neighbour meets. The
    weights are shares of the sum over all graphs in both cases, averaged over 48 places of the posterior.
    """
    scorer = found.scorer
    # Places of equal probability stand for the whole grid.
    places = np.searchsorted(np.cumsum(found.mass), (np.arange(PLACES) + 0.5) / PLACES)
    some, times = np.unique(np.minimum(places, len(found.mass) - 1), return_counts=True)
    at, mass = found.unseen[some], times.astype(float)
    values = np.ascontiguousarray(scorer.codes(scorer.sets(at)))
    shared = np.log(mass / mass.sum()) + scorer.base(at) - found.logs[some]
    full = (1 << (scorer.lists * (scorer.lists - 1) // 2)) - 1
    if scorer.lists <= 5:
        every = chordal.graphs(scorer.lists)
        scores = chordal.score(chordal.encoded(scorer.lists), values, shared)
    else:
        every, scores = chordal.search(values, shared, scorer.lists, 12 * most)
    kept = (every != full) | saturated
    order = np.argsort(-scores[kept], kind="stable")[:most]
    return [(int(every[kept][i]), float(np.exp(scores[kept][i]))) for i in order]


def foretells(table: Table, unseen: float, top: list[tuple[int, float]]) -> float:
    """How well the heaviest graphs foretell the patterns that were seen: Pearson's test, mean over graphs by weight.

    A graph's means are products of its margins, with ``unseen`` people on no list. 0.01 and less says that no graph
    tells what was seen; a graph without a degree of freedom left counts as 1.
    """
    lists = len(table.lists)
    cells = table.dense().astype(float)
    cells[0] = unseen
    every = np.arange(1 << lists)
    total = weights = 0.0
    for graph, weight in top:
        codes = chordal.encode(np.array([graph]), lists)[0]
        near = codes & ((1 << lists) - 1)
        means, free = np.full(1 << lists, cells.sum()), len(cells) - 2
        for one, other in zip(near | 1 << (codes >> lists), near, strict=True):
            for marks, power in ((one, 1.0), (other, -1.0)):
                margin = np.bincount(every & marks, weights=cells, minlength=len(cells))
                means *= np.maximum(margin, 1e-9)[every & marks] ** power
            free -= 1 << int(other).bit_count()
        away = float(((cells - means)[1:] ** 2 / np.maximum(means[1:], 0.5)).sum())
        total += weight * (float(chdtrc(free, away)) if free > 0 else 1.0)
        weights += weight
    return total / weights


def _saturated(scorer: Scorer, unseen: Floats, logs: Floats, within: bool) -> float:
    """Share of the saturated graph beside the others, from one unseen on; ``within``: it is among those of ``logs``."""
    some = unseen >= 1
    alone = scorer.sets(unseen[some])[-1] + scorer.base(unseen[some])
    width = widths(unseen)[some]
    peak = max(float(alone.max()), float(logs[some].max()))
    own = float(width @ np.exp(alone - peak))
    rest = float(width @ np.exp(logs[some] - peak))
    return own / rest if within else own / (own + rest)


def dga(
    table: Table,
    *,
    seed: int = 1,
    level: float = 0.95,
    delta: float | None = None,
    saturated: bool = False,
    cap: float | None = None,
    grid: Literal["log", "integer"] = "log",
    samples: int = 4000,
) -> Estimate:
    """Estimate the total by Bayesian averaging over decomposable graphs; exact for three to ten lists.

    ``cap`` is the largest number unseen that is thought possible; without it the grid grows until next to no mass lies
    near its end. The saturated graph, on which the data say nothing of the unseen, is left out unless asked for.
    Raises :class:`NotEnough` where the table cannot carry a number.
    """
    if delta is not None and not delta > 0:
        raise BadInput("delta", "is the prior mass of a cell and must be above zero")
    table, warnings = carry(table, 3, "dga")
    if len(table.lists) > LARGEST:
        raise NotEnough(
            f"{len(table.lists)} lists",
            f"dga is exact to {LARGEST} lists; there are too many graphs beyond",
            "Choose lists with --lists, or use lcmcr.",
        )
    whole = posterior(table, delta=delta, saturated=saturated, cap=cap, grid=grid)
    found = whole.posterior
    seen = table.observed
    low, median, high = seen + found.quantiles(np.array([(1 - level) / 2, 0.5, (1 + level) / 2]))
    rng = np.random.default_rng([seed, 2])
    draws = seen + found.quantiles((np.arange(samples) + rng.random(samples)) / samples)
    rng.shuffle(draws)
    end = float(found.unseen[-1])
    limits = [factor * seen for factor in (10, 20, 30, 100, 300) if factor * seen < end]
    top = heaviest(whole, saturated=saturated)
    diagnostics: dict[str, Any] = {
        **picture(table),
        "graphs": chordal.NUMBER[len(table.lists)] - (not saturated),
        "top_models": [{"model": chordal.name(graph, table.lists), "weight": weight} for graph, weight in top],
        "saturated": "took part" if saturated else "left out",
        "saturated_weight": whole.saturated,
        "delta": 2.0 ** -len(table.lists) if delta is None else delta,
        "grid": {"kind": grid, "points": len(whole.unseen), "end": end},
        "mass_near_cap": found.beyond(end / 2),
        "median_by_cap": {f"{limit:.0f}": seen + float(found.quantiles(np.array([0.5]), limit)[0]) for limit in limits},
        "mean_by_cap": {f"{limit:.0f}": seen + found.mean(limit) for limit in limits},
        "modes": modes(draws, seen),
        "fit": foretells(table, float(median) - seen, top[:3]),
        "seed": seed,
    }
    return Estimate(
        "dga", table.lists, seen, float(median), seen + found.mean(), float(low), float(high), level, diagnostics,
        warnings + _warn(found, table, diagnostics), draws,
    )  # fmt: skip


def _warn(found: Posterior, table: Table, diagnostics: dict[str, Any]) -> tuple[str, ...]:
    said: list[str] = []
    end = float(found.unseen[-1])
    if diagnostics["mass_near_cap"] > 1e-3:
        said.append(
            f"{diagnostics['mass_near_cap']:.1%} of the probability lies beyond {end / 2:,.0f} unseen, near the end of "
            f"the grid ({end:,.0f}): the end takes part in the answer"
        )
    for what, last in (("median", float(found.quantiles(np.array([0.5]))[0])), ("mean", found.mean())):
        values = [*diagnostics[f"{what}_by_cap"].values(), table.observed + last]
        if max(values) > 1.1 * min(values):
            said.append(
                f"the {what} moves from {min(values):,.0f} to {max(values):,.0f} as the largest number thought "
                "possible grows: it decides the answer"
            )
    said.extend(spoken(diagnostics["modes"]))
    share = diagnostics["saturated_weight"]
    if share > 0.1:
        part = "is" if diagnostics["saturated"] == "took part" else "would be"
        said.append(f"{share:.0%} of the weight {part} on the saturated graph, which knows nothing of the unseen")
    if diagnostics["fit"] < POOR:
        said.append(
            "no graph foretells the patterns that were seen: lists are bound together in a way graphs cannot tell"
        )
    if len(table.lists) == 3:
        said.append("with three lists nothing tests the assumption that no interaction of all three exists")
    return tuple(said)
