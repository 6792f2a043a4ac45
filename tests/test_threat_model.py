"""Every row of the threat model is shown by a test that exists, or says that it is a known limit."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "threat-model.md").read_text()
TABLES = [block for block in re.findall(r"(?:^\|.*\n)+", TEXT, re.MULTILINE) if "shown by" in block]
ROWS = [line for block in TABLES for line in block.splitlines()[2:]]


def test_the_model_has_its_tables() -> None:
    assert len(TABLES) == 4
    assert len(ROWS) >= 40


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:40])
def test_a_row_names_a_test_that_is_there_or_a_known_limit(row: str) -> None:
    shown = row.rstrip().rstrip("|").rpartition("|")[2]
    named = re.findall(r"`(tests/[^`]+)`", shown)
    assert named or "known limit" in shown or "contract" in shown or "documentation" in shown
    for one in named:
        path, _, test = one.partition("::")
        assert (ROOT / path).exists(), one
        assert not test or f"def {test}(" in (ROOT / path).read_text(), one
