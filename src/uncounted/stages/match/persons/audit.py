"""An audit: which records are worth a person's time, and what the answers say about the overlap of two lists.

Probabilities of pairs hold neither a model's own error nor what blocking lost, so draws from them are no measure of
linkage uncertainty and none are offered here. A person who looks up a few hundred records, half of them linked and
half not, measures both: the share of each stratum that has a mate, with its uncertainty (Beta-binomial, Jeffreys
prior), carried through the two-list estimate of Chapman (1951).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uncounted.model.errors import BadInput, NotEnough

Weights = npt.NDArray[np.float64]
LEAST_AUDITED = 30
"""Fewer records of a stratum than this say too little about it (unless it has no more)."""


@dataclass(frozen=True)
class Stratum:
    """``size`` records of the first list, of which ``audited`` were looked up and ``mates`` were found to have one."""

    size: int
    audited: int
    mates: int


def sampled(linked: npt.NDArray[np.bool_], size: int, seed: int) -> dict[str, npt.NDArray[np.int64]]:
    """Draw rows for a person to look up, half from the linked and half from the unlinked, or all where few.

    ``linked`` says of each record of the first list whether it has a link. Returns rows by stratum, sorted.
    """
    rng = np.random.default_rng(seed)
    strata = {"linked": np.flatnonzero(linked), "unlinked": np.flatnonzero(~linked)}
    fewer = min(strata, key=lambda name: len(strata[name]))
    take = {name: min(len(rows), size // 2) for name, rows in strata.items()}
    other = "linked" if fewer == "unlinked" else "unlinked"
    take[other] = min(len(strata[other]), size - take[fewer])
    return {name: np.sort(rng.choice(rows, take[name], replace=False)) for name, rows in strata.items()}


def overlap_draws(strata: Mapping[str, Stratum], draws: int, seed: int, error: float = 0.0) -> Weights:
    """Return ``draws`` of how many records of the first list have a mate on the second.

    ``error`` is the share of wrong verdicts in either direction, known from records that two people coded; it is taken
    out of the share that was found (Rogan & Gladen 1978). Raises :class:`NotEnough` where a stratum was hardly
    audited and :class:`BadInput` for counts that cannot be.
    """
    if not 0 <= error < 0.5:
        raise BadInput(f"reviewer error {error}", "it must lie in 0 up to 0.5", "Above one half verdicts say nothing.")
    rng = np.random.default_rng(seed)
    total = np.zeros(draws)
    for name, stratum in strata.items():
        if not 0 <= stratum.mates <= stratum.audited <= stratum.size:
            raise BadInput(f"stratum {name!r}", "mates, audited and size must not fall", "Check the counts.")
        if stratum.audited < min(LEAST_AUDITED, stratum.size):
            raise NotEnough(
                f"stratum {name!r}",
                f"{stratum.audited} of {stratum.size} records were audited",
                f"Have {LEAST_AUDITED} or more looked up.",
            )
        found = rng.beta(stratum.mates + 0.5, stratum.audited - stratum.mates + 0.5, draws)
        share = np.clip((found - error) / (1 - 2 * error), 0, 1)
        if error:
            total += rng.binomial(stratum.size, share)
        else:
            total += stratum.mates + rng.binomial(stratum.size - stratum.audited, share)
    return total


def chapman_draws(first: int, second: int, overlap: Weights) -> Weights:
    """Return the Chapman estimate of everybody, for lists of ``first`` and ``second`` records and each overlap."""
    return (first + 1) * (second + 1) / (overlap + 1) - 1
