"""An ingestion in which one system call fails, as a disk that is full or dying makes it fail; run as a script.

``python -m tests.ledger.faults FOLDER`` adds three captures to the case in FOLDER and says on standard output ``ACK n``
once ``n`` entries are safe, and ``REFUSED`` or ``BROKEN`` with the words of an error.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.ledger.samples import READER, taken
from uncounted.ledger.objects import Objects
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.model.errors import UncountedError

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "mkdir", "ftruncate")


def ingest(folder: Path) -> None:
    """Add three captures, going on after an error as a person would who tries again."""
    for number in range(3):
        try:
            ledger, objects = SqliteLedger.open(folder / "ledger.sqlite", patience=0), Objects(folder / "objects")
            ledger.append(READER, [taken(objects, f"c{number}", f"Text {number}")])
            os.write(1, f"ACK {len(ledger)}\n".encode())
            ledger.close()
        except UncountedError as fault:
            os.write(2, f"{type(fault).__name__.upper()} {fault}\n".encode())


def run(folder: Path, call: str = "", number: int = 0, error: str = "EIO") -> tuple[int, str]:
    """Ingest in a child whose ``number``-th ``call`` fails; return the entries acknowledged and its errors."""
    inject = ["-e", f"inject={call}:error={error}:when={number}"] if call else []
    command = ["strace", "-o", str(folder.parent / "log"), "-e", f"trace={','.join(CALLS)}", *inject]
    done = subprocess.run(
        [*command, sys.executable, "-m", "tests.ledger.faults", str(folder)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    acknowledged = [int(line[4:]) for line in done.stdout.splitlines() if line.startswith("ACK ")]
    return max(acknowledged, default=0), done.stderr


def counted(log: Path) -> dict[str, int]:
    """Return how often each call was made in the run that wrote this log."""
    lines = log.read_text().splitlines()
    return {call: sum(line.startswith(call + "(") for line in lines) for call in CALLS}


if __name__ == "__main__":
    ingest(Path(sys.argv[1]))
