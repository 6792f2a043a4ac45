import subprocess
import sys
from pathlib import Path

from uncounted.ledger.sqlite import SqliteLedger
from uncounted.ledger.verify import verify_folder
from uncounted.ledger.views import Views


def test_killing_fifty_ingestions_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    script = [sys.executable, "-m", "tests.ledger.killed", str(tmp_path), "50", "20260102"]
    done = subprocess.run(script, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    rounds = [line.split() for line in done.stdout.splitlines()]
    assert len(rounds) == 50
    for acknowledged, held in rounds:
        assert int(held) >= int(acknowledged)
    found = verify_folder(tmp_path)
    assert found.entries == int(rounds[-1][1]) > 20
    ledger = SqliteLedger.open(tmp_path / "ledger.sqlite")
    assert len(Views(None, ledger).captures()) == found.entries // 2
