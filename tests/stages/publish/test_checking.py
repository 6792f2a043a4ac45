"""A release can be checked by anybody, and names what is broken."""

from pathlib import Path

import msgspec
import pytest

from tests.stages.publish.invented import dossier
from uncounted.model.claims import Claim, Passage
from uncounted.model.errors import Broken
from uncounted.model.identity import digest
from uncounted.stages.publish import publish, verify
from uncounted.stages.publish.release import MANIFEST, Manifest


@pytest.fixture
def release(tmp_path: Path) -> Path:
    publish(dossier(), tmp_path)
    return tmp_path


def test_a_whole_release_gives_its_manifest(release: Path) -> None:
    assert verify(release).encoded() == (release / MANIFEST).read_bytes()


@pytest.mark.parametrize("name", ["index.html", "claims.jsonl", "captures/carabic.txt", "toll.json"])
def test_a_changed_byte_is_named(release: Path, name: str) -> None:
    data = bytearray((release / name).read_bytes())
    data[len(data) // 2] ^= 1
    (release / name).write_bytes(bytes(data))
    with pytest.raises(Broken, match=name):
        verify(release)


def test_a_missing_and_an_added_file_are_named(release: Path) -> None:
    (release / "extra.html").write_text("slipped in")
    with pytest.raises(Broken, match=r"extra\.html"):
        verify(release)
    (release / "extra.html").unlink()
    (release / "claims.csv").unlink()
    with pytest.raises(Broken, match=r"claims\.csv"):
        verify(release)


def test_a_claim_that_no_longer_quotes_its_report_is_named_though_the_manifest_agrees(release: Path) -> None:
    data = (release / "claims.jsonl").read_bytes().replace(b"At least 14 villagers", b"At least 44 villagers")
    (release / "claims.jsonl").write_bytes(data)
    listed = msgspec.json.decode((release / MANIFEST).read_bytes(), type=Manifest)
    listed.files["claims.jsonl"] = digest(data)
    (release / MANIFEST).write_bytes(listed.encoded())
    with pytest.raises(Broken, match="kkilled"):
        verify(release)


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\u0085", "\x0b", "\r"])
def test_signs_that_end_lines_elsewhere_may_stand_in_the_words_of_a_report(tmp_path: Path, sign: str) -> None:
    words = f"Seven people{sign}died"
    claim = Claim(document="cline", id="kline", harm="killed", passage=Passage(words, 0, len(words)))
    made = dossier()
    capture = msgspec.structs.replace(made.captures["ctotal"], id="cline")
    whole = msgspec.structs.replace(
        made, claims={**made.claims, "kline": claim}, captures={**made.captures, "cline": capture},
        texts={**made.texts, "cline": words},
    )  # fmt: skip
    publish(whole, tmp_path)
    verify(tmp_path)


def test_a_line_that_is_no_claim_is_named_though_the_manifest_agrees(release: Path) -> None:
    data = (release / "claims.jsonl").read_bytes() + b"[]\n"
    (release / "claims.jsonl").write_bytes(data)
    listed = msgspec.json.decode((release / MANIFEST).read_bytes(), type=Manifest)
    listed.files["claims.jsonl"] = digest(data)
    (release / MANIFEST).write_bytes(listed.encoded())
    with pytest.raises(Broken, match="line 6"):
        verify(release)


def test_a_folder_without_a_manifest_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="no manifest"):
        verify(tmp_path)
