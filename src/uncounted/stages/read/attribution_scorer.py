"""A linear scorer over features; its weights are numbers in ``data/LANGUAGE/attribution_weights.json``.

Logistic regression, trained by ``bench/attribution_training.py`` on sentences annotated with source, cue and content.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import msgspec


class AttributionWeights(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Weights of the features of cues and of sources, and the least probability at which a cue is told."""

    cue: dict[str, float]
    source: dict[str, float]
    least: float
    reach: float = 5.0
    """The most that a source was seen to add to a cue's score; a cue out of this reach is not looked at further."""


def logit(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """Return the sum of the features' weights."""
    total, get = 0.0, weights.get
    for feature in features:
        weight = get(feature)
        if weight is not None:
            total += weight
    return total


def probability(score: float) -> float:
    """Return the logistic function of a score."""
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, score))))


@cache
def attribution_weights(language: str = "en") -> AttributionWeights:
    """Return the trained weights of a language."""
    file = files("uncounted.stages.read") / "data" / language / "attribution_weights.json"
    return msgspec.json.decode(file.read_bytes(), type=AttributionWeights)
