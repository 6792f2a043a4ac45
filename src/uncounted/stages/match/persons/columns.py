"""What agreement in further columns is worth: dates part by part, all others by how they are spelled."""

import numpy as np

from uncounted.names.compare import distinct
from uncounted.stages.match.persons import dates
from uncounted.stages.match.persons.encode import Encoded, Floats, Ints
from uncounted.stages.match.persons.evidence import BINS, SAMPLE, Table, Weights, binned, counted, ratio, shares
from uncounted.stages.match.persons.pairs import Pairs


def seen(lists: Encoded, pairs: Pairs, held: Weights, column: int, seed: int = 2) -> Table:
    """Learn the evidence of one further column: by likeness, and for equal values by how rare the value is."""
    right = lists.right.values[:, column]
    one, other = lists.left.values[pairs.i, column], right[pairs.j]
    known = (one >= 0) & (other >= 0)
    rng = np.random.default_rng(seed)
    by_chance = rng.choice(lists.left.values[:, column], SAMPLE), rng.choice(right, SAMPLE)
    there = (by_chance[0] >= 0) & (by_chance[1] >= 0)
    dated = lists.dates[column] is not None
    cells = _cells(lists, column, one[known], other[known])
    chance = _cells(lists, column, by_chance[0][there], by_chance[1][there])
    table = ratio(cells, held[known], chance, dates.STATES if dated else BINS)
    match = counted(cells, held[known], len(table)) + 0.3
    exact = np.log(match[-1] / match.sum()) - np.log(shares(right, len(lists.strings[column])))
    return Table(table if dated else np.maximum.accumulate(table), np.maximum(exact, 0))


def worth(table: Table, lists: Encoded, pairs: Pairs, column: int, near: Floats) -> Floats:
    """Return (n): the evidence of a further column, 0 where a value is missing. ``near`` is its likeness."""
    one, other = lists.left.values[pairs.i, column], lists.right.values[pairs.j, column]
    known = (one >= 0) & (other >= 0)
    found = np.zeros(len(pairs))
    found[known] = table.cells[_cells(lists, column, one[known], other[known], near[known])]
    if table.exact is not None and len(table.exact):
        found = np.where((one == other) & (one >= 0), table.exact[np.maximum(other, 0)], found)
    return found.astype(np.float32)


def likeness(lists: Encoded, pairs: Pairs, column: int) -> Floats:
    """Return (n): likeness of values in 0..1, NaN where one is missing.

    Of dates the share of equal parts. Of all else normalised edit distance that counts two letters exchanged as one
    error (optimal string alignment).
    """
    one, other = lists.left.values[pairs.i, column], lists.right.values[pairs.j, column]
    known = (one >= 0) & (other >= 0)
    near = np.full(len(pairs), np.nan, np.float32)
    near[known] = _near(lists, column, one[known], other[known])
    return near


def _cells(lists: Encoded, column: int, one: Ints, other: Ints, near: Floats | None = None) -> Ints:
    """The cells of pairs of values; ``near`` is their likeness where it is known already."""
    parts = lists.dates[column]
    if parts is None:
        return binned(_near(lists, column, one, other) if near is None else near)
    return dates.cell(dates.states(parts[one], parts[other]))


def _near(lists: Encoded, column: int, one: Ints, other: Ints) -> Floats:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    parts, strings = lists.dates[column], lists.strings[column]
    if parts is not None:
        return dates.likeness(dates.states(parts[one], parts[other]))
    if not len(one):
        return np.zeros(0, np.float32)
    keys, inverse = distinct(one * len(strings) + other)
    spelled = np.array(strings, dtype=object)
    a, b = np.divmod(keys, len(strings))
    near: Floats = process.cpdist(
        spelled[a].tolist(), spelled[b].tolist(), scorer=OSA.normalized_similarity, dtype=np.float32
    )
    return near[inverse]
