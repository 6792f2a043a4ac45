import base64
from pathlib import Path

import pytest

from tests.stages.capture.make import LINE, one
from uncounted.model.errors import Refused
from uncounted.model.identity import digest

HEAD = """---
Title: Four killed
Publisher: The Smalltown Courier
Published: 4 March 2025
URL: https://courier.example/four
Language: en
Invented: yes
---

"""
SEALED = f"""---
Published: 2025-03-04
Source-protection: sealed
Source-name: Quill Inventson
Source-contact: +00 555 0100
Source-pseudonym: the gardener
---
{LINE}
"""


def test_front_matter_is_metadata_and_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HEAD + LINE)
    report = one(tmp_path / "a.txt")
    capture = report.capture
    assert report.text == LINE
    assert (capture.title, capture.publisher, capture.published) == (
        "Four killed",
        "The Smalltown Courier",
        "2025-03-04",
    )
    assert (capture.url, capture.language) == ("https://courier.example/four", "en")
    assert report.more == {"invented": "yes"}
    assert report.original == (HEAD + LINE).encode()


def test_a_rule_of_dashes_in_a_text_is_no_front_matter(tmp_path: Path) -> None:
    words = f"---\nA story without keys.\n---\n{LINE}"
    (tmp_path / "a.md").write_text(words)
    assert one(tmp_path / "a.md").text == words


def test_sealed_values_are_neither_in_the_object_nor_in_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SEALED)
    report = one(tmp_path / "a.txt")
    secrets = {secret.field: secret.value for secret in report.sealed}
    assert set(secrets) == {"source_name", "source_contact", "original"}
    assert secrets["source_name"] == "Quill Inventson"
    assert base64.b64decode(secrets["original"]) == SEALED.encode()
    assert b"Quill" not in report.original
    assert b"0100" not in report.original
    assert b"Source-name: (sealed)" in report.original
    assert report.capture.object == digest(report.original)
    assert report.text == LINE + "\n"
    assert report.more["source-pseudonym"] == "the gardener"


def test_a_sealed_name_that_also_stands_in_the_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SEALED + "quill inventson saw it.")
    with pytest.raises(Refused, match="pseudonym"):
        one(tmp_path / "a.txt")
