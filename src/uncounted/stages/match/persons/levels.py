"""The evidence on pairs level by level: each comparison in words, with what it is worth."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uncounted.model.persons import Level
from uncounted.stages.match.persons import columns, evidence
from uncounted.stages.match.persons.encode import Encoded, Floats
from uncounted.stages.match.persons.features import GAP_EVIDENCE, Evidence
from uncounted.stages.match.persons.pairs import Pairs

Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weighed:
    """What every comparison of ``n`` pairs is worth, before any of it is put in words."""

    lists: Encoded
    pairs: Pairs
    words: Floats
    ages: Floats
    sexes: Floats
    near: tuple[Floats, ...]
    columns: tuple[Floats, ...]


def weighed(lists: Encoded, pairs: Pairs, known: Evidence, own: Weights) -> Weighed:
    """Weigh pairs; ``own`` (n) is each pair's own weight in what ``known`` was learned from."""
    near = tuple(columns.likeness(lists, pairs, column) for column in range(len(lists.columns)))
    return Weighed(
        lists,
        pairs,
        known.words.of(pairs, own),
        evidence.of_ages(known.ages, lists, pairs).astype(np.float32),
        evidence.of_sexes(known.sexes, lists, pairs).astype(np.float32),
        near,
        tuple(columns.worth(table, lists, pairs, column, near[column]) for column, table in enumerate(known.columns)),
    )


def levels(found: Weighed, at: int, *, swapped: bool = False) -> tuple[Level, ...]:
    """Return the levels of pair number ``at``; ``swapped`` says that the lists stand the other way round."""
    lists, pairs = found.lists, found.pairs
    letters = lists.lexicon.letters
    mine, theirs = lists.left.words[pairs.i[at]], lists.right.words[pairs.j[at]]
    one_length, other_length = int(lists.left.length[pairs.i[at]]), int(lists.right.length[pairs.j[at]])
    made, used = [], set()
    for place in range(one_length):
        partner = int(pairs.partner[at, place])
        if partner < 0:
            made.append(Level(f"{letters[mine[place]]!r} has no partner", GAP_EVIDENCE))
            continue
        used.add(partner)
        number = pairs.between[at, place, partner]  # a name in brackets may stand for the word of this place
        words = letters[pairs.one[number]], letters[pairs.other[number]]
        one, other = words[::-1] if swapped else words
        made.append(Level(f"{one!r} with {other!r}", float(found.words[at, place])))
    made += [
        Level(f"{letters[theirs[place]]!r} has no partner", GAP_EVIDENCE)
        for place in range(other_length)
        if place not in used
    ]
    return (*made, *_more(found, at, swapped=swapped))


def _more(found: Weighed, at: int, *, swapped: bool) -> list[Level]:
    lists, pairs = found.lists, found.pairs
    gap = float(lists.right.age[pairs.j[at]] - lists.left.age[pairs.i[at]])
    ages = "an age is unknown" if math.isnan(gap) else f"ages differ by {gap * (-1 if swapped else 1):+.0f} years"
    left, right = lists.left.sex[pairs.i[at]], lists.right.sex[pairs.j[at]]
    sex = "a sex is unknown" if 0 in (left, right) else "sex is equal" if left == right else "sex differs"
    made = [Level(ages, float(found.ages[at])), Level(sex, float(found.sexes[at]))]
    for name, near, worth in zip(lists.columns, found.near, found.columns, strict=True):
        alike = "missing" if math.isnan(near[at]) else "equal" if near[at] == 1 else f"alike by {near[at]:.2f}"
        made.append(Level(f"{name} is {alike}", float(worth[at])))
    return made
