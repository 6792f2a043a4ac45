import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from uncounted.names.compare import FLOOR, GAP, Lexicon, align, distinct, likeness


@settings(deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=2**40), max_size=200))
def test_distinct_keys_and_their_places_give_the_keys_back(keys: list[int]) -> None:
    found, places = distinct(np.array(keys, np.int64))
    assert sorted(set(keys)) == sorted(found.tolist())
    assert found[places].tolist() == keys


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abdhklmnrsايمنسرد", min_size=1, max_size=8), min_size=2, max_size=8))
def test_likeness_is_symmetric_and_one_for_the_same_word(words: list[str]) -> None:
    lexicon = Lexicon()
    numbers = np.array([lexicon.number(word) for word in words])
    there = likeness(lexicon, numbers[:-1], numbers[1:], same_script=True)
    back = likeness(lexicon, numbers[1:], numbers[:-1], same_script=True)
    assert np.array_equal(there, back)
    assert (likeness(lexicon, numbers, numbers, same_script=True) == 1).all()


def aligned(gain: list[list[float]]) -> list[int]:
    matrix = np.array([gain], np.float32)
    ends = np.array([len(gain)]), np.array([len(gain[0])])
    partners: list[int] = align(matrix, ends)[0].tolist()
    return partners


def test_a_missing_grandfather_leaves_a_gap() -> None:
    same, other = 1 - FLOOR, -FLOOR
    gain = [[same, other, other], [other, same, other], [other, other, other], [other, other, same]]
    assert aligned(gain) == [0, 1, -1, 2]


def test_words_too_unlike_are_left_without_partners() -> None:
    assert aligned([[-2 * GAP - 0.01]]) == [-1]
    assert aligned([[-2 * GAP + 0.01]]) == [0]


def test_an_alignment_never_crosses() -> None:
    same, other = 1 - FLOOR, -FLOOR
    assert aligned([[other, same], [same, other]]).count(-1) == 1
