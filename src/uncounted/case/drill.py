"""Backup and the recovery drill: a copy is restored, verified, and opened with the offline key alone."""

import os
import shutil
import tempfile
from pathlib import Path

import msgspec

from uncounted.case.case import LEDGER, Case
from uncounted.case.exhibits import CHECKPOINTS
from uncounted.case.reviewing import person
from uncounted.ledger.sealed import public_of, read_keys
from uncounted.ledger.verify import Progress, verify_folder
from uncounted.model.errors import Broken, Refused
from uncounted.model.facts import DrillHeld

OWN = ("gazetteer.csv", "recipients.txt")
"""A case's own files that follow from no fact."""


class Drill(msgspec.Struct, frozen=True, kw_only=True):
    """What a drill showed: entries and objects of the restored copy, and sealed values that the key opened."""

    entries: int
    objects: int
    opened: int
    root: str


def backup(case: Case, target: Path) -> Path:
    """Copy a case, whole and consistent, to a new folder, while others may read or write.

    Sealed values stay sealed in it. ``Refused`` for a folder that exists.
    """
    if target.exists():
        raise Refused(f"backup {target}", "it exists already", "Choose another name")
    target.mkdir(parents=True, mode=0o700)
    case.ledger.backup(target / LEDGER)
    for name in case.objects:
        place = target / "objects" / name[:2] / name[2:]
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(case.objects.path(name), place)
        _synced(place)
    for folder in (CHECKPOINTS, "policies", "watching"):
        if (case.folder / folder).is_dir():
            shutil.copytree(case.folder / folder, target / folder)
    for file in OWN:
        if (case.folder / file).is_file():
            shutil.copyfile(case.folder / file, target / file)
    for path in (target / LEDGER, *(path for path in target.rglob("*") if path.is_dir()), target):
        _synced(path)
    return target


def drill(
    case: Case,
    by: str,
    key: Path,
    *,
    passphrase: str | None = None,
    place: Path | None = None,
    progress: Progress | None = None,
) -> Drill:
    """Restore a backup in a folder of its own, verify it, open every sealed value with ``key``, and record the drill.

    The copy is deleted at the end. ``Broken`` or ``Refused`` says what did not hold, and nothing is recorded then.
    """
    keys = read_keys(key, passphrase)
    with tempfile.TemporaryDirectory(prefix="uncounted-drill-", dir=place) as scratch:
        copy = backup(case, Path(scratch) / "case")
        found = verify_folder(copy, keys=keys, progress=progress)
        with Case(copy) as restored:
            if restored.views.digest() != case.views.digest() and len(restored.ledger) == len(case.ledger):
                raise Broken(
                    "restored copy", "what it adds up to differs from the case", "Rebuild both, then try again"
                )
    fact = DrillHeld(key=public_of(keys[0]), entries=found.entries, root=found.root, opened=found.opened)
    with case.writing("record a drill"):
        case.record(person(by), fact)
    return Drill(entries=found.entries, objects=found.objects, opened=found.opened, root=found.root)


def _synced(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
