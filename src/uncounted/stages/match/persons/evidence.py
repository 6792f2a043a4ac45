"""What agreement and disagreement are worth, learned from pairs that are held to be true: logarithms of odds.

Fellegi and Sunter (1969) weigh a comparison by how much likelier it is among true pairs than among chance ones. Here
the comparison of two words is the two words themselves: how often this word on the left stands for that one on the
right among pairs held true, against how common it is. Where two words were seldom seen together, their likeness
speaks (a backing-off estimate as in Katz 1987); a pair's own share is always left out of the counts it is judged by.
"""

import numpy as np
import numpy.typing as npt

from uncounted.names.compare import likeness
from uncounted.stages.match.persons.encode import WORDS, Encoded, Floats, Ints
from uncounted.stages.match.persons.pairs import Pairs, likeness_of_words

PRIOR_WORDS = 3.0
"""How many sightings the likeness of two words is worth."""
_BINS = 26
_SAMPLE = 20_000
Weights = npt.NDArray[np.float64]


def of_words(lists: Encoded, pairs: Pairs, held: Weights, seed: int = 0) -> Floats:
    """Return (n, words): the evidence of each aligned word, NaN where it has no partner.

    ``held`` (n) is the weight in 0..1 with which each pair counts as true.
    """
    met = pairs.aligned()
    rows, places = np.nonzero(met >= 0)
    number, weight = met[rows, places], held[rows]
    one, other = pairs.one[number], pairs.other[number]
    size = len(lists.lexicon)
    share_left, share_right = _shares(lists.left.words, size), _shares(lists.right.words, size)
    together = np.bincount(number, weights=weight, minlength=len(pairs.one))
    with_one = np.bincount(pairs.one, weights=together, minlength=size)
    with_other = np.bincount(pairs.other, weights=together, minlength=size)
    backing = np.exp(_of_likeness(lists, pairs, together, share_left, share_right, seed))[number]
    seen = np.maximum(together[number] - weight, 0)

    def translated(total: Weights, share: Weights) -> Weights:
        total = np.maximum(total - weight, 0)
        found: Weights = np.log((seen + PRIOR_WORDS * np.minimum(share * backing, 1)) / (total + PRIOR_WORDS))
        return found - np.log(share)

    evidence = np.full((len(pairs), WORDS), np.nan, np.float32)
    evidence[rows, places] = (
        translated(with_one[one], share_right[other]) + translated(with_other[other], share_left[one])
    ) / 2
    return evidence


def _shares(words: Ints, size: int) -> Weights:
    held = np.bincount(words[words >= 0], minlength=size) + 0.5
    shares: Weights = held / held.sum()
    return shares


def _of_likeness(
    lists: Encoded, pairs: Pairs, together: Weights, share_left: Weights, share_right: Weights, seed: int
) -> Weights:
    """Return the evidence of each two words from their likeness alone, which never falls as likeness grows."""
    rng = np.random.default_rng(seed)
    one = rng.choice(len(share_left), _SAMPLE, p=share_left)
    other = rng.choice(len(share_right), _SAMPLE, p=share_right)
    chance = likeness_of_words(likeness(lists.lexicon, one, other, lists.same_script), lists.same_script)
    table = _ratio(_bin(pairs.base), together, _bin(chance), np.ones(_SAMPLE), _BINS)
    found: Weights = np.maximum.accumulate(table)[_bin(pairs.base)]
    return found


def _bin(values: Floats) -> Ints:
    return np.clip((values * (_BINS - 1)).astype(np.int64), 0, _BINS - 1)


def _ratio(true: Ints, weight: Weights, chance: Ints, chance_weight: Weights, bins: int) -> Weights:
    match = np.bincount(true, weights=weight, minlength=bins) + 0.3
    other = np.bincount(chance, weights=chance_weight, minlength=bins) + 0.3
    ratio: Weights = np.log(match / match.sum()) - np.log(other / other.sum())
    return ratio


