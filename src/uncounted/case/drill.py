"""Backup and the recovery drill: a copy is restored, verified, and opened with the offline key alone."""

import os
import shutil
import tempfile
from pathlib import Path

import msgspec

from uncounted.case.case import LEDGER, VIEWS, Case
from uncounted.case.keeping import INDEX
from uncounted.case.reviewing import person
from uncounted.ledger.objects import sync_folder
from uncounted.ledger.sealed import public_of, read_keys
from uncounted.ledger.verify import Progress, verify_folder
from uncounted.model.errors import Broken, Refused
from uncounted.model.facts import DrillHeld

DATABASES = (LEDGER, VIEWS, INDEX)
OTHERWISE = frozenset({"objects", "case.lock", "cache", "site"})
"""What in a case's folder is copied in its own way, or follows from the rest, as the databases' names begin."""


class Drill(msgspec.Struct, frozen=True, kw_only=True):
    """What a drill showed: entries and objects of the restored copy, and sealed values that the key opened."""

    entries: int
    objects: int
    opened: int
    root: str


def backup(case: Case, target: Path) -> Path:
    """Copy a case, whole and consistent, to a new folder, while others may read or write.

    Beside ledger and objects it holds whatever lies in the case's folder and follows from nothing: the rules of
    counting and of safety, planted names, accounts. Sealed values stay sealed in it. The folder has its name once all
    of it is on disk. ``Refused`` for a folder that exists or lies inside the case, and when the disk does not take it.
    """
    if target.exists():
        raise Refused(f"backup {target}", "it exists already", "Choose another name")
    if target.resolve().is_relative_to(case.folder.resolve()):
        raise Refused(f"backup {target}", "whoever loses the case would lose its backup", "Name a folder elsewhere")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))  # the owner's alone
        try:
            _copied(case, scratch)
            scratch.rename(target)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
        sync_folder(target.parent)
    except OSError as fault:
        rule = f"it cannot be written ({fault.strerror or fault})"
        raise Refused(f"backup {target}", rule, "See to the disk, then try again") from fault
    return target


def _copied(case: Case, target: Path) -> None:
    """Copy the ledger first: every object that it names is there by then."""
    case.ledger.backup(target / LEDGER)
    for name in case.objects:
        place = target / "objects" / name[:2] / name[2:]
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(case.objects.path(name), place)
    for path in sorted(case.folder.iterdir()):
        if path.name.startswith(DATABASES) or path.name in OTHERWISE or path.is_symlink():
            continue
        if path.is_dir():
            shutil.copytree(path, target / path.name, symlinks=True)
        elif path.is_file():
            shutil.copy(path, target / path.name)
    for path in (*(path for path in target.rglob("*") if not path.is_symlink()), target):
        _synced(path)


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
