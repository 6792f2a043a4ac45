"""How far the nearest place of a report lies from where recorders put the incident.

``python -m bench.placing --data DIR [--documents N]``. DIR holds ``docs.jsonl`` and ``gold.jsonl``; a line of the
latter has ``place`` with ``lat`` and ``lon``. A report counts as near when one of its resolved places lies within
10 km, as far when all lie farther, as open when none was resolved. ``stray`` counts the places beyond 100 km.
"""

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

from uncounted.model.claims import Document
from uncounted.stages.locate.gazetteer import open_gazetteer
from uncounted.stages.locate.places import find_places, kilometres


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=10_000)
    options = parser.parse_args()
    begun = time.perf_counter()
    gazetteer = open_gazetteer(progress=lambda what, share: None)
    opened = time.perf_counter() - begun
    gold = {key["id"]: key.get("place") or {} for key in lines(options.data / "gold.jsonl")}
    documents = [one for one in lines(options.data / "docs.jsonl") if gold[one["id"]].get("lat") is not None]
    random.Random(3).shuffle(documents)
    near = far = stray = resolved = 0
    begun = time.perf_counter()
    for one in documents[: options.documents]:
        told = gold[one["id"]]
        places = find_places(Document(id=one["id"], text=one["text"]), gazetteer)
        away = [
            kilometres(p.lat, p.lon, told["lat"], told["lon"])
            for p in places
            if p.lat is not None and p.lon is not None
        ]
        near += bool(away) and min(away) <= 10
        far += bool(away) and min(away) > 10
        resolved += len(away)
        stray += sum(km > 100 for km in away)
    count = len(documents[: options.documents])
    speed = count / (time.perf_counter() - begun)
    print(f"{count} reports: near {near}, far {far}, open {count - near - far}; places {resolved}, stray {stray}")
    print(f"gazetteer opened in {opened:.1f} s; {speed:.0f} reports a second")


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
