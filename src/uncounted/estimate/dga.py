"""Averaging over decomposable graphs (Madigan & York 1997, Biometrika 84:19), exactly and on a grid that grows."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.special import gammaln

from uncounted.estimate import chordal
from uncounted.estimate.averaging import score_grid
from uncounted.estimate.checks import carry, picture
from uncounted.estimate.modes import modes, spoken
from uncounted.estimate.result import Estimate
from uncounted.estimate.tables import Floats, Ints, Table
from uncounted.model.errors import BadInput, NotEnough

MARGIN = 36.0
"""Graphs whose best score lies this far below the best carry less than e^−36 of its weight and are passed over."""
LARGEST = 7
FARTHEST = 1000
"""How many times the number observed the grid may reach for the unseen before it gives up growing."""
SETTLED = 1e-5
NEGLIGIBLE = 1e-12
"""Graphs with less weight than this on the first grid are left out of the finer ones."""
SHARP = 1_000_000
"""People observed above which a graph's density may be too sharp for the first grid to weigh it."""


@dataclass(frozen=True)
class Posterior:
    """p(n0 | data) at ``unseen`` (ascending), as mass that each grid point stands for; and the graphs' weights."""

    unseen: Floats
    mass: Floats
    graphs: Ints
    weights: Floats
    saturated: float
    """The weight that the saturated graph has, or would have were it let in, over one and more unseen."""

    def quantiles(self, at: Floats, cap: float = np.inf) -> Floats:
        """Quantiles of n0 given n0 ≤ cap, interpolated between grid points."""
        kept = self.unseen <= cap
        mass = self.mass[kept]
        upto = (np.cumsum(mass) - 0.5 * mass) / mass.sum()
        return np.interp(at, upto, self.unseen[kept])

    def mean(self, cap: float = np.inf) -> float:
        """Mean of n0 given n0 ≤ cap."""
        kept = self.unseen <= cap
        return float(self.mass[kept] @ self.unseen[kept] / self.mass[kept].sum())

    def beyond(self, limit: float) -> float:
        """Probability that n0 exceeds ``limit``."""
        return float(self.mass[self.unseen > limit].sum())


class Scorer:
    """Scores of one table: margins once per set of lists, then one look-up a list and graph."""

    def __init__(self, table: Table, delta: float | None) -> None:
        self.lists = len(table.lists)
        self.observed = table.observed
        self.delta = 2.0**-self.lists if delta is None else delta
        dense = table.dense()
        cells = np.arange(1 << self.lists)
        self.fixed = np.zeros(1 << self.lists)
        self.none = np.zeros(1 << self.lists)
        self.prior = np.zeros(1 << self.lists)
        for subset in range(1 << self.lists):
            size = subset.bit_count()
            prior = self.delta * 2.0 ** (self.lists - size)
            margin = np.bincount(cells & subset, weights=dense, minlength=1 << self.lists)
            held = np.flatnonzero((cells & ~subset) == 0)[1:]
            self.prior[subset], self.none[subset] = prior, margin[0]
            self.fixed[subset] = gammaln(margin[held] + prior).sum() - 2.0**size * gammaln(prior)

    def table(self, unseen: Floats) -> Floats:
        """The value of every code (:mod:`chordal`) at every number unseen: codes × places."""
        value = gammaln(unseen[None, :] + (self.none + self.prior)[:, None]) + self.fixed[:, None]
        value -= value[0].copy()
        width = 1 << self.lists
        lower = np.arange(width)
        coded = np.concatenate([value[lower | 1 << v] - value[lower] for v in range(self.lists)])
        return np.ascontiguousarray(coded)

    def base(self, unseen: Floats) -> Floats:
        """What all graphs share at a number unseen, the prior 1/N among it."""
        total = self.observed + unseen
        return np.asarray(gammaln(total + 1) - gammaln(unseen + 1) - np.log(total))


