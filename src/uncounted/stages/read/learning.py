"""Learning from what people accepted and rejected: a small logistic model on top of the shipped scorer.

Each example is a claim with its shipped confidence (its offset) and its features; what is learned is a change per
feature, drawn to zero by a Gaussian prior, so that few judgements change little. Gain is measured by cross-validation
over reports: a report's claims are never in both halves. Pure Python, deterministic.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence

import msgspec

from uncounted.model.errors import NotEnough
from uncounted.stages.read.scorer import MOST, logit, sigmoid

LEAST_JUDGED = 40
LEAST_OF_EACH = 8
LEAST_REPORTS = 5
FOLDS = 5
PRIOR = 1.0
"""The precision of the prior of each change (its variance is 1: a factor of e on the odds is one deviation)."""
_SWEEPS = 40


class Judged(msgspec.Struct, frozen=True):
    """One judgement: the report, the shipped confidence, the features, and whether the claim held as read."""

    report: str
    sure: float
    features: dict[str, float]
    held: bool


class Learned(msgspec.Struct, frozen=True):
    """What was learned: changes by feature, and the cross-validated log loss a judgement without and with them (nats).

    ``ranked`` are the shares of pairs (one that held, one that did not) that confidence puts in the right order, before
    and after.
    """

    changes: dict[str, float]
    judgements: int
    held: int
    reports: int
    before: float
    after: float
    ranked: tuple[float, float]

    @property
    def gain(self) -> float:
        """How much surer of the truth a judgement unseen is, in nats; negative where learning does harm."""
        return self.before - self.after


def learned(judged: Sequence[Judged]) -> Learned:
    """Learn from judgements; :class:`NotEnough` names what there is too little of."""
    held = sum(one.held for one in judged)
    reports = sorted({one.report for one in judged})
    if len(judged) < LEAST_JUDGED or min(held, len(judged) - held) < LEAST_OF_EACH or len(reports) < LEAST_REPORTS:
        raise NotEnough(
            f"{len(judged)} judgements of {len(reports)} reports, {held} held and {len(judged) - held} did not",
            f"learning needs {LEAST_JUDGED} of {LEAST_REPORTS} reports, and {LEAST_OF_EACH} of either kind",
            "Go on reviewing; nothing was changed.",
        )
    without, with_ = [], []
    for fold in range(FOLDS):
        seen = [one for one in judged if _fold(one.report) != fold]
        unseen = [one for one in judged if _fold(one.report) == fold]
        changes = fitted(seen)
        for one in unseen:
            without.append((one.sure, one.held))
            with_.append((chance(one, changes), one.held))
    return Learned(
        changes=fitted(judged),
        judgements=len(judged),
        held=held,
        reports=len(reports),
        before=_loss(without),
        after=_loss(with_),
        ranked=(_ranked(without), _ranked(with_)),
    )


def chance(one: Judged, changes: Mapping[str, float]) -> float:
    """How likely a claim holds (0..1) under changes."""
    return sigmoid(logit(one.sure) + sum(changes.get(name, 0.0) * value for name, value in one.features.items()))


def fitted(judged: Sequence[Judged]) -> dict[str, float]:
    """The changes that make judgements likeliest under the prior: Newton steps, one feature at a time."""
    odds = [logit(one.sure) for one in judged]
    having: dict[str, list[tuple[int, float]]] = {}
    for at, one in enumerate(judged):
        for name, value in sorted(one.features.items()):
            having.setdefault(name, []).append((at, value))
    changes = dict.fromkeys(sorted(having), 0.0)
    for _ in range(_SWEEPS):
        moved = 0.0
        for name in changes:
            slope, curve = -PRIOR * changes[name], PRIOR
            for at, value in having[name]:
                share = sigmoid(odds[at])
                slope += value * (judged[at].held - share)
                curve += value * value * share * (1.0 - share)
            step = min(MOST, max(-MOST, changes[name] + slope / curve)) - changes[name]
            changes[name] += step
            moved = max(moved, abs(step))
            for at, value in having[name]:
                odds[at] += step * value
        if moved < 1e-4:
            break
    return {name: round(value, 4) for name, value in changes.items() if abs(value) >= 1e-3}


def _fold(report: str) -> int:
    return hashlib.sha256(report.encode()).digest()[0] % FOLDS


def _loss(told: Sequence[tuple[float, bool]]) -> float:
    floor = 1e-3
    return -sum(math.log(max(floor, share if held else 1.0 - share)) for share, held in told) / len(told)


def _ranked(told: Sequence[tuple[float, bool]]) -> float:
    """The share of pairs in the right order (ties count half): the area under the receiver's curve, from ranks."""
    ordered = sorted(told)
    total, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        total += sum(held for _, held in ordered[at:end]) * (at + end + 1) / 2
        at = end
    yes = sum(held for _, held in told)
    no = len(told) - yes
    return (total - yes * (yes + 1) / 2) / (yes * no) if yes and no else 0.5
