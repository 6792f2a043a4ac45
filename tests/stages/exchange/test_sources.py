"""Files as they come, and the tricks that are played with them."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncounted.model.errors import BadInput, NotFound
from uncounted.stages.exchange.sources import opened, table
from uncounted.stages.publish.tables import written
from uncounted.text.cells import formula_safe, unguarded
from uncounted.text.zipped import members


def lines(name: str, data: bytes, **more: str) -> list[tuple[int, dict[str, str], str | None]]:
    return [(line.number, line.cells, line.fault) for line in table(name, data, **more).lines]  # type: ignore[arg-type]


def workbook(rows: list[list[object]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("one")
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(at, place, cell)
            else:
                sheet.write(at, place, cell)
    book.close()
    return out.getvalue()


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def test_rows_are_named_by_the_line_they_begin_on() -> None:
    assert lines("t.csv", b'a,b\n1,"x\ny"\n2,z\n') == [
        (2, {"a": "1", "b": "x\ny"}, None), (4, {"a": "2", "b": "z"}, None)
    ]  # fmt: skip


def test_a_broken_row_is_a_fault_and_the_others_are_read() -> None:
    assert [fault for _, _, fault in lines("t.csv", b"a,b\n1\n2,z\n")] == ["it has 1 cells, the heading 2", None]


def test_tabs_semicolons_and_json_are_tables_too() -> None:
    assert lines("t.tsv", b"a\tb\n1\t2\n")[0][1] == {"a": "1", "b": "2"}
    assert lines("t.csv", "\ufeffa;b\n1;2\n".encode())[0][1] == {"a": "1", "b": "2"}
    assert lines("t.jsonl", b'{"a": 1, "p": {"lat": 3.5}}\n')[0][1] == {"a": "1", "p.lat": "3.5"}
    assert lines("t.json", b'[{"a": "x"}, 7]') == [(1, {"a": "x"}, None), (2, {}, "no object")]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ("id,b\n1,قتلى\n".encode() + "2,مصاب\n".encode("windows-1256"), "two charsets: UTF-8 up to line 3"),
        ("id,b\n1,مصاب\n".encode("windows-1256"), "line 2 is not in UTF-8"),
        (b"id,b\n1,a\0b\n", "NUL"),
        (b"id,id\n1,2\n", "two columns are called 'id'"),
        (b"", "no heading"),
        (b"id,,b\n1,2,3\n", "column 2 has no name"),
    ],
)
def test_what_is_no_clean_table_is_refused_with_its_reason(data: bytes, rule: str) -> None:
    with pytest.raises(BadInput, match=rule):
        table("t.csv", data)


def test_a_charset_that_a_person_names_is_used() -> None:
    assert lines("t.csv", "id,b\n1,مصاب\n".encode("windows-1256"), encoding="windows-1256")[0][1]["b"] == "مصاب"
    with pytest.raises(BadInput, match="no charset of that name"):
        table("t.csv", b"id\n1\n", encoding="klingon")


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    big = tmp_path / "big.csv"
    with big.open("wb") as out:
        out.truncate(10_000_000_000)  # a hole: ten gigabytes that take no room
    with pytest.raises(BadInput, match="the limit is"):
        opened(big)
    with pytest.raises(NotFound):
        opened(tmp_path / "none.csv")


def declared(size: int) -> bytes:
    """A workbook whose sheet declares to unpack to a size that it does not have."""
    data = bytearray(archive(**{"xl/workbook.xml": b"x" * 100, "xl/sheet.xml": b"y" * 100}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = min(size, 0xFFFFFFFF).to_bytes(4, "little")
    return bytes(data)


def test_a_workbook_that_declares_gigabytes_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(BadInput, match="declares to unpack"):
        table("t.xlsx", declared(4_000_000_000), limit=10_000_000_000)
    with pytest.raises(BadInput, match="more than"):
        table("t.xlsx", declared(4_000_000_000))


def test_a_bomb_is_refused_by_its_ratio() -> None:
    with pytest.raises(BadInput, match="200 times"):
        members("bomb.zip", archive(zeros=b"\0" * 50_000_000), 2_000_000_000)


@pytest.mark.parametrize(
    ("name", "rule"),
    [("../../etc/passwd", "leads out"), ("/etc/passwd", "leads out"), ("C:\\x", "leads out"),
     ("a\\..\\..\\b", "leads out"),
     ("report\u202egnp.exe", "hides the direction")],
)  # fmt: skip
def test_a_name_that_plays_tricks_is_refused(name: str, rule: str) -> None:
    with pytest.raises(BadInput, match=rule):
        members("t.zip", archive(**{name: b"x"}), 1_000_000)


def test_a_link_in_an_archive_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        link = zipfile.ZipInfo("innocent")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    with pytest.raises(BadInput, match="it is a link"):
        members("t.zip", out.getvalue(), 1_000_000)


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(BadInput, match="no archive"):
        table("t.xlsx", b"PK not really")
    with pytest.raises(BadInput, match="no table that is read"):
        table("t.exe", b"MZ")


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=30)


@given(st.lists(cells.filter(lambda said: "\0" not in said), min_size=1, max_size=4))
@settings(max_examples=60)
def test_csv_gives_back_every_cell_as_it_left(said: list[str]) -> None:
    names = [f"c{at}" for at in range(len(said))]
    data = written(["id", *names], [{"id": "1", **dict(zip(names, said, strict=True))}])
    (row,) = table("t.csv", data).lines
    assert [unguarded(row.cells[name]) for name in names] == said


@given(cells)
def test_the_guard_against_formulas_is_undone_without_loss(said: str) -> None:
    assert unguarded(formula_safe(said)) == said


@given(st.lists(cells, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_excel_gives_back_every_cell_as_it_left(said: list[str]) -> None:
    (row,) = table("t.xlsx", workbook([["id", *(f"c{at}" for at in range(len(said)))], ["1", *said]])).lines
    assert list(row.cells.values())[1:] == said


def test_numbers_and_dates_of_excel_are_put_plainly() -> None:
    rows = lines("t.xlsx", workbook([["id", "n", "f"], ["1", 5, 2.5]]))
    assert rows == [(2, {"id": "1", "n": "5", "f": "2.5"}, None)]


def test_a_value_of_json_is_under_its_column_however_its_name_is_spaced() -> None:
    found = table("rows.json", b'[{"id ": "1", "Total  dead": 2}, {"id ": "2"}]')
    assert found.columns == ("id", "Total dead")
    assert [line.cells for line in found.lines] == [{"id": "1", "Total dead": "2"}, {"id": "2", "Total dead": ""}]


def test_two_values_of_json_under_one_name_are_a_fault_and_none_is_lost_in_silence() -> None:
    found = table("rows.json", b'[{"id": "1", "a.b": 1, "a": {"b": 2}}, {"id": "2", "a.b": 3}]')
    assert [line.fault for line in found.lines] == ["two of its values are called 'a.b'", None]


def test_a_value_of_json_without_a_name_is_refused() -> None:
    with pytest.raises(BadInput, match="column 2 has no name"):
        table("rows.json", b'[{"id": "1", " ": 2}]')


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="cannot be read"):
        opened(tmp_path)
