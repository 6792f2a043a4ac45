"""Shrunken interactions: lists may depend on each other and people may differ, as far as the data and the prior say.

All 2^J log-linear terms are in the model, the interaction of all lists among them, and a mixture of priors
(:mod:`stories`) says which are likely to be of any size and how people differ.
"""

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from scipy.special import logsumexp

from uncounted.estimate import foretold
from uncounted.estimate.checks import carry, picture
from uncounted.estimate.grid import spline
from uncounted.estimate.interactions import fit, profile
from uncounted.estimate.modes import modes
from uncounted.estimate.result import Estimate, from_draws, loose_ends
from uncounted.estimate.stories import BY_PAIRS, FEW, KINDS, LOOSE, Story, kinds
from uncounted.estimate.tables import Floats, Table
from uncounted.model.errors import NotEnough

WIDTH = 6
"""How many sets of pairs of one size are grown by a further pair."""
CLOSE = 7.0
"""Stories whose evidence lies further than this below the best (on the log scale) are left out."""
LARGEST = 8
ENDLESS = 1000.0


@dataclass(frozen=True)
class Fitted:
    """A story with its log evidence (by Laplace's method, prior chance included) and the mode of its coefficients."""

    story: Story
    evidence: float
    mode: Floats


def _fit(cells: Floats, lists: int, start: Floats, story: Story) -> Fitted:
    told = story.prior(lists)
    mode = np.concatenate([start, told.centre[len(start) :]])
    value, determinant, _ = fit(cells, told.centre, told.precision, mode, 0)
    return Fitted(story, value - 0.5 * determinant - told.half + story.chance, mode)


def stories(table: Table) -> list[Fitted]:
    """Fit the stories: none, then pairs grown from the best sets of the size before, then loose interactions."""
    lists, cells = len(table.lists), table.dense().astype(float)
    every = [1 << i | 1 << j for i, j in combinations(range(lists), 2)]
    begin = start(table)
    found: list[Fitted] = []
    layer: set[frozenset[int]] = {frozenset()}
    for many, chance in enumerate(BY_PAIRS):
        ways = float(np.prod([(len(every) - i) / (i + 1) for i in range(many)]))
        if not layer or ways < 1:
            break
        best: dict[frozenset[int], float] = {}
        for pairs in sorted(layer, key=sorted):
            for kind, share in kinds(classes=many <= FEW).items():
                story = Story(tuple(sorted(pairs)), 0.0, kind, float(np.log(chance * share / ways)))
                fitted = _fit(cells, lists, begin, story)
                found.append(fitted)
                best[pairs] = max(best.get(pairs, -np.inf), fitted.evidence)
        grown = sorted(best, key=lambda pairs: (-best[pairs], sorted(pairs)))[:WIDTH]
        layer = {pairs | {one} for pairs in grown for one in every if one not in pairs}
    for loose in LOOSE:
        for kind, share in kinds(classes=False).items():
            chance = (1 - sum(BY_PAIRS)) * share / len(LOOSE)
            found.append(_fit(cells, lists, begin, Story((), loose, kind, float(np.log(chance)))))
    best_evidence = max(fitted.evidence for fitted in found)
    return [fitted for fitted in found if fitted.evidence > best_evidence - CLOSE]


def start(table: Table) -> Floats:
    """Where the search for a mode begins: as many unseen as seen, the lists by their sizes, no interactions."""
    beta = np.zeros(1 << len(table.lists))
    beta[0] = np.log(table.observed)
    share = np.clip(0.6 * table.sizes / table.observed, 1e-6, 0.99)
    beta[1 << np.arange(len(table.lists))] = np.log(share / (1 - share))
    return beta


