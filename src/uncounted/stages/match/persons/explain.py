"""Why two entries are held to be one person, or not: a waterfall of evidence, as data and in words."""

import math
from collections.abc import Iterable

import numpy as np

from uncounted.model.incidents import Link
from uncounted.model.persons import Explanation, Level
from uncounted.stages.match.persons.features import learn_evidence
from uncounted.stages.match.persons.levels import levels, weighed
from uncounted.stages.match.persons.link import Linked
from uncounted.stages.match.persons.lists import VictimList
from uncounted.stages.match.persons.pairs import compared
from uncounted.stages.match.persons.propose import WORTH_SHOWING, link_of

RIVALS = 3
_SURE = 5e-5
"""Probabilities have four decimals, so they are kept this far from 0 and 1 where their log odds are shown."""


def explanation(linked: Linked, left: VictimList, right: VictimList, i: int, j: int) -> Explanation:
    """Return the waterfall of the pair of row ``i`` of ``left`` and row ``j`` of ``right``."""
    one, other = (j, i) if linked.swapped else (i, j)
    probability = linked.probability_of(i, j)
    known = learn_evidence(linked.lists, linked.pairs, linked.held)
    pair = compared(linked.lists, np.array([one]), np.array([other]))
    said = levels(weighed(linked.lists, pair, known, np.array([probability])), 0, swapped=linked.swapped)
    link = link_of((f"{left.name}:{left.ids[i]}", f"{right.name}:{right.ids[j]}"), probability, said)
    near = np.flatnonzero(((linked.i == i) ^ (linked.j == j)) & (linked.probability >= WORTH_SHOWING))
    rivals = [
        Link(
            left=f"{left.name}:{left.ids[int(linked.i[at])]}",
            right=f"{right.name}:{right.ids[int(linked.j[at])]}",
            probability=round(float(linked.probability[at]), 4),
        )
        for at in near.tolist()
    ]
    candidate = bool(((linked.i == i) & (linked.j == j)).any())
    return explained(link, len(linked.lists.right), rivals, candidate=candidate)


def explained(link: Link, size: int, others: Iterable[Link], *, candidate: bool = True) -> Explanation:
    """Return the waterfall of a link that holds its levels; ``size`` is the number of records of the longer list.

    Of ``others``, the likeliest links of either entry with another one of the two lists are the rivals.
    """
    start = -math.log(size)
    inside = min(max(link.probability, _SURE), 1 - _SURE)
    found: list[Link] = []
    by_rank = sorted(others, key=lambda other: (-other.probability, other.left, other.right))
    for end in ("left", "right"):
        mine = [other for other in by_rank if getattr(other, end) == getattr(link, end)]
        found += [Link(left=one.left, right=one.right, probability=one.probability) for one in mine[:RIVALS]]
    return Explanation(
        left=link.left,
        right=link.right,
        probability=link.probability,
        candidate=candidate,
        start=start,
        levels=tuple(Level(said, weight) for said, weight in zip(link.reasons, link.weights, strict=True)),
        together=math.log(inside / (1 - inside)) - start - sum(link.weights),
        rivals=tuple(found),
    )


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
