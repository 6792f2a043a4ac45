"""Names a second of processor time: reading names, and comparing pairs of them, on invented chains."""

import random
import time

CONSONANTS, VOWELS = "bdfhjklmnrstwyz", "aiou"


def invented(count: int, seed: int = 1) -> list[str]:
    rng = random.Random(seed)
    words = [
        "".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(rng.randint(2, 3))) + rng.choice(CONSONANTS)
        for _ in range(4000)
    ]
    # few names are common and many rare, as anywhere (Zipf)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    return [" ".join(rng.choices(words, weights, k=4)) for _ in range(count)]


def main() -> None:
    import numpy as np

    from uncounted.names.parse import parse
    from uncounted.stages.match.persons.encode import encode
    from uncounted.stages.match.persons.lists import VictimList
    from uncounted.stages.match.persons.pairs import compared

    names = invented(60_000)
    start = time.process_time()
    for name in names:
        parse(name)
    print(f"names read            {len(names) / (time.process_time() - start):12,.0f} a second")
    half = len(names) // 2
    lists = [
        VictimList(
            name=str(part),
            ids=tuple(map(str, range(half))),
            names=tuple(names[part * half : (part + 1) * half]),
            sex=("",) * half,
            age=(None,) * half,
        )
        for part in (0, 1)
    ]
    coded = encode(*lists)
    rng = np.random.default_rng(1)
    # as blocking gives them, each record with 50 others
    i = np.repeat(rng.choice(half, 6000, replace=False), 50)
    j = rng.choice(half // 20, len(i))
    compared(coded, i[:100], j[:100])
    start = time.process_time()
    compared(coded, i, j)
    print(f"pairs compared        {len(i) / (time.process_time() - start):12,.0f} a second")


if __name__ == "__main__":
    main()
