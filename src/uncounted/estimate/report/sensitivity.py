"""What would change the answer: a list left out, the links, the limits, the untestable interaction."""

from collections.abc import Sequence

from uncounted.estimate import engines
from uncounted.estimate.covariates import Persons
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


def over_linkages(linkages: Sequence[Persons], model: str, *, seed: int = 1, level: float = 0.95) -> list[Point]:
    """The estimate under each draw of the links; a draw that carries nothing is left out."""
    points: list[Point] = []
    for at, persons in enumerate(linkages, 1):
        try:
            found = engines.run(model, persons, seed=seed, level=level)
        except NotEnough:
            continue
        points.append((f"draw {at}", found.median, found.low, found.high))
    return points


def odds_ratio_curve(found: Estimate) -> list[Point]:
    """The sweep of ξ that :func:`nhoi` reports."""
    return [(f"ξ = {p['xi']:g}", p["median"], p["low"], p["high"]) for p in found.diagnostics["sweep"]]


def shift_curve(found: Estimate) -> list[Point]:
    """The answers of :func:`shrinkage` by how much people differ, with the weight of each."""
    return [
        (f"{p['people']} ({p['weight']:.0%})", p["median"], p["low"], p["high"]) for p in found.diagnostics["sweep"]
    ]


def cap_curve(found: Sequence[Estimate]) -> list[Point]:
    """Medians of the engines that have a limit, at several limits: multiples of the number recorded."""
    points: list[Point] = []
    for estimate in found:
        known = estimate.diagnostics
        for key, median in known["median_by_cap"].items():
            if estimate.model == "lcmcr":
                name = "none" if key == "none" else f"{float(key) * known['cap'] / estimate.observed:g} n"
            else:
                name = f"{float(key) / estimate.observed:g} n"
            points.append((f"{estimate.model} {name}", median, median, median))
    return points
