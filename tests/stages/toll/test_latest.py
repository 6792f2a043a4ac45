"""Which of an origin's reports is the latest (invented)."""

import pytest

from tests.stages.toll.cases import claim
from uncounted.stages.toll.latest import latest


@pytest.mark.parametrize(
    ("published", "stay"),
    [
        (["2025-03-04", "2025-03-06"], [1]),
        (["2025-03-06", ""], [0, 1]),
        (["2025-03", "2025-03-05"], [0, 1]),  # a day of March that may be later
        (["2025", "2025-03-05"], [0, 1]),
        (["2025-02", "2025-03-05"], [1]),
        (["2024", "2025-03-05"], [1]),
        (["2025-03-05", "2025-04"], [1]),
        (["2025-03-04T23:30:00-05:00", "2025-03-05T01:00:00Z"], [0]),  # half past four on the fifth
        (["2025-03-05T08:00:00Z", "2025-03-05", "2025-03-05T09:00:00Z"], [1, 2]),
        (["", ""], [0, 1]),
    ],
)
def test_only_what_is_surely_older_is_replaced(published: list[str], stay: list[int]) -> None:
    claims = [claim(f"k{at}", 1, 2) for at in range(len(published))]
    when = {one.document: day for one, day in zip(claims, published, strict=True) if day} or {"another": "2025-01-01"}
    assert latest(claims, when) == [claims[at] for at in stay]
