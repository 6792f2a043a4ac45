import hashlib
import os
from pathlib import Path

import pytest

from uncounted.ledger.objects import Objects
from uncounted.model.errors import Broken, NotFound, Refused


@pytest.fixture
def objects(tmp_path: Path) -> Objects:
    return Objects(tmp_path / "objects")


def test_bytes_come_back_by_their_sha256(objects: Objects) -> None:
    name = objects.put(b"said")
    assert name == hashlib.sha256(b"said").hexdigest()
    assert objects.get(name) == b"said"
    assert objects.path(name) == objects.folder / name[:2] / name[2:]
    assert name in objects
    assert objects.put(b"") == hashlib.sha256().hexdigest()


def test_keeping_the_same_bytes_again_changes_nothing(objects: Objects) -> None:
    name = objects.put(b"said")
    before = objects.path(name).stat()
    assert objects.put(b"said") == name
    assert objects.path(name).stat() == before
    assert list(objects) == [name]


def test_objects_are_read_only_and_nothing_is_left_behind(objects: Objects) -> None:
    name = objects.put(b"said")
    assert objects.path(name).stat().st_mode & 0o777 == 0o444
    assert list((objects.folder / "tmp").iterdir()) == []


def test_an_absent_object_is_not_found(objects: Objects) -> None:
    assert "0" * 64 not in objects
    assert "../../etc/passwd" not in objects
    assert list(objects) == []
    for name in ("0" * 64, "../../etc/passwd", "A" * 64):
        with pytest.raises(NotFound):
            objects.get(name)


def test_a_changed_object_is_broken_and_never_taken_for_the_same(objects: Objects) -> None:
    name = objects.put(b"said")
    objects.path(name).chmod(0o644)
    objects.path(name).write_bytes(b"Said")
    for act in (lambda: objects.get(name), lambda: objects.check(name), lambda: objects.put(b"said")):
        with pytest.raises(Broken, match=name):
            act()


def test_a_failing_write_leaves_no_object(objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    objects.put(b"before")

    def fail(_: int) -> None:
        raise OSError(28, "No space left")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refused, match="No space left"):
        objects.put(b"said")
    assert hashlib.sha256(b"said").hexdigest() not in objects
    assert list((objects.folder / "tmp").iterdir()) == []


def test_iteration_is_sorted_and_overlooks_other_files(objects: Objects) -> None:
    names = sorted(objects.put(bytes([n])) for n in range(20))
    (objects.folder / "note.txt").write_text("mine")
    (objects.folder / "ab").mkdir(exist_ok=True)
    (objects.folder / "ab" / "note.txt").write_text("mine")
    assert list(objects) == names
