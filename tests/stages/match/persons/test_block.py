import numpy as np

from uncounted.stages.match.persons.block import candidates


def tokens(rows: list[list[int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array([row + [-1] * (4 - len(row)) for row in rows], np.int64)


def ages(values: list[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.array(values, np.float32)


def test_two_shared_words_in_any_place_make_a_candidate() -> None:
    left, right = tokens([[1, 2, 3, 4]]), tokens([[9, 4, 8, 1], *[[at, 50, 60, 70] for at in range(100, 140)]])
    i, j = candidates(left, right, ages([30]), ages([60] * len(right)))
    assert (i.tolist(), j.tolist()) == ([0], [0])


def test_common_pairs_of_words_count_with_an_age_near_by() -> None:
    right = tokens([[1, 2]] * 1000)
    _, j = candidates(tokens([[1, 2]]), right, ages([40]), ages([at % 100 for at in range(1000)]))
    assert {int(at) % 100 for at in j} <= {38, 39, 40, 41, 42}
    assert len(j) == 50


def test_no_record_keeps_more_than_it_may() -> None:
    rng = np.random.default_rng(1)
    left, right = rng.integers(0, 12, (40, 4)), rng.integers(0, 12, (300, 4))
    i, _ = candidates(left, right, ages([20] * 40), ages([20] * 300), keep=7)
    assert np.bincount(i).max() <= 7


def test_two_lists_without_a_shared_word_have_no_candidates() -> None:
    i, _ = candidates(tokens([[1, 2]]), tokens([[3, 4]]), ages([1]), ages([1]))
    assert not len(i)
