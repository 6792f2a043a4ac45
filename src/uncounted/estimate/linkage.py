"""Doubt about the links: each draw of the links gives a table, each table an estimate, and all are pooled."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np

from uncounted.estimate.covariates import Persons
from uncounted.estimate.result import Estimate, from_draws
from uncounted.estimate.scale import Runner, Task, plain, sequential
from uncounted.estimate.strata import by_stratum
from uncounted.estimate.tables import Table
from uncounted.model.errors import NotEnough

Pooling = Literal["mixture", "rubin"]


def over_draws(
    model: str,
    tables: Mapping[str, Table | Persons],
    *,
    by: Sequence[str] = (),
    seed: int = 1,
    level: float = 0.95,
    pooling: Pooling = "mixture",
    runner: Runner = sequential,
    **options: Any,
) -> Estimate:
    """Pool the estimates of several draws of the links, each over the strata of ``by`` where there are any.

    ``mixture`` takes the same number of draws of N from each; ``rubin`` combines means and variances of log n0 by
    Rubin's rules (1987) and is there for comparison with others. Raises :class:`NotEnough` when more than a tenth of
    the draws carry no number: to leave them out would choose the links by their answer.
    """
    done: dict[str, Estimate] = {}
    refused: dict[str, str] = {}
    seeds = [seed * 100_003 + place for place in range(len(tables))]
    if by:
        for (name, data), own in zip(tables.items(), seeds, strict=True):
            try:
                strata = plain(data).strata(by)
                done[name] = by_stratum(model, strata, seed=own, level=level, runner=runner, **options)
            except NotEnough as fault:
                refused[name] = str(fault)
    else:
        tasks = [
            Task(model, plain(data), own, level, options) for data, own in zip(tables.values(), seeds, strict=True)
        ]
        for name, outcome in zip(tables, runner(tasks), strict=True):
            if isinstance(outcome, NotEnough):
                refused[name] = str(outcome)
            else:
                done[name] = outcome
    if len(refused) > len(tables) / 10 or not done:
        raise NotEnough(
            "the draws of the links",
            f"{len(refused)} of {len(tables)} carry no number ({next(iter(refused.values()))})",
            "Settle more of the matches.",
        )
    rng = np.random.default_rng([seed, 9])
    each = max(1000, 20000 // len(done))
    mixed = np.concatenate([rng.choice(estimate.draws, each) for estimate in done.values()])
    first = next(iter(tables.values()))
    table = first.table() if isinstance(first, Persons) else first
    medians = {name: estimate.median for name, estimate in done.items()}
    diagnostics: dict[str, Any] = {
        "pooling": pooling, "draws": len(tables), "refused": refused, "medians": medians, "seed": seed,
        "observed": {name: estimate.observed for name, estimate in done.items()},
    }  # fmt: skip
    warnings: tuple[str, ...] = ()
    if max(medians.values()) > 1.25 * min(medians.values()):
        warnings = (
            f"the estimate moves from {min(medians.values()):,.0f} to {max(medians.values()):,.0f} with the links",
        )
    if pooling == "mixture":
        return from_draws(model, table, mixed, level, diagnostics, warnings=warnings)
    logs = [np.log(np.maximum(estimate.draws - estimate.observed, 0.5)) for estimate in done.values()]
    centre = float(np.mean([log.mean() for log in logs]))
    within = float(np.mean([log.var() for log in logs]))
    between = float(np.var([log.mean() for log in logs], ddof=1)) if len(logs) > 1 else 0.0
    spread = np.sqrt(within + (1 + 1 / len(logs)) * between)
    seen = float(np.mean([estimate.observed for estimate in done.values()]))
    draws = seen + np.exp(centre + spread * rng.standard_normal(20000))
    return from_draws(model, table, draws, level, diagnostics, warnings=warnings)