def of_ages(lists: Encoded, pairs: Pairs, held: Weights, seed: int = 1) -> Weights:
    """Return (n): the evidence of the signed difference of ages (right less left, beyond 15 years as 15).

    A shift of a whole list shows as a difference that most true pairs have. Unknown ages say nothing (0).
    """
    gap = lists.right.age[pairs.j] - lists.left.age[pairs.i]
    known = ~np.isnan(gap)
    rng = np.random.default_rng(seed)
    chance = rng.choice(lists.right.age, _SAMPLE) - rng.choice(lists.left.age, _SAMPLE)
    chance = chance[~np.isnan(chance)]

    def cell(gaps: Floats) -> Ints:
        return np.clip(np.nan_to_num(gaps), -15, 15).astype(np.int64) + 15

    table = _ratio(cell(gap[known]), held[known], cell(chance), np.ones(len(chance)), 31)
    return np.where(known, table[cell(gap)], 0.0)


def of_sex(lists: Encoded, pairs: Pairs, held: Weights) -> Weights:
    """Return (n): the evidence of equal or different sex; 0 where one is unknown."""
    left, right = lists.left.sex[pairs.i], lists.right.sex[pairs.j]
    known = (left > 0) & (right > 0)
    same = left == right
    share_left = np.bincount(lists.left.sex, minlength=3)[1:] + 0.5
    share_right = np.bincount(lists.right.sex, minlength=3)[1:] + 0.5
    chance = float((share_left / share_left.sum()) @ (share_right / share_right.sum()))
    total = held[known].sum() + 2
    agree = (held[known & same].sum() + 1.9) / total
    return np.where(known, np.where(same, np.log(agree / chance), np.log((1 - agree) / (1 - chance))), 0.0)


def of_columns(lists: Encoded, pairs: Pairs, held: Weights, seed: int = 2) -> tuple[Floats, Floats]:
    """Return (n, columns) twice: the likeness of values (NaN where one is empty) and its evidence (0 there).

    Likeness is normalised edit distance (Damerau-Levenshtein, which counts two letters exchanged as one error); an
    equal value is worth more the rarer it is.
    """
    shape = (len(pairs), len(lists.columns))
    near, worth = np.full(shape, np.nan, np.float32), np.zeros(shape, np.float32)
    rng = np.random.default_rng(seed)
    for at, strings in enumerate(lists.strings):
        left, right = lists.left.values[:, at], lists.right.values[:, at]
        one, other = left[pairs.i], right[pairs.j]
        known = (one >= 0) & (other >= 0)
        near[known, at] = _near(strings, one[known], other[known])
        a, b = rng.choice(left, _SAMPLE), rng.choice(right, _SAMPLE)
        chance = _near(strings, a[(a >= 0) & (b >= 0)], b[(a >= 0) & (b >= 0)])
        cells = _bin(near[known, at])
        table = _ratio(cells, held[known], _bin(chance), np.ones(len(chance)), _BINS)
        share = _shares(right[:, None], len(strings))
        equal = one[known] == other[known]
        match = np.bincount(cells, weights=held[known], minlength=_BINS) + 0.3
        exact = np.log(match[-1] / match.sum()) - np.log(share[other[known]])
        worth[known, at] = np.where(equal, np.maximum(exact, 0), np.maximum.accumulate(table)[cells])
    return near, worth


def _near(strings: tuple[str, ...], one: Ints, other: Ints) -> Floats:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    from uncounted.names.compare import distinct

    if not len(one):
        return np.zeros(0, np.float32)
    keys, inverse = distinct(one * len(strings) + other)
    spelled = np.array(strings, dtype=object)
    a, b = np.divmod(keys, len(strings))
    near: Floats = process.cpdist(
        spelled[a].tolist(), spelled[b].tolist(), scorer=OSA.normalized_similarity, dtype=np.float32
    )
    return near[inverse]
