"""Two versions of an invented list: what is new, what changed and why, and that a removal is told."""

from uncounted.model.persons import ListEntry
from uncounted.stages.assess.versions import compare


def entry(id: str, name: str, age: int | None = 30, **more: object) -> ListEntry:
    return ListEntry(list="ministry", id=id, name=name, age=age, **more)  # type: ignore[arg-type]


ODRAN, SULU, TINN = entry("1", "Amal Odran"), entry("2", "Benat Sulu", 41), entry("3", "Cora Tinn", 7)


def test_equal_versions_have_no_changes() -> None:
    assert compare([ODRAN, SULU], [SULU, ODRAN]) == ()


def test_additions_changes_and_removals_are_told_apart() -> None:
    spelled = entry("2", "Benat Sulo", 41)
    found = compare([ODRAN, SULU], [spelled, TINN])
    assert [(one.kind, one.id) for one in found] == [("changed", "2"), ("added", "3"), ("removed", "1")]
    assert found[0].fields == {"name": ("Benat Sulu", "Benat Sulo")}
    assert "written otherwise" in found[0].why


def test_the_same_person_under_another_id_was_given_a_new_id_and_not_removed() -> None:
    (found,) = compare([ODRAN], [entry("900", "Amal  odran")])
    assert (found.kind, found.fields["id"]) == ("renumbered", ("1", "900"))


def test_two_who_could_have_had_the_id_leave_it_open() -> None:
    found = compare([ODRAN], [entry("8", "Amal Odran"), entry("9", "Amal Odran")])
    assert sorted(one.kind for one in found) == ["added", "added", "removed"]


def test_a_removed_entry_with_a_twin_that_stays_is_perhaps_a_duplicate() -> None:
    found = compare([ODRAN, entry("7", "Amal Odran")], [ODRAN])
    assert [(one.kind, "perhaps a duplicate" in one.why) for one in found] == [("removed", True)]


def test_ages_that_all_moved_alike_are_told_as_one_shift() -> None:
    found = compare([ODRAN, SULU, TINN], [entry("1", "Amal Odran", 31), entry("2", "Benat Sulu", 42), TINN])
    assert all("most ages of the list moved by +1" in one.why for one in found)


def test_a_field_stated_now_and_one_no_longer_stated_are_named() -> None:
    (found,) = compare([entry("1", "Amal Odran", 30)], [entry("1", "Amal Odran", None, place="Mara")])
    assert "now stated: place" in found.why
    assert "no longer stated: age" in found.why
