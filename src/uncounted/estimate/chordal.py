# ruff: noqa: PLR0917, SIM110 - compiled code takes flat arguments and does its work in one loop
"""Decomposable graphs over lists: enumerated vertex by vertex and written as one conditional term a list.

A graph over J lists is an integer whose bit j(j−1)/2 + i stands for the edge between lists i < j. A decomposable
(chordal) graph has a perfect elimination order v₁ … v_J, and its score Σ cliques M(C) − Σ separators M(S) equals
Σ M({vᵢ} ∪ later neighbours) − M(later neighbours). Each pair (vᵢ, later neighbours) is coded as one number, v·2^J +
neighbours, so that scoring a graph is J look-ups in one table.
"""

from functools import lru_cache

import numpy as np

from uncounted.estimate.compiled import compiled
from uncounted.estimate.tables import Floats, Ints

NUMBER = (1, 1, 2, 8, 61, 822, 18_154, 617_675, 30_888_596)
"""Labelled decomposable graphs on 0 to 8 vertices (OEIS A058862)."""


@compiled
def _adjacent(graph: int, size: int, near: Ints) -> None:
    for v in range(size):
        near[v] = 0
    for j in range(1, size):
        row = (graph >> (j * (j - 1) // 2)) & ((1 << j) - 1)
        near[j] |= row
        for i in range(j):
            if row >> i & 1:
                near[i] |= 1 << j


@compiled
def _clique(members: int, near: Ints, size: int) -> bool:
    for v in range(size):
        if members >> v & 1 and (members & ~near[v]) != (1 << v):
            return False
    return True


@compiled
def _stays(near: Ints, size: int, joined: int) -> bool:
    """Is the graph still decomposable with a new vertex joined to ``joined``?

    A chordless cycle through the new vertex leaves it by two members of ``joined`` that are not neighbours and runs
    between them outside ``joined``; so each part of the rest must touch ``joined`` in a clique.
    """
    rest = ((1 << size) - 1) & ~joined
    while rest:
        part = rest & -rest
        touched = 0
        while True:
            grown = part
            for v in range(size):
                if part >> v & 1:
                    grown |= near[v] & ~joined
                    touched |= near[v] & joined
            if grown == part:
                break
            part = grown
        if not _clique(touched, near, size):
            return False
        rest &= ~part
    return True


@compiled
def _extend(smaller: Ints, size: int, found: Ints) -> int:
    near = np.zeros(16, dtype=np.int64)
    count = 0
    for g in range(smaller.shape[0]):
        _adjacent(smaller[g], size, near)
        for joined in range(1 << size):
            if _stays(near, size, joined):
                found[count] = smaller[g] | (joined << (size * (size - 1) // 2))
                count += 1
    return count


@compiled
def _encode(graph: int, size: int, near: Ints, codes: Ints) -> None:
    """Write a perfect elimination order of a decomposable graph as J codes."""
    _adjacent(graph, size, near)
    left = (1 << size) - 1
    for step in range(size):
        for v in range(size):
            later = near[v] & left
            if left >> v & 1 and _clique(later, near, size):
                codes[step] = (v << size) | later
                left &= ~(1 << v)
                break


@compiled
def _encode_all(graphs: Ints, size: int, codes: Ints) -> None:
    near = np.zeros(16, dtype=np.int64)
    for g in range(graphs.shape[0]):
        _encode(graphs[g], size, near, codes[g])


@lru_cache(maxsize=8)
def graphs(lists: int) -> Ints:
    """Every decomposable graph over J ≤ 7 lists, as integers."""
    found = np.zeros(1, dtype=np.int64)
    for size in range(1, lists):
        larger = np.empty(NUMBER[size + 1], dtype=np.int64)
        assert _extend(found, size, larger) == NUMBER[size + 1]
        found = larger
    found.setflags(write=False)
    return found


def encode(some: Ints, lists: int) -> Ints:
    """Codes (M × J) of decomposable graphs over J lists."""
    codes = np.empty((len(some), lists), dtype=np.int64)
    _encode_all(some, lists, codes)
    return codes


@compiled
def screen(
    smaller: Ints, size: int, table: Floats, margin: float, best: float, kept: Ints
) -> tuple[int, float]:  # fmt: skip
    """Extend graphs by one vertex and keep those that may carry weight, without storing the others.

    ``table`` holds the value of each code at a few places of the unseen (codes × places). A graph stays when its
    highest score comes within ``margin`` of the best met so far, at first ``best``. ``kept`` takes the graphs; the
    values returned are their number and the best score. When ``kept`` is full its weaker graphs are met again by the
    caller's next call, so the number returned is −1.
    """
    near = np.zeros(16, dtype=np.int64)
    codes = np.empty(16, dtype=np.int64)
    places = table.shape[1]
    score = np.empty(places)
    count = 0
    for g in range(smaller.shape[0]):
        for joined in range(1 << size):
            _adjacent(smaller[g], size, near)
            if not _stays(near, size, joined):
                continue
            graph = smaller[g] | (joined << (size * (size - 1) // 2))
            _encode(graph, size + 1, near, codes)
            score[:] = 0.0
            for v in range(size + 1):
                for p in range(places):
                    score[p] += table[codes[v], p]
            highest = score.max()
            best = max(best, highest)
            if highest > best - margin:
                if count == kept.shape[0]:
                    return -1, best
                kept[count] = graph
                count += 1
    return count, best


def name(graph: int, lists: tuple[str, ...]) -> str:
    """A graph by its cliques, as in ``[A B][B C]``."""
    size = len(lists)
    near = np.zeros(16, dtype=np.int64)
    codes = encode(np.array([graph]), size)[0]
    _adjacent(graph, size, near)
    sets = [int(code & ((1 << size) - 1)) | 1 << int(code >> size) for code in codes]
    cliques = sorted(c for c in set(sets) if not any(c != d and c & d == c for d in sets))
    return "".join("[" + " ".join(lists[v] for v in range(size) if c >> v & 1) + "]" for c in cliques)
