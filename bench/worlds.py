"""Made-up worlds in which the truth is known: who is on which list, and how certain the links are."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.bool_]
World = Callable[[np.random.Generator, int, int], Rows]
IN_DOUBT = 0.1
"""Share of the records of people on several lists that were not linked to them."""


def independent(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """Lists that know nothing of each other and find everybody with equal ease."""
    return rng.random((people, lists)) < np.linspace(0.15, 0.4, lists)


def two_classes(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """A third of the people are found far more easily than the rest, by every list."""
    easy = rng.random(people) < 1 / 3
    return rng.random((people, lists)) < np.where(easy[:, None], 0.55, 0.12)


def dependent(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """The second list draws on the first: who is on the first is on the second thrice as likely."""
    rows = independent(rng, people, lists)
    rows[:, 1] = rng.random(people) < np.where(rows[:, 0], 0.45, 0.15)
    return rows


def unreachable(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """A fifth of the people can be found by no list."""
    return independent(rng, people, lists) & (rng.random(people) >= 0.2)[:, None]


def sparse(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """Small lists with few shared people."""
    return rng.random((people, lists)) < np.linspace(0.04, 0.1, lists)


def _lose(rng: np.random.Generator, rows: Rows) -> tuple[Rows, Rows, NDArray[np.int64]]:
    """Take records from people on several lists: what is left, the records alone, and whose each was."""
    lost = rows & (rng.random(rows.shape) < IN_DOUBT) & (rows.sum(axis=1) > 1)[:, None]
    person, place = np.nonzero(lost)
    alone = np.zeros((len(person), rows.shape[1]), dtype=bool)
    alone[np.arange(len(person)), place] = True
    return rows & ~lost, alone, person


def missed_links(rng: np.random.Generator, people: int, lists: int) -> Rows:
    """Independent lists of which one record in ten was not linked to its person and stands as another."""
    left, alone, _ = _lose(rng, independent(rng, people, lists))
    return np.concatenate([left, alone])


def linkage_draws(rng: np.random.Generator, people: int, lists: int, draws: int) -> list[Rows]:
    """The same lists with draws of the links from a calibrated matcher.

    Beside each record that was not linked stands one that truly belongs to nobody else; the matcher gives both a chance
    of one half of belonging to a certain other person, and half of them do. Each draw joins each with that chance.
    """
    left, alone, owner = _lose(rng, independent(rng, people, lists))
    single = np.flatnonzero(left.sum(axis=1) == 1)
    false = rng.permutation(single)[: len(owner)]
    partner = np.empty(len(false), dtype=np.int64)
    for i, record in enumerate(false):
        able = np.flatnonzero(left.any(axis=1) & ~left[:, np.argmax(left[record])])
        partner[i] = rng.choice(able[~np.isin(able, false)])
    rows = np.concatenate([left, alone])
    record = np.concatenate([len(left) + np.arange(len(owner)), false])
    target = np.concatenate([owner, partner])
    found = []
    for _ in range(draws):
        joined = rng.random(len(record)) < 0.5
        drawn = rows.copy()
        np.logical_or.at(drawn, target[joined], rows[record[joined]])
        drawn[record[joined]] = False
        found.append(drawn)
    return found


WORLDS: dict[str, World] = {
    "independent": independent,
    "two classes": two_classes,
    "dependent": dependent,
    "20 % unreachable": unreachable,
    "sparse": sparse,
    "10 % links missed": missed_links,
}
WITH_DRAWS = "10 % links missed, draws"
NAMES = (*WORLDS, WITH_DRAWS)
