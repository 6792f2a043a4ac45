"""Latent classes: people differ in how lists find them; classes are weighted by the data (Manrique-Vallier 2016)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from uncounted.estimate import chance, population
from uncounted.estimate.bootstrap import workers
from uncounted.estimate.checks import carry, picture
from uncounted.estimate.convergence import Mixing, mixing
from uncounted.estimate.modes import modes, spoken
from uncounted.estimate.result import Estimate, from_draws
from uncounted.estimate.tables import Floats, Table
from uncounted.model.errors import BadInput, NotEnough

CAP = 20.0
"""How many times the number observed the unseen may reach unless a cap is given: the peers' tacit limit, made plain."""
LARGEST = 2_000_000
"""People observed beyond which the sampler is not run."""
AGREE = 1.02
"""R-hat from which populations are said to disagree."""
POPULATIONS = 8


class Effort(NamedTuple):
    """The size of a run.

    ``points`` a population; ``share`` of them that stay effective when more people are let in; ``moves`` of each point
    after that; Gibbs ``sweeps``, ``shifts`` of whole classes and length of the path in a move; ``turns`` kept.
    """

    points: int
    share: float
    moves: int
    sweeps: int
    shifts: int
    path: float
    turns: int


SMALL = 1000
"""People observed below which the posterior is so wide that shifts of classes find their way without a path."""
QUICK = Effort(24, 0.7, 2, 1, 40, 0.0, 300)
TRIES = (
    Effort(48, 0.7, 2, 1, 40, 0.7, 120),
    Effort(160, 0.85, 2, 1, 60, 0.7, 120),
    Effort(400, 0.93, 3, 2, 60, 1.0, 150),
)
"""Each next run is made where populations disagree; the last takes minutes. Small tables begin with the quick one."""


def sample(table: Table, classes: int, seed: int, effort: Effort) -> tuple[Floats, Floats]:
    """Draw from the posterior with populations that start at the prior, each on its own.

    Returns the chances of being seen at all (populations × turns × points) and facts of each population: steps, log
    evidence, acceptance, step size. The answer does not depend on the number of threads.
    """
    generators = chance.states(seed, 10, POPULATIONS)
    size = classes * len(table.lists) + classes - 1
    kept = np.empty((POPULATIONS, effort.turns, effort.points))
    facts = np.empty((POPULATIONS, 4))
    counts = table.counts.astype(float)

    def one(place: int) -> None:
        start = np.empty((effort.points, size))
        population.run(
            generators[place], table.patterns, counts, classes, start, effort.share, effort.moves, effort.sweeps,
            effort.shifts, effort.path, kept[place], facts[place],
        )  # fmt: skip

    with ThreadPoolExecutor(workers()) as pool:
        list(pool.map(one, range(POPULATIONS)))
    return kept, facts


def lcmcr(
    table: Table,
    *,
    seed: int = 1,
    level: float = 0.95,
    classes: int = 10,
    cap: float | None = None,
    effort: int | None = None,
) -> Estimate:
    """Estimate the total by a mixture of latent classes.

    ``cap`` is the largest number unseen that is thought possible (20 n unless given); the answer at twice the cap and
    without one is shown beside it. Eight populations start at the prior; where they disagree (R-hat ≥ 1.02) the run
    is made again with more points and flagged if they still do. ``effort`` (1 to 3) fixes the size of the run.
    Raises :class:`NotEnough` where the table cannot carry a number.
    """
    if classes < 1 or (effort is not None and effort not in range(1, len(TRIES) + 1)):
        raise BadInput("classes and effort", "must be at least 1, and effort at most 3")
    table, warnings = carry(table, 3, "lcmcr")
    if table.observed > LARGEST:
        raise NotEnough(
            f"{table.observed:,} people",
            f"are more than the sampler of classes is made for ({LARGEST:,}); it would not come to an end",
            "Use loglinear or dga, or estimate strata with --by.",
        )
    able = (QUICK if table.observed < SMALL else TRIES[0], *TRIES[1:])
    tries = able if effort is None else able[effort - 1 : effort]
    for size in tries:
        kept, facts = sample(table, classes, seed, size)
        found = mixing(np.log1p(-np.minimum(kept, 1 - 1e-16)) - np.log(kept))
        if found.r_hat < AGREE:
            break
    rng = np.random.default_rng([seed, 11])
    unseen = _unseen(rng, table.observed, kept.reshape(-1))
    limit = CAP * table.observed if cap is None else cap
    inside = unseen <= limit
    if inside.mean() < 0.05:
        raise NotEnough(
            "lcmcr",
            f"{1 - inside.mean():.0%} of the probability lies beyond the cap of {limit:,.0f} unseen",
            "Nothing in these lists bounds the number.",
        )
    draws = table.observed + unseen[inside]
    medians = {
        f"{factor:g}": table.observed + float(np.median(unseen[unseen <= factor * limit])) for factor in (0.5, 1, 2)
    }
    medians["none"] = table.observed + float(np.median(unseen))
    diagnostics: dict[str, Any] = {
        **picture(table), "classes": classes, "r_hat": found.r_hat, "ess": found.ess,
        "converged": found.r_hat < AGREE,
        "population_medians": (table.observed + np.median(_odds(kept) * table.observed, axis=(1, 2))).tolist(),
        "log_evidence": facts[:, 1].tolist(), "steps": float(facts[:, 0].mean()),
        "acceptance": float(facts[:, 2].mean()),
        "points": int(kept.shape[2]), "populations": POPULATIONS, "draws": int(kept.size), "cap": limit,
        "mass_beyond_cap": float(1 - inside.mean()),
        "mass_near_cap": float((draws > table.observed + limit / 2).mean()),
        "median_by_cap": medians, "modes": modes(draws, table.observed), "seed": seed,
    }  # fmt: skip
    return from_draws("lcmcr", table, draws, level, diagnostics, warnings=warnings + _warn(found, diagnostics, table))


def _odds(seen: Floats) -> Floats:
    return np.asarray((1 - seen) / seen)


def _unseen(rng: np.random.Generator, observed: int, seen: Floats) -> Floats:
    """n0 given each draw of the chance of being seen: negative binomial, as a Poisson with a gamma rate."""
    rate = rng.gamma(observed, size=len(seen)) * _odds(seen)
    return np.asarray(np.where(rate < 1e15, rng.poisson(np.minimum(rate, 1e15)), rate))


def _warn(found: Mixing, diagnostics: dict[str, Any], table: Table) -> tuple[str, ...]:
    said: list[str] = []
    if found.r_hat >= AGREE:
        said.append(f"the sampler's populations disagree (R-hat {found.r_hat:.3f}): not converged, do not rely on this")
    if found.ess < 400:
        said.append(f"only {found.ess:.0f} effective draws")
    said.extend(spoken(diagnostics["modes"]))
    if diagnostics["mass_beyond_cap"] > 0.01 or diagnostics["mass_near_cap"] > 0.01:
        said.append(
            f"{diagnostics['mass_beyond_cap']:.1%} of the probability lies beyond the cap of {diagnostics['cap']:,.0f} "
            f"unseen and {diagnostics['mass_near_cap']:.1%} of the rest near it"
        )
    if len(table.lists) == 3:
        said.append("three lists leave nothing to test a model of classes by")
    return tuple(said)
