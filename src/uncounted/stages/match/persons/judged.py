"""What is known beforehand of two lists: people's verdicts on pairs, and official ids that both lists give.

Both teach the model before anything that it guesses itself. A verdict is the last word on its own pair; with enough of
them the probabilities of all other pairs are set right. A shared official id is strong but not the last word: one id
may sit on two people, and one person may stand under two.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.encode import Ints
from uncounted.stages.match.persons.lists import OFFICIAL, VictimList

Weights = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
Verdict = tuple[tuple[str, str], tuple[str, str], bool]
"""Two entries, each by list and id, and whether a person holds them to be one."""
SAME_ID, OTHER_ID = 7.0, -4.0
"""Log odds that an equal and a different official id are worth: in two releases of one ministry 0.25 % of people stood
under two ids, and about one shared id in a thousand sat on two people."""
EDGE = 20.0
_NONE = np.zeros(0, np.int64)


@dataclass(frozen=True)
class Known:
    """Pairs of rows: ``judged`` with its verdicts, and ``one_id`` whose official ids are equal and unique."""

    judged: tuple[Ints, Ints] = (_NONE, _NONE)
    same: Marks = field(default_factory=lambda: np.zeros(0, bool))
    one_id: tuple[Ints, Ints] = (_NONE, _NONE)
    id_left: Ints = field(default_factory=lambda: _NONE)
    id_right: Ints = field(default_factory=lambda: _NONE)

    def turned(self) -> "Known":
        """Return the same with the lists changed round."""
        return Known(self.judged[::-1], self.same, self.one_id[::-1], self.id_right, self.id_left)

    def pairs(self) -> tuple[Ints, Ints]:
        """Return all pairs that must be compared, whatever blocking finds."""
        return np.concatenate([self.judged[0], self.one_id[0]]), np.concatenate([self.judged[1], self.one_id[1]])

    def verdicts(self, i: Ints, j: Ints) -> npt.NDArray[np.int8]:
        """Return for each candidate 1 (judged one person), -1 (judged two) or 0 (not judged)."""
        said = np.zeros(len(i), np.int8)
        at, there = _places(i, j, *self.judged)
        said[at[there]] = np.where(self.same[there], 1, -1)
        return said

    def taught(self, i: Ints, j: Ints, certain: Marks) -> Marks:
        """Return ``certain`` with what is known put in: known mates certain, their rivals and judged strangers not."""
        if not len(self.judged[0]) and not len(self.one_id[0]):
            return certain
        said = self.verdicts(i, j)
        known = said > 0
        at, there = _places(i, j, *self.one_id)
        known[at[there]] |= said[at[there]] == 0
        rival = (np.isin(i, i[known]) | np.isin(j, j[known])) & ~known
        return np.asarray((certain & ~rival & (said >= 0)) | known)

    def by_id(self, i: Ints, j: Ints) -> Weights:
        """Return the log odds that the official ids of each candidate are worth."""
        if not len(self.id_left):
            return np.zeros(len(i))
        one, other = self.id_left[i], self.id_right[j]
        both = (one >= 0) & (other >= 0)
        return np.where(both, np.where(one == other, SAME_ID, OTHER_ID), 0.0)


def known_of(left: VictimList, right: VictimList, verdicts: Iterable[Verdict] = ()) -> Known:
    """Return what verdicts and official ids say of two lists (or of one list within itself)."""
    rows = [{name: at for at, name in enumerate(one.ids)} for one in (left, right)]
    places: dict[tuple[int, int], bool] = {}
    for one, other, same in verdicts:
        for first, second in ((one, other), (other, one)):
            if (first[0], second[0]) == (left.name, right.name) and first[1] in rows[0] and second[1] in rows[1]:
                i, j = rows[0][first[1]], rows[1][second[1]]
                places[(min(i, j), max(i, j)) if left.name == right.name else (i, j)] = same
    judged = np.array(sorted(places), np.int64).reshape(-1, 2)
    held_same = np.array([places[i, j] for i, j in judged.tolist()], bool)
    id_left, id_right = _official(left, right)
    one_id = (_NONE, _NONE) if left.name == right.name else _alone_together(id_left, id_right)
    return Known((judged[:, 0], judged[:, 1]), held_same, one_id, id_left, id_right)


def _official(left: VictimList, right: VictimList) -> tuple[Ints, Ints]:
    """Return each row's official id as a number that both lists share, -1 for none."""
    shared = next((name for name in OFFICIAL if name in left.columns and name in right.columns), None)
    if shared is None:
        return _NONE, _NONE
    numbers: dict[str, int] = {"": -1}
    found = [
        np.array([numbers.setdefault(value.casefold(), len(numbers)) for value in one.columns[shared]], np.int64)
        for one in (left, right)
    ]
    return found[0], found[1]


def _alone_together(one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Return the rows whose id stands once on either list."""
    seen = [Counter(side.tolist()) for side in (one, other)]
    once = {number for number, times in seen[0].items() if number >= 0 and times == 1 and seen[1].get(number) == 1}
    where = {number: at for at, number in enumerate(other.tolist()) if number in once}
    pairs = [(at, where[number]) for at, number in enumerate(one.tolist()) if number in once]
    found = np.array(pairs, np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _places(i: Ints, j: Ints, one: Ints, other: Ints) -> tuple[Ints, Marks]:
    """Return where each pair of (one, other) stands among the sorted candidates, and whether it is there."""
    if not len(one) or not len(i):
        return np.zeros(len(one), np.int64), np.zeros(len(one), bool)
    size = 1 + max(int(j.max()), int(other.max()))
    keys = i * size + j
    order = np.argsort(keys, kind="stable")
    wanted = one * size + other
    at = order[np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)]
    return at, keys[at] == wanted


def recalibrated(probability: Weights, judged: Weights, same: Marks) -> Weights:
    """Return probabilities set right by verdicts: log odds scaled and shifted as the judged pairs ask for.

    ``judged`` are the probabilities that a model which never saw their verdicts gave the judged pairs. Logistic
    regression of the verdict on the log odds (Platt 1999), held near no change by a normal prior (shift 0 ± 1, scale
    1 ± 0.25), so few verdicts change little. People look at doubtful pairs first; as they choose by probability, what
    they choose does not bias this.
    """
    if not len(judged):
        return probability

    def logit(values: Weights) -> Weights:
        inside = np.clip(values, 1e-6, 1 - 1e-6)
        return np.asarray(np.log(inside / (1 - inside)))

    x = np.stack([np.ones(len(judged)), logit(judged)], 1)
    centre, precision = np.array([0.0, 1.0]), np.diag([1.0, 16.0])
    weights = centre.copy()
    for _ in range(25):
        expected = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (same - expected) - precision @ (weights - centre)
        curve = (x * (expected * (1 - expected))[:, None]).T @ x + precision
        weights = weights + np.linalg.solve(curve, slope)
    moved = 1 / (1 + np.exp(-(weights[0] + max(weights[1], 0.1) * logit(probability))))
    return np.where((probability > 0) & (probability < 1), moved, probability)
