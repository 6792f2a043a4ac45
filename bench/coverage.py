"""How often the 95 % intervals hold the truth: six made-up worlds, run in pieces.

    python -m bench.coverage --engines loglinear dga --replicates 100 --people 1000 --lists 4 --out figures.csv

A row a world, engine, number of people and number of lists: replicates that gave a number, refusals, share of intervals
that hold the truth, median width and median error relative to the truth, share that carried a warning, and the seed.
Rows are added to the file, so that a study may be run in pieces.
"""

import argparse
import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.bool_]
World = Callable[[np.random.Generator, int, int], Rows]


def independent(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """Lists that know nothing of each other and find everybody with equal ease."""
    return rng.random((people, lists)) < np.linspace(0.15, 0.4, lists)


def two_classes(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """A third of the people are found far more easily than the rest, by every list."""
    easy = rng.random(people) < 1 / 3
    return rng.random((people, lists)) < np.where(easy[:, None], 0.55, 0.12)


def dependent(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """The second list draws on the first: who is on the first is on the second thrice as likely."""
    rows = independent(rng, people, lists)
    rows[:, 1] = rng.random(people) < np.where(rows[:, 0], 0.45, 0.15)
    return rows


def unreachable(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """A fifth of the people can be found by no list."""
    return independent(rng, people, lists) & (rng.random(people) >= 0.2)[:, None]


def sparse(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """Small lists with few shared people."""
    return rng.random((people, lists)) < np.linspace(0.04, 0.1, lists)


def missed_links(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """Independent lists of which one record in ten was not linked to its person and stands as another."""
    rows = independent(rng, people, lists)
    lost = rows & (rng.random(rows.shape) < 0.1) & (rows.sum(axis=1) > 1)[:, None]
    extra = np.zeros((int(lost.sum()), lists), dtype=bool)
    extra[np.arange(len(extra)), np.nonzero(lost)[1]] = True
    return np.concatenate([rows & ~lost, extra])


WORLDS: dict[str, World] = {
    "independent": independent,
    "two classes": two_classes,
    "dependent": dependent,
    "20 % unreachable": unreachable,
    "sparse": sparse,
    "10 % links missed": missed_links,
}
COLUMNS = (
    "world", "engine", "people", "lists", "numbers", "refused", "coverage", "width", "error", "warned", "seed",
)  # fmt: skip


def study(world: str, engine: str, people: int, lists: int, replicates: int, seed: int) -> dict[str, object]:
    """One row of the study."""
    from uncounted.estimate import from_persons, run
    from uncounted.model.errors import NotEnough

    held, widths, errors, refused, warned = 0, [], [], 0, 0
    for replicate in range(replicates):
        rng = np.random.default_rng([seed, list(WORLDS).index(world), people, lists, replicate])
        rows = WORLDS[world](rng, people, lists)
        table = from_persons([f"l{j}" for j in range(lists)], rows[rows.any(axis=1)])
        try:
            found = run(engine, table, seed=replicate)
        except NotEnough:
            refused += 1
            continue
        held += found.low <= people <= found.high
        widths.append((found.high - found.low) / people)
        errors.append(found.median / people - 1)
        warned += bool(found.warnings)
    given = len(widths)
    return {
        "world": world, "engine": engine, "people": people, "lists": lists, "numbers": given, "refused": refused,
        "coverage": round(held / given, 3) if given else "",
        "width": round(float(np.median(widths)), 3) if given else "",
        "error": round(float(np.median(errors)), 3) if given else "", "warned": warned, "seed": seed,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", nargs="+", default=["loglinear", "dga", "nhoi", "chao"])
    parser.add_argument("--worlds", nargs="+", choices=list(WORLDS), default=list(WORLDS))
    parser.add_argument("--people", nargs="+", type=int, default=[1000])
    parser.add_argument("--lists", nargs="+", type=int, default=[4])
    parser.add_argument("--replicates", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    given, _ = parser.parse_known_args()
    for people in given.people:
        for lists in given.lists:
            for world in given.worlds:
                for engine in given.engines:
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
