"""An audit: which records are worth a person's time, and what the answers say about the links of two lists.

Probabilities of pairs hold neither a model's own error nor what blocking lost, so draws from them are no measure of
linkage uncertainty and none are offered here. People who look up a few hundred records measure both. Each record is
looked up by two of them, so that how often reviewers err is measured as well and taken out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uncounted.model.errors import BadInput, NotEnough

Weights = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

STRATA = ("sure", "linked", "possible", "none")
"""Records linked with probability .95 and more; linked with less; not linked though a candidate has .05 or more; the
rest."""
_EDGES = (0.95, 0.5, 0.05)
_GUESS = {"sure": 0.05, "linked": 0.25, "possible": 0.3, "none": 0.12}
"""How much of a stratum is thought to be wrong, reviewers' error included, before anybody has looked."""
LEAST_AUDITED = 30
"""Fewer records of a stratum than this say too little about it (unless it has no more)."""
LEAST_TWICE = 30
"""Fewer records than this answered by two people say too little about how often people err."""
_BURN_IN = 120


def strata_of(best: Weights, linked: npt.NDArray[np.bool_]) -> Ints:
    """Return each left record's stratum, as a place in :data:`STRATA`.

    ``best`` is the probability of its link where ``linked``, else of its likeliest candidate (0: none).
    """
    sure, _, possible = _EDGES
    return np.where(linked, np.where(best >= sure, 0, 1), np.where(best >= possible, 2, 3)).astype(np.int64)


def allocated(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """Return how many records of each stratum to draw, ``total`` in all or everybody.

    In proportion to size and to the spread that is expected (Neyman 1934), and enough of each to say something.
    """
    wanted = {name: min(size, LEAST_AUDITED) for name, size in sizes.items()}
    worth = {name: size * np.sqrt(_GUESS[name] * (1 - _GUESS[name])) for name, size in sizes.items()}
    while sum(wanted.values()) < min(total, sum(sizes.values())):
        open_ = [name for name in sizes if wanted[name] < sizes[name]]
        # the next record goes where it takes most off the variance
        best = max(open_, key=lambda name: worth[name] ** 2 / (max(wanted[name], 1) * (wanted[name] + 1)))
        wanted[best] += 1
    return wanted


def sampled(strata: Ints, total: int, seed: int) -> dict[str, Ints]:
    """Draw left rows to look up, by stratum, sorted. ``strata`` (n) are places in :data:`STRATA`."""
    if total < 1:
        raise BadInput(f"an audit of {total}", "it needs at least one record", "300 is a good size.")
    rng = np.random.default_rng(seed)
    rows = {name: np.flatnonzero(strata == at) for at, name in enumerate(STRATA)}
    take = allocated({name: len(held) for name, held in rows.items()}, total)
    return {name: np.sort(rng.choice(held, take[name], replace=False)) for name, held in rows.items()}


@dataclass(frozen=True)
class Answers:
    """What was found of one stratum: ``size`` records, of which some were looked up.

    ``yes`` (records) counts who found a mate, ``asked`` (records) who answered. ``right`` and ``other`` count the
    linked records whose named mate is, or is not, the one that they are linked to.
    """

    size: int
    yes: Ints
    asked: Ints
    right: int = 0
    other: int = 0


@dataclass(frozen=True)
class Posterior:
    """``draws`` of what the audit leaves open: reviewers' ``error``, and by stratum ``share`` with a mate (draws).

    ``truth`` (draws, records) says of each audited record whether it has a mate; ``right`` (draws) is the share of
    mates of linked records that are the ones they are linked to.
    """

    error: Weights
    share: dict[str, Weights]
    truth: dict[str, npt.NDArray[np.bool_]]
    right: dict[str, Weights]

    def mates(self, answers: Mapping[str, Answers], seed: int) -> Weights:
        """Return (draws): how many records of the list have a mate, those audited as found, the others drawn."""
        rng = np.random.default_rng([seed, 1])
        total = np.zeros(len(self.error))
        for name, share in self.share.items():
            rest = answers[name].size - len(answers[name].yes)
            total += self.truth[name].sum(1) + rng.binomial(rest, share)
        return total


def posterior(answers: Mapping[str, Answers], draws: int, seed: int) -> Posterior:
    """Return draws of reviewers' error and of each stratum's share with a mate (Gibbs sampling, one chain a draw).

    Reviewers err independently and equally in either direction, as Dawid and Skene (1979) model them with one rate;
    Jeffreys priors for the shares, Beta(1, 9) below one half for the error. Raises :class:`NotEnough` where a stratum
    was hardly audited or hardly anything was answered twice, :class:`BadInput` for counts that cannot be.
    """
    _check(answers)
    rng = np.random.default_rng([seed, 0])
    error = np.full(draws, 0.05)
    share = {name: np.full(draws, 0.5) for name in answers}
    alike = {name: _alike(found) for name, found in answers.items()}
    said = sum(int(found.asked.sum()) for found in answers.values())
    for _ in range(_BURN_IN):
        wrong = np.zeros(draws)
        for name, (patterns, where) in alike.items():
            mates = rng.binomial(np.bincount(where, minlength=len(patterns)), _true(patterns, share[name], error))
            found = mates.sum(1)
            drawn = rng.beta(found + 0.5, len(where) - found + 0.5)
            share[name] = np.clip(drawn, 1e-9, 1 - 1e-9)
            yes, no = patterns[:, 0], patterns[:, 1] - patterns[:, 0]
            strangers = np.bincount(where, minlength=len(patterns)) - mates
            wrong += mates @ no + strangers @ yes
        error = np.clip(rng.beta(1 + wrong, 9 + said - wrong), 1e-6, 0.49)
    truth = {
        name: rng.random((draws, len(where))) < _true(patterns, share[name], error)[:, where]
        for name, (patterns, where) in alike.items()
    }
    right = {
        name: rng.beta(found.right + 0.5, found.other + 0.5, draws)
        for name, found in answers.items()
        if name in ("sure", "linked")
    }
    return Posterior(error, share, truth, right)


def _alike(found: Answers) -> tuple[Ints, Ints]:
    """Return the different (yes, asked) of a stratum's records, and which of them each record has."""
    patterns, where = np.unique(np.stack([found.yes, found.asked], 1).reshape(-1, 2), axis=0, return_inverse=True)
    return patterns, where.reshape(-1)


def _true(patterns: Ints, share: Weights, error: Weights) -> Weights:
    """Return (draws, patterns): how probably a record with such answers has a mate."""
    margin = 2 * patterns[:, 0] - patterns[:, 1]
    odds = np.log((1 - error) / error)[:, None] * margin[None, :] + np.log(share / (1 - share))[:, None]
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -700, 700))))


