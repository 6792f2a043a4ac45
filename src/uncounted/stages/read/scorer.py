"""The scorer of attachments and what a case may have learned: weights in a file, changes of them in a case.

A learned change is a log-odds added to a shipped one. It moves how sure a claim is, and through the features of the
attachment also which phrase a word of harm is given; a feature that nobody knows changes nothing.
"""

import json
import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from uncounted.model.claims import Claim

PER_LOGIT = 3.0
"""So many points of score are one unit of log-odds: near the middle a claim's confidence is 0.5 + score / 12."""
MOST = 3.0
"""The greatest change of one feature, in log-odds."""


@cache
def weights() -> dict[str, float]:
    """The shipped weights of the features."""
    loaded: dict[str, float] = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    return loaded


def table(changes: Mapping[str, float]) -> dict[str, float]:
    """The weights in force under learned changes; the shipped ones themselves where there are none."""
    if not changes:
        return weights()
    return {name: value + PER_LOGIT * changes.get(name, 0.0) for name, value in weights().items()}


def features(claim: Claim, rule: str, attached: Mapping[str, float] | None) -> dict[str, float]:
    """What a claim is judged by: the features of its attachment, its rule, harm, modality, and how it is counted."""
    held = {name: value for name, value in (attached or {}).items() if name != "bias"}
    counted = "stated" if claim.count.text else "single" if claim.count.low is not None else "open"
    for name in (f"rule:{rule}", f"harm:{claim.harm}", f"modality:{claim.modality}", f"count:{counted}"):
        held[name] = 1.0
    if claim.subset_of:
        held["part"] = 1.0
    return held


def logit(share: float) -> float:
    """The log-odds of a share in 0..1, which is kept a thousandth away from both ends."""
    held = min(0.999, max(0.001, share))
    return math.log(held / (1.0 - held))


def sigmoid(odds: float) -> float:
    """The share of some log-odds."""
    return 1.0 / (1.0 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1.0 + math.exp(odds))


def sure(shipped: float, seen: Mapping[str, float], changes: Mapping[str, float]) -> float:
    """A claim's confidence under learned changes, from the shipped one and its features."""
    added = sum(changes.get(name, 0.0) * value for name, value in seen.items())
    return round(min(0.99, max(0.01, sigmoid(logit(shipped) + added))), 2) if added else shipped


def changed(changes: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """The changes by how much they change, greatest first, without those that do not."""
    yield from sorted(((n, v) for n, v in changes.items() if abs(v) >= 0.01), key=lambda one: (-abs(one[1]), one[0]))
