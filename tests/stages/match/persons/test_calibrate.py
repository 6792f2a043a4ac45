import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from uncounted.stages.match.persons.calibrate import _alone, _cut, _share_with_mate, rising

MATES = 400


def scores(shift: float) -> tuple[np.ndarray, np.ndarray]:
    """Scores of 1,000 records of which 400 have a mate, and of records whose mates were taken away.

    Strangers score ``shift`` higher than those records do.
    """
    rng = np.random.default_rng(1)
    observed = np.concatenate([rng.normal(-7 + shift, 0.4, 1000 - MATES), rng.normal(7, 1, MATES)])
    return observed, rng.normal(-7, 0.4, 300)


def test_a_small_shift_of_strangers_makes_no_mates_of_them() -> None:
    for shift in (0.0, 0.4, 0.8):
        observed, null = scores(shift)
        weight = np.full(len(null), 1 / len(null))
        cut = _cut(null, weight)
        alone = _alone(observed, null, weight, cut)
        assert abs(alone - (1000 - MATES)) < 10
        assert abs(_share_with_mate(observed, null, weight * alone, cut).sum() - MATES) < 10


def test_where_no_stranger_was_seen_a_records_own_odds_still_count() -> None:
    observed, null = scores(0)
    observed = np.concatenate([observed, np.full(10, 0.6)])
    weight = np.full(len(null), 600 / len(null))
    share = _share_with_mate(observed, null, weight, _cut(null, weight / 600))
    assert 0.4 < share[-1] < 0.99


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0.1, 9)), min_size=1, max_size=20))
def test_rising_values_never_fall_and_keep_their_mean(cells: list[tuple[float, float]]) -> None:
    values, weights = map(np.array, zip(*cells, strict=True))
    found = rising(values, weights)
    assert (np.diff(found) >= -1e-9).all()
    assert np.isclose(found @ weights, values @ weights)
