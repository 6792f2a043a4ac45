"""The ledger: durable appends, folding, verification of a case and of a bundle of a million facts, damaged bundles.

``python -m bench.ledger [--facts N] [--mutations N]``; all in a scratch folder that is deleted afterwards.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.ledger.mutations import mutated
from tests.ledger.samples import ADA, READER, claim, read, taken
from tests.ledger.test_bundle import SIGNER, by_package, by_shell, by_standalone, make, resigned

from uncounted.ledger.bundle import export_bundle
from uncounted.ledger.checkpoint import Checkpoint, checkpoint_text
from uncounted.ledger.lines import encode
from uncounted.ledger.merkle import Growing, leaf_hash
from uncounted.ledger.notes import sign
from uncounted.ledger.objects import Objects
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.ledger.verify import verify_case
from uncounted.ledger.views import Views
from uncounted.model.facts import AnyFact, CaptureDescribed, ClaimJudged, Entry, PairJudged


def timed(label: str, count: int, act: Callable[[], object]) -> None:
    start, before = time.perf_counter(), sum(os.times()[:4])
    act()
    took, cpu = time.perf_counter() - start, sum(os.times()[:4]) - before
    print(f"{label:<50} {count:>9} {took:>9.2f} s {count / took:>9.0f} /s {cpu:>8.2f} s cpu", flush=True)


def case(folder: Path) -> None:
    """Appends, folds and verification of one case."""
    ledger, objects = SqliteLedger.create(folder / "ledger.sqlite"), Objects(folder / "objects")
    fact = ClaimJudged(claim="k0-0", verdict="accepted", reason="says so in as many words")

    def captures() -> None:
        for n in range(500):
            claims = [claim(f"k{n}-{m}", document=f"c{n}") for m in range(20)]
            ledger.append(READER, [taken(objects, f"c{n}"), read(*claims, document=f"c{n}")])

    timed("durable single appends", 2000, lambda: [ledger.append(ADA, [fact]) for _ in range(2000)])
    timed("facts appended 1,000 a transaction", 50_000, lambda: [ledger.append(ADA, [fact] * 1000) for _ in range(50)])
    timed("captures with 20 claims, one transaction each", 500, captures)
    views = Views(None, ledger, until=0)
    timed("entries folded into views (10,000 claims)", len(ledger), lambda: Views(folder / "views.sqlite", ledger))
    views = Views(folder / "views.sqlite", ledger)

    def judge() -> None:
        for n in range(200):
            ledger.append(ADA, [ClaimJudged(claim=f"k{n}-1", verdict="rejected")])
            views.catch_up()
            views.next_claim(f"k{n}-1")

    timed("judge a claim, catch up, next in the queue", 200, judge)
    timed("claims of one capture", 500, lambda: [views.claims(capture=f"c{n}") for n in range(500)])
    timed("entries verified by uncounted", len(ledger), lambda: verify_case(ledger, objects))


def small(number: int) -> AnyFact:
    """Small facts as people record them: seven judgements in ten, two pairs, one description of a report."""
    name = f"k{number:012x}"
    if number % 10 < 7:
        return ClaimJudged(claim=name, verdict="accepted", reason="says so")
    if number % 10 < 9:
        return PairJudged(of="claims", left=name, right="k0", verdict="different", reason="another town")
    return CaptureDescribed(capture="c1", publisher=f"Evening Wire {number}", reason="on its masthead")


def million(folder: Path, facts: int) -> None:
    """A bundle of many small facts, checked by its own verify.py."""
    export_bundle(*make(folder / "small"), folder / "bundle", SIGNER)
    bundle, tree, at = folder / "bundle", Growing(), "2026-01-02T03:04:05.678Z"

    def write() -> None:
        lines = (bundle / "entries.jsonl").read_bytes().splitlines()
        with (bundle / "entries.jsonl").open("wb") as stream:
            for number in range(facts):
                if number >= len(lines):
                    line = encode(Entry(number=number, at=at, by=ADA, fact=small(number)))
                else:
                    line = lines[number]
                tree.add(leaf_hash(line))
                stream.write(line + b"\n")
        checkpoint = Checkpoint(origin=SIGNER.name, size=facts, root=tree.root())
        (bundle / "checkpoint").write_text(sign(checkpoint_text(checkpoint), [SIGNER]))
        resigned(bundle)

    timed("facts written into a bundle", facts, write)
    command = [sys.executable, "-I", str(bundle / "verify.py"), str(SIGNER.public)]
    timed("facts verified by the bundle's verify.py", facts, lambda: subprocess.run(command, check=True))


def damaged(folder: Path, mutations: int) -> None:
    """Random damage to a bundle and clean bundles, each put before three verifiers (the shell's for every tenth)."""
    export_bundle(*make(folder / "sound"), folder / "sound-bundle", SIGNER)
    found, alarms, shell = [0, 0], [0, 0], [0, 0]

    def damage() -> None:
        for seed in range(mutations):
            mutated(folder / "sound-bundle", folder / "damaged", seed)
            found[0] += not by_package(folder / "damaged")
            found[1] += not by_standalone(folder / "damaged")
            if seed % 10 == 0:
                shell[0] += 1
                shell[1] += not by_shell(folder / "damaged")

    def clean() -> None:
        for n in range(mutations // 10):
            export_bundle(*make(folder / f"clean{n}", n % 40), folder / f"clean{n}-bundle", SIGNER)
            alarms[0] += not by_package(folder / f"clean{n}-bundle")
            alarms[1] += not by_standalone(folder / f"clean{n}-bundle")

    timed("damaged bundles checked", mutations, damage)
    timed("clean bundles made and checked", mutations // 10, clean)
    print(f"damaged bundles found out: uncounted {found[0]}, verify.py {found[1]} of {mutations};", end=" ")
    print(f"shell {shell[1]} of {shell[0]}; false alarms on clean ones: {alarms[0]}, {alarms[1]} of {mutations // 10}")


def main() -> None:
    """Run all and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--mutations", type=int, default=2000)
    asked, _ = parser.parse_known_args()
    print(f"{'what':<50} {'count':>9} {'time':>11} {'rate':>12} {'processor':>14}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        case(folder)
        million(folder, asked.facts)
        damaged(folder, asked.mutations)


if __name__ == "__main__":
    main()
