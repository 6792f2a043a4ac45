"""Links as proposals for a person: each with its levels in words, what they are worth, and its probability."""

from collections.abc import Iterator, Sequence

import numpy as np

from uncounted.model.incidents import Link
from uncounted.model.persons import Level
from uncounted.stages.match.persons.features import learn_evidence
from uncounted.stages.match.persons.levels import levels, weighed
from uncounted.stages.match.persons.link import Linked
from uncounted.stages.match.persons.lists import VictimList
from uncounted.stages.match.persons.match import Matched
from uncounted.stages.match.persons.pairs import compared
from uncounted.stages.match.persons.persons import MATCHER

__all__ = ["MATCHER", "proposals"]

WORTH_SHOWING = 0.02
"""Links less probable than this are not worth a person's time."""


def proposals(found: Matched, least: float = WORTH_SHOWING) -> tuple[Link, ...]:
    """Return all links of probability ``least`` or more, each ``left`` < ``right`` (``LIST:ID``), in that order."""
    links: list[Link] = []
    for (one, other), linked in found.linked.items():
        links += _of_two(linked, found.lists[one], found.lists[other], least)
    return tuple(sorted(links, key=lambda link: (link.left, link.right)))


def _of_two(linked: Linked, left: VictimList, right: VictimList, least: float) -> Iterator[Link]:
    kept = np.flatnonzero(linked.probability >= least)
    if not len(kept):
        return
    i, j = linked.i[kept], linked.j[kept]
    own = linked.probability[kept]
    pairs = compared(linked.lists, *((j, i) if linked.swapped else (i, j)))
    known = learn_evidence(linked.lists, linked.pairs, linked.held)
    evidence = weighed(linked.lists, pairs, known, own)
    for at in range(len(kept)):
        ends = (f"{left.name}:{left.ids[int(i[at])]}", f"{right.name}:{right.ids[int(j[at])]}")
        turned = ends[0] > ends[1]
        said = levels(evidence, at, swapped=linked.swapped != turned)
        yield link_of((min(ends), max(ends)), float(own[at]), said)


def link_of(ends: tuple[str, str], probability: float, said: Sequence[Level]) -> Link:
    """Return a link between two entries with its levels: four decimals of probability, two of weights."""
    return Link(
        left=ends[0],
        right=ends[1],
        probability=round(probability, 4),
        reasons=tuple(level.said for level in said),
        weights=tuple(round(level.weight, 2) for level in said),
    )
