"""Folders that the auto-archiver filled, in the form in which it writes them; everything in them is invented."""

import csv
import datetime
from pathlib import Path
from typing import Any

from uncounted.stages.capture import Fault, Options, Taken
from uncounted.stages.capture.archives import archived

AT = datetime.datetime(2031, 5, 7, 9, 30, 1, 250, tzinfo=datetime.UTC)
METADATA = {
    "_processed_at": AT,
    "url": "https://social.example/1",
    "title": "A post",
    "content": "Two people were killed, an invented witness wrote.",
    "timestamp": datetime.datetime(2031, 5, 6, 10, 0, tzinfo=datetime.UTC),
    "archive_duration_seconds": 3,
}


def read(folder: Path) -> tuple[list[Taken], list[Fault]]:
    found = list(archived(folder, "auto-archiver", Options()))
    return [one for one in found if isinstance(one, Taken)], [one for one in found if isinstance(one, Fault)]


def results(folder: Path, *rows: Any) -> Path:
    """The list of results as its ``csv_db`` writes it: dictionaries as Python prints them."""
    folder.mkdir()
    with (folder / "db.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, fieldnames=["status", "metadata", "media"])
        table.writeheader()
        for metadata in rows:
            table.writerow({"status": "success", "metadata": metadata, "media": []})
    return folder


def test_moments_in_a_result_are_read(tmp_path: Path) -> None:
    taken, faults = read(results(tmp_path / "out", METADATA))
    assert faults == []
    assert [(one.capture.url, one.capture.published) for one in taken] == [
        ("https://social.example/1", "2031-05-06T10:00:00Z")
    ]
    assert taken[0].text == "A post\n\nTwo people were killed, an invented witness wrote."


def test_what_cannot_be_read_is_not_said_to_be_nothing(tmp_path: Path) -> None:
    _, faults = read(results(tmp_path / "out", "{'url': <object at 0x7f>}", {"url": "https://social.example/2"}))
    assert ["cannot be read" in str(fault.error) for fault in faults] == [True, False]
    assert "nothing was said" in str(faults[1].error)


def test_a_page_of_a_megabyte_in_one_cell_stops_nothing(tmp_path: Path) -> None:
    long = {**METADATA, "content": "Two people were killed. " * 10_000}
    taken, faults = read(results(tmp_path / "out", long, METADATA))
    assert (len(taken), faults) == (2, [])
