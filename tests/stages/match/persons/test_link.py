import numpy as np

from tests.stages.match.persons.invented import families, listed
from uncounted.stages.match.persons.compete import one_to_one
from uncounted.stages.match.persons.link import link


def test_people_are_found_again_though_siblings_stand_beside_them() -> None:
    people = families(150, seed=1)
    one, other = listed("one", people[::2]), listed("other", people, shift=1, careless=0.3)
    found = link(one, other)
    sure = found.probability >= 0.5
    right = found.j[sure] == 2 * found.i[sure]
    assert right.mean() > 0.97
    assert right.sum() > 0.93 * len(one)


def test_probabilities_mean_what_they_say_and_a_record_is_spent_once() -> None:
    people = families(150, seed=2)
    found = link(listed("one", people[::2]), listed("other", people[: len(people) // 2], careless=0.3))
    assert ((found.probability >= 0) & (found.probability <= 1)).all()
    assert np.bincount(found.i, found.probability).max() <= 1 + 1e-9
    expected = found.probability.sum()
    true = (found.probability[found.j == 2 * found.i]).sum()
    assert abs(expected - true) < 0.1 * expected


def test_swapping_the_lists_changes_no_probability() -> None:
    people = families(60, seed=3)
    one, other = listed("one", people[:100], careless=0.5), listed("other", people[20:])
    there, back = link(one, other), link(other, one)
    assert dict(zip(zip(there.i.tolist(), there.j.tolist(), strict=True), there.probability, strict=True)) == dict(
        zip(zip(back.j.tolist(), back.i.tolist(), strict=True), back.probability, strict=True)
    )


def test_the_same_lists_give_the_same_links() -> None:
    people = families(40, seed=4)
    one, other = listed("one", people), listed("other", people, careless=0.5)
    first, second = link(one, other), link(one, other)
    assert (first.probability == second.probability).all()


def test_two_strangers_are_not_linked() -> None:
    found = link(listed("one", [("rima fares qamari", "f", 3)]), listed("other", [("walid tarif jundi", "m", 60)]))
    assert not (found.probability >= 0.5).any()


def test_greedy_assignment_takes_the_most_probable_first() -> None:
    i, j = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    kept = one_to_one(i, j, np.array([0.6, 0.5, 0.9, 0.8]))
    assert kept.tolist() == [False, True, True, False]
