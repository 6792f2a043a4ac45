# ruff: noqa: SIM110 - compiled code takes flat arguments and does its work in one loop
"""Decomposable graphs over lists: enumerated vertex by vertex and written as one conditional term a list.

A graph over J lists is an integer whose bit j(j−1)/2 + i stands for the edge between lists i < j. A decomposable
(chordal) graph has a perfect elimination order v₁ … v_J, and its score Σ cliques M(C) − Σ separators M(S) equals
Σ M({vᵢ} ∪ later neighbours) − M(later neighbours). Each pair (vᵢ, later neighbours) is coded as one number, v·2^J +
neighbours, so that scoring a graph is J look-ups in one table.
"""

from functools import lru_cache

import numpy as np

from uncounted.estimate.compiled import compiled, inner
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


@inner
def _clique(members: int, near: Ints, size: int) -> bool:
    for v in range(size):
        if members >> v & 1 and (members & ~near[v]) != (1 << v):
            return False
    return True


@inner
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


@inner
def _encode(graph: int, size: int, near: Ints, codes: Ints) -> None:
    """Write a perfect elimination order of a graph as J codes; it stops short when the graph is not decomposable."""
    _adjacent(graph, size, near)
    left = (1 << size) - 1
    for step in range(size):
        for v in range(size):
            later = near[v] & left
            if left >> v & 1 and _clique(later, near, size):
                codes[step] = (v << size) | later
                left &= ~(1 << v)
                break
        else:
            return


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


@lru_cache(maxsize=8)
def encoded(lists: int) -> Ints:
    """The codes of :func:`graphs`."""
    return encode(graphs(lists), lists)


@inner
def _score(codes: Ints, values: Floats, shared: Floats) -> float:
    places = values.shape[1]
    highest = -np.inf
    for p in range(places):
        total = shared[p]
        for code in codes:
            total += values[code, p]
        highest = max(highest, total)
    if not highest > -1e300:
        return -np.inf
    summed = 0.0
    for p in range(places):
        total = shared[p] - highest
        for code in codes:
            total += values[code, p]
        if total > -40.0:
            summed += np.exp(total)
    return float(highest + np.log(summed))


@compiled
def score(codes: Ints, values: Floats, shared: Floats) -> Floats:
    """Log of Σ over places of exp(score + ``shared``) for graphs given as codes, from the value of every code."""
    found = np.empty(codes.shape[0])
    for g in range(codes.shape[0]):
        found[g] = _score(codes[g], values, shared)
    return found


@compiled
def search(values: Floats, shared: Floats, lists: int, expand: int) -> tuple[Ints, Floats]:
    """Go from graph to neighbour (one edge more or fewer), the best first, until ``expand`` graphs were
    left, twice.

    Every decomposable graph can be reached by such steps (Frydenberg & Lauritzen 1989, Biometrika 76:539). Returns the
    graphs met and their scores.
    """
    edges = lists * (lists - 1) // 2
    near, codes = np.zeros(16, dtype=np.int64), np.empty(lists, dtype=np.int64)
    room = 2 * expand * (edges + 1) + 2
    met, scores, left = np.empty(room, dtype=np.int64), np.empty(room), np.zeros(room, dtype=np.bool_)
    known = set()
    count = 0
    # First from the graph without edges, then from all met so far and the graph with all.
    for start in (0, (1 << edges) - 1):
        if start not in known:
            _encode(start, lists, near, codes)
            met[count], scores[count] = start, _score(codes, values, shared)
            known.add(start)
            count += 1
        for _ in range(expand):
            best = -1
            for g in range(count):
                if not left[g] and (best < 0 or scores[g] > scores[best]):
                    best = g
            if best < 0:
                break
            left[best] = True
            for edge in range(edges):
                graph = met[best] ^ (1 << edge)
                if graph in known:
                    continue
                known.add(graph)
                codes[lists - 1] = -1
                _encode(graph, lists, near, codes)
                if codes[lists - 1] < 0:
                    continue
                met[count], scores[count] = graph, _score(codes, values, shared)
                count += 1
    return met[:count].copy(), scores[:count].copy()


def name(graph: int, lists: tuple[str, ...]) -> str:
    """A graph by its cliques, as in ``[A B][B C]``."""
    size = len(lists)
    near = np.zeros(16, dtype=np.int64)
    codes = encode(np.array([graph]), size)[0]
    _adjacent(graph, size, near)
    sets = [int(code & ((1 << size) - 1)) | 1 << int(code >> size) for code in codes]
    cliques = sorted(c for c in set(sets) if not any(c != d and c & d == c for d in sets))
    return "".join("[" + " ".join(lists[v] for v in range(size) if c >> v & 1) + "]" for c in cliques)
