"""Nobody who was killed is named in this project: names of three words and more from development data are searched."""

import csv
import gzip
import os
import re
import subprocess
from pathlib import Path

import pytest

from uncounted.names import fold

ROOT = Path(__file__).parent.parent
TEXT = {".py", ".md", ".tsv", ".csv", ".json", ".jsonl", ".txt", ".html", ".js", ".toml", ".yml", ".yaml"}


def real_names(folder: Path) -> set[str]:
    names = set()
    for path in sorted(folder.rglob("*.csv*")):
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                name = fold(row.get("name") or "")
                if len(name.split()) >= 3:
                    names.add(name)
    return names


def runs_of_words(text: str, lengths: set[int]) -> set[str]:
    found = set()
    for line in re.split(r"[\n.,;:|\"()\[\]{}]", text):
        words = fold(line).split()
        found |= {" ".join(words[at : at + n]) for n in lengths for at in range(len(words) - n + 1)}
    return found


def test_no_real_name_is_in_the_repository() -> None:
    folder = os.environ.get("UNCOUNTED_DEV_DATA")
    if not folder:
        pytest.skip("set UNCOUNTED_DEV_DATA to the folder of real lists to search for their names")
    names = real_names(Path(folder))
    assert names, f"no names of three words were found under {folder}"
    lengths = {len(name.split()) for name in names}
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    guilty = [
        path
        for path in listed.splitlines()
        if Path(path).suffix in TEXT and names & runs_of_words((ROOT / path).read_text(encoding="utf-8"), lengths)
    ]
    assert not guilty, f"whole names of real people stand in {', '.join(guilty)}"
