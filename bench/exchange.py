"""How long an import takes: invented rows in the columns of UCDP GED, then an update of a tenth of them.

Usage: ``python -m bench exchange`` for 100,000 rows, or ``UNCOUNTED_BENCH_ROWS=N``.
"""

import csv
import os
import random
import tempfile
import time
from pathlib import Path

from uncounted.case import Case, importing
from uncounted.model.facts import Agent
from uncounted.stages.publish.formats.recorders import GED


def made(path: Path, number: int, *, changed: float = 0.0) -> None:
    """Write invented GED rows; the same rows each time, but for a share whose numbers are changed."""
    draw, choose = random.Random(1), random.Random(99)
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, GED, restval="")
        writer.writeheader()
        for at in range(number):
            row = _row(at, draw)
            if choose.random() < changed:
                row["best"], row["high"] = int(str(row["best"])) + 1, int(str(row["high"])) + 2
            writer.writerow(row)


def _row(at: int, draw: random.Random) -> dict[str, object]:
    best = draw.randint(0, 40)
    day = f"20{10 + at % 15}-{1 + at % 12:02}-{1 + at % 28:02}"
    lat, lon = round(20 + at % 900 * 0.01, 6), round(30 + at % 800 * 0.01, 6)
    said = f"{best} killed in shelling, invented report {at}"
    return {
        "id": 500000 + at, "relid": f"INV-{at}", "year": day[:4], "active_year": 1, "code_status": "Clear",
        "type_of_violence": 1 + at % 3, "conflict_name": f"Invented: Conflict {at % 40}",
        "dyad_name": f"Side A {at % 30} - Side B {at % 50}", "side_a": f"Side A {at % 30}",
        "side_b": f"Side B {at % 50}", "number_of_sources": 1 + at % 4,
        "source_article": f'"Invented Wire,{day},""{said}"""', "source_office": "Invented Wire", "source_date": day,
        "source_headline": said, "source_original": draw.choice(["police", "hospital officials", "residents, army"]),
        "where_prec": 1 + at % 6, "where_coordinates": f"Town {at % 900}",
        "where_description": f"Town {at % 900}, in the north of the invented province", "adm_1": f"Province {at % 30}",
        "adm_2": f"District {at % 200}", "latitude": lat, "longitude": lon, "geom_wkt": f"POINT ({lon} {lat})",
        "priogrid_gid": 180000 + at % 900, "country": f"Country {at % 12}", "country_id": 100 + at % 12,
        "region": "Invented region", "event_clarity": 1, "date_prec": 1, "date_start": f"{day} 00:00:00.000",
        "date_end": f"{day} 00:00:00.000", "deaths_a": draw.randint(0, 3), "deaths_b": draw.randint(0, 3),
        "deaths_civilians": draw.choice([0, 0, best // 2]), "deaths_unknown": 0, "best": best,
        "high": best + draw.randint(0, 9), "low": max(0, best - draw.randint(0, 4)),
    }  # fmt: skip


def main() -> None:
    """Import, look at the difference, update, undo; print the processor seconds of each."""
    number = int(os.environ.get("UNCOUNTED_BENCH_ROWS", "100000"))
    with tempfile.TemporaryDirectory() as folder:
        one, two = Path(folder) / "one.csv", Path(folder) / "two.csv"
        made(one, number)
        made(two, number, changed=0.1)
        with Case.create(Path(folder) / "case", "A bench (invented)", Agent("person", "bench"), invented=True) as case:
            print(f"{number:,} rows of {len(GED)} columns, {one.stat().st_size / 1e6:.0f} MB; processor seconds")
            begun = time.process_time()
            done = importing.carry_out(case, importing.propose(case, one, "ucdp"), "bench")
            print(f"import: {done.added:,} rows, {time.process_time() - begun:.1f} s")
            begun = time.process_time()
            proposal = importing.propose(case, two, "ucdp")
            told = importing.changes(case, proposal)
            print(f"difference: {len(proposal.difference.changed):,} changed, {len(told)} shown cell by cell, "
                  f"{time.process_time() - begun:.1f} s")  # fmt: skip
            importing.carry_out(case, proposal, "bench")
            print(f"difference and update: {time.process_time() - begun:.1f} s")
            begun = time.process_time()
            importing.undo(case, "ucdp", "bench")
            print(f"undo: {time.process_time() - begun:.1f} s")


if __name__ == "__main__":
    main()
