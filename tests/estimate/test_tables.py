"""Tables of capture patterns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.estimate.published import KOSOVO
from uncounted.estimate.tables import from_links, from_patterns, from_persons
from uncounted.model.errors import BadInput

PAIR = ("a", "b")


def test_rows_of_one_pattern_are_summed_and_zero_counts_drop_out() -> None:
    table = from_patterns(PAIR, [[1, 0], [1, 0], [0, 1], [1, 1], [0, 0]], [3, 4, 5, 0, 0])
    assert table.observed == 12
    assert table.patterns.tolist() == [[0, 1], [1, 0]]
    assert table.counts.tolist() == [5, 7]


def test_persons_and_links_and_patterns_give_the_same_table() -> None:
    counted = from_patterns(PAIR, [[1, 0], [1, 1]], [2, 1])
    assert from_persons(PAIR, [[1, 0], [1, 1], [1, 0]]).hash == counted.hash
    assert from_links({"x": ["a"], "y": ["a", "b"], "z": ["a"]}).hash == counted.hash


def test_a_person_on_a_list_that_was_not_asked_for_is_named() -> None:
    with pytest.raises(BadInput, match="'b'"):
        from_links({"x": ["a", "b"]}, lists=["a"])


@pytest.mark.parametrize(
    ("patterns", "counts", "said"),
    [
        ([[1, 0], [1, 1]], [3, -1], "row 2: has a negative count"),
        ([[1, 0], [1, 1]], [3, np.nan], "row 2: has no count"),
        ([[1, 0], [1, 1]], [3, 1.5], "no whole number"),
        ([[1, 0], [1, 2]], [3, 1], "row 2, list 'b': holds 2"),
        ([[1, 0], [1, np.nan]], [3, 1], "missing value"),
        ([[1, 0], [0, 0]], [3, 9], "9 people who are on no list"),
        ([[1, 0, 1]], [3], "shape"),
    ],
)
def test_what_no_table_can_hold_is_refused_by_row_and_rule(
    patterns: list[list[float]], counts: list[float], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        from_patterns(PAIR, patterns, counts)


def test_two_lists_of_one_name_are_refused() -> None:
    with pytest.raises(BadInput, match="same name"):
        from_patterns(("a", "a"), [[1, 0]], [1])


def test_a_billion_people_are_counted_exactly() -> None:
    table = from_patterns(PAIR, [[1, 0], [0, 1], [1, 1]], [10**9, 10**9 + 1, 7])
    assert table.observed == 2 * 10**9 + 8
    assert table.sizes.tolist() == [10**9 + 7, 10**9 + 8]


def test_pairs_hold_sizes_and_shared_people() -> None:
    pairs = KOSOVO.pairs()
    assert pairs[0, 1] == 177 + 18 + 181 + 27
    assert (np.diag(pairs) == KOSOVO.sizes).all()


@given(st.permutations(range(15)))
def test_the_order_of_rows_has_no_part_in_the_hash(order: list[int]) -> None:
    """Provenance follows from content."""
    assert from_patterns(KOSOVO.lists, KOSOVO.patterns[order], KOSOVO.counts[order]).hash == KOSOVO.hash


def test_keeping_lists_drops_people_on_none_of_them() -> None:
    kept = KOSOVO.keep(["HRW", "EXH"])
    assert kept.lists == ("HRW", "EXH")
    assert kept.observed == KOSOVO.observed - 845 - 936 - 217
    with pytest.raises(BadInput, match="no such list"):
        KOSOVO.keep(["XYZ"])
