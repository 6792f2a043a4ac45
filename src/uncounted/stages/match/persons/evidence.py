"""What agreement and disagreement are worth, learned from pairs that are held to be true: logarithms of odds.

Fellegi and Sunter (1969) weigh a comparison by how much likelier it is among true pairs than among chance ones. Here
the comparison of two words is the two words themselves: how often this word on the left stands for that one on the
right among pairs held true, against how common it is. Where two words were seldom seen together, their likeness
speaks (a backing-off estimate as in Katz 1987); a pair's own share is always left out of the counts it is judged by.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uncounted.names.compare import likeness
from uncounted.stages.match.persons.encode import WORDS, Encoded, Floats, Ints
from uncounted.stages.match.persons.pairs import Pairs, likeness_of_words

Weights = npt.NDArray[np.float64]
PRIOR_WORDS = 3.0
"""How many sightings the likeness of two words is worth."""
FEW = 5.0
OLD = 15
"""Ages further apart than this differ as much as this."""
BINS = 26
SAMPLE = 20_000


@dataclass(frozen=True)
class WordEvidence:
    """Sightings of word pairs (``together``, by sorted ``keys`` = one x size + other) and of each word alone."""

    keys: Ints
    together: Weights
    with_one: Weights
    with_other: Weights
    share_left: Weights
    share_right: Weights
    by_likeness: Weights

    def of(self, pairs: Pairs, own: Weights) -> Floats:
        """Return (n, words): the evidence of each aligned word, NaN where it has no partner.

        ``own`` (n) is the weight with which each pair itself was counted when this was learned.
        """
        met = pairs.aligned().astype(np.int64)
        rows, places = np.nonzero(met >= 0)
        number, weight = met[rows, places], own[rows]
        one, other = pairs.one[number], pairs.other[number]
        seen = np.maximum(self._seen(pairs)[number] - weight, 0)
        backing = np.exp(self.by_likeness[binned(pairs.base)])[number]

        def translated(total: Weights, share: Weights) -> Weights:
            total = np.maximum(total - weight, 0)
            worth = (seen + PRIOR_WORDS * np.minimum(share * backing, 1)) / (total + PRIOR_WORDS)
            return np.asarray(np.log(worth / share))

        evidence = np.full((len(pairs), WORDS), np.nan, np.float32)
        forth = translated(self.with_one[one], self.share_right[other])
        back = translated(self.with_other[other], self.share_left[one])
        evidence[rows, places] = (forth + back) / 2
        return evidence

    def _seen(self, pairs: Pairs) -> Weights:
        if not len(self.keys):
            return np.zeros(len(pairs.one))
        wanted = pairs.one * len(self.share_left) + pairs.other
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.together[at], 0.0)


def words_seen(lists: Encoded, pairs: Pairs, held: Weights, seed: int = 0) -> WordEvidence:
    """Learn the evidence of words. ``held`` (n) is the weight in 0..1 with which each pair counts as true."""
    met = pairs.aligned().astype(np.int64)
    rows, places = np.nonzero((met >= 0) & (held[:, None] > 0))
    size = len(lists.lexicon)
    together = counted(met[rows, places], held[rows], len(pairs.one))
    kept = np.flatnonzero(together)
    keys = pairs.one[kept] * size + pairs.other[kept]
    order = np.argsort(keys)
    share_left, share_right = shares(lists.left.words, size), shares(lists.right.words, size)
    rng = np.random.default_rng(seed)
    one, other = rng.choice(size, SAMPLE, p=share_left), rng.choice(size, SAMPLE, p=share_right)
    chance = likeness_of_words(likeness(lists.lexicon, one, other, lists.same_script), lists.same_script)
    return WordEvidence(
        keys=keys[order],
        together=together[kept][order],
        with_one=counted(pairs.one, together, size),
        with_other=counted(pairs.other, together, size),
        share_left=share_left,
        share_right=share_right,
        by_likeness=np.maximum.accumulate(ratio(binned(pairs.base), together, binned(chance), BINS)),
    )


@dataclass(frozen=True)
class Table:
    """Evidence by cell of one comparison; ``exact``, where given, by value for equal values."""

    cells: Weights
    exact: Weights | None = None


def ages_seen(lists: Encoded, pairs: Pairs, held: Weights, seed: int = 1) -> Table:
    """Learn the evidence of the signed difference of ages, by year.

    A shift of a whole list shows as a difference that most true pairs have.
    """
    gap = age_gap(lists, pairs)
    known = ~np.isnan(gap)
    rng = np.random.default_rng(seed)
    chance = rng.choice(lists.right.age, SAMPLE) - rng.choice(lists.left.age, SAMPLE)
    return Table(ratio(_years(gap[known]), held[known], _years(chance[~np.isnan(chance)]), 2 * OLD + 1))


def of_ages(table: Table, lists: Encoded, pairs: Pairs) -> Weights:
    """Return (n): the evidence of the ages; unknown ages say nothing (0)."""
    gap = age_gap(lists, pairs)
    return np.where(np.isnan(gap), 0.0, table.cells[_years(gap)])


def age_gap(lists: Encoded, pairs: Pairs) -> Floats:
    """Return (n): right age less left age in years, NaN where one is unknown."""
    return np.asarray(lists.right.age[pairs.j] - lists.left.age[pairs.i])


def _years(gap: Floats) -> Ints:
    return np.clip(np.nan_to_num(gap), -OLD, OLD).astype(np.int64) + OLD


def sexes_seen(lists: Encoded, pairs: Pairs, held: Weights) -> Table:
    """Learn the evidence of a different (cell 0) and of an equal (cell 1) sex."""
    known, same = _sexes(lists, pairs)
    left, right = (np.bincount(side.sex, minlength=3)[1:] + 0.5 for side in (lists.left, lists.right))
    chance = float((left / left.sum()) @ (right / right.sum()))
    agree = (held[known & same].sum() + 1.9) / (held[known].sum() + 2)
    return Table(np.log(np.array([(1 - agree) / (1 - chance), agree / chance])))


def of_sexes(table: Table, lists: Encoded, pairs: Pairs) -> Weights:
    """Return (n): the evidence of the sexes; 0 where one is unknown."""
    known, same = _sexes(lists, pairs)
    return np.where(known, table.cells[same.astype(np.int64)], 0.0)


def _sexes(lists: Encoded, pairs: Pairs) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    left, right = lists.left.sex[pairs.i], lists.right.sex[pairs.j]
    return (left > 0) & (right > 0), left == right


def shares(words: Ints, size: int) -> Weights:
    """Return each number's share among those there (0 and more), with half a one for each."""
    held = np.bincount(words[words >= 0], minlength=size).astype(np.float64) + 0.5
    return np.asarray(held / held.sum())


def counted(cells: Ints, weights: Weights, size: int) -> Weights:
    """Return (size): the weight in each cell."""
    return np.bincount(cells, weights=weights, minlength=size).astype(np.float64)


def binned(values: Floats) -> Ints:
    """Return the cell of each likeness in 0..1."""
    return np.clip((values * (BINS - 1)).astype(np.int64), 0, BINS - 1)


def ratio(true: Ints, weight: Weights, chance: Ints, bins: int) -> Weights:
    """Return log(share among true pairs / share among chance ones) by cell.

    True pairs are eked out by :data:`FEW` drawn as chance draws, so a cell that no true pair is in speaks against, as
    strongly as there are true pairs to say so, and never for.
    """
    other = np.bincount(chance, minlength=bins) + 0.3
    other = other / other.sum()
    match = counted(true, weight, bins) + FEW * other
    return np.asarray(np.log(match / match.sum()) - np.log(other))
