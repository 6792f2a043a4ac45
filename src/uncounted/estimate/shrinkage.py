"""Shrunken interactions: lists may depend on each other and people may differ, as far as the data and the prior say.

All 2^J log-linear terms are in the model, the interaction of all lists among them, and a mixture of priors says which
are likely to be of any size. Each prior is one story of the lists: some pairs depend on each other, or all interactions
are loose by τ; and, apart from that, people differ in how easily lists find them, which shifts all pairs of lists
together by about s, upwards alone. A story with no pairs, no τ and no s is independence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np
from scipy.special import logsumexp

from uncounted.estimate.checks import carry, picture
from uncounted.estimate.grid import spline
from uncounted.estimate.interactions import fit, profile
from uncounted.estimate.modes import modes, spoken
from uncounted.estimate.result import Estimate, from_draws, loose_ends
from uncounted.estimate.tables import Floats, Table
from uncounted.model.errors import NotEnough

NOTHING = 0.005
"""Standard deviation of an interaction that a story holds for absent."""
PAIR, MAIN = 1.5, 3.0
"""Standard deviations of the log odds ratio of a pair that depends, and of a single list's term."""
LOOSE = (0.15, 0.4, 1.0, 2.0)
SHIFTS = (0.0, 0.3, 0.6, 1.2)
DOUBT, UNEVEN = 0.5, 0.15
"""Of a common shift: how far all pairs together, and each term alone, may lie from it, as shares of it."""
FADES = 0.7
"""How much smaller than the last each further order of interaction is thought to be."""
BY_PAIRS = (0.68, 0.17, 0.06, 0.02)
"""Prior chances that none, one, two or three pairs depend; the rest is for loose interactions of every order."""
BY_SHIFT = (0.75, 0.05, 0.1, 0.1)
WIDTH = 6
"""How many sets of pairs of one size are grown by a further pair."""
CLOSE = 7.0
"""Stories whose evidence lies further than this below the best (on the log scale) are left out."""
LARGEST = 8
ENDLESS = 1000.0


@dataclass(frozen=True)
class Story:
    """One prior: pairs that depend (bit sets of two lists), looseness τ, common shift s, and the log of its chance."""

    pairs: tuple[int, ...]
    loose: float
    shift: float
    chance: float


@dataclass(frozen=True)
class Prior:
    """Of a story's coefficients: centre (2^J), precision (2^J × 2^J, the constant's row zero) and half the log
    determinant of the covariance."""

    centre: Floats
    precision: Floats
    half: float


@lru_cache(maxsize=4096)
def prior(lists: int, pairs: tuple[int, ...], loose: float, shift: float) -> Prior:
    """The normal prior of a story.

    People who differ in how easily lists find them make every pair of lists overlap more than it otherwise would, never
    less: a pair's log odds ratio grows by the variance of their log odds (Darroch, Fienberg, Glonek & Junker 1993, JASA
    88:1137). So ``shift`` moves all pairs up together; what it does to higher orders has no certain sign.
    """
    size = 1 << lists
    order = np.array([term.bit_count() for term in range(size)])
    scale = FADES ** np.maximum(order - 2.0, 0.0)
    own = np.hypot(max(loose, NOTHING), UNEVEN * shift)
    covariance = np.diag(np.where(order == 1, MAIN**2, (own * scale) ** 2))
    common = np.where(order == 2, DOUBT * shift, scale * shift)
    together = (order[:, None] == order) & (order > 1)
    covariance += np.where(together, np.maximum(common, NOTHING) ** 2, 0.0)
    covariance[list(pairs), list(pairs)] += PAIR**2
    inside = covariance[1:, 1:]
    inverse = np.zeros((size, size))
    inverse[1:, 1:] = np.linalg.inv(inside)
    centre = np.where(order == 2, shift, 0.0)
    for array in (centre, inverse):
        array.setflags(write=False)
    return Prior(centre, inverse, 0.5 * float(np.linalg.slogdet(inside)[1]))


@dataclass(frozen=True)
class Fitted:
    """A story with its log evidence (by Laplace's method, prior chance included) and the mode of its coefficients."""

    story: Story
    evidence: float
    mode: Floats


def _fit(cells: Floats, lists: int, start: Floats, story: Story) -> Fitted:
    told = prior(lists, story.pairs, story.loose, story.shift)
    mode = start.copy()
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
            for shift, share in zip(SHIFTS, BY_SHIFT, strict=True):
                story = Story(tuple(sorted(pairs)), 0.0, shift, float(np.log(chance * share / ways)))
                fitted = _fit(cells, lists, begin, story)
                found.append(fitted)
                best[pairs] = max(best.get(pairs, -np.inf), fitted.evidence)
        grown = sorted(best, key=lambda pairs: (-best[pairs], sorted(pairs)))[:WIDTH]
        layer = {pairs | {one} for pairs in grown for one in every if one not in pairs}
    for loose in LOOSE:
        for shift, share in zip(SHIFTS, BY_SHIFT, strict=True):
            chance = (1 - sum(BY_PAIRS)) * share / len(LOOSE)
            found.append(_fit(cells, lists, begin, Story((), loose, shift, float(np.log(chance)))))
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
        told = prior(lists, story.pairs, story.loose, story.shift)
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
    diagnostics = {**picture(table), **_told(table, found, weights, grid, rows, level=level), "seed": seed}
    diagnostics["modes"] = modes(draws, table.observed)
    diagnostics["predictive"] = _foretold(table, found, weights, rng)
    answer = from_draws("shrinkage", table, draws, level, diagnostics)
    said = (*warnings, *_warn(table, diagnostics), *loose_ends(answer.low, answer.high))
    return replace(answer, warnings=said)


