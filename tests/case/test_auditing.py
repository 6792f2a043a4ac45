"""Audits of links and draws of the linkage. All names are invented."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stages.match.persons.invented import families, listed
from uncounted.case import Case, auditing, persons
from uncounted.model.errors import NotEnough, NotFound
from uncounted.model.facts import Agent, ListRead
from uncounted.model.persons import ListEntry
from uncounted.stages.match.persons.sheet import NOBODY

ADA, BEN = "Ada Recorder", "Ben Recorder"
OVERLAP = 90


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of two lists of invented people, 90 of them on both, matched."""
    folder = tmp_path_factory.mktemp("audit") / "case"
    people = families(80, seed=41)
    with Case.create(folder, "Invented", Agent("person", ADA), invented=True) as case:
        for one in (listed("one", people[:130]), listed("two", people[40:], shift=1, careless=0.2)):
            rows = zip(one.ids, one.names, one.sex, one.age, strict=True)
            entries = tuple(ListEntry(list=one.name, id=i, name=n, sex=s, age=a) for i, n, s, a in rows)
            case.record(Agent("person", ADA), ListRead(list=one.name, capture="c0", entries=entries))
        persons.match(case)
    return folder


@pytest.fixture
def case(folder: Path, tmp_path: Path) -> Iterator[Case]:
    import shutil

    shutil.copytree(folder, tmp_path / "case")
    with Case(tmp_path / "case") as opened:
        yield opened


def true_mate(entry: str) -> str | None:
    number = int(entry.removeprefix("one:one")) - 40
    return f"two:two{number}" if number >= 0 else None


def fill(path: Path, to: Path, wrong: int = 0) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for at, row in enumerate(rows):
        row["mate"] = NOBODY if at < wrong else true_mate(row["entry"]) or NOBODY
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_no_draw_is_given_before_an_audit(case: Case) -> None:
    with pytest.raises(NotEnough, match="no audit has measured"):
        auditing.draws(case, 3)


def test_two_people_fill_a_sheet_and_rates_and_draws_follow(case: Case, tmp_path: Path) -> None:
    (drawn,) = auditing.draw(case, 100, ADA)
    assert len(drawn.records) == 100
    assert auditing.draw(case, 100, ADA) == (drawn,)
    sheet = tmp_path / "sheet.csv"
    auditing.write_sheet(case, [drawn.audit], sheet)
    (before,) = auditing.told(case)
    assert before.refused
    with pytest.raises(NotEnough):
        auditing.draws(case, 3)
    for name, wrong in ((ADA, 0), (BEN, 3)):
        fill(sheet, tmp_path / "filled.csv", wrong)
        assert auditing.take_sheet(case, tmp_path / "filled.csv", name) == 100
        assert auditing.take_sheet(case, tmp_path / "filled.csv", name) == 0
    (after,) = auditing.told(case)
    assert (after.answered, after.twice, after.refused) == (100, 100, None)
    assert after.error is not None
    assert after.error.high < 0.1
    assert all(one.false is not None for one in after.strata if one.stratum in ("sure", "linked"))
    made = auditing.draws(case, 8)
    everybody = {entry for person in persons.persons(case) for entry in person.entries}
    for linkage in made:
        assert sorted(entry for cluster in linkage for entry in cluster) == sorted(everybody)
    overlaps = [sum(len(cluster) == 2 for cluster in linkage) for linkage in made]
    assert all(abs(overlap - OVERLAP) <= 8 for overlap in overlaps), overlaps
    assert auditing.draws(case, 8) == made
    assert len(set(made)) > 1


def test_an_answer_about_a_record_that_was_not_drawn_is_refused(case: Case) -> None:
    (drawn,) = auditing.draw(case, 40, ADA)
    with pytest.raises(NotFound, match="was not drawn"):
        auditing.answer(case, drawn.audit, "one:none", None, by=ADA)
    with pytest.raises(NotFound, match="no entry of list"):
        auditing.answer(case, drawn.audit, drawn.records[0].entry, "two:nobody", by=ADA)


def test_an_answer_changes_no_person(case: Case) -> None:
    (drawn,) = auditing.draw(case, 40, ADA)
    before = persons.persons(case)
    auditing.answer(case, drawn.audit, drawn.records[0].entry, None, by=ADA)
    assert persons.persons(case) == before
