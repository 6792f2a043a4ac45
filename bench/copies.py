"""Near-duplicate passages among many: time and memory, on invented reports of which a quarter copy another.

python -m bench copies [PASSAGES]     100,000 unless told; the goal of the project is 1,000,000
"""

import random
import resource
import sys
import time


def main() -> None:
    from bench.names import CONSONANTS, VOWELS
    from uncounted.model.claims import Claim, Count, Passage
    from uncounted.stages.assess.copies import copies

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rng = random.Random(1)
    words = ["".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(3)) for _ in range(20_000)]
    texts: dict[str, str] = {}
    claims, originals = [], 0
    for at in range(count):
        if at % 4 == 3:
            text = texts[f"d{at - rng.randint(1, 3)}"].split()
            text[rng.randrange(len(text))] = rng.choice(words)
        else:
            originals += 1
            text = rng.choices(words, k=70)
        texts[f"d{at}"] = " ".join(text)
        start = 200
        passage = texts[f"d{at}"][start : start + 60]
        claims.append(
            Claim(
                document=f"d{at}", id=f"k{at}", harm="killed", passage=Passage(passage, start, start + 60),
                count=Count(low=1, high=1, quantifier="exact", text=None, start=None, end=None),
            )
        )  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    began = time.process_time()
    found = copies(claims, texts)
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{count:,} passages, {count - originals:,} of them copied: {len(found):,} pairs")
    print(f"{spent:.1f} s of processor time, {count / spent:,.0f} a second; peak {peak:.2f} GB, {before:.2f} before")


if __name__ == "__main__":
    main()
