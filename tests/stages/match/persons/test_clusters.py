from uncounted.stages.match.persons.clusters import clusters


def test_links_of_three_lists_make_one_person() -> None:
    links = [("a", "1", "b", "2", 0.9), ("b", "2", "c", "3", 0.8)]
    assert clusters(links, frozenset("abc"), "abc") == [(("a", "1"), ("b", "2"), ("c", "3"))]


def test_a_person_stands_once_on_a_list_without_repeats() -> None:
    links = [("a", "1", "b", "2", 0.9), ("a", "9", "b", "2", 0.8), ("a", "9", "c", "3", 0.7)]
    found = clusters(links, frozenset("abc"), "abc")
    assert found == [(("a", "1"), ("b", "2")), (("a", "9"), ("c", "3"))]


def test_a_list_with_repeats_may_hold_a_person_twice() -> None:
    links = [("a", "1", "b", "2", 0.9), ("a", "9", "b", "2", 0.8)]
    assert clusters(links, frozenset("b"), "ab") == [(("a", "1"), ("a", "9"), ("b", "2"))]


def test_a_weak_link_makes_no_person() -> None:
    assert clusters([("a", "1", "b", "2", 0.4)], frozenset("ab"), "ab") == []
