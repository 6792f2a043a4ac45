"""Simulation-based calibration of each Bayesian engine (Talts and others 2018): are its ranks uniform?

    python -m bench.calibration --engines dga nhoi shrinkage --replicates 300 --out ranks.csv --picture ranks.svg

Truths are drawn from an engine's own prior, people from the truth, and the truth is ranked among the engine's draws.
The priors of the number of people have no end, so truths lie in a range and draws outside it are left aside, which is
the posterior of the prior cut to that range. Tables that an engine refuses, or on which a list holds nobody, are passed
over: that depends on the data alone and leaves ranks uniform. Rows that the file holds are not made again.
"""

import argparse
import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

RANGE = (60.0, 6000.0)
LISTS = 3
Drawn = tuple[np.ndarray, int]
"""Counts of the 2^J − 1 seen patterns and the number unseen."""


def _people(rng: np.random.Generator) -> int:
    """p(N) ∝ 1/N within the range."""
    return round(float(np.exp(rng.uniform(*np.log(RANGE)))))


def _cells(rng: np.random.Generator, chances: np.ndarray) -> Drawn:
    drawn = rng.multinomial(_people(rng), chances / chances.sum())
    return drawn[1:], int(drawn[0])


def dga(rng: np.random.Generator) -> Drawn:
    """A decomposable graph with equal chance, cell probabilities from its hyper-Dirichlet law with mass 1 a cell."""
    from uncounted.estimate import chordal

    code = chordal.encoded(LISTS)[rng.integers(chordal.NUMBER[LISTS] - 1)]
    cells = np.arange(1 << LISTS)
    chances = np.ones(1 << LISTS)
    for one in reversed(code):
        vertex, near = int(one) >> LISTS, int(one) & ((1 << LISTS) - 1)
        mass = 2.0 ** (LISTS - near.bit_count() - 1)
        on = rng.beta(mass, mass, size=1 << LISTS)[cells & near]
        chances *= np.where(cells >> vertex & 1, on, 1 - on)
    return _cells(rng, chances)


def nhoi(rng: np.random.Generator) -> Drawn:
    """Shares of the seen patterns from their Dirichlet prior; the unseen share follows with ξ = 1."""
    from uncounted.estimate.nhoi import unseen_share

    shares = np.maximum(rng.dirichlet(np.full((1 << LISTS) - 1, 0.5)), 1e-300)
    unseen = float(unseen_share(shares[None, :], 1.0)[0])
    return _cells(rng, np.concatenate([[unseen], (1 - unseen) * shares]))


def lcmcr(rng: np.random.Generator) -> Drawn:
    """Three classes, their weights by stick breaking."""
    sticks = rng.beta(1, max(rng.gamma(0.25, 4), 1e-12), size=3)
    sticks[2] = 1
    weights = sticks * np.cumprod(np.append(1, 1 - sticks[:2]))
    on = rng.random((3, LISTS))
    marks = np.arange(1 << LISTS)[:, None] >> np.arange(LISTS) & 1
    return _cells(rng, np.prod(np.where(marks[:, None, :], on, 1 - on), axis=2) @ weights)


def shrinkage(rng: np.random.Generator) -> Drawn:
    """A story by its chance, its numbers, and p(n0) ∝ 1/n0 within the range."""
    from uncounted.estimate import foretold, stories

    pairs = [0b011, 0b101, 0b110]
    many = int(rng.choice(5, p=[*stories.BY_PAIRS, 1 - sum(stories.BY_PAIRS)]))
    chosen = tuple(sorted(rng.permutation(pairs)[:many].tolist())) if many < 4 else ()
    loose = 0.0 if many < 4 else float(rng.choice(stories.LOOSE))
    differ = stories.kinds(classes=many <= stories.FEW)
    kind = list(differ)[rng.choice(len(differ), p=list(differ.values()))]
    prior = stories.prior(LISTS, chosen, loose, kind)
    unseen = _people(rng)
    told = np.zeros(len(prior.centre))
    told[1:] = rng.multivariate_normal(prior.centre[1:], np.linalg.inv(prior.precision[1:, 1:]))
    told[0] = np.log(rng.gamma(unseen))
    return rng.poisson(np.minimum(foretold.expected(told, LISTS)[1:], 1e9)), unseen


