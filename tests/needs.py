"""What some tests need of the machine, and the word that they skip with where it is not there."""

import shutil
import subprocess
import sys
from functools import cache

import pytest

from uncounted.stages.capture import browser


@cache
def driven() -> bool:
    """Whether there is a browser and its driver starts (it needs the package 'libatomic1')."""
    asked = [sys.executable, "-m", "playwright", "--version"]
    return browser.can_browse() and subprocess.run(asked, capture_output=True, check=False).returncode == 0


BROWSER = "needs the packages 'chromium' and 'libatomic1', which 'make setup' installs as root"
needs_browser = pytest.mark.skipif(not driven(), reason=BROWSER)


def needs_shell() -> None:
    """Skip where the tools of the shell verifier are not installed."""
    missing = [tool for tool in ("openssl", "sha256sum", "xxd") if not shutil.which(tool)]
    if missing:
        pytest.skip(f"the shell verifier needs {', '.join(missing)}, which 'make setup' installs as root")
