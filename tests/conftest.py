"""Shared fixtures: the command as users call it, and a small case of invented reports."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No test asserts on wall time, and a law that fails once must fail again.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

COMMAND = str(Path(sys.executable).with_name("uncounted"))
Run = Callable[..., "subprocess.CompletedProcess[str]"]

REPORTS = {
    "herald.txt": (
        "---\nPublisher: Valley Herald\nPublished: 2025-03-05\nLanguage: en\n---\n"
        "An airstrike on the market in Akureyri killed at least 14 people, including five children, on Tuesday, the "
        "district hospital said. Nine others were wounded.\n"
    ),
    "courier.txt": (
        "---\nPublisher: Morning Courier\nPublished: 2025-03-05\nLanguage: en\n---\n"
        "The district hospital said 16 people were killed when warplanes hit the market in Akureyri on Tuesday.\n"
    ),
    "denial.txt": (
        "---\nPublisher: Northern Command\nPublished: 2025-03-06\nLanguage: en\n---\n"
        "The Northern Command denied that any civilians were killed in Akureyri on Tuesday.\n"
    ),
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``uncounted`` as a person named in the environment; answers the finished process."""
    monkeypatch.setenv("UNCOUNTED_NAME", "Ada Recorder")

    def call(
        *words: object, cwd: Path = tmp_path, status: int | None = 0, given: str | None = None
    ) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [COMMAND, *map(str, words)], cwd=cwd, input=given, capture_output=True, text=True, check=False
        )
        assert status is None or done.returncode == status, done.stdout + done.stderr
        return done

    return call


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of three invented reports of one event: two of one origin, and a denial."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def case(tmp_path: Path, run: Run) -> Path:
    """An empty case."""
    run("init", "case", "--title", "Invented", "--invented")
    return tmp_path / "case"
