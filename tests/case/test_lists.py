"""Victim lists in versions (invented): each kept whole, the newest current."""

from pathlib import Path

import pytest

from uncounted.case import Case, lists
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.facts import Agent

ADA = Agent("person", "Ada Recorder")
FIRST = "id,name,sex,age,place,ward\n1,Amal Odran,f,30,Mara,4\n2,Benat Sulu,m,,,\n"
SECOND = "id,name,sex,age,place,ward\n1,Amal Odran,f,31,Mara,4\n3,Cora Tinn,f,7,,\n"


@pytest.fixture
def empty(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case", "Invented", ADA, invented=True)


def write(tmp_path: Path, text: str, name: str = "list.csv") -> Path:
    (tmp_path / name).write_text(text, "utf-8")
    return tmp_path / name


def test_a_row_keeps_all_its_columns_and_what_is_empty_is_unknown(empty: Case, tmp_path: Path) -> None:
    made = lists.add(empty, write(tmp_path, FIRST), ADA, name="ministry", version="2025-03-01")
    assert (made.entries, made.by) == (2, "Ada Recorder")
    amal, benat = lists.current(empty)["ministry"]
    assert (amal.place, amal.more, amal.age) == ("Mara", {"ward": "4"}, 30)
    assert (benat.place, benat.more, benat.age) == (None, {}, None)
    assert empty.objects.get(empty.views.capture(made.capture).object).decode() == FIRST


def test_the_newest_version_is_current_whenever_it_was_added_and_no_version_loses_an_entry(
    empty: Case, tmp_path: Path
) -> None:
    lists.add(empty, write(tmp_path, SECOND), ADA, name="ministry", version="2025-04-01")
    lists.add(empty, write(tmp_path, FIRST), ADA, name="ministry", version="2025-03-01")
    assert [one.id for one in lists.current(empty)["ministry"]] == ["1", "3"]
    assert [one.id for one in lists.version(empty, "ministry", "2025-03-01")] == ["1", "2"]
    assert [one.version for one in lists.versions(empty)] == ["2025-03-01", "2025-04-01"]
    found = lists.compare(empty, "ministry")
    assert (found.before, found.after, found.same) == ("2025-03-01", "2025-04-01", 0)
    assert [(one.kind, one.id) for one in found.changes] == [("changed", "1"), ("added", "3"), ("removed", "2")]


def test_the_same_file_again_adds_nothing_and_another_of_that_date_is_refused(empty: Case, tmp_path: Path) -> None:
    file = write(tmp_path, FIRST)
    lists.add(empty, file, ADA, name="ministry", version="2025-03-01")
    size = len(empty.ledger)
    lists.add(empty, file, ADA, name="ministry", version="2025-03-01")
    assert len(empty.ledger) == size
    with pytest.raises(Refused, match="kept as it is"):
        lists.add(empty, write(tmp_path, SECOND), ADA, name="ministry", version="2025-03-01")


def test_an_undated_version_beside_a_dated_one_is_refused(empty: Case, tmp_path: Path) -> None:
    lists.add(empty, write(tmp_path, FIRST), ADA, name="ministry")
    with pytest.raises(Refused, match="by date"):
        lists.add(empty, write(tmp_path, SECOND), ADA, name="ministry", version="2025-03-01")


def test_a_long_list_takes_several_facts_and_is_one_version(
    empty: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "STEP", 1)
    size = len(empty.ledger)
    made = lists.add(empty, write(tmp_path, FIRST), ADA, name="ministry")
    assert (made.entries, len(empty.ledger) - size) == (2, 3)


def test_another_header_is_mapped_and_an_unknown_column_named(empty: Case, tmp_path: Path) -> None:
    file = write(tmp_path, "no,full name\n1,Amal Odran\n")
    lists.add(empty, file, ADA, name="families", columns={"id": "no", "name": "full name"})
    assert lists.current(empty)["families"][0].name == "Amal Odran"
    with pytest.raises(BadInput, match="no column 'nom'"):
        lists.add(empty, file, ADA, name="others", columns={"name": "nom"})


@pytest.mark.parametrize(("name", "version"), [("a:b", None), ("ministry", "last week")])
def test_names_and_dates_that_could_be_misread_are_refused(
    empty: Case, tmp_path: Path, name: str, version: str | None
) -> None:
    with pytest.raises(BadInput):
        lists.add(empty, write(tmp_path, FIRST), ADA, name=name, version=version)


def test_what_is_not_there_is_said_with_what_is(empty: Case, tmp_path: Path) -> None:
    lists.add(empty, write(tmp_path, FIRST), ADA, name="ministry", version="2025-03-01")
    with pytest.raises(NotFound, match="Its lists: ministry"):
        lists.version(empty, "clinic")
    with pytest.raises(NotFound, match="2025-03-01"):
        lists.version(empty, "ministry", "2024")
    with pytest.raises(NotFound, match="no version is earlier"):
        lists.compare(empty, "ministry")


def test_a_rebuild_gives_the_same_versions(empty: Case, tmp_path: Path) -> None:
    for text, when in ((FIRST, "2025-03-01"), (SECOND, "2025-04-01")):
        lists.add(empty, write(tmp_path, text), ADA, name="ministry", version=when)
    before = empty.views.digest()
    empty.views.rebuild()
    assert empty.views.digest() == before
