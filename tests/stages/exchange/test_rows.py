"""Rows: what goes in keeps every string; what cannot go in is named by line, column and rule."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncounted.model.errors import BadInput, NotFound
from uncounted.model.quoting import misquoted
from uncounted.stages.exchange import BadRow, Row, profile, profiles, rows, stretches
from uncounted.stages.exchange.sources import Line, Table

HEAD = "id,date,place,lat,lon,killed,injured"


def table(*lines: str, head: str = HEAD) -> Table:
    columns = tuple(head.split(","))
    made = [Line(at, dict(zip(columns, line.split(","), strict=True))) for at, line in enumerate(lines, 2)]
    return Table(name="t.csv", columns=columns, lines=iter(made))


def read(*lines: str, form: str = "table", head: str = HEAD, **mapped: str) -> list[Row | BadRow]:
    return list(rows(table(*lines, head=head), profile(form, mapped or None)))


def test_a_row_becomes_a_claim_a_figure_that_quotes_its_own_cells() -> None:
    (row,) = read("a1,2031-05-06,Qasr Lamin,35.4,38.9,12,3")
    assert isinstance(row, Row)
    (stretch,) = stretches([row], profile("table"))
    killed, injured = stretch.claims[0]
    assert (killed.harm, killed.count.low, killed.count.high, killed.count.text) == ("killed", 12, 12, "12")
    assert (killed.passage.text, injured.passage.text) == ("killed: 12", "injured: 3")
    assert killed.place is not None
    assert (killed.place.text, killed.place.lat) == ("Qasr Lamin", 35.4)
    assert not [part for claim in stretch.claims[0] for part in misquoted(claim, stretch.text)]


@pytest.mark.parametrize(
    ("line", "column", "rule"),
    [
        (",2031-05-06,X,1,2,3,4", "id", "empty"),
        ("a,06/05/2031,X,1,2,3,4", "date", "day or month"),
        ("a,2031-05-06,X,91,2,3,4", "lat", "beyond"),
        ("a,2031-05-06,X,1,2,many,4", "killed", "no number"),
        ("a,2031-05-06,X,1,2,-3,4", "killed", "no number"),
        ("\u202ea,2031-05-06,X,1,2,3,4", "id", "direction"),
    ],
)
def test_a_bad_row_is_named_by_line_column_and_rule(line: str, column: str, rule: str) -> None:
    (bad,) = read(line)
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.column) == (2, column)
    assert rule in bad.rule


def test_a_key_that_stands_twice_is_bad_the_second_time() -> None:
    first, second = read("a,2031-05-06,X,1,2,3,4", "a,2031-05-07,X,1,2,3,4")
    assert isinstance(first, Row)
    assert isinstance(second, BadRow)
    assert "line 2 already" in second.rule


def test_an_empty_figure_makes_no_claim_and_a_zero_that_is_said_makes_one() -> None:
    (row,) = read("a,2031-05-06,X,1,2,,0")
    assert isinstance(row, Row)
    assert [(one.harm, one.low, one.high) for one in row.figures] == [("injured", 0, 0)]


def test_crossed_bounds_are_taken_the_other_way_round_and_flagged() -> None:
    (row,) = read("a,2031-05-06,5,9,2", head="id,date,killed,killed_low,killed_high")
    assert isinstance(row, Row)
    assert row.crossed
    assert (row.figures[0].low, row.figures[0].high) == (2, 9)


def test_a_mapping_wins_over_the_forms_own_columns() -> None:
    (row,) = read("a,2031-05-06,7,1", head="No,When,Dead,killed", id="No", **{"from": "When"}, killed="Dead")
    assert isinstance(row, Row)
    assert (row.key, row.first, row.figures[0].low) == ("a", "2031-05-06", 7)


def test_a_table_without_what_it_needs_is_refused_before_its_first_row() -> None:
    with pytest.raises(BadInput, match="names a row"):
        read("2031", head="date")
    with pytest.raises(BadInput, match="columns that count"):
        read("a", head="id")
    with pytest.raises(BadInput, match="no column 'best'"):
        read("1,2031-05-06", head="id,date_start", form="ucdp")
    with pytest.raises(NotFound, match="there is no such form"):
        profile("nothing")
    with pytest.raises(BadInput, match="is no field"):
        profile("table", {"dead_people": "x"})


@pytest.mark.parametrize("name", profiles())
def test_every_shipped_form_names_its_rows(name: str) -> None:
    made = profile(name)
    assert made.key
    assert made.texts or made.counts


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=12)


@given(st.lists(cells, min_size=1, max_size=4))
def test_every_cell_stands_in_the_evidence_to_the_letter(said: list[str]) -> None:
    columns: dict[str, Any] = {"id": "a", "killed": "3", **{f"c{at}": one for at, one in enumerate(said)}}
    one = Table(name="t", columns=tuple(columns), lines=iter([Line(2, columns)]))
    (row,) = rows(one, profile("table"))
    assert isinstance(row, Row)
    (stretch,) = stretches([row], profile("table"))
    for column, cell in columns.items():
        assert not cell or f"{column}: {cell}\n" in stretch.text
    assert not [part for claim in stretch.claims[0] for part in misquoted(claim, stretch.text)]
