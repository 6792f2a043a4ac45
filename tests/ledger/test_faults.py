import shutil
from pathlib import Path

import pytest

from tests.ledger.faults import counted, run
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.ledger.verify import verify_folder


def failing(tmp_path: Path, call: str, number: int, error: str) -> str:
    """Ingest with one failing call; the case must be whole and hold what was acknowledged. Return the errors."""
    case = tmp_path / "case"
    shutil.rmtree(case, ignore_errors=True)
    case.mkdir()
    SqliteLedger.create(case / "ledger.sqlite").close()
    acknowledged, errors = run(case, call, number, error)
    assert "Traceback" not in errors, errors
    assert verify_folder(case).entries >= acknowledged
    return errors


@pytest.mark.skipif(not shutil.which("strace"), reason="install strace to make system calls fail")
@pytest.mark.parametrize("call", ["fsync", "fdatasync", "pwrite64", "rename"])
def test_a_failing_call_is_said_and_leaves_the_case_whole(tmp_path: Path, call: str) -> None:
    failing(tmp_path, "", 0, "")
    calls = counted(tmp_path / "log")
    assert calls[call] > 1
    said = [failing(tmp_path, call, number, "ENOSPC") for number in (1, calls[call] // 2 + 1)]
    assert any("REFUSED" in words for words in said)