def density(table: Table, found: list[Fitted]) -> tuple[Floats, Floats]:
    """The posterior of log E n0 on one grid, one row a story: places (P) and log densities (stories × P)."""
    lists, cells = len(table.lists), table.dense().astype(float)
    places = 25 if lists < 7 else 13
    curves: list[tuple[Floats, Floats]] = []
    for fitted in found:
        story = fitted.story
        told = story.prior(lists)
        at, logs = np.empty(places), np.empty(places)
        profile(cells, told.centre, told.precision, fitted.mode, at, logs)
        curves.append((at, logs - told.half + story.chance))
    grid = np.linspace(min(at[0] for at, _ in curves), max(at[-1] for at, _ in curves), 2000)
    rows = np.full((len(curves), len(grid)), -np.inf)
    for row, (at, logs) in zip(rows, curves, strict=True):
        inside = (grid >= at[0]) & (grid <= at[-1])
        row[inside] = spline(at, logs, grid[inside])
    return grid, rows


def _quantiles(grid: Floats, logs: Floats, at: Floats) -> Floats:
    mass = np.exp(logs - logs.max())
    return np.interp(at, (np.cumsum(mass) - 0.5 * mass) / mass.sum(), grid)


def shrinkage(table: Table, *, seed: int = 1, level: float = 0.95, samples: int = 4000) -> Estimate:
    """Estimate the total with every interaction in the model, each shrunk as far as the lists let it be.

    The answer is the mixture over stories by their posterior chance. It does not vanish as a group that is found less
    easily does: the interaction of all lists, which no data can test, keeps the spread that its prior gives it. Raises
    :class:`NotEnough` where the table cannot carry a number.
    """
    table, warnings = carry(table, 3, "shrinkage")
    if len(table.lists) > LARGEST:
        raise NotEnough(
            f"{len(table.lists)} lists",
            f"shrinkage keeps every interaction, which is too many beyond {LARGEST}",
            "Choose lists with --lists, or use dga or lcmcr.",
        )
    found = stories(table)
    grid, rows = density(table, found)
    logs = np.asarray(logsumexp(rows, axis=0))
    rng = np.random.default_rng([seed, 5])
    means = np.exp(_quantiles(grid, logs, (np.arange(samples) + rng.random(samples)) / samples))
    if float(np.quantile(means, (1 + level) / 2)) > ENDLESS * table.observed:
        raise NotEnough(
            "shrinkage",
            f"more than {(1 - level) / 2:.1%} of the probability lies beyond {ENDLESS:,.0f} times the number recorded",
            "Nothing in these lists bounds the number.",
        )
    draws = table.observed + rng.poisson(means).astype(float)
    rng.shuffle(draws)
    weights = np.exp(logsumexp(rows, axis=1) - logsumexp(rows))
    told = [(fitted.story, float(weight)) for fitted, weight in zip(found, weights, strict=True)]
    diagnostics = {
        **picture(table), **foretold.carrying(told, table.lists),
        "sweep": _sweep(table, found, (grid, rows), weights, level), "seed": seed,
        "modes": modes(draws, table.observed),
        "predictive": foretold.predictive(table, [fitted.mode for fitted in found], weights, rng),
    }  # fmt: skip
    answer = from_draws("shrinkage", table, draws, level, diagnostics)
    said = (*warnings, *foretold.warnings(table, diagnostics), *loose_ends(answer.low, answer.high))
    return replace(answer, warnings=said)


def _sweep(
    table: Table, found: list[Fitted], curves: tuple[Floats, Floats], weights: Floats, level: float
) -> list[dict[str, float | str]]:  # fmt: skip
    """What the answer would be were people thought to differ in one way and not in another."""
    grid, rows = curves
    at = np.array([(1 - level) / 2, 0.5, (1 + level) / 2])
    curve: list[dict[str, float | str]] = []
    for name in dict.fromkeys(foretold.differing(kind) for kind in KINDS):
        some = [i for i, fitted in enumerate(found) if foretold.differing(fitted.story.kind) == name]
        if some:
            logs = np.asarray(logsumexp(rows[some], axis=0))
            low, median, high = (table.observed + np.exp(_quantiles(grid, logs, at))).tolist()
            weight = float(weights[some].sum())
            curve.append({"people": name, "weight": weight, "median": median, "low": low, "high": high})
    return curve
