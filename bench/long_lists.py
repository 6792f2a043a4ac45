"""Matching two long lists of invented people: time, memory and F1, in parts on one machine.

    python -m bench long_lists RECORDS [FOLDER]     e.g. 1000000; with a folder a broken run goes on where it stopped

Families of two to six siblings share father, grandfather and family name; half of each list is on the other, a third of
the names is written otherwise there, and ages differ by a year now and then. Names follow Zipf's law.
"""

import random
import resource
import sys
import time
from pathlib import Path

from bench.names import CONSONANTS, VOWELS


def words(count: int, rng: random.Random) -> list[str]:
    made = {
        "".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(rng.randint(1, 3))) + rng.choice(CONSONANTS)
        for _ in range(count * 2)
    }
    return sorted(made)[:count]


def people(count: int, seed: int) -> list[tuple[str, str, int]]:
    rng = random.Random(seed)
    given, family = words(1500, rng), words(20_000, rng)
    rng.shuffle(given)
    rng.shuffle(family)
    by_rank = [1 / (rank + 5) for rank in range(len(given))]
    common = [1 / (rank + 30) for rank in range(len(family))]
    fathers = rng.choices(given, by_rank, k=count)
    grandfathers = rng.choices(given, by_rank, k=count)
    names = rng.choices(given, by_rank, k=count)
    families = rng.choices(family, common, k=count)
    found, home, left = [], 0, 0
    for at in range(count):
        if not left:
            home, left = at, rng.randint(2, 6)
        left -= 1
        name = f"{names[at]} {fathers[home]} {grandfathers[home]} {families[home]}"
        found.append((name, rng.choice("mf"), rng.randint(0, 80)))
    return found


def otherwise(name: str, rng: random.Random) -> str:
    parts = name.split()
    if rng.random() < 0.25:
        del parts[2]
    at = rng.randrange(len(parts))
    word = parts[at]
    place = rng.randrange(len(word))
    parts[at] = word[:place] + rng.choice(VOWELS + CONSONANTS) + word[place + 1 :]
    return " ".join(parts)


def main() -> None:
    from uncounted.stages.match.persons.link import link
    from uncounted.stages.match.persons.lists import VictimList
    from uncounted.stages.match.persons.parts import Here

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    everybody = people(count * 3 // 2, seed=1)
    rng = random.Random(2)

    def listed(name: str, start: int, careless: float) -> VictimList:
        some = everybody[start : start + count]
        return VictimList(
            name=name,
            ids=tuple(str(start + at) for at in range(count)),
            names=tuple(otherwise(one[0], rng) if rng.random() < careless else one[0] for one in some),
            sex=tuple(one[1] for one in some),
            age=tuple(one[2] + (rng.random() < careless / 2) for one in some),
        )

    left, right = listed("left", 0, 0), listed("right", count // 2, 0.33)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    began, wall = time.process_time(), time.perf_counter()

    def told(step: str) -> None:
        print(
            f"{time.perf_counter() - wall:8.0f} s {time.process_time() - began:8.0f} s of processor  {step}", flush=True
        )

    found = link(left, right, told, engine=Here(folder))
    told("done")
    sure = found.probability >= 0.5
    true = int((found.j[sure] + count // 2 == found.i[sure]).sum())
    overlap = count - count // 2
    precision, recall = true / max(int(sure.sum()), 1), true / overlap
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{count} x {count}: F1 {2 * precision * recall / (precision + recall):.4f}")
    print(f"precision {precision:.4f}, recall {recall:.4f}, expected {found.probability.sum():.0f} of {overlap}")
    print(f"peak memory {peak:.2f} GB ({before:.2f} before matching)")


if __name__ == "__main__":
    main()
