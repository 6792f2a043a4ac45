"""An imported table written back: its columns, order and strings, with its updates, and nothing that runs."""

from pathlib import Path

import pytest
from bench.exchange import made as invented_ged
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from uncounted.case import Case, exporting, importing
from uncounted.cli import uncounted
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.facts import Agent
from uncounted.stages.exchange import written_back
from uncounted.stages.exchange.sources import table
from uncounted.text.cells import is_risky

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff\0"), max_size=30)
names = st.text(st.characters(min_codepoint=97, max_codepoint=0x6CC, categories=["Ll", "Lo"]), min_size=1, max_size=8)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case", "An export (invented)", Agent("person", "Rana"), invented=True)


def taken(case: Case, name: str, data: bytes, form: str = "table") -> None:
    path = case.folder.parent / name
    path.write_bytes(data)
    importing.carry_out(case, importing.propose(case, path, form), "Rana")


@given(
    st.lists(names, min_size=1, max_size=5, unique=True), st.lists(st.lists(cells, min_size=5, max_size=5), max_size=5)
)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_column_and_cell_comes_back_as_it_was(form: str, columns: list[str], said: list[list[str]]) -> None:
    rows = [{"id": str(at), **dict(zip(columns, one, strict=False))} for at, one in enumerate(said)]
    heading = ["id", *(f"c{name}" for name in columns)]
    rows = [{"id": one["id"], **{f"c{name}": one[name] for name in columns}} for one in rows]
    if form == "csv" and any(is_risky(cell) for one in rows for cell in one.values()):
        with pytest.raises(Refused, match="formula"):
            written_back("t.csv", heading, rows)
        return
    found = table(f"t.{form}", written_back(f"t.{form}", heading, rows))
    assert list(found.columns) == heading
    assert [line.cells for line in found.lines] == rows


def test_ged_rows_with_an_update_come_out_in_their_own_order(case: Case) -> None:
    one, two = case.folder.parent / "one.csv", case.folder.parent / "two.csv"
    invented_ged(one, 60)
    invented_ged(two, 60, changed=0.2)
    taken(case, "ged.csv", one.read_bytes(), "ucdp")
    taken(case, "ged-new.csv", two.read_bytes(), "ucdp")
    for name in ("back.csv", "back.xlsx"):
        out = case.folder.parent / name
        assert exporting.write_table(case, "ucdp", out) == 60
        back, wanted = table(name, out.read_bytes()), table("two.csv", two.read_bytes())
        assert back.columns == wanted.columns
        assert [line.cells for line in back.lines] == [line.cells for line in wanted.lines]
    proposal = importing.propose(case, case.folder.parent / "back.xlsx", "ucdp")
    assert (proposal.difference.same, proposal.difference.changed, proposal.difference.added) == (60, (), ())


def test_a_column_that_a_later_file_brings_and_rows_that_are_gone_from_it_are_there(case: Case) -> None:
    taken(case, "a.csv", b"id,date,place,killed,note\na,2031-05-06,Qasr,012,old\nb,2031-05-07,Tall,3,only here\n")
    taken(case, "b.csv", b"id,killed,date,place,source\na,14,2031-05-06,Qasr,radio\nc,1,2031-05-08,Dayr,wire\n")
    out = case.folder.parent / "out.csv"
    exporting.write_table(case, "table", out)
    found = table("out.csv", out.read_bytes())
    assert found.columns == ("id", "killed", "date", "place", "source", "note")
    assert [line.cells["id"] + line.cells["note"] + line.cells["source"] for line in found.lines] == [
        "aradio", "bonly here", "cwire"
    ]  # fmt: skip


def test_a_formula_in_a_table_of_others_is_text_in_a_workbook_and_refused_in_csv(case: Case) -> None:
    taken(case, "a.csv", b'id,date,place,killed\na,2031-05-06,"=HYPERLINK(""http://x"")",3\n')
    with pytest.raises(Refused, match=r"\.xlsx"):
        exporting.write_table(case, "table", case.folder.parent / "out.csv")
    out = case.folder.parent / "out.xlsx"
    exporting.write_table(case, "table", out)
    (line,) = table("out.xlsx", out.read_bytes()).lines
    assert line.cells["place"] == '=HYPERLINK("http://x")'


def test_a_file_that_is_there_another_form_and_an_unknown_table_are_refused(case: Case) -> None:
    taken(case, "a.csv", b"id,date,place,killed\na,2031-05-06,Qasr,3\n")
    with pytest.raises(Refused, match="exists already"):
        exporting.write_table(case, "table", case.folder.parent / "a.csv")
    with pytest.raises(BadInput, match="not written"):
        exporting.write_table(case, "table", case.folder.parent / "a.ods")
    with pytest.raises(NotFound, match="no import"):
        exporting.write_table(case, "other", case.folder.parent / "b.csv")


def test_the_command_writes_a_table_back(case: Case) -> None:
    taken(case, "a.csv", b"id,date,place,killed\na,2031-05-06,Qasr,3\n")
    out = case.folder.parent / "out.xlsx"
    done = CliRunner().invoke(uncounted, ["export", str(out), "--table", "table", "--case", str(case.folder)])
    assert done.output == f"wrote 1 rows into {out}\n"
    assert out.is_file()
