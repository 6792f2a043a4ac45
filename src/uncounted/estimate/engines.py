"""The engines by the name that ``uncounted estimate --model`` takes."""

from collections.abc import Callable
from typing import Any

from uncounted.estimate.chao import chao
from uncounted.estimate.chapman import chapman
from uncounted.estimate.covariates import Persons
from uncounted.estimate.dga import dga
from uncounted.estimate.dr import dr
from uncounted.estimate.lcmcr import lcmcr
from uncounted.estimate.loglinear import loglinear
from uncounted.estimate.nhoi import nhoi
from uncounted.estimate.result import Estimate
from uncounted.estimate.shrinkage import shrinkage
from uncounted.estimate.tables import Table
from uncounted.model.errors import NotFound

BY_TABLE: dict[str, Callable[..., Estimate]] = {
    "shrinkage": shrinkage,
    "loglinear": loglinear,
    "dga": dga,
    "lcmcr": lcmcr,
    "nhoi": nhoi,
    "chao": chao,
    "chapman": chapman,
}
"""Engines that need the counts of capture patterns alone."""

RECOMMENDED = "shrinkage"
"""The engine whose intervals held the truth nearest to as often as they say in made-up worlds (docs/measurements)."""

BLIND = ("dga", "loglinear")
"""Engines that take people to be alike, so that nothing they say can show how much hangs on it."""

NAMES: tuple[str, ...] = (*BY_TABLE, "dr")
"""Every engine, in the order in which they are shown."""


def run(model: str, data: Table | Persons, **options: Any) -> Estimate:
    """Run one engine on a table or on persons with covariates.

    Raises :class:`NotFound` for an unknown name and :class:`~uncounted.model.errors.NotEnough` where the data cannot
    carry a number.
    """
    if model == "dr":
        persons = data if isinstance(data, Persons) else Persons(data.lists, data.patterns, data.counts, {})
        return dr(persons, **options)
    if model not in BY_TABLE:
        raise NotFound(f"model {model!r}", "there is no such engine", f"Choose from {', '.join(NAMES)}.")
    return BY_TABLE[model](data.table() if isinstance(data, Persons) else data, **options)
