import numpy as np
import pytest

from uncounted.stages.match.persons import block
from uncounted.stages.match.persons.block import candidates, indexed


def tokens(rows: list[list[int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array([row + [-1] * (4 - len(row)) for row in rows], np.int64)


def ages(values: list[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.array(values, np.float32)


def test_two_shared_words_in_any_place_make_a_candidate() -> None:
    left, right = tokens([[1, 2, 3, 4]]), tokens([[9, 4, 8, 1], *[[at, 50, 60, 70] for at in range(100, 140)]])
    i, j = candidates(indexed(right, ages([60] * len(right))), left, ages([30]))
    assert (i.tolist(), j.tolist()) == ([0], [0])


def test_common_pairs_of_words_count_with_an_age_near_by() -> None:
    right = tokens([[1, 2]] * 1000)
    _, j = candidates(indexed(right, ages([at % 100 for at in range(1000)])), tokens([[1, 2]]), ages([40]))
    assert {int(at) % 100 for at in j} <= {38, 39, 40, 41, 42}
    assert len(j) == 50


def test_no_record_keeps_more_than_it_may() -> None:
    rng = np.random.default_rng(1)
    left, right = rng.integers(0, 12, (40, 4)), rng.integers(0, 12, (300, 4))
    i, _ = candidates(indexed(right, ages([20] * 300)), left, ages([20] * 40), keep=7)
    assert np.bincount(i).max() <= 7


def test_two_lists_without_a_shared_word_have_no_candidates() -> None:
    i, _ = candidates(indexed(tokens([[3, 4]]), ages([1])), tokens([[1, 2]]), ages([1]))
    assert not len(i)


def test_common_pairs_of_words_count_with_a_third() -> None:
    right = tokens([[1, 2, 3 if at == 77 else 100 + at % 2] for at in range(500)] + [[1, 3]] * 300 + [[2, 3]] * 300)
    index = indexed(right, ages([10] * len(right)))
    _, j = candidates(index, tokens([[3, 2, 1]]), ages([90]))
    assert j.tolist() == [77]


def test_a_long_list_is_looked_at_piece_by_piece_with_the_same_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    left, right = rng.integers(0, 30, (90, 4)), rng.integers(0, 30, (400, 4))
    index = indexed(right, ages([20] * 400))
    whole = candidates(index, left, ages([20] * 90))
    monkeypatch.setattr(block, "_ROWS", 7)
    pieces = candidates(index, left, ages([20] * 90))
    assert all((one == other).all() for one, other in zip(whole, pieces, strict=True))
