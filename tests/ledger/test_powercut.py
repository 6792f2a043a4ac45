import random
import shutil
from pathlib import Path

import pytest

from tests.ledger.powercut import Call, Disk, recorded
from uncounted.ledger.verify import verify_folder

needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="install strace to simulate power cuts")


def cuts(tmp_path: Path, calls: list[Call], count: int, seed: int) -> tuple[int, int]:
    """Cut the power ``count`` times; return how many entries were acknowledged and not there, and cuts that dropped."""
    chance, lost, dropped = random.Random(seed), 0, 0
    first = next(n for n, call in enumerate(calls) if call.name == "ack")
    for moment in sorted(chance.sample(range(first, len(calls)), min(count, len(calls) - first))):
        disk, acknowledged, found = Disk(str(tmp_path / "case")), 0, tmp_path / "found"
        for call in calls[: moment + 1]:
            acknowledged = call.at if call.name == "ack" else acknowledged
            disk.do(call)
        dropped += any(w for n, w in disk.writes.items() if n != disk.names[f"{disk.folder}/case.lock"])
        shutil.rmtree(found, ignore_errors=True)
        disk.cut(chance, found)
        held = verify_folder(found).entries
        lost += max(0, acknowledged - held)
    return lost, dropped


@needs_strace
def test_power_cuts_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    calls = recorded(tmp_path / "case", tmp_path / "log", 12)
    assert sum(call.name == "ack" for call in calls) == 13
    lost, dropped = cuts(tmp_path, calls, 50, seed=1)
    assert lost == 0
    assert dropped > 10


@needs_strace
def test_the_simulation_notices_a_ledger_that_does_not_sync(tmp_path: Path) -> None:
    calls = recorded(tmp_path / "case", tmp_path / "log", 6)
    created = next(n for n, call in enumerate(calls) if call.name == "ack")
    careless = [
        c for n, c in enumerate(calls) if n < created or not (c.name == "fdatasync" and c.path.endswith("-wal"))
    ]
    assert cuts(tmp_path, careless, 15, seed=1)[0] > 0


def test_a_replay_without_a_cut_is_the_folder_itself(tmp_path: Path) -> None:
    disk = Disk("/case")
    for call in (
        Call("create", "/case/a"), Call("pwrite64", "/case/a", b"said", 2), Call("fsync", "/case/a"),
        Call("mkdir", "/case/b"), Call("rename", "/case/a", b"/case/b/a"), Call("fsync", "/case"),
        Call("fsync", "/case/b"),
    ):  # fmt: skip
        disk.do(call)
    disk.cut(random.Random(1), tmp_path / "found")
    assert (tmp_path / "found" / "b" / "a").read_bytes() == b"\0\0said"
    assert not (tmp_path / "found" / "a").exists()
