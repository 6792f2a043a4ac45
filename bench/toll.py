"""How long a whole toll takes: invented claims in incidents, ten claims each, by month, place and group.

Usage: ``python -m bench toll`` for 1,000,000 claims in 100,000 incidents, or ``UNCOUNTED_BENCH_INCIDENTS=N``.
"""

import os
import random
import time

from uncounted.model.claims import Claim, Count, Passage, Place, Source, Time
from uncounted.model.incidents import Incident, Origin
from uncounted.stages.toll import incident_toll, load_policy, toll, tolls

CLAIMS = 10
_GROUPS = ("people", "people", "people", "civilians", "children", "women")


def made(number: int, seed: int = 1) -> tuple[list[Incident], dict[str, Claim], dict[str, tuple[Origin, ...]]]:
    draw = random.Random(seed)
    incidents, claims, origins = [], {}, {}
    passage = Passage("five people were killed", 0, 23)
    chain = (Source(name="the town hospital", kind="medical"),)
    for at in range(number):
        name = f"i{at:06}"
        size = draw.randint(5, 30)
        ids = []
        for one in range(CLAIMS):
            claim = f"{name}-{one}"
            group = draw.choice(_GROUPS)
            low = max(1, size + draw.randint(-2, 2)) if group in ("people", "civilians") else draw.randint(1, 2)
            quantifier = draw.choice(("exact", "exact", "exact", "at_least"))
            claims[claim] = Claim(
                document=f"d{at}-{one}",
                id=claim,
                harm="killed" if one % 3 else "injured",
                group=group,  # type: ignore[arg-type]
                passage=passage,
                count=Count(low=low, high=low if quantifier == "exact" else None, quantifier=quantifier, text="five"),  # type: ignore[arg-type]
                attribution=chain,
            )
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
    return incidents, claims, origins


def main() -> None:
    number = int(os.environ.get("UNCOUNTED_BENCH_INCIDENTS", "100000"))
    policy = load_policy("literal")
    print("processor seconds of one core")
    print(f"{'incidents':>10} {'claims':>10} {'each incident':>14} {'cells':>8} {'whole':>8} {'per incident':>13}")
    for size in (number // 10, number):
        incidents, claims, origins = made(size)
        begun = time.process_time()
        known = tolls(incidents, claims, origins, policy, explain=False)
        each = time.process_time()
        cells = toll(incidents, claims, origins, policy, by=("month", "place", "group"), known=known)
        ended = time.process_time()
        print(
            f"{size:>10,} {len(claims):>10,} {each - begun:>12.2f} s {len(cells):>8,} {ended - begun:>6.2f} s "
            f"{(each - begun) / size * 1e6:>10.0f} µs"
        )
    one = incidents[0]
    begun = time.process_time()
    for _ in range(200):
        incident_toll(one, claims, origins[one.id], policy)
    print(f"one incident of {CLAIMS} claims: {(time.process_time() - begun) / 200 * 1000:.2f} ms")


if __name__ == "__main__":
    main()
