"""Very long runs of the latent class posterior, to check the engine ``lcmcr`` against.

    python -m bench.long_chains TABLE.csv --chains 8 --turns 40000 --seed 1 [--plain]

Eight ladders of chains for far longer than the engine's, with a seed of their own; or (``--plain``) the plain Gibbs
sampler of Manrique-Vallier 2016 with 100 sweeps a turn, which shares with the engine one sweep and nothing else. All
start at draws from the prior and a quarter is left out. Prints a chain's median and effective size a line, then R-hat
over chains, quantiles within the cap of 20 n, peaks, the share of the probability beyond the cap, processor seconds.
"""

import argparse
import time
from pathlib import Path

import numpy as np

from bench.peers.__main__ import load

EACH = 100


def main() -> None:
    from uncounted.estimate import chance, ladder, latent
    from uncounted.estimate.convergence import mixing
    from uncounted.estimate.gibbs import chain
    from uncounted.estimate.lcmcr import CAP, SHIFTS, SWEEPS
    from uncounted.estimate.modes import modes

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--chains", type=int, default=8)
    parser.add_argument("--turns", type=int, default=40_000)
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true")
    given = parser.parse_args()
    table, classes = load(given.table), given.classes
    counts = ladder.rungs(table.counts.astype(float))[: 1 if given.plain else None]
    seen = np.empty((given.chains, given.turns))
    began = time.process_time()
    for which, state in enumerate(chance.states(given.seed, 21, given.chains)):
        points = np.empty((len(counts), classes * len(table.lists) + classes - 1))
        for point in points:
            latent.from_prior(state, point, classes, len(table.lists))
        if given.plain:
            chain(state, points[0], table.patterns, counts[0], classes, seen[which], EACH)
            seen[which] = 1 - seen[which]
        else:
            ladder.climb(
                state, table.patterns, counts, classes, SWEEPS, SHIFTS, points, seen[which], np.empty(len(counts))
            )  # fmt: skip
        part = seen[which : which + 1, given.turns // 4 :]
        print(f"chain {which}: median {table.observed / np.median(part):,.0f}, effective {mixing(part).ess:,.0f}, "
              f"{time.process_time() - began:,.0f} s so far", flush=True)  # fmt: skip
    kept = seen[:, given.turns // 4 :]
    found = mixing(kept)
    rng = np.random.default_rng([given.seed, 22])
    flat = kept.reshape(-1)
    draws = table.observed + rng.poisson(rng.gamma(table.observed, size=flat.size) * (1 - flat) / flat).astype(float)
    inside = draws - table.observed <= CAP * table.observed
    low, median, high = np.quantile(draws[inside], [0.025, 0.5, 0.975])
    peaks = ", ".join(f"{mode['n']:,.0f} ({mode['mass']:.0%})" for mode in modes(draws[inside], table.observed))
    print(f"{given.table.stem}: {median:,.0f} ({low:,.0f} to {high:,.0f}), R-hat {found.r_hat:.3f}, effective "
          f"{found.ess:,.0f}, peaks {peaks}; {1 - inside.mean():.1%} beyond the cap; "
          f"{time.process_time() - began:,.0f} s")  # fmt: skip


if __name__ == "__main__":
    main()
