import math
import random

import numpy as np

from tests.stages.match.persons.invented import families, listed
from uncounted.stages.match.persons.explain import explanation, in_words
from uncounted.stages.match.persons.link import link
from uncounted.stages.match.persons.lists import VictimList
from uncounted.stages.match.persons.many import deduplicated
from uncounted.stages.match.persons.match import match_lists


def dated(name: str, people: list[tuple[str, str, int]], times: int, seed: int) -> VictimList:
    """Every person ``times`` times, with a birth date that is now and then wrong by a digit."""
    rng = random.Random(seed)
    rows = []
    for given, sex, age in people:
        date = f"{1900 + age}-{1 + len(given) % 12:02}-{1 + hash_of(given) % 28:02}"
        for _ in range(times):
            wrong = date[:-1] + rng.choice("0123456789") if rng.random() < 0.2 else date
            rows.append((given, sex, wrong))
    return VictimList(
        name=name,
        ids=tuple(str(at) for at in range(len(rows))),
        names=tuple(row[0] for row in rows),
        sex=tuple(row[1] for row in rows),
        age=(None,) * len(rows),
        columns={"birth_date": tuple(row[2] for row in rows)},
    )


def hash_of(text: str) -> int:
    return sum(map(ord, text))


def test_an_unrelated_list_changes_no_link() -> None:
    people = families(60, seed=7)
    one, other = listed("one", people[:90]), listed("other", people[30:], careless=0.4)
    third = listed("third", families(30, seed=8))
    alone, beside = match_lists([one, other]), match_lists([one, other, third])
    assert [link for link in beside.links() if "third" not in (link[0], link[2])] == alone.links()


def test_a_list_with_repeated_persons_is_matched_within_itself_and_nobody_is_spent() -> None:
    people = families(80, seed=9)
    many, once = dated("many", people, times=3, seed=1), dated("once", people, times=1, seed=2)
    assert deduplicated(once)
    assert not deduplicated(many)
    found = match_lists([once, many])
    assert (1, 1) in found.linked
    between = found.linked[0, 1]
    sure = between.probability >= 0.5
    rows = [np.array([int(entry) for entry in one.ids]) for one in found.lists]
    true = rows[1][between.j[sure]] // 3 == rows[0][between.i[sure]]
    assert true.mean() > 0.95
    assert true.sum() > 0.9 * len(many)


def test_a_pair_is_explained_level_by_level() -> None:
    people = families(60, seed=10)
    one, other = listed("one", people[:100]), listed("other", people, shift=1)
    found = explanation(link(one, other), one, other, 4, 4)
    steps = found.start + sum(level.weight for level in found.levels) + found.together
    assert math.isclose(1 / (1 + math.exp(-steps)), found.probability, abs_tol=1e-4)
    lines = in_words(found)
    given = people[4][0].split()[0]
    assert any(f"'{given}' with '{given}'" in line and "as likely" in line for line in lines)
    assert any("ages differ by +1 years" in line for line in lines)
    turned = in_words(explanation(link(other, one), other, one, 4, 4))
    assert any("ages differ by -1 years" in line for line in turned)
