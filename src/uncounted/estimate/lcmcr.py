"""Latent classes: people differ in how lists find them; classes are weighted by the data (Manrique-Vallier 2016)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from uncounted.estimate import chance, ladder, latent
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
"""R-hat from which chains are said to disagree."""
CHAINS = 8
SWEEPS, SHIFTS = 1, 20
"""Gibbs sweeps and moves of whole classes in a turn of each chain."""
TURNS = (2000, 8000, 32000)
"""Turns in all after which the chains are compared; they go on where they disagree. The last takes minutes."""
WARMING = 4
"""One of so many turns is left out at the beginning."""
MOST = 50_000
"""Draws of the total that are handed on at most."""


def sample(table: Table, classes: int, seed: int, turns: tuple[int, ...]) -> tuple[Floats, Floats, Mixing]:
    """Draw from the posterior with ladders of chains, each from its own draw of the prior.

    Goes on from each number of ``turns`` to the next while chains disagree. Returns the chances of being seen at all
    (chains × turns kept), how often each rung changed places with the next (chains × rungs), and how well the chains
    agree. The answer does not depend on the number of threads.
    """
    generators = chance.states(seed, 10, CHAINS)
    counts = ladder.rungs(table.counts.astype(float))
    points = np.empty((CHAINS, len(counts), classes * len(table.lists) + classes - 1))
    moved = np.empty((CHAINS, len(counts)))
    for state, mine in zip(generators, points, strict=True):
        for point in mine:
            latent.from_prior(state, point, classes, len(table.lists))
    seen = np.empty((CHAINS, 0))
    for upto in turns:
        more = np.empty((CHAINS, upto - seen.shape[1]))

        def one(place: int, more: Floats = more) -> None:
            ladder.climb(
                generators[place], table.patterns, counts, classes, SWEEPS, SHIFTS, points[place], more[place],
                moved[place],
            )  # fmt: skip

        with ThreadPoolExecutor(workers()) as pool:
            list(pool.map(one, range(CHAINS)))
        seen = np.concatenate([seen, more], axis=1)
        kept = seen[:, upto // WARMING :]
        found = mixing(np.log1p(-np.minimum(kept, 1 - 1e-16)) - np.log(kept))
        if found.r_hat < AGREE:
            break
    return kept, moved, found


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
    without one is shown beside it. Eight ladders of chains start at the prior; where they disagree (R-hat ≥ 1.02)
    they go on, and are flagged if they still do. ``effort`` (1 to 3) fixes the length of the run.
    Raises :class:`NotEnough` where the table cannot carry a number.
    """
    if classes < 1 or (effort is not None and effort not in range(1, len(TURNS) + 1)):
        raise BadInput("classes and effort", "must be at least 1, and effort at most 3")
    table, warnings = carry(table, 3, "lcmcr")
    if table.observed > LARGEST:
        raise NotEnough(
            f"{table.observed:,} people",
            f"are more than the sampler of classes is made for ({LARGEST:,}); it would not come to an end",
            "Use loglinear or dga, or estimate strata with --by.",
        )
    kept, moved, found = sample(table, classes, seed, TURNS if effort is None else TURNS[effort - 1 : effort])
    rng = np.random.default_rng([seed, 11])
    unseen = _unseen(rng, table.observed, kept[:, :: -(-kept.size // MOST)].reshape(-1))
    rng.shuffle(unseen)
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
        "chain_medians": (table.observed / np.median(kept, axis=1)).tolist(),
        "exchanges": float(moved[:, :-1].mean()) if moved.shape[1] > 1 else None,
        "chains": CHAINS, "rungs": int(moved.shape[1]), "draws": int(kept.size), "cap": limit,
        "mass_beyond_cap": float(1 - inside.mean()),
        "mass_near_cap": float((draws > table.observed + limit / 2).mean()),
        "median_by_cap": medians, "modes": modes(draws, table.observed), "seed": seed,
    }  # fmt: skip
    return from_draws("lcmcr", table, draws, level, diagnostics, warnings=warnings + _warn(found, diagnostics, table))


def _unseen(rng: np.random.Generator, observed: int, seen: Floats) -> Floats:
    """n0 given each draw of the chance of being seen: negative binomial, as a Poisson with a gamma rate."""
    rate = rng.gamma(observed, size=len(seen)) * (1 - seen) / seen
    return np.asarray(np.where(rate < 1e15, rng.poisson(np.minimum(rate, 1e15)), rate))


def _warn(found: Mixing, diagnostics: dict[str, Any], table: Table) -> tuple[str, ...]:
    said: list[str] = []
    if found.r_hat >= AGREE:
        said.append(f"the sampler's chains disagree (R-hat {found.r_hat:.3f}): not converged, do not rely on this")
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
