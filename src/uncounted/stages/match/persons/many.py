"""Lists on which one person may stand several times: every pair is judged on its own, and nobody is spent."""

from collections import Counter

import numpy as np
import numpy.typing as npt

from uncounted.stages.match.persons.encode import Encoded
from uncounted.stages.match.persons.features import features, guarded, learn_evidence, summed
from uncounted.stages.match.persons.judged import Known, recalibrated
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


def many_to_many(lists: Encoded, pairs: Pairs, facts: Known) -> tuple[Pairs, Weights]:
    """Return the pairs and their probabilities, learned by self-training from those that their evidence decides.

    Verdicts teach beside them, end at certainty, and set the other pairs' probabilities right.
    """
    said = facts.verdicts(pairs.i, pairs.j)
    by_id = facts.by_id(pairs.i, pairs.j)
    score = first_score(lists, pairs)
    held = seeds(lists, pairs, score, 8.0).astype(np.float64)
    for _ in range(ROUNDS):
        found = summed(lists, pairs, learn_evidence(lists, pairs, held), held)
        held = expit(guarded(lists, pairs, found) + by_id - np.log(len(lists.right)))
    for _ in range(ROUNDS - 1):
        matrix = features(lists, pairs, summed(lists, pairs, learn_evidence(lists, pairs, held), held))
        held = np.where(said, said > 0, held)
        known = (held >= SURE) | (held <= OUT)
        odds = boosted(Lesson(matrix[known], held[known] >= SURE, pairs.i[known])).odds(matrix, pairs.i)
        held = expit(odds + by_id)
    held = recalibrated(held, held[said != 0], said[said != 0] > 0)
    return pairs, np.where(said, said > 0, held).astype(np.float64)


def expit(log_odds: npt.NDArray[np.floating]) -> Weights:
    """Return the probability of log odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds.astype(np.float64), -30, 30))))
