"""A posterior of the number unseen on a grid: dense where it is low, logarithmic beyond, refined where it is steep."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.interpolate import CubicSpline

from uncounted.estimate.tables import Floats

FARTHEST = 1000
"""How many times the number observed the grid may reach for the unseen before it gives up growing."""
SETTLED = 1e-5
STEP = 0.08
BETWEEN = 6


@dataclass(frozen=True)
class Posterior:
    """p(n0 | data) at ``unseen`` (ascending), as the mass that each grid point stands for."""

    unseen: Floats
    mass: Floats

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


def spline(at: Floats, values: Floats, wanted: Floats) -> Floats:
    """The cubic spline through ``values`` at ``at``, at the places wanted."""
    build: Any = CubicSpline
    return np.asarray(build(at, values)(wanted))


def widths(unseen: Floats) -> Floats:
    """How many whole numbers each grid point stands for (trapezoid, both ends whole)."""
    gaps = np.diff(unseen)
    width = np.empty(len(unseen))
    width[1:-1] = (gaps[1:] + gaps[:-1]) / 2
    width[0], width[-1] = gaps[0] / 2 + 0.5, gaps[-1] / 2 + 0.5
    return width


def spread(cap: float, start: float = 0.0) -> Floats:
    """Every number to 20, then equal steps of the logarithm to the cap; those from ``start`` on."""
    last = max(cap, 40.0)
    far = np.geomspace(20, last, max(int(np.log(last / 20) / STEP), 2))
    every = np.unique(np.concatenate([np.arange(20), np.round(far)]))
    return np.asarray(every[every >= start])


def refine(unseen: Floats, logs: Floats) -> Floats:
    """Points to add: the middles of gaps that hold mass and over which the density changes much."""
    weight = np.exp(logs - logs.max()) * widths(unseen)
    share = weight / weight.sum()
    between = np.maximum(share[1:], share[:-1])
    gap = np.flatnonzero((np.diff(unseen) > 1) & (np.abs(np.diff(logs)) > 0.7) & (between > 1e-7))
    return np.asarray(np.floor((unseen[gap] + unseen[gap + 1]) / 2))


def settle(density: Callable[[Floats], Floats], observed: int, cap: float | None) -> tuple[Floats, Floats]:
    """Grow a grid until next to no mass lies near its end (or to ``cap``), then refine it.

    ``density`` gives the log of the posterior, up to a constant, at numbers unseen. Returns grid and log density.
    """
    reach = cap or 10.0 * observed
    unseen = spread(reach)
    logs = density(unseen)
    while cap is None and reach < FARTHEST * observed:
        mass = np.exp(logs - logs.max()) * widths(unseen)
        if mass[unseen > reach / 2].sum() < SETTLED * mass.sum():
            break
        reach *= 10
        more = spread(reach, unseen[-1] + 1)
        unseen, logs = np.concatenate([unseen, more]), np.concatenate([logs, density(more)])
    for _ in range(40):
        extra = np.setdiff1d(refine(unseen, logs), unseen)
        if not len(extra):
            break
        unseen, logs = np.concatenate([unseen, extra]), np.concatenate([logs, density(extra)])
        order = np.argsort(unseen)
        unseen, logs = unseen[order], logs[order]
    return unseen, logs


def fill(unseen: Floats, logs: Floats) -> Posterior:
    """Interpolate the log density by cubic splines in log (n0 + 1) to several points a gap, as whole numbers."""
    starts, gaps = unseen[:-1], np.diff(unseen)
    dense = np.unique(np.round((starts[:, None] + gaps[:, None] * (np.arange(BETWEEN) / BETWEEN)).reshape(-1)))
    dense = np.append(dense, unseen[-1])
    held = logs > logs.max() - 700
    first, last = np.flatnonzero(held)[[0, -1]]
    near = slice(max(first - 2, 0), last + 3)
    within = (dense >= unseen[near][0]) & (dense <= unseen[near][-1])
    if len(unseen[near]) < 4:
        dense, values = unseen[near], logs[near]
    else:
        dense = dense[within]
        values = spline(np.log1p(unseen[near]), logs[near], np.log1p(dense))
    mass = np.exp(values - values.max()) * widths(dense)
    return Posterior(dense, mass / mass.sum())
