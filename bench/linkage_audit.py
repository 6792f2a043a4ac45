"""Coverage of 95 % intervals from audits of 200, 300 and 500 records, looked up twice with 5 % of verdicts wrong.

    python -m bench linkage_audit                        linkages simulated after sizes and rates of real ones
    python -m bench linkage_audit DATA [TASK,TASK…]      our own links on real lists whose truth DATA holds

DATA has ``tasks.json``: by task the paths of ``left``, ``right``, ``truth`` (``left_id,right_id``) and, where some
right records are to be left out, ``right_without``; all are CSV, gzipped. In the second form the lists are matched as
``uncounted match`` does it, records are drawn from the links as ``--audit`` does it, and two made-up reviewers look
each up: mostly they name the true mate, or nobody where there is none; now and then a reviewer who should name
somebody names nobody (``flips``: always so; ``mixed``: every other time another candidate), and one who should name
nobody names the likeliest candidate. Nothing of the data is kept.
"""

import csv
import gzip
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.random import Generator

    from uncounted.stages.match.persons.audit import Answers
    from uncounted.stages.match.persons.between import Between

TRIALS, DRAWS = 400, 400
ERROR = 0.05
SIZES = (200, 300, 500)
SIMULATED = {
    "T1": ({"sure": 9480, "linked": 230, "possible": 140, "none": 506}, (0.990, 0.65, 0.2, 0.12), 55_180),
    "T2": ({"sure": 9690, "linked": 130, "possible": 120, "none": 416}, (0.990, 0.55, 0.15, 0.12), 55_180),
    "T4": ({"sure": 9560, "linked": 200, "possible": 150, "none": 446}, (0.990, 0.65, 0.2, 0.12), 55_180),
    "T3": ({"sure": 640, "linked": 110, "possible": 130, "none": 714}, (0.990, 0.80, 0.25, 0.03), 54_387),
    "half": ({"sure": 2200, "linked": 300, "possible": 500, "none": 2000}, (0.95, 0.7, 0.3, 0.08), 30_000),
}
"""By task: left records by stratum, the share of each stratum that truly has a mate, and right records."""
REAL = "T1,T2,T4,T3-ar,T3-lat"


def main() -> None:
    print(f"{TRIALS} trials; a coverage of .95 has a standard error of {(0.95 * 0.05 / TRIALS) ** 0.5:.3f}")
    print(f"{'task':>14} {'audit':>6} {'coverage':>9} {'width / N':>10} {'bias':>7}")
    if len(sys.argv) < 2:
        for task in SIMULATED:
            for size in SIZES:
                _tell(task, size, _simulated(task, size))
        return
    for task in (sys.argv[2] if len(sys.argv) > 2 else REAL).split(","):
        found, mates = _linked(Path(sys.argv[1]), task)
        for kind in ("flips", "mixed"):
            for size in SIZES:
                _tell(f"{task} {kind}", size, _reviewed(found, mates, size, kind))


Trial = tuple[dict[str, "Answers"], int, int, int]
"""What an audit's answers were, how many of the left list truly have a mate, and the length of both lists."""


def _tell(task: str, size: int, trials: Iterator[Trial]) -> None:
    import numpy as np

    from uncounted.stages.match.persons.audit import chapman_draws, posterior

    covered, width, bias = 0, [], []
    for number, (answers, both, one, other) in enumerate(trials):
        draws = chapman_draws(one, other, posterior(answers, DRAWS, number).mates(answers, number))
        truth = float(chapman_draws(one, other, np.array([both]))[0])
        low, middle, high = np.quantile(draws, [0.025, 0.5, 0.975])
        covered += bool(low <= truth <= high)
        width.append((high - low) / truth)
        bias.append(middle / truth - 1)
    print(f"{task:>14} {size:6} {covered / TRIALS:9.3f} {np.mean(width):10.1%} {np.mean(bias):+7.2%}", flush=True)


def _simulated(task: str, size: int) -> Iterator[Trial]:
    import numpy as np

    from uncounted.stages.match.persons.audit import STRATA, Answers, sampled

    sizes, rates, other = SIMULATED[task]
    strata = np.repeat(np.arange(len(STRATA)), [sizes[name] for name in STRATA])
    for trial in range(TRIALS):
        rng = np.random.default_rng([trial, size])
        mate = rng.random(len(strata)) < np.array(rates)[strata]
        answers = {}
        for name, rows in sampled(strata, size, trial).items():
            verdicts = mate[rows][:, None] ^ (rng.random((len(rows), 2)) < ERROR)
            answers[name] = Answers(sizes[name], verdicts.sum(1), np.full(len(rows), 2))
        yield answers, int(mate.sum()), len(strata), other


def _reviewed(found: "Between", mates: dict[str, str], size: int, kind: str) -> Iterator[Trial]:
    import numpy as np

    from uncounted.stages.match.persons.between import looked

    for trial in range(TRIALS):
        rng = np.random.default_rng([trial, size, len(kind)])
        drawn = found.drawn(size, trial)
        said = {
            found.left.ids[row]: {who: _verdict(found, row, mates, kind, rng) for who in ("one", "two")}
            for row, _ in drawn
        }
        answers = {name: held.answers for name, held in looked(found, drawn, said).items()}
        yield answers, len(mates), len(found.left), len(found.right)


def _verdict(found: "Between", row: int, mates: dict[str, str], kind: str, rng: "Generator") -> str | None:
    mate = mates.get(found.left.ids[row])
    if rng.random() >= ERROR:
        return mate
    if mate is not None and (kind == "flips" or rng.random() < 0.5):
        return None
    others = [found.right.ids[at] for at in found.candidates(row) if found.right.ids[at] != mate]
    return others[0] if others else found.right.ids[int(rng.integers(len(found.right)))]


def _linked(data: Path, name: str) -> tuple["Between", dict[str, str]]:
    """Match the lists of a task; return them with the links between, and the true mate of each left record."""
    from uncounted.stages.match.persons.between import between
    from uncounted.stages.match.persons.lists import ordered, read_list
    from uncounted.stages.match.persons.match import match_lists

    task = json.loads((data / "tasks.json").read_text(encoding="utf-8"))[name]
    without = {row["id"] for row in _rows(data / task["right_without"])} if "right_without" in task else set()
    with tempfile.TemporaryDirectory() as folder:
        lists = []
        for side in ("left", "right"):
            rows = [row for row in _rows(data / task[side]) if side == "left" or row["id"] not in without]
            path = Path(folder) / f"{side}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerows(rows)
            lists.append(ordered(read_list(path)))
    links = [(one, other, worth) for _, one, _, other, worth in match_lists(lists).links(0.01)]
    truth = {row["left_id"]: row["right_id"] for row in _rows(data / task["truth"])}
    return between(lists[0], lists[1], links), truth


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