WORLDS: dict[str, tuple[Callable[[np.random.Generator], Drawn], dict[str, Any]]] = {
    "dga": (dga, {"delta": 1.0}),
    "nhoi": (nhoi, {}),
    "shrinkage": (shrinkage, {}),
    "lcmcr": (lcmcr, {"classes": 3, "cap": 1e12, "effort": 1}),
}


def rank(engine: str, replicate: int, seed: int) -> float | None:
    """Where the truth stands among the engine's draws, from 0 to 1; nothing where the table is passed over."""
    from uncounted.estimate import from_patterns, run
    from uncounted.model.errors import NotEnough

    rng = np.random.default_rng([seed, list(WORLDS).index(engine), replicate])
    world, options = WORLDS[engine]
    cells, unseen = world(rng)
    marks = np.arange(1, 1 << LISTS)[:, None] >> np.arange(LISTS) & 1
    if cells.sum() > 200_000 or not (cells @ marks > 0).all():
        return None
    try:
        found = run(engine, from_patterns([f"l{j}" for j in range(LISTS)], marks, cells), seed=replicate, **options)
    except NotEnough:
        return None
    # The range is of everybody, except for shrinkage, whose prior is of the unseen.
    apart = found.observed if engine == "shrinkage" else 0
    draws, truth = found.draws - apart, float(unseen + (0 if engine == "shrinkage" else cells.sum()))
    draws = draws[(draws >= RANGE[0] - 0.5) & (draws <= RANGE[1] + 0.5)]
    if len(draws) < 100:
        return None
    ties = (draws == truth).sum()
    return float(((draws < truth).sum() + rng.random() * (ties + 1)) / (len(draws) + 1))


def picture(rows: list[dict[str, str]], file: Path) -> None:
    """Histograms of ranks with the band that uniform ranks would keep to 95 times in 100."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    from scipy.stats import binom

    engines = [engine for engine in WORLDS if any(row["engine"] == engine for row in rows)]
    figure = Figure(figsize=(2.6 * len(engines), 2.4), layout="constrained")
    for axes, engine in zip(np.atleast_1d(figure.subplots(1, len(engines))), engines, strict=True):
        ranks = [float(row["rank"]) for row in rows if row["engine"] == engine and row["rank"]]
        axes.axhspan(*binom.ppf([0.025, 0.975], len(ranks), 0.1), color="#dfe6ec")
        axes.hist(ranks, bins=np.linspace(0, 1, 11), color="#22313f", rwidth=0.9)
        axes.set_title(f"{engine} ({len(ranks)})", fontsize=9)
        axes.set_yticks([])
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
    with rc_context({"svg.hashsalt": "uncounted"}):
        figure.savefig(file, metadata={"Date": None, "Creator": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", nargs="+", choices=list(WORLDS), default=["dga", "nhoi", "shrinkage"])
    parser.add_argument("--replicates", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--picture", type=Path)
    given, _ = parser.parse_known_args()
    rows: list[dict[str, str]] = []
    if given.out and given.out.exists():
        with given.out.open(newline="", encoding="utf-8") as text:
            rows = list(csv.DictReader(text))
    known = {(row["engine"], row["replicate"], row["seed"]) for row in rows}
    for engine in given.engines:
        for replicate in range(given.replicates):
            if (engine, str(replicate), str(given.seed)) not in known:
                found = rank(engine, replicate, given.seed)
                told = "" if found is None else f"{found:.4f}"
                rows.append({"engine": engine, "replicate": str(replicate), "rank": told, "seed": str(given.seed)})
        ranks = np.array([float(row["rank"]) for row in rows if row["engine"] == engine and row["rank"]])
        tenths = np.histogram(ranks, np.linspace(0, 1, 11))[0]
        chi = float(((tenths - len(ranks) / 10) ** 2).sum() / (len(ranks) / 10))
        print(
            f"{engine}: {len(ranks)} ranks, tenths {tenths.tolist()}, χ² of 9 degrees {chi:.1f} (16.9 at 5 %)",
            flush=True,
        )
        if given.out:
            with given.out.open("w", newline="", encoding="utf-8") as text:
                writer = csv.DictWriter(text, ["engine", "replicate", "rank", "seed"], lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
    if given.picture:
        picture(rows, given.picture)


if __name__ == "__main__":
    main()
