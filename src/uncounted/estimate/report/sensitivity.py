"""What would change the answer: a list left out, the largest number thought possible, the untestable interaction."""

from uncounted.estimate import engines
from uncounted.estimate.result import Estimate
from uncounted.estimate.tables import Table
from uncounted.model.errors import NotEnough

Point = tuple[str, float, float, float]


def without_each_list(table: Table, model: str, *, seed: int = 1, level: float = 0.95) -> list[Point]:
    """The estimate with all lists, then with each list left out in turn; a table that then carries nothing is left out.

    Totals of all lists count people that a smaller table has not seen as unrecorded, so they may be compared.
    """
    points: list[Point] = []
    for name in (None, *table.lists):
        kept = table if name is None else table.keep([other for other in table.lists if other != name])
        try:
            found = engines.run(model, kept, seed=seed, level=level)
        except NotEnough:
            continue
        points.append(("all lists" if name is None else f"without {name}", found.median, found.low, found.high))
    return points


def odds_ratio_curve(found: Estimate) -> list[Point]:
    """The sweep of ξ that :func:`nhoi` reports."""
    return [(f"ξ = {p['xi']:g}", p["median"], p["low"], p["high"]) for p in found.diagnostics["sweep"]]
