"""Time and memory of ten thousand four-list strata, on all cores: ``python -m bench.strata --strata 10000``."""

import argparse
import resource
import time

import numpy as np


def main() -> None:
    from uncounted.estimate.covariates import Persons
    from uncounted.estimate.scale import Task, make, over_cores
    from uncounted.model.errors import NotEnough

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strata", type=int, default=10_000)
    parser.add_argument("--model", default="dga")
    given, _ = parser.parse_known_args()
    marks = np.arange(1, 16)[:, None] >> np.arange(4) & 1
    tasks = []
    for stratum in range(given.strata):
        rng = np.random.default_rng([1, stratum])
        on = rng.uniform(0.1, 0.5, 4)
        chances = np.prod(np.where(marks, on, 1 - on), axis=1)
        counts = rng.multinomial(int(rng.integers(100, 2000) * chances.sum()), chances / chances.sum())
        held = counts > 0
        tasks.append(Task(given.model, Persons(tuple("abcd"), marks[held], counts[held], {}), stratum))
    make(tasks[0])
    began = time.perf_counter()
    spent = time.process_time()
    found = list(over_cores(tasks))
    wall = time.perf_counter() - began
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = time.process_time() - spent + children.ru_utime + children.ru_stime
    peak = max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, children.ru_maxrss) / 1024
    refused = sum(isinstance(one, NotEnough) for one in found)
    print(f"{given.strata:,} strata, {given.model}: {wall:.1f} s on the clock, {used:.1f} s of processor over all "
          f"cores, {refused} refused, at most {peak:,.0f} MB a process")  # fmt: skip


if __name__ == "__main__":
    main()
