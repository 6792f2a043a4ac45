"""Ingest in a child, kill it at a random moment, and report what it had acknowledged; run as a script.

One line a round on standard output: the number of entries that the child was told are safe.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from msgspec.structs import replace

from tests.ledger.samples import READER, claim, read, taken
from uncounted.ledger.objects import Objects
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.model.facts import CaptureTaken


def ingest(folder: Path, acknowledge: int, round_: int) -> None:
    """Take captures and read them for ever, one transaction each; tell each one when it is safe."""
    ledger, objects = SqliteLedger.open(folder / "ledger.sqlite"), Objects(folder / "objects")
    os.write(acknowledge, f"{len(ledger)}\n".encode())
    number = 0
    while True:
        name = f"c{round_}-{number}"
        original = objects.put(f"{name} as published".encode())
        fact = CaptureTaken(capture=replace(taken(objects).capture, id=name, object=original))
        entries = ledger.append(READER, [fact, read(claim(document=name), document=name)])
        os.write(acknowledge, f"{entries[-1].number + 1}\n".encode())
        number += 1


def main(folder: Path, rounds: int, seed: int) -> None:
    """Kill ``rounds`` children, each at a random moment of its work."""
    chance = random.Random(seed)
    SqliteLedger.create(folder / "ledger.sqlite").close()
    for round_ in range(rounds):
        out, told = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(out)
            ingest(folder, told, round_)
        os.close(told)
        with os.fdopen(out) as stream:
            acknowledged = [stream.readline().strip()]  # it has opened the ledger: from here on any moment will do
            time.sleep(chance.uniform(0.0, 0.12))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            acknowledged += stream.read().splitlines()
        ledger = SqliteLedger.open(folder / "ledger.sqlite", patience=0)
        held = len(ledger)
        ledger.close()
        print(acknowledged[-1], held, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