def _check(answers: Mapping[str, Answers]) -> None:
    twice = sum(int((found.asked > 1).sum()) for found in answers.values())
    audited = sum(len(found.yes) for found in answers.values())
    for name, found in answers.items():
        if len(found.yes) > found.size or (found.yes > found.asked).any() or (found.yes < 0).any():
            raise BadInput(f"stratum {name!r}", "more was found than was looked up", "Check the counts.")
        if len(found.yes) < min(LEAST_AUDITED, found.size):
            raise NotEnough(
                f"the audit's stratum {name!r}",
                f"{len(found.yes)} of {found.size} records were looked up",
                f"Have {LEAST_AUDITED} or more looked up.",
            )
    if twice < min(LEAST_TWICE, audited):
        raise NotEnough(
            "the audit",
            f"{twice} of {audited} records were looked up by two people",
            f"Have a second person look up {LEAST_TWICE} or more; how often people err is not known otherwise.",
        )


@dataclass(frozen=True)
class Rate:
    """A share with its interval of ``level`` .95: median, low, high."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class StratumRates:
    """One stratum measured: ``missed`` is the share of unlinked records that have a mate all the same, ``false`` the
    share of linked records whose link is wrong (no mate, or another)."""

    stratum: str
    size: int
    audited: int
    twice: int
    missed: Rate | None
    false: Rate | None


def rates(answers: Mapping[str, Answers], found: Posterior) -> tuple[StratumRates, ...]:
    """Return miss and false-link rates by stratum, and nothing of strata that hold nobody."""
    told = []
    for name, held in answers.items():
        if not held.size:
            continue
        linked = name in found.right
        told.append(
            StratumRates(
                stratum=name,
                size=held.size,
                audited=len(held.yes),
                twice=int((held.asked > 1).sum()),
                missed=None if linked else rate(found.share[name]),
                false=rate(1 - found.share[name] * found.right[name]) if linked else None,
            )
        )
    return tuple(told)


def rate(draws: Weights) -> Rate:
    """Return the median and the 95 % interval of draws."""
    low, median, high = np.quantile(draws, [0.025, 0.5, 0.975]).tolist()
    return Rate(median, low, high)


def chapman_draws(first: int, second: int, overlap: Weights) -> Weights:
    """Return the Chapman estimate of everybody, for lists of ``first`` and ``second`` records and each overlap."""
    return (first + 1) * (second + 1) / (overlap + 1) - 1
