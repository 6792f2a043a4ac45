import base64
from pathlib import Path

import pytest

from tests.stages.capture.make import LINE, one, parted
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


@pytest.mark.parametrize(
    "words",
    [
        "He is reached at +00-555-0100 in the evening.",
        "He is reached at (+00) 5550100.",
        "It was Quill\n  Inventson who saw it.",
        "It was Ｑｕｉｌｌ Inventson who saw it.",
    ],
)
def test_a_sealed_value_is_found_however_it_is_written(tmp_path: Path, words: str) -> None:
    (tmp_path / "a.txt").write_text(SEALED + words)
    with pytest.raises(Refused, match="pseudonym"):
        one(tmp_path / "a.txt")


def test_a_file_that_is_called_after_its_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Statement of Quill Inventson.txt").write_text(SEALED)
    with pytest.raises(Refused, match="or in its name"):
        one(tmp_path / "Statement of Quill Inventson.txt")
    folder = tmp_path / "quill inventson"
    folder.mkdir()
    (folder / "a.txt").write_text(SEALED)
    reports, faults = parted(tmp_path)
    assert reports == []
    assert len(faults) == 2


def test_a_second_name_is_sealed_and_looked_for_too(tmp_path: Path) -> None:
    twice = SEALED.replace("Source-contact", "Source-name: Nib Madeup\nSource-contact")
    (tmp_path / "a.txt").write_text(twice)
    report = one(tmp_path / "a.txt")
    assert [secret.value for secret in report.sealed[:3]] == ["Quill Inventson", "Nib Madeup", "+00 555 0100"]
    (tmp_path / "b.txt").write_text(twice + "Nib Madeup saw it.")
    with pytest.raises(Refused):
        one(tmp_path / "b.txt")


@pytest.mark.parametrize("key", ["Source_name", "source name", "SOURCE-NAME"])
def test_a_key_is_known_however_it_is_written(tmp_path: Path, key: str) -> None:
    (tmp_path / "a.txt").write_text(SEALED.replace("Source-name", key).replace("Source-pro", "Source pro"))
    report = one(tmp_path / "a.txt")
    assert b"Quill" not in report.original
    assert report.sealed[0].field == "source_name"


@pytest.mark.parametrize(
    "words",
    [
        SEALED.replace("sealed", "full"),
        SEALED.replace("Published", "# by hand\nPublished"),
        SEALED.replace("Published", "Note: a line\n  that goes on\nPublished"),
        "\n" + SEALED,
        SEALED.replace("---\n" + LINE, LINE),
        SEALED.removeprefix("---\n"),
    ],
)
def test_protection_that_is_not_understood_is_never_taken_in_the_open(tmp_path: Path, words: str) -> None:
    (tmp_path / "a.txt").write_text(words)
    with pytest.raises(Refused):
        one(tmp_path / "a.txt")


def test_a_text_that_speaks_of_protection_is_no_secret(tmp_path: Path) -> None:
    words = f"---\nSource-protection: none\nSource-name: The Ministry\n---\n{LINE}"
    (tmp_path / "a.txt").write_text(words)
    assert one(tmp_path / "a.txt").sealed == ()
    (tmp_path / "b.txt").write_text(f"{LINE}\n\nThe ministry speaks of source-protection: it says none is needed.")
    assert one(tmp_path / "b.txt").sealed == ()
