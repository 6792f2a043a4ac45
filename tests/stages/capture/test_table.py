from pathlib import Path

import msgspec
import pytest

from tests.stages.capture.make import FIXED, LINE, parted, taken
from uncounted.model.errors import BadInput
from uncounted.stages.capture import Options, found


def test_each_row_is_a_report(tmp_path: Path) -> None:
    table = f'id,text,published,publisher,language,region\nr1,"{LINE}",4 March 2025,Courier,en,north\n'
    (tmp_path / "a.csv").write_text(table)
    (report,) = taken(tmp_path / "a.csv")
    capture = report.capture
    assert (report.text, capture.part, capture.form) == (LINE, "row 1", "row")
    assert (capture.published, capture.publisher, capture.language) == ("2025-03-04", "Courier", "en")
    assert report.more == {"id": "r1", "region": "north"}


def test_columns_of_other_names_are_mapped(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Nr;Bericht;Datum\n1;Vier Tote.;2025-03-04\n")
    columns = {"id": "Nr", "text": "Bericht", "published": "Datum"}
    (report,) = taken(tmp_path / "a.csv", msgspec.structs.replace(FIXED, columns=columns))
    assert (report.text, report.capture.published) == ("Vier Tote.", "2025-03-04")


def test_a_table_without_texts_or_with_a_wrong_mapping_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with pytest.raises(BadInput, match="--column text=NAME"):
        list(found(tmp_path / "a.csv"))
    with pytest.raises(BadInput, match="Its columns are a, b"):
        list(found(tmp_path / "a.csv", Options(columns={"text": "c"})))
    with pytest.raises(BadInput, match="is no field"):
        list(found(tmp_path / "a.csv", Options(columns={"text": "a", "toll": "b"})))


def test_a_malformed_row_is_named_by_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    table = 'id,text\n1,"Four dead.\nTwo more hurt."\n2,a,b\n3,"x"y\n4,\n\n5,Five dead.\n'
    (tmp_path / "a.csv").write_text(table)
    reports, faults = parted(tmp_path / "a.csv")
    assert [(report.text, report.capture.part) for report in reports] == [
        ("Four dead.\nTwo more hurt.", "row 1"),
        ("Five dead.", "row 5"),
    ]
    said = [str(fault.error) for fault in faults]
    assert "row 2 (line 4)" in said[0]
    assert "row 3 (line 5)" in said[1]
    assert "row 4 (line 6)" in said[2]


def test_a_quote_that_is_never_closed_is_named_by_the_line_where_it_opens(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\n1,One dead.\n2,"Two dead.\n3,Three dead.\n')
    reports, faults = parted(tmp_path / "a.csv")
    assert [report.text for report in reports] == ["One dead."]
    assert "row 2 (line 3)" in str(faults[0].error)


def test_json_lines_are_read_and_a_malformed_one_is_named(tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "text": "Four dead.", "published": "2025-03-04", "publisher": "Courier", "topic": [1]}',
        "{not json",
        "",
        '{"id": "b"}',
        '{"id": "c", "text": "x", "text": "y"}',
        '{"id": "d", "text": "\\ud800"}',
        '{"id": "e", "text": "Five dead."}',
        '{"text": "nameless"}',
        "[1]",
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    reports, faults = parted(tmp_path / "a.jsonl")
    assert [(report.text, report.capture.part) for report in reports] == [
        ("Four dead.", "line 1"),
        ("Five dead.", "line 7"),
    ]
    assert reports[0].capture.published == "2025-03-04"
    assert reports[0].more == {"id": "a", "topic": "[1]"}
    assert [fault.part for fault in faults] == ["line 2", "line 4", "line 5", "line 6", "line 8", "line 9"]
