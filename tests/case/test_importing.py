"""Tables of others in a case: in, out again without loss, updated, and taken back."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.exchange import made as invented_ged

from uncounted.case import Case, importing, linking, reviewing
from uncounted.model.errors import NotFound, Refused
from uncounted.model.facts import Agent
from uncounted.model.quoting import misquoted

HEAD = "id,date,place,killed\n"
ONE = HEAD + "a,2031-05-06,Qasr Lamin,12\nb,2031-05-07,Tall al-Ward,3\nc,2031-05-08,Dayr Amin,5\n"
TWO = HEAD + "a,2031-05-06,Qasr Lamin,14\nb,2031-05-07,Tall al-Ward,3\nd,2031-05-09,Dayr Amin,1\n"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(tmp_path / "case", "An import (invented)", Agent("person", "Rana"), invented=True) as made:
        yield made


def file(case: Case, text: str, name: str = "t.csv") -> Path:
    path = case.folder.parent / name
    path.write_bytes(text.encode())
    return path


def take(
    case: Case, text: str, *, accept: bool = False, good_rows: bool = False, drop_gone: bool = False
) -> importing.Imported:
    proposal = importing.propose(case, file(case, text), "table")
    return importing.carry_out(case, proposal, "Rana", accept=accept, good_rows=good_rows, drop_gone=drop_gone)


def counts(case: Case, status: str = "proposed") -> list[int]:
    return sorted(r.claim.count.low or 0 for r in case.views.claims() if r.status == status)


def test_rows_go_in_as_claims_that_quote_their_evidence(case: Case) -> None:
    done = take(case, ONE)
    assert (done.added, done.changed, done.same) == (3, 0, 0)
    assert counts(case) == [3, 5, 12]
    for reviewed in case.views.claims():
        assert not list(misquoted(reviewed.claim, case.text(reviewed.claim.document)))


def test_the_same_file_again_changes_nothing(case: Case) -> None:
    take(case, ONE)
    entries = len(case.ledger)
    done = take(case, ONE)
    assert (done.entry, done.same, len(case.ledger)) == (None, 3, entries)


def test_an_update_shows_its_difference_cell_by_cell_and_records_nothing(case: Case) -> None:
    take(case, ONE)
    entries = len(case.ledger)
    proposal = importing.propose(case, file(case, TWO), "table")
    found = proposal.difference
    assert ([row.key for row in found.added], [row.key for row in found.changed]) == (["d"], ["a"])
    assert (found.gone, found.same) == (("c",), 1)
    (change,) = importing.changes(case, proposal)
    assert change.cells == {"killed": ("12", "14")}
    assert len(case.ledger) == entries


def test_an_update_changes_what_changed_and_one_command_takes_it_back(case: Case) -> None:
    take(case, ONE, accept=True)
    before = (counts(case, "accepted"), dict(importing.index(case, "table")))
    take(case, TWO)
    assert counts(case, "accepted") == [3, 5, 14]
    assert counts(case, "rejected") == [12]
    assert counts(case) == [1]
    importing.undo(case, "table", "Rana")
    assert (counts(case, "accepted"), dict(importing.index(case, "table"))) == before
    assert counts(case) == []
    assert counts(case, "rejected") == [14]


def test_a_row_that_is_gone_stays_unless_a_person_drops_it(case: Case) -> None:
    take(case, ONE)
    assert take(case, TWO).gone == 0
    assert "c" in importing.index(case, "table")
    assert take(case, TWO, drop_gone=True).gone == 1
    assert counts(case, "rejected") == [5, 12]


def test_what_a_person_judged_of_an_imported_claim_survives_the_undo(case: Case) -> None:
    take(case, ONE)
    (claim,) = (r.claim.id for r in case.views.claims() if r.claim.count.low == 5)
    reviewing.judge(case, claim, "accepted", "Samir")
    importing.undo(case, "table", "Rana")
    assert [(r.claim.id, r.by) for r in case.views.claims()] == [(claim, "Samir")]


def test_one_bad_row_keeps_all_out_unless_good_rows_are_asked_for(case: Case) -> None:
    bad = ONE.replace("b,2031-05-07", "b,yesterday")
    with pytest.raises(Refused, match=r"line 3, column 'date'"):
        take(case, bad)
    assert case.views.claims() == []
    done = take(case, bad, good_rows=True)
    assert (done.added, done.bad) == (2, 1)


def test_a_row_that_cannot_be_read_any_more_is_not_gone(case: Case) -> None:
    take(case, ONE)
    take(case, ONE.replace("b,2031-05-07", "b,yesterday"), good_rows=True, drop_gone=True)
    assert counts(case) == [3, 5, 12]


def test_columns_are_mapped_once_and_remembered(case: Case) -> None:
    text = "No,When,Town,Dead\n1,2031-05-06,Qasr Lamin,4\n"
    columns = {"id": "No", "from": "When", "place": "Town", "killed": "Dead"}
    proposal = importing.propose(case, file(case, text), "table", table="ours", columns=columns)
    importing.carry_out(case, proposal, "Rana")
    again = importing.propose(case, file(case, text.replace(",4", ",6")), "table", table="ours")
    assert [row.figures[0].low for row in again.difference.changed] == [6]


def test_rows_of_one_table_are_incidents_of_their_own(case: Case) -> None:
    """Two rows on one day in one town are two events to whoever wrote the table."""
    take(case, HEAD + "a,2031-05-06,Qasr Lamin,12\nb,2031-05-06,Qasr Lamin,3\n", accept=True)
    linking.match(case)
    assert len(linking.incidents(case.views)) == 2


def test_ged_rows_come_back_as_they_went_in(case: Case) -> None:
    path = case.folder.parent / "ged.csv"
    invented_ged(path, 120)
    importing.carry_out(case, importing.propose(case, path, "ucdp"), "Rana")
    with path.open(newline="", encoding="utf-8") as lines:
        assert [cells for _, cells in importing.current(case, "ucdp")] == list(csv.DictReader(lines))
    killed = [r.claim for r in case.views.claims() if r.claim.group == "people"]
    assert len(killed) == 120
    assert all(claim.attribution[0].name == "Uppsala Conflict Data Program" for claim in killed)


def test_a_case_folded_anew_is_the_same(case: Case) -> None:
    take(case, ONE)
    take(case, TWO)
    importing.undo(case, "table", "Rana")
    before = case.views.dump()
    case.views.rebuild()
    assert case.views.dump() == before


def test_what_was_never_imported_cannot_be_taken_back(case: Case) -> None:
    with pytest.raises(NotFound, match="no import of it stands"):
        importing.undo(case, "ucdp", "Rana")
