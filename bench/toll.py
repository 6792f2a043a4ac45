"""How long a whole toll takes: invented claims in incidents, ten claims each, by month, place and group.

Usage: ``python -m bench toll`` for 1,000,000 claims in 100,000 incidents, or ``UNCOUNTED_BENCH_INCIDENTS=N``. Counts of
groups often contradict one another here, far more often than in reports; ``with names and parts`` also has victims told
of by name, parts of larger counts and casualties in a tenth of the claims, so that most incidents need more than sums.
"""

import os
import random
import time

from uncounted.model.claims import Claim, Count, Passage, Place, Source, Time
from uncounted.model.incidents import Incident, Origin
from uncounted.stages.toll import incident_toll, load_policy, toll

CLAIMS = 10
_GROUPS = ("people", "people", "people", "civilians", "children", "women")
_PASSAGE = Passage("five people were killed", 0, 23)
_CHAIN = (Source(name="the town hospital", kind="medical"),)

Case = tuple[list[Incident], dict[str, Claim], dict[str, tuple[Origin, ...]], dict[str, str]]


def made(number: int, seed: int = 1, *, hard: bool = False) -> Case:
    """Incidents, claims, origins by incident, and when each document was published."""
    draw = random.Random(seed)
    incidents, claims, origins, published = [], {}, {}, {}
    for at in range(number):
        name = f"i{at:06}"
        size = draw.randint(5, 30)
        ids = []
        for one in range(CLAIMS):
            claim, document = f"{name}-{one}", f"d{at}-{one}"
            claims[claim] = _claim(draw, claim, document, one, size, ids[-1] if ids else None, hard and not one % 10)
            published[document] = f"20{20 + at % 4}-{1 + at % 12:02}-{1 + (at + one // 4) % 28:02}"
            ids.append(claim)
        day = f"20{20 + at % 4}-{1 + at % 12:02}-{1 + at % 28:02}"
        incidents.append(
            Incident(
                id=name,
                anchor=ids[0],
                claims=tuple(ids),
                title=name,
                place=Place(name=f"Town {at % 500}"),
                time=Time(from_=day, to=day, precision="day"),
            )
        )
        origins[name] = tuple(
            Origin(id=f"{name}-o{part}", name="a", kind="medical", claims=tuple(ids[part::3])) for part in range(3)
        )
    return incidents, claims, origins, published


def _claim(draw: random.Random, name: str, document: str, one: int, size: int, before: str | None, odd: bool) -> Claim:
    group = draw.choice(_GROUPS)
    low = max(1, size + draw.randint(-2, 2)) if group in ("people", "civilians") else draw.randint(1, 2)
    quantifier = draw.choice(("exact", "exact", "exact", "at_least"))
    harm = "killed" if one % 3 else "injured"
    count = Count(low=low, high=low if quantifier == "exact" else None, quantifier=quantifier, text="five")  # type: ignore[arg-type]
    victim, kind = None, draw.random() if odd else 1.0
    if kind < 0.6:
        count, victim = Count(low=1, high=1, quantifier="exact"), Passage(f"Amal {name}", 0, 5)
    elif kind < 0.8:
        harm = "casualties"
    return Claim(
        document=document, id=name, harm=harm, group=group, passage=_PASSAGE, count=count, victim=victim,  # type: ignore[arg-type]
        attribution=_CHAIN, subset_of=before if 0.8 <= kind < 1 else None,
    )  # fmt: skip


def main() -> None:
    number = int(os.environ.get("UNCOUNTED_BENCH_INCIDENTS", "100000"))
    policy = load_policy("literal")
    print("processor seconds of one core")
    print(f"{'incidents':>10} {'claims':>10} {'cells':>8} {'whole':>8} {'per incident':>13}")
    for size, hard in ((number // 10, False), (number, False), (number // 10, True)):
        incidents, claims, origins, published = made(size, hard=hard)
        begun = time.process_time()
        cells = toll(incidents, claims, origins, policy, by=("month", "place", "group"), published=published)
        taken = time.process_time() - begun
        print(
            f"{size:>10,} {len(claims):>10,} {len(cells):>8,} {taken:>6.2f} s {taken / size * 1e6:>10.0f} µs"
            f"{'   with names and parts' if hard else ''}"
        )
    one = incidents[0]
    begun = time.process_time()
    for _ in range(200):
        incident_toll(one, claims, origins[one.id], policy, published)
    print(f"one incident of {CLAIMS} claims: {(time.process_time() - begun) / 200 * 1000:.2f} ms")


if __name__ == "__main__":
    main()
