"""Checks a release as anybody can who holds it: its files against the manifest, its claims against their words."""

import json
from pathlib import Path
from typing import Any

import msgspec

from uncounted.model.errors import Broken
from uncounted.model.identity import digest
from uncounted.stages.publish.release import MANIFEST, Manifest


def verify(folder: Path) -> Manifest:
    """Return the manifest of a release that is whole.

    Raises :class:`Broken` with the first thing that does not hold: a file that is missing, changed or not in the
    manifest, or a claim whose words are not the slice of its report's working text that it names.
    """
    manifest = _manifest(folder)
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()} - {MANIFEST}
    for path in sorted(manifest.files.keys() | found):
        if path not in found:
            raise Broken(path, "the manifest names it and the release does not hold it")
        if path not in manifest.files:
            raise Broken(path, "the manifest does not name it")
        if digest((folder / path).read_bytes()) != manifest.files[path]:
            raise Broken(path, "its bytes are not those that were published", f"SHA-256 was {manifest.files[path]}")
    _claims(folder)
    return manifest


def _manifest(folder: Path) -> Manifest:
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise Broken(str(folder), "it has no manifest", "A release has manifest.json in its folder.") from None
    except msgspec.DecodeError as fault:
        raise Broken(MANIFEST, f"it cannot be read: {fault}") from None


def _claims(folder: Path) -> None:
    texts: dict[str, str] = {}
    # A line ends with LF alone: the words of a report may hold other signs that end lines elsewhere.
    for number, line in enumerate((folder / "claims.jsonl").read_bytes().split(b"\n"), 1):
        if not line:
            continue
        try:
            claim = json.loads(line)
            document = str(claim["document"])
        except (ValueError, KeyError, TypeError) as fault:
            raise Broken(f"claims.jsonl, line {number}", f"it is no claim ({fault})") from None
        if document not in texts:
            path = folder / "captures" / f"{document}.txt"
            if not path.is_file():
                raise Broken(f"claim {claim['id']}", f"the text of its report {document} is not in the release")
            texts[document] = path.read_bytes().decode("utf-8")
        for part in _quoted(claim):
            if texts[document][part["start"] : part["end"]] != part["text"]:
                raise Broken(f"claim {claim['id']} (line {number})", f"{part['text']!r} is not what its report says")


def _quoted(value: Any) -> list[dict[str, Any]]:
    """Every part of a claim that quotes its report, however deep it lies."""
    if isinstance(value, list):
        return [part for item in value for part in _quoted(item)]
    if not isinstance(value, dict):
        return []
    here = [value] if isinstance(value.get("start"), int) and isinstance(value.get("end"), int) else []
    return here + [part for item in value.values() for part in _quoted(item)]
