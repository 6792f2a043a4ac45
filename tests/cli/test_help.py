"""The door opens quickly: listing the commands loads none of them."""

import subprocess
import sys

from tests.conftest import Run
from uncounted.cli import COMMANDS, uncounted

HEAVY = ["numpy", "numba", "scipy", "sklearn", "splink", "duckdb", "trafilatura", "pyrage", "tqdm", "starlette"]


def test_help_names_every_command_and_imports_none_of_their_rooms() -> None:
    code = (
        "import sys; from uncounted.cli import main\n"
        "try: main(['--help'])\n"
        "finally: print('LOADED', *[m for m in sys.modules if m.split('.')[0] in set(sys.argv[1:])"
        " or m.startswith(('uncounted.case', 'uncounted.stages', 'uncounted.ledger'))])"
    )
    done = subprocess.run([sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in COMMANDS)
    assert done.stdout.rstrip().endswith("LOADED")


def test_the_line_in_the_list_is_about_a_command_that_exists(run: Run) -> None:
    for name in COMMANDS:
        command = uncounted.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.help, f"{name} says nothing of itself"