def _candidates(scorer: Scorer, unseen: Floats, saturated: bool) -> Ints:
    """Graphs that may carry weight; all of them up to six lists."""
    lists = scorer.lists
    full = (1 << (lists * (lists - 1) // 2)) - 1
    if lists <= 6:
        every = chordal.graphs(lists)
    else:
        smaller, table = chordal.graphs(lists - 1), scorer.table(unseen) + scorer.base(unseen) / lists
        best = float(_peak(table, scorer, unseen))
        found = []
        for start in range(0, len(smaller), 4096):
            kept = np.empty(1 << 18, dtype=np.int64)
            count, best = chordal.screen(smaller[start : start + 4096], lists - 1, table, MARGIN, best, kept)
            if count < 0:
                raise NotEnough("dga", "too many graphs carry weight on these lists", "Choose fewer with --lists.")
            found.append(kept[:count].copy())
        every = np.concatenate(found)
    return every if saturated else every[every != full]


def _peak(table: Floats, scorer: Scorer, unseen: Floats) -> float:
    """A lower bound for the best score: that of the graph without edges and of the graphs with one edge."""
    lists = scorer.lists
    codes = chordal.encode(np.array([0, *(1 << e for e in range(lists * (lists - 1) // 2))]), lists)
    return max(float(table[row].sum(axis=0).max()) for row in codes)


def _spread(observed: int, cap: float) -> Floats:
    """A first grid: every number to 20, then steps of 6 % to the cap."""
    far = np.geomspace(20, max(cap, 40), max(int(np.log(max(cap, 40) / 20) / 0.06), 2))
    return np.unique(np.concatenate([np.arange(20), np.round(far)]))


def _widths(unseen: Floats) -> Floats:
    """How many whole numbers each grid point stands for (trapezoid, both ends whole)."""
    gaps = np.diff(unseen)
    width = np.empty(len(unseen))
    width[1:-1] = (gaps[1:] + gaps[:-1]) / 2
    width[0], width[-1] = gaps[0] / 2 + 0.5, gaps[-1] / 2 + 0.5
    return width


def _refine(unseen: Floats, logs: Floats) -> Floats:
    """Points to add: the middles of gaps that hold mass and over which the density changes much."""
    width = _widths(unseen)
    weight = np.exp(logs - logs.max()) * width
    share = weight / weight.sum()
    between = np.maximum(share[1:], share[:-1])
    wide = np.diff(unseen) > 1
    steep = (np.abs(np.diff(logs)) > 0.12) & (between > 1e-7)
    heavy = between > 0.02
    gap = np.flatnonzero(wide & (steep | heavy))
    return np.floor((unseen[gap] + unseen[gap + 1]) / 2)


def posterior(
    table: Table,
    *,
    delta: float | None = None,
    saturated: bool = False,
    cap: float | None = None,
    grid: Literal["log", "integer"] = "log",
) -> Posterior:
    """The posterior of the number unseen, averaged over all decomposable graphs with equal prior weight.

    ``delta`` is the hyper-Dirichlet mass of a cell (2^−J unless given). ``grid='log'`` grows and refines itself until
    next to no mass lies near its end, or up to ``cap``; ``grid='integer'`` takes every whole number from 1 to ``cap``
    (10 n unless given), as the established implementation does.
    """
    scorer = Scorer(table, delta)
    if grid == "integer":
        unseen = np.arange(1.0, (cap or 10 * table.observed) + 1)
        graphs = _candidates(scorer, np.unique(np.round(np.geomspace(1, unseen[-1], 64))), saturated)
        logs, weights = _score(scorer, graphs, unseen, np.ones(len(unseen)))
        mass = np.exp(logs - logs.max())
        return Posterior(unseen, mass / mass.sum(), graphs, weights, _saturated(scorer, unseen, logs, saturated))
    reach = cap or 10.0 * table.observed
    while True:
        unseen = _spread(table.observed, reach)
        graphs = _candidates(scorer, unseen[::4] if scorer.lists > 6 else unseen, saturated)
        logs, weights = _score(scorer, graphs, unseen, _widths(unseen))
        mass = np.exp(logs - logs.max()) * _widths(unseen)
        tail = mass[unseen > reach / 2].sum() / mass.sum()
        if cap or tail < SETTLED or reach >= FARTHEST * table.observed:
            break
        reach *= 10
    if table.observed <= SHARP:
        graphs = graphs[weights > NEGLIGIBLE]
    for _ in range(40):
        extra = np.setdiff1d(_refine(unseen, logs), unseen)
        if not len(extra):
            break
        more, _ = _score(scorer, graphs, extra, None)
        unseen, logs = np.concatenate([unseen, extra]), np.concatenate([logs, more])
        order = np.argsort(unseen)
        unseen, logs = unseen[order], logs[order]
    width = _widths(unseen)
    logs, weights = _score(scorer, graphs, unseen, width)
    mass = np.exp(logs - logs.max()) * width
    return Posterior(unseen, mass / mass.sum(), graphs, weights, _saturated(scorer, unseen, logs, saturated))


def _score(scorer: Scorer, graphs: Ints, unseen: Floats, width: Floats | None) -> tuple[Floats, Floats]:
    """Log density at each place summed over graphs; and, when widths are given, the graphs' weights."""
    codes = chordal.encode(graphs, scorer.lists)
    logs = np.empty(len(unseen))
    block = max(64, (1 << 21) // (scorer.lists << scorer.lists))
    for start in range(0, len(unseen), block):
        piece = slice(start, start + block)
        score_grid(codes, scorer.table(unseen[piece]), logs[piece], np.zeros(0), 0.0, np.zeros(0))
    base = scorer.base(unseen)
    weights = np.zeros(len(graphs))
    if width is not None:
        total = float((logs + base).max())
        for start in range(0, len(unseen), block):
            piece = slice(start, start + block)
            score_grid(
                codes, scorer.table(unseen[piece]), logs[piece], base[piece] + np.log(width[piece]), total, weights
            )
        weights /= weights.sum()
    return logs + base, weights


def _saturated(scorer: Scorer, unseen: Floats, logs: Floats, within: bool) -> float:
    """Share of the saturated graph beside the others, from one unseen on; ``within``: it is among those of ``logs``."""
    full = np.array([(1 << (scorer.lists * (scorer.lists - 1) // 2)) - 1])
    some = unseen >= 1
    alone, _ = _score(scorer, full, unseen[some], None)
    width = _widths(unseen)[some]
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
    """Estimate the total by Bayesian averaging over decomposable graphs; exact for three to seven lists.

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
    found = posterior(table, delta=delta, saturated=saturated, cap=cap, grid=grid)
    seen = table.observed
    low, median, high = seen + found.quantiles(np.array([(1 - level) / 2, 0.5, (1 + level) / 2]))
    rng = np.random.default_rng([seed, 2])
    draws = seen + found.quantiles((np.arange(samples) + rng.random(samples)) / samples)
    rng.shuffle(draws)
    end = float(found.unseen[-1])
    limits = [factor * seen for factor in (10, 20, 30, 100, 300) if factor * seen < end]
    order = np.argsort(-found.weights)[:8]
    diagnostics: dict[str, Any] = {
        **picture(table),
        "graphs": chordal.NUMBER[len(table.lists)] - (not saturated),
        "top_models": [
            {"model": chordal.name(int(found.graphs[i]), table.lists), "weight": float(found.weights[i])} for i in order
        ],
        "saturated": "took part" if saturated else "left out",
        "saturated_weight": found.saturated,
        "delta": 2.0 ** -len(table.lists) if delta is None else delta,
        "grid": {"kind": grid, "points": len(found.unseen), "end": end},
        "mass_near_cap": found.beyond(end / 2),
        "median_by_cap": {f"{limit:.0f}": seen + float(found.quantiles(np.array([0.5]), limit)[0]) for limit in limits},
        "mean_by_cap": {f"{limit:.0f}": seen + found.mean(limit) for limit in limits},
        "modes": modes(draws, seen),
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
    if len(table.lists) == 3:
        said.append("with three lists nothing tests the assumption that no interaction of all three exists")
    return tuple(said)
