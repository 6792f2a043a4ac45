"""The whole road on real assessments: init, add, read, accept all, match, toll, publish, verify.

``python -m bench road`` asks for a folder in ``UNCOUNTED_DEV_DATA`` that holds ``reading/airwars/docs.jsonl`` and
``gold.jsonl``; the case is made in a temporary folder and removed. The recorders' sum is compared with the toll.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPORTS = 300


def step(case: Path, *words: str) -> tuple[float, str]:
    begun = time.perf_counter()
    command = [str(Path(sys.executable).with_name("uncounted")), *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=case, check=False)
    if done.returncode:
        print(f"   {' '.join(words)} left with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")
    return time.perf_counter() - begun, done.stdout


def main() -> None:
    root = Path(os.environ.get("UNCOUNTED_DEV_DATA", ""))
    docs, gold = root / "reading/airwars/docs.jsonl", root / "reading/airwars/gold.jsonl"
    if not docs.is_file():
        print("   skipped: UNCOUNTED_DEV_DATA names no folder with reading/airwars/docs.jsonl")
        return
    coded = {key["id"]: key for key in map(json.loads, gold.read_text().splitlines())}
    reports = [json.loads(line) for line in docs.read_text().splitlines()][:REPORTS]
    os.environ["UNCOUNTED_NAME"] = "Scripted reviewer"
    with tempfile.TemporaryDirectory() as temporary:
        folder, case = Path(temporary) / "reports", Path(temporary) / "case"
        folder.mkdir()
        for report in reports:
            (folder / f"{report['id']}.txt").write_text(
                f"---\npublisher: {report['publisher']}\n---\n{report['text']}\n"
            )
        step(Path(temporary), "init", "case", "--title", "Road")
        for words in (
            ["add", str(folder)], ["read"], ["review", "--accept-all"], ["match"], ["toll", "--json"],
            ["publish", "site"], ["verify"], ["rebuild"],
        ):  # fmt: skip
            seconds, said = step(case, *words)
            print(f"   {words[0]:8} {seconds:6.1f} s   {said.strip().splitlines()[-1][:90] if said.strip() else ''}")
        for policy in ("literal", "airwars"):
            _, said = step(case, "toll", "--json", "--by", "harm", "--policy", policy)
            for cell in json.loads(said or "[]"):
                rests = f"{len(cell['incidents'])} incidents, {cell['origins']} origins"
                print(f"   {policy:8} {cell['cell']}  {cell['low']}..{cell['high']}  {rests}")
        for harm in ("killed", "injured"):
            ranges = [coded[report["id"]][harm] for report in reports if coded[report["id"]].get(harm)]
            print(f"   recorders, {harm}: {sum(low for low, _ in ranges)}..{sum(high for _, high in ranges)}")
