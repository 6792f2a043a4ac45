"""How often the 95 % intervals hold the truth: six made-up worlds, run in pieces.

    python -m bench.coverage --engines shrinkage dga --replicates 500 --people 300 1000 10000 --lists 3 4 5 \
        --minutes 5 --out docs/measurements/estimating-coverage.csv

A row a world, engine, number of people and number of lists: replicates that gave a number, refusals, share of intervals
that hold the truth, median width and median error relative to the truth, how many carried a warning, the seed, and the
version of the estimates (rows of another version are kept and not made again in its place).
Latent classes are run at their first effort alone. Rows that the file holds already are passed over, and no new row is
begun after the minutes given: run it again until nothing is printed.
"""

import argparse
import csv
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.worlds import NAMES, WITH_DRAWS, WORLDS, linkage_draws

COLUMNS = (
    "world", "engine", "people", "lists", "replicates", "numbers", "refused", "coverage", "width", "error", "warned",
    "seed", "version",
)  # fmt: skip
DRAWS = 10
OPTIONS: dict[str, dict[str, int]] = {"lcmcr": {"effort": 1}}


def one(world: str, engine: str, people: int, lists: int, seed: int, replicate: int) -> Any:
    """The estimate of one replicate."""
    from uncounted.estimate import from_persons, over_draws, run

    names = [f"l{j}" for j in range(lists)]
    rng = np.random.default_rng([seed, NAMES.index(world), people, lists, replicate])
    if world == WITH_DRAWS:
        drawn = linkage_draws(rng, people, lists, DRAWS)
        tables = {str(i): from_persons(names, rows[rows.any(axis=1)]) for i, rows in enumerate(drawn)}
        return over_draws(engine, tables, seed=replicate, **OPTIONS.get(engine, {}))
    rows = WORLDS[world](rng, people, lists)
    return run(engine, from_persons(names, rows[rows.any(axis=1)]), seed=replicate, **OPTIONS.get(engine, {}))


def study(world: str, engine: str, people: int, lists: int, replicates: int, seed: int) -> dict[str, object]:
    """One row of the study."""
    from uncounted.estimate.scale import VERSION
    from uncounted.model.errors import NotEnough

    held, widths, errors, refused, warned = 0, [], [], 0, 0
    for replicate in range(replicates):
        try:
            found = one(world, engine, people, lists, seed, replicate)
        except NotEnough:
            refused += 1
            continue
        held += found.low <= people <= found.high
        widths.append((found.high - found.low) / people)
        errors.append(found.median / people - 1)
        warned += bool(found.warnings)
    given = len(widths)
    return {
        "world": world, "engine": engine, "people": people, "lists": lists, "replicates": replicates, "numbers": given,
        "refused": refused, "coverage": round(held / given, 3) if given else "",
        "width": round(float(np.median(widths)), 3) if given else "",
        "error": round(float(np.median(errors)), 3) if given else "", "warned": warned, "seed": seed,
        "version": VERSION,
    }  # fmt: skip


def _done(file: Path | None) -> set[tuple[str, ...]]:
    if file is None or not file.exists():
        return set()
    with file.open(newline="", encoding="utf-8") as rows:
        return {
            (r["world"], r["engine"], r["people"], r["lists"], r["seed"], r["version"]) for r in csv.DictReader(rows)
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", nargs="+", default=["shrinkage", "dga", "nhoi", "chao"])
    parser.add_argument("--worlds", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--people", nargs="+", type=int, default=[1000])
    parser.add_argument("--lists", nargs="+", type=int, default=[4])
    parser.add_argument("--replicates", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=np.inf)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    given, _ = parser.parse_known_args()
    from uncounted.estimate.scale import VERSION

    began, done = time.monotonic(), _done(given.out)
    wanted = [
        (world, engine, people, lists)
        for people in given.people
        for lists in given.lists
        for world in given.worlds
        for engine in given.engines
    ]
    for world, engine, people, lists in wanted:
        if (world, engine, str(people), str(lists), str(given.seed), str(VERSION)) in done:
            continue
        if time.monotonic() - began > 60 * given.minutes:
            break
        row = study(world, engine, people, lists, given.replicates, given.seed)
        print("  ".join(f"{name} {row[name]}" for name in COLUMNS), flush=True)
        if given.out:
            new = not given.out.exists()
            with given.out.open("a", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
                if new:
                    writer.writeheader()
                writer.writerow(row)


if __name__ == "__main__":
    main()
