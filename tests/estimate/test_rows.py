"""Columns of text: which are lists, which counts, and what is refused."""

import pytest

from uncounted.estimate.rows import read_columns
from uncounted.model.errors import BadInput

PATTERNS = {"A": ["1", "0", "1"], "B": ["0", "1", "1"], "count": ["5", "4", "2"], "sex": ["f", "m", "f"]}


def test_lists_are_the_columns_of_zeros_and_ones() -> None:
    persons = read_columns(PATTERNS)
    assert persons.lists == ("A", "B")
    assert persons.table().observed == 11
    assert persons.covariates == {"sex": ("f", "m", "f")}


def test_without_a_count_a_row_is_a_person() -> None:
    persons = read_columns({"A": ["1", "0", "1"], "B": ["0", "1", "1"], "name": ["x", "y", "z"]})
    assert persons.table().observed == 3


def test_a_column_of_zeros_and_ones_may_be_a_covariate() -> None:
    columns = {**PATTERNS, "urban": ["1", "0", "1"]}
    assert read_columns(columns, lists=["B", "A"]).lists == ("B", "A")
    assert read_columns(columns, by=["urban"]).lists == ("A", "B")


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("A", ["1", "0", "2"], "row 3, column 'A': holds '2'"),
        ("A", ["1", "", "1"], "row 2, column 'A': holds nothing"),
        ("count", ["5", "-4", "2"], "row 2: has a negative count"),
        ("count", ["5", "", "2"], "row 2: has no count"),
        ("count", ["5", "many", "2"], "'many' is no count"),
        ("match_thr", ["1", "2", "3"], "same people several times"),
        ("cause", ["all", "injury", "all"], "same people several times"),
    ],
)
def test_columns_that_mislead_are_refused_by_name(column: str, values: list[str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_columns({**PATTERNS, column: values})


def test_where_keeps_one_of_several_tellings() -> None:
    columns = {**PATTERNS, "match_thr": ["1", "2", "1"]}
    assert read_columns(columns, where={"match_thr": "1"}).table().observed == 7
    assert read_columns(columns, by=["match_thr"]).strata(["match_thr"]).keys() == {("1",), ("2",)}
    with pytest.raises(BadInput, match="none has"):
        read_columns(columns, where={"match_thr": "9"})


def test_an_unknown_column_and_no_list_at_all_are_told() -> None:
    with pytest.raises(BadInput, match="'age'"):
        read_columns(PATTERNS, by=["age"])
    with pytest.raises(BadInput, match="no list"):
        read_columns({"count": ["1"], "sex": ["f"]})


def test_an_all_zero_row_counts_only_when_it_is_empty() -> None:
    rows = {"A": ["1", "0", "0"], "B": ["0", "1", "0"], "count": ["5", "4", "0"]}
    assert read_columns(rows).table().observed == 9
    with pytest.raises(BadInput, match="on no list"):
        read_columns({**rows, "count": ["5", "4", "3"]})
