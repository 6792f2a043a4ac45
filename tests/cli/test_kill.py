"""A machine that stops at any moment loses nothing that was acknowledged."""

import random
import subprocess
import time
from pathlib import Path

from tests.conftest import COMMAND, Run


def test_killed_at_random_moments_of_50_ingestions_nothing_acknowledged_is_lost(
    case: Path, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "fifty"
    folder.mkdir()
    for number in range(50):
        (folder / f"{number:02}.txt").write_text(f"Report {number}: {number + 2} people were killed, police said.\n")
    chance, acknowledged = random.Random(20250304), set[str]()
    begun = time.monotonic()
    run("--help")
    startup = time.monotonic() - begun
    for _ in range(10):
        writing = subprocess.Popen(
            [COMMAND, "add", str(folder)], cwd=case, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        time.sleep(startup + chance.uniform(0, 1.2))
        writing.kill()
        said = writing.communicate()[0]
        acknowledged |= {line.split()[0] for line in said.splitlines(keepends=True) if line.endswith("added\n")}
        run("verify", cwd=case)
    finished = run("add", folder, cwd=case).stdout
    assert len(finished.splitlines()) == 50
    known = {line.split()[0] for line in finished.splitlines() if "already here" in line}
    assert acknowledged <= known
    assert run("verify", cwd=case).stdout.startswith("unbroken: 51 entries")
