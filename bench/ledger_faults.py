"""The ledger under 300 simulated power cuts, 300 kills, and a fault at every write and sync of an ingestion.

``python -m bench.ledger_faults [--cuts N] [--kills N]``; needs strace. Everything lies in a scratch folder.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.ledger.faults import CALLS, counted, run
from tests.ledger.powercut import recorded
from tests.ledger.test_faults import failing
from tests.ledger.test_powercut import cuts

from uncounted.ledger.sqlite import SqliteLedger
from uncounted.ledger.verify import verify_folder


def power(folder: Path, count: int) -> None:
    """Cut the power at random moments of one recorded ingestion."""
    folder.mkdir()
    calls = recorded(folder / "case", folder / "log", 60)
    lost, dropped = cuts(folder, calls, count, seed=20260102)
    print(f"power cuts: {count}, of which {dropped} dropped unsynced writes; acknowledged entries lost: {lost}")


def kills(folder: Path, count: int) -> None:
    """Kill ingestions at random moments."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.ledger.killed", str(folder), str(count), "7"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rounds = [line.split() for line in out.splitlines()]
    lost = sum(max(0, int(told) - int(held)) for told, held in rounds)
    entries = verify_folder(folder).entries
    print(f"kills: {len(rounds)}; acknowledged entries lost: {lost}; the case verifies with {entries} entries")


def faults(folder: Path) -> None:
    """Let every call fail once, with a full and with a failing disk."""
    (folder / "case").mkdir(parents=True)
    SqliteLedger.create(folder / "case" / "ledger.sqlite").close()
    run(folder / "case")
    calls, tried, refused, unheard = counted(folder / "log"), 0, 0, 0
    for call in CALLS:
        for number in range(1, calls[call] + 1):
            for error in ("EIO", "ENOSPC"):
                tried += 1
                try:
                    refused += bool(failing(folder, call, number, error))
                except AssertionError as fault:
                    if "os.write(1" not in str(fault):  # the acknowledgement itself failed, so nobody heard it
                        raise
                    unheard += 1
    print(f"faults: {tried}, one at every {', '.join(CALLS)}; {refused} told as an error, {tried - refused - unheard}")
    print(f"without effect, {unheard} hit the acknowledgement itself; acknowledged entries lost: 0, cases broken: 0")


def main() -> None:
    """Run all three."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cuts", type=int, default=300)
    parser.add_argument("--kills", type=int, default=300)
    asked, _ = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        power(folder / "power", asked.cuts)
        kills(folder / "kills", asked.kills)
        faults(folder / "faults")


if __name__ == "__main__":
    main()
