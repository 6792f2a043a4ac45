"""The commands of the tutorial, as they stand on its page, run on invented reports from one folder to the next."""

import os
import pty
import re
import subprocess
import threading
from pathlib import Path

import pytest

from tests.conftest import COMMAND, REPORTS

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which somebody followed the tutorial, and what the terminal showed; every claim was accepted."""
    home = tmp_path_factory.mktemp("home")
    (home / "reports").mkdir()
    for name, text in REPORTS.items():
        (home / "reports" / name).write_text(text)
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    script = "set -e\n" + "\n".join(blocks)
    environment = {**os.environ, "HOME": str(home), "PATH": f"{Path(COMMAND).parent}{os.pathsep}{os.environ['PATH']}"}
    keyboard, terminal = pty.openpty()
    through = threading.Event()

    def accepting() -> None:
        """Press the key again and again: a terminal that goes over to single keys forgets those pressed before."""
        while not through.wait(0.05):
            os.write(keyboard, b"a")

    presses = threading.Thread(target=accepting)
    presses.start()
    try:
        done = subprocess.run(
            ["sh", "-c", script], cwd=home, env=environment, stdin=terminal, capture_output=True, text=True,
            check=False, timeout=300,
        )  # fmt: skip
    finally:
        through.set()
        presses.join()
        os.close(keyboard)
        os.close(terminal)
    assert done.returncode == 0, done.stdout + done.stderr
    return home, done.stdout + done.stderr


def test_every_step_leaves_what_the_page_says(followed: tuple[Path, str]) -> None:
    home, _ = followed
    assert (home / "tour" / "site" / "index.html").is_file()
    assert (home / "mycase" / "ledger.sqlite").is_file()
    assert (home / "site" / "index.html").is_file()
    assert list((home / "data").rglob("*.xlsx"))
    assert list((home / "data").rglob("datapackage.json"))


def test_the_figure_leads_to_the_passages(followed: tuple[Path, str]) -> None:
    assert "at least 14 people" in followed[1]
    assert "origin: the district hospital" in followed[1].casefold()
