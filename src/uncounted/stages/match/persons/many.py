"""Lists on which one person may stand several times: every pair is judged on its own, and nobody is spent."""

from collections import Counter

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.encode import Encoded, Floats
from uncounted.stages.match.persons.features import features, learn_evidence
from uncounted.stages.match.persons.learn import Lesson, boosted, first_score, seeds
from uncounted.stages.match.persons.lists import VictimList
from uncounted.stages.match.persons.pairs import Pairs

Weights = npt.NDArray[np.float64]
TWINS = 0.02
"""A list of which more records than this have an equal twin is not deduplicated; equal namesakes are far rarer."""
SURE, OUT = 0.9, 0.1
ROUNDS = 3


def deduplicated(one: VictimList) -> bool:
    """Whether hardly any record has a twin on the list: equal name, sex, age and birth date, where those are known."""
    born = one.columns.get("birth_date", ("",) * len(one))
    rows = [
        (name.casefold(), sex, age, date)
        for name, sex, age, date in zip(one.names, one.sex, one.age, born, strict=True)
        if age is not None or date
    ]
    twins = sum(times for times in Counter(rows).values() if times > 1)
    return twins <= TWINS * max(len(one), 1)


def many_to_many(lists: Encoded, pairs: Pairs) -> tuple[Pairs, Weights]:
    """Return the pairs and their probabilities, learned by self-training from those that their evidence decides."""
    score = first_score(lists, pairs)
    held = seeds(lists, pairs, score, 8.0).astype(np.float64)
    possible = len(lists.left) * len(lists.right)
    for _ in range(ROUNDS):
        total = features(lists, pairs, learn_evidence(lists, pairs, held), held).total
        held = by_evidence(total, possible)
    for _ in range(ROUNDS - 1):
        matrix = features(lists, pairs, learn_evidence(lists, pairs, held), held).matrix
        known = (held >= SURE) | (held <= OUT)
        (odds,) = boosted(Lesson(matrix[known], held[known] >= SURE, pairs.i[known]), [(matrix, pairs.i)])
        held = 1 / (1 + np.exp(-odds))
    return pairs, held


def by_evidence(total: Floats, possible: int) -> Weights:
    """Return probabilities from evidence, with the share of true pairs among all ``possible`` ones found by EM."""
    odds = np.exp(np.clip(total.astype(np.float64), -40, 40))
    share = len(total) / (10 * max(possible, 1))
    held = odds
    for _ in range(30):
        held = odds * share / (1 - share + odds * share)
        share = min(max(held.sum() / max(possible, 1), 1e-12), 0.5)
    return held
