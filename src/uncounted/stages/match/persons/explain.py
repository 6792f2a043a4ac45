"""Why two entries are held to be one person, or not: a waterfall of evidence, as data and in words."""

import math

import numpy as np

from uncounted.model.incidents import Link
from uncounted.model.persons import Explanation
from uncounted.stages.match.persons.features import learn_evidence
from uncounted.stages.match.persons.levels import levels, weighed
from uncounted.stages.match.persons.link import Linked
from uncounted.stages.match.persons.lists import VictimList
from uncounted.stages.match.persons.pairs import compared

RIVALS = 3
_SURE = 1e-6
"""Probabilities are kept this far from 0 and 1 where their log odds are shown."""


def explanation(linked: Linked, left: VictimList, right: VictimList, i: int, j: int) -> Explanation:
    """Return the waterfall of the pair of row ``i`` of ``left`` and row ``j`` of ``right``."""
    one, other = (j, i) if linked.swapped else (i, j)
    probability = linked.probability_of(i, j)
    known = learn_evidence(linked.lists, linked.pairs, linked.held)
    pair = compared(linked.lists, np.array([one]), np.array([other]))
    said = levels(weighed(linked.lists, pair, known, np.array([probability])), 0, swapped=linked.swapped)
    start = -math.log(len(linked.lists.right))
    inside = min(max(probability, _SURE), 1 - _SURE)
    return Explanation(
        left=f"{left.name}:{left.ids[i]}",
        right=f"{right.name}:{right.ids[j]}",
        probability=probability,
        candidate=bool(((linked.i == i) & (linked.j == j)).any()),
        start=start,
        levels=said,
        together=math.log(inside / (1 - inside)) - start - sum(level.weight for level in said),
        rivals=_rivals(linked, left, right, i, j),
    )


def _rivals(linked: Linked, left: VictimList, right: VictimList, i: int, j: int) -> tuple[Link, ...]:
    found: list[Link] = []
    for mine in ((linked.i == i) & (linked.j != j), (linked.j == j) & (linked.i != i)):
        best = sorted(np.flatnonzero(mine).tolist(), key=lambda at: -float(linked.probability[at]))[:RIVALS]
        found += [
            Link(
                left=f"{left.name}:{left.ids[int(linked.i[at])]}",
                right=f"{right.name}:{right.ids[int(linked.j[at])]}",
                probability=float(linked.probability[at]),
            )
            for at in best
        ]
    return tuple(found)


def in_words(found: Explanation) -> list[str]:
    """Return an explanation as lines for a person to read."""
    lines = [
        f"{found.left} and {found.right}",
        f"probability that they are one person: {found.probability:.3f}",
    ]
    if not found.candidate:
        lines.append("they share too little to be compared closely; what follows is their evidence all the same")
    lines += ["", "evidence (how much likelier in true pairs than by chance):"]
    lines.append(_line("any two entries of these lists", found.start))
    lines += [_line(level.said, level.weight) for level in found.levels]
    lines += [_line("taken together, with the rivals for either entry", found.together), ""]
    if not found.rivals:
        return [*lines, "neither has a rival"]
    return [
        *lines,
        "rivals:",
        *[f"  {rival.probability:.3f}  {rival.left} with {rival.right}" for rival in found.rivals],
    ]


def _line(said: str, worth: float) -> str:
    times = math.exp(min(abs(worth), 50))
    size = f"{times:,.1f} times" if times < 100 else f"{times:,.0f} times"
    return f"  {worth:+6.1f}  {said}: {size} {'as likely' if worth >= 0 else 'less likely'}"
