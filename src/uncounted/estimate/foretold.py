"""What shrunken interactions tell beside a number: which stories carry it, and whether they foretell what was seen."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from uncounted.estimate.modes import spoken
from uncounted.estimate.stories import Kind, Story
from uncounted.estimate.tables import Floats, Table


def carrying(told: Sequence[tuple[Story, float]], lists: tuple[str, ...]) -> dict[str, Any]:
    """Which stories carry the answer, from each with its weight: the strongest, and the weight of each departure."""
    pairs = [1 << i | 1 << j for i, j in combinations(range(len(lists)), 2)]
    strongest = sorted(told, key=lambda one: -one[1])[:8]
    return {
        "stories": len(told),
        "top_models": [{"model": _name(story, lists), "weight": weight} for story, weight in strongest],
        "people_differ": sum(weight for story, weight in told if story.kind != Kind()),
        "two_classes": sum(weight for story, weight in told if story.kind.apart),
        "loose": sum(weight for story, weight in told if story.loose > 0),
        "pairs_depend": {
            _pair(pair, lists): sum(weight for story, weight in told if pair in story.pairs) for pair in pairs
        },
    }


def expected(mode: Floats, lists: int) -> Floats:
    """Means of all 2^J cells at a story's numbers, the empty cell among them."""
    cells = np.arange(1 << lists)
    terms = mode[: len(cells)]
    logs = ((cells[:, None] & cells) == cells) @ terms
    if len(mode) > len(cells):
        single, apart = terms[1 << np.arange(lists)], mode[len(cells) : -1]
        odds = mode[-1] - np.logaddexp(0, single + apart).sum() + np.logaddexp(0, single).sum()
        on = cells[:, None] >> np.arange(lists) & 1
        logs = logs + np.logaddexp(0, odds + on @ apart) - np.logaddexp(0, odds)
    return np.asarray(np.exp(np.minimum(logs, 40)))


def predictive(
    table: Table, modes: Sequence[Floats], weights: Floats, rng: np.random.Generator
) -> list[dict[str, Any]]:  # fmt: skip
    """What the stories foretell of pairs of lists and of people on one list, against what was seen (posterior
    predictive check, each story at its mode)."""
    lists = len(table.lists)
    cells = np.arange(1 << lists)
    means = np.array([expected(mode, lists) for mode in modes])
    drawn = rng.poisson(means[rng.choice(len(modes), 2000, p=weights / weights.sum())])
    seen = table.dense()
    asked = {_pair(1 << i | 1 << j, table.lists): 1 << i | 1 << j for i, j in combinations(range(lists), 2)}
    parts = {what: (cells & pair) == pair for what, pair in asked.items()}
    parts["on one list only"] = np.array([cell.bit_count() == 1 for cell in range(1 << lists)])
    told = []
    for what, some in parts.items():
        low, high = np.quantile(drawn[:, some].sum(axis=1), [0.025, 0.975])
        told.append({"what": what, "observed": int(seen[some].sum()), "low": float(low), "high": float(high)})
    return told


def _pair(pair: int, lists: tuple[str, ...]) -> str:
    return " & ".join(name for bit, name in enumerate(lists) if pair >> bit & 1)


def differing(kind: Kind) -> str:
    """In words, how people are thought to differ."""
    if kind.apart:
        return f"two classes of people (about {kind.apart:g} apart)"
    return f"people differ (s {kind.shift:g})" if kind.shift else "people alike"


def _name(story: Story, lists: tuple[str, ...]) -> str:
    parts = [_pair(pair, lists) + " depend" for pair in story.pairs]
    if story.loose:
        parts.append(f"all interactions loose (τ {story.loose:g})")
    if story.kind != Kind():
        parts.append(differing(story.kind))
    return "; ".join(parts) or "lists independent, people alike"


def undecided(told: Mapping[str, Any]) -> str | None:
    """What must be said where the lists do not decide how far people differ and much hangs on it, from an answer's
    diagnostics: a story of some weight answers outside the likeliest one's interval, and a quarter away or more."""
    strong = [point for point in told["sweep"] if point["weight"] > 0.02]
    likeliest = max(strong, key=lambda point: point["weight"])
    medians = [point["median"] for point in strong]
    within = all(likeliest["low"] <= median <= likeliest["high"] for median in medians)
    if within or max(medians) <= 1.25 * min(medians):
        return None
    return (
        f"the answer runs from {min(medians):,.0f} to {max(medians):,.0f} as people are thought alike or different, "
        "and the lists do not decide it"
    )


def warnings(table: Table, told: Mapping[str, Any]) -> tuple[str, ...]:
    """What must be said beside the number, from an answer's diagnostics."""
    said = list(spoken(told["modes"]))
    moved = undecided(told)
    if moved:
        said.append(moved)
    missed = [p["what"] for p in told["predictive"] if not p["low"] <= p["observed"] <= p["high"]]
    if missed:
        said.append(f"the model does not foretell what was seen of {', '.join(missed)}")
    if len(table.lists) == 3:
        said.append("three lists leave the interaction of all three to the prior: nothing here tests it")
    return tuple(said)