def _told(
    table: Table, found: list[Fitted], weights: Floats, grid: Floats, rows: Floats, *, level: float
) -> dict[str, Any]:
    """Which stories carry the answer, and what it would be were people thought more or less different."""
    order = np.argsort(-weights, kind="stable")[:8]
    curve = []
    for shift in SHIFTS:
        some = [i for i, fitted in enumerate(found) if fitted.story.shift == shift]
        if not some:
            continue
        low, median, high = table.observed + np.exp(
            _quantiles(
                grid, np.asarray(logsumexp(rows[some], axis=0)), np.array([(1 - level) / 2, 0.5, (1 + level) / 2])
            )
        )
        curve.append(
            {"shift": shift, "weight": float(weights[some].sum()), "median": float(median), "low": float(low),
             "high": float(high)}
        )  # fmt: skip
    pairs = [1 << i | 1 << j for i, j in combinations(range(len(table.lists)), 2)]
    return {
        "stories": len(found),
        "top_models": [{"model": _name(found[i].story, table.lists), "weight": float(weights[i])} for i in order],
        "people_differ": float(sum(w for w, f in zip(weights, found, strict=True) if f.story.shift > 0)),
        "loose": float(sum(w for w, f in zip(weights, found, strict=True) if f.story.loose > 0)),
        "pairs_depend": {
            _pair(pair, table.lists): float(
                sum(w for w, f in zip(weights, found, strict=True) if pair in f.story.pairs)
            )
            for pair in pairs
        },
        "sweep": curve,
    }


def _foretold(table: Table, found: list[Fitted], weights: Floats, rng: np.random.Generator) -> list[dict[str, Any]]:
    """What the stories foretell of pairs of lists and of people on one list, against what was seen (posterior
    predictive check, each story at its mode)."""
    lists = len(table.lists)
    cells = np.arange(1 << lists)
    within = (cells[:, None] & cells) == cells
    means = np.array([np.exp(np.minimum(within @ fitted.mode, 40)) for fitted in found])
    drawn = rng.poisson(means[rng.choice(len(found), 2000, p=weights / weights.sum())])
    seen = table.dense()
    asked = {_pair(1 << i | 1 << j, table.lists): 1 << i | 1 << j for i, j in combinations(range(lists), 2)}
    told = []
    for what, pair in asked.items():
        some = (cells & pair) == pair
        low, high = np.quantile(drawn[:, some].sum(axis=1), [0.025, 0.975])
        told.append({"what": what, "observed": int(seen[some].sum()), "low": float(low), "high": float(high)})
    single = np.array([cell.bit_count() == 1 for cell in range(1 << lists)])
    low, high = np.quantile(drawn[:, single].sum(axis=1), [0.025, 0.975])
    told.append(
        {"what": "on one list only", "observed": int(seen[single].sum()), "low": float(low), "high": float(high)}
    )
    return told


def _pair(pair: int, lists: tuple[str, ...]) -> str:
    return " & ".join(name for bit, name in enumerate(lists) if pair >> bit & 1)


def _name(story: Story, lists: tuple[str, ...]) -> str:
    parts = [_pair(pair, lists) + " depend" for pair in story.pairs]
    if story.loose:
        parts.append(f"all interactions loose (τ {story.loose:g})")
    if story.shift:
        parts.append(f"people differ (s {story.shift:g})")
    return "; ".join(parts) or "lists independent, people alike"


def undecided(told: Mapping[str, Any]) -> str | None:
    """What must be said where the lists do not decide how far people differ and much hangs on it, from an answer's
    diagnostics: a story of some weight answers outside the likeliest one's interval, and a quarter away or more."""
    strong = [point for point in told["sweep"] if point["weight"] > 0.02]
    likeliest = max(strong, key=lambda point: point["weight"])
    medians = [point["median"] for point in strong]
    within = all(likeliest["low"] <= median <= likeliest["high"] for median in medians)
    if within or max(medians) <= 1.25 * min(medians):
        return None
    return (
        f"the answer runs from {min(medians):,.0f} to {max(medians):,.0f} as people are thought alike or different, "
        "and the lists do not decide it"
    )


def _warn(table: Table, told: dict[str, Any]) -> tuple[str, ...]:
    said = list(spoken(told["modes"]))
    moved = undecided(told)
    if moved:
        said.append(moved)
    missed = [p["what"] for p in told["predictive"] if not p["low"] <= p["observed"] <= p["high"]]
    if missed:
        said.append(f"the model does not foretell what was seen of {', '.join(missed)}")
    if len(table.lists) == 3:
        said.append("three lists leave the interaction of all three to the prior: nothing here tests it")
    return tuple(said)
