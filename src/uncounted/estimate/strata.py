"""Strata: an estimate for each, and the total as the sum of their draws."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from uncounted.estimate import engines
from uncounted.estimate.covariates import Persons, joined
from uncounted.estimate.result import Estimate, from_draws
from uncounted.estimate.scale import Runner, Task, sequential
from uncounted.model.errors import NotEnough


def by_stratum(
    model: str,
    strata: Mapping[tuple[str, ...], Persons],
    *,
    seed: int = 1,
    level: float = 0.95,
    runner: Runner = sequential,
    **options: Any,
) -> Estimate:
    """Estimate each stratum alone and sum the draws; strata are taken as independent given the lists.

    Strata that cannot carry a number alone are put together and estimated as one. Each stratum's seed follows from
    ``seed`` and its place, so that no stratum's answer depends on how many there are after it. ``runner``
    (:mod:`scale`) decides where the estimates are made, which changes no answer. Raises
    :class:`NotEnough` when those put together cannot carry a number either: a total without them would be none.
    """
    done: dict[str, Estimate] = {}
    weak: dict[str, Persons] = {}
    reasons: dict[str, str] = {}
    tasks = [
        Task(model, persons, seed * 100_003 + place, level, options) for place, persons in enumerate(strata.values())
    ]
    for (key, persons), outcome in zip(strata.items(), runner(tasks), strict=True):
        name = " · ".join(key)
        if isinstance(outcome, NotEnough):
            weak[name], reasons[name] = persons, str(outcome)
        else:
            done[name] = outcome
    warnings: list[str] = []
    if weak:
        together = " + ".join(weak)
        try:
            done[together] = engines.run(
                model, joined(list(weak.values())), seed=seed * 100_003 + len(strata), level=level, **options
            )
        except NotEnough as fault:
            raise NotEnough(
                f"stratum {next(iter(weak))!r}",
                f"cannot carry a number ({next(iter(reasons.values()))}), nor can all such strata together ({fault})",
                "Use fewer strata with --by.",
            ) from None
        if len(weak) > 1:
            warnings.append(f"{len(weak)} strata cannot carry a number alone and were put together: {together}")
        else:
            warnings.append(f"stratum {together} carries a number only weakly")
    whole = joined(list(strata.values())).table()
    draws = sum_draws([estimate.draws for estimate in done.values()], seed)
    parts = [{"stratum": name, **estimate.as_json()} for name, estimate in done.items()]
    odd = sum(1 for estimate in done.values() if estimate.warnings)
    if odd:
        warnings.append(f"{odd} of {len(done)} strata carry warnings of their own; see diagnostics")
    total = from_draws(model, whole, draws, level, {"strata": parts, "seed": seed}, warnings=tuple(warnings))
    if model in {"loglinear", "chao", "chapman", "dr"}:
        point = sum(estimate.median for estimate in done.values())
        total = Estimate(
            model, whole.lists, whole.observed, point, point, total.low, total.high, level, total.diagnostics,
            total.warnings, draws,
        )  # fmt: skip
    return total


def sum_draws(parts: list[np.ndarray], seed: int, size: int = 4000) -> np.ndarray:
    """Add independent draws: each part is shuffled on its own and resampled to a common number."""
    rng = np.random.default_rng([seed, 8])
    total = np.zeros(size)
    for part in parts:
        at = rng.permutation(np.arange(size) * len(part) // size)
        total += part[at]
    return total
