"""Reading a folder of Parquet: the same lines as from JSON Lines, here and on Spark. The reports are invented."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Run

TEXTS = {
    "a": "At least 14 people were killed in Akureyri on Tuesday, the district hospital said.",
    "b": "Warplanes hit the market; three children were wounded.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = tmp_path / "documents"
    made.mkdir()
    for name, text in TEXTS.items():
        table = pa.table({"id": [name], "text": [text], "published": ["2025-03-05"], "shelf": [3]})
        pq.write_table(table, made / f"{name}.parquet")
    return made


def from_lines(run: Run) -> list[str]:
    given = "\n".join(json.dumps({"id": n, "text": text, "published": "2025-03-05"}) for n, text in TEXTS.items())
    return sorted(run("read", "--jsonl", given=given).stdout.splitlines())


def test_a_folder_of_parquet_gives_the_lines_of_its_documents(folder: Path, run: Run) -> None:
    found = run("read", "--jsonl", "--parquet", folder).stdout.splitlines()
    assert sorted(found) == from_lines(run)
    assert len(found) >= 2


def test_a_document_without_a_text_is_told_and_the_rest_are_read(folder: Path, run: Run) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"id": ["c"], "text": pa.array([None], pa.string())}), folder / "c.parquet")
    done = run("read", "--jsonl", "--parquet", folder, status=1)
    assert "document c" in done.stderr
    assert sorted(done.stdout.splitlines()) == from_lines(run)


def test_a_folder_without_parquet_is_named(tmp_path: Path, run: Run) -> None:
    assert "no folder of Parquet files" in run("read", "--jsonl", "--parquet", tmp_path, status=2).stderr


def test_spark_reads_the_same_lines(folder: Path, run: Run) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed (the extra 'spark')")
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine")
    found = run("read", "--jsonl", "--parquet", folder, "--engine", "spark").stdout.splitlines()
    assert sorted(found) == from_lines(run)
