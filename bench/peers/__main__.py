"""Ours beside R's dga, Rcapture, MultipleSystemsEstimation and LCMCR, on tables of capture patterns.

A table is a CSV file with a column ``count``.

    R_LIBS=… python -m bench.peers TABLE.csv… [--parts dga loglinear intervals classes]

The R packages are nobody's dependency: where R or a package is missing the part is passed over with a message. Times
are processor seconds.
"""

import argparse
import csv
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent


def r(script: str, *given: object) -> list[str] | None:
    """What an R script of this folder prints, or nothing when it cannot be run."""
    try:
        done = subprocess.run(
            ["Rscript", str(HERE / script), *map(str, given)], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as fault:
        said = getattr(fault, "stderr", "") or str(fault)
        print(f"  {script} was passed over: {said.strip().splitlines()[-1] if said.strip() else fault}")
        return None
    return done.stdout.split()


def load(file: Path) -> Any:
    """A table of capture patterns."""
    from uncounted.estimate import read_columns

    with file.open(newline="", encoding="utf-8") as text:
        rows = list(csv.reader(text))
    return read_columns({name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])}).table()


def timed(work: Any, times: int = 1) -> tuple[Any, float]:
    """What ``work`` gives and the least processor seconds of several runs, the first (which may compile) apart."""
    if times > 1:
        work()
    best, found = np.inf, None
    for _ in range(times):
        began = time.process_time()
        found = work()
        best = min(best, time.process_time() - began)
    return found, best


def effective(draws: np.ndarray) -> float:
    """Bulk effective size of one chain: rank-normalised, Geyer's initial positive sequence."""
    from scipy.special import ndtri

    z = ndtri((np.argsort(np.argsort(draws)) + 0.625) / (len(draws) + 0.25))
    spectrum = np.fft.rfft(z - z.mean(), 2 * len(z))
    found = np.fft.irfft(spectrum * np.conj(spectrum))[: len(z)]
    found /= found[0]
    total = 1.0
    for lag in range(1, len(z) - 1, 2):
        pair = found[lag] + found[lag + 1]
        if pair < 0:
            break
        total += 2 * pair
    return len(z) / total


def graphs(file: Path, table: Any, scratch: Path) -> None:
    """The posterior on the same whole numbers, then the time of the answer."""
    from uncounted.estimate.dga import dga, posterior

    if not 3 <= len(table.lists) <= 5:
        return
    cap = 10 * table.observed
    said = r("dga.R", file, cap, scratch / "dga.csv")
    if said is None:
        return
    theirs = np.loadtxt(scratch / "dga.csv", delimiter=",", skiprows=1)[:, 1]
    ours = posterior(table, saturated=True, cap=cap, grid="integer").posterior.mass
    worst = np.abs(theirs - ours).max() / theirs.max()
    _, spent = timed(lambda: dga(table), 20)
    print(f"  dga: largest difference {worst:.1e} of the peak; R {float(said[0]):.3f} s, ours {1e3 * spent:.2f} ms, "
          f"{float(said[0]) / spent:,.0f} times faster")  # fmt: skip


def loglinear(file: Path, table: Any, scratch: Path) -> None:
    """The best model by BIC, and what a bootstrap of the choice would take."""
    from uncounted.estimate.loglinear import fit_all
    from uncounted.estimate.loglinear import loglinear as estimate

    lists = len(table.lists)
    order = {3: 2, 4: 3}.get(lists, 2)
    if lists > 5:
        return
    said = r("rcapture.R", file, order)
    if said is None:
        return
    ours = float(fit_all(table, "bic", order).totals[0])
    _, spent = timed(lambda: estimate(table, order=order, replicates=1000, reach=10**6), 2)
    print(f"  log-linear, order {order}: R {float(said[0]):,.2f}, ours {ours:,.2f}; 1,000 resamples of all models: R "
          f"{1000 * float(said[2]):,.0f} s (1,000 × one fit), ours {spent:.2f} s, "
          f"{1000 * float(said[2]) / spent:,.0f} times faster")  # fmt: skip


def intervals(file: Path, table: Any, scratch: Path) -> None:
    """The bootstrap interval with the choice of model inside, among models of pairs; five lists take R two minutes."""
    from uncounted.estimate.loglinear import loglinear as estimate

    if len(table.lists) > 5:
        return
    said = r("bca.R", file, 2, 1000)
    if said is None:
        return
    ours = estimate(table, order=2, replicates=1000)
    number, low, high = map(float, said[:3])
    theirs = f"R {number:,.0f} ({low:,.0f} to {high:,.0f})"
    print(f"  bootstrap, pairs: {theirs}, ours {ours.median:,.0f} ({ours.low:,.0f} to {ours.high:,.0f})")


def classes(file: Path, table: Any, scratch: Path) -> None:
    """Medians and effective draws a processor second, ten classes; R with 20,000 draws kept of 500,000 sweeps."""
    from uncounted.estimate.lcmcr import lcmcr

    said = r("lcmcr.R", file, 1, 10000, 20000, 25, scratch / "draws.csv")
    if said is None:
        return
    draws = np.loadtxt(scratch / "draws.csv", skiprows=1)
    lcmcr(table, effort=1, classes=10)
    found, spent = timed(lambda: lcmcr(table))
    theirs, ours = effective(draws) / float(said[0]), found.diagnostics["ess"] / spent
    low, median, high = np.quantile(draws, [0.025, 0.5, 0.975])
    print(f"  latent classes: R {median:,.0f} ({low:,.0f} to {high:,.0f}), {theirs:,.0f} effective a second; ours "
          f"{found.median:,.0f} ({found.low:,.0f} to {found.high:,.0f}), R-hat {found.diagnostics['r_hat']:.3f}, "
          f"{ours:,.0f} a second; {ours / theirs:.1f} times")  # fmt: skip


PARTS = {"dga": graphs, "loglinear": loglinear, "intervals": intervals, "classes": classes}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("--parts", nargs="+", choices=list(PARTS), default=list(PARTS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for file in given.tables:
            table = load(file)
            print(f"{file.stem}: {len(table.lists)} lists, {table.observed:,} recorded", flush=True)
            for part in given.parts:
                PARTS[part](file, table, Path(scratch))


if __name__ == "__main__":
    main()
