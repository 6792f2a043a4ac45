"""Which of very many texts may be copies of one another: a few numbers a text, and only texts that share one compared.

The smallest hashes of a text's word runs are a sample of them that copies share (bottom-k sketches: Broder 1997; Cohen
& Kaplan 2007). Two texts of equal length that share 0.6 of their runs miss each other in one case of a hundred.
"""

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

SIZE = 8
"""Hashes that are kept of a text."""
_ODD = np.uint64(0x9E3779B97F4A7C15)
_NONE = np.uint64(0xFFFFFFFFFFFFFFFF)


def run_hashes(words: Sequence[str], run: int, known: dict[str, int]) -> Hashes:
    """Return the distinct hashes of a text's runs of ``run`` words, sorted; ``known`` remembers words."""
    numbers = []
    for word in words:
        number = known.get(word)
        if number is None:
            number = known[word] = zlib.crc32(word.encode())
        numbers.append(number)
    if len(numbers) < run:
        return np.zeros(0, np.uint64)
    values = np.array(numbers, np.uint64)
    count = len(values) - run + 1
    mixed = np.zeros(count, np.uint64)
    with np.errstate(over="ignore"):
        for at in range(run):
            mixed = (mixed ^ values[at : at + count]) * _ODD
            mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def sketched(texts: Iterable[Sequence[str]], run: int, least: int) -> Hashes:
    """Return (texts, :data:`SIZE`) smallest run hashes; a text of fewer than ``least`` runs has none."""
    known: dict[str, int] = {}
    rows = []
    for words in texts:
        hashes = run_hashes(words, run, known)
        row = np.full(SIZE, _NONE)
        if len(hashes) >= least:
            row[: min(SIZE, len(hashes))] = hashes[:SIZE]
        rows.append(row)
    return np.array(rows, np.uint64).reshape(-1, SIZE)


def meeting(sketches: Hashes) -> list[tuple[int, int]]:
    """Return the pairs of texts worth comparing, sorted, each with the smaller number first.

    Of the texts that share a hash each is paired with the first and with the one before it, not all with all: what is
    copied by five hundred outlets makes a thousand pairs, and is one group all the same.
    """
    rows, columns = np.nonzero(sketches != _NONE)
    hashes = sketches[rows, columns]
    order = np.lexsort((rows, hashes))
    rows, hashes = rows[order], hashes[order]
    if not len(rows):
        return []
    start = np.concatenate([[True], hashes[1:] != hashes[:-1]])
    first = rows[np.maximum.accumulate(np.where(start, np.arange(len(rows)), 0))]
    later = np.flatnonzero(~start)
    one = np.concatenate([first[later], rows[later - 1]])
    two = np.concatenate([rows[later], rows[later]])
    packed = np.unique(one.astype(np.int64) * len(sketches) + two)
    left, right = np.divmod(packed, len(sketches))
    return list(zip(left.tolist(), right.tolist(), strict=True))
