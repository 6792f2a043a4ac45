"""How long linking takes: invented reports, four of each event, claims with place, day and count.

Usage: ``python -m bench incidents``; ``UNCOUNTED_BENCH_EVENTS=N`` for another size.
"""

import os
import random
import time

from uncounted.model.claims import Claim, Count, Passage, Place, Time
from uncounted.stages.match.incidents import cluster, propose


def made(events: int, seed: int = 1) -> tuple[list[Claim], dict[str, int]]:
    draw = random.Random(seed)
    towns = [
        Place(
            name=f"Town {at}", lat=draw.uniform(30, 37), lon=draw.uniform(35, 45), precision="town", gazetteer=f"t:{at}"
        )
        for at in range(400)
    ]
    claims, truth = [], {}
    for event in range(events):
        town, day = draw.choice(towns), f"2025-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        killed = min(60, int(draw.paretovariate(1.1)))
        for report in range(4):
            seen = max(1, killed + draw.choice((0, 0, 0, 1, -1)))
            for at, (harm, number) in enumerate((("killed", seen), ("injured", seen * 2))):
                name = f"e{event}r{report}c{at}"
                truth[name] = event
                claims.append(
                    Claim(
                        document=f"e{event}r{report}",
                        id=name,
                        harm=harm,  # type: ignore[arg-type]
                        passage=Passage("x", at, at + 1),
                        count=Count(low=number, high=number, quantifier="exact", text=str(number)),
                        place=town,
                        time=Time(from_=day, to=day, precision="day"),
                    )
                )
    return claims, truth


def main() -> None:
    events = int(os.environ.get("UNCOUNTED_BENCH_EVENTS", "5000"))
    print("processor seconds of one core")
    print(f"{'claims':>8} {'links':>9} {'propose':>9} {'cluster':>9} {'incidents':>10} {'events':>8} {'mixed':>6}")
    for size in (events // 5, events):
        claims, truth = made(size)
        begun = time.process_time()
        links = propose(claims)
        proposed = time.process_time()
        found = cluster(claims, links)
        ended = time.process_time()
        mixed = sum(len({truth[name] for name in one.claims}) > 1 for one in found)
        print(
            f"{len(claims):>8,} {len(links):>9,} {proposed - begun:>7.2f} s {ended - proposed:>7.2f} s "
            f"{len(found):>10,} {size:>8,} {mixed:>6,}"
        )


if __name__ == "__main__":
    main()
