"""Hierarchical log-linear models: every set of interactions that holds, with a term, all terms within it."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from uncounted.estimate.tables import Ints

Models = NDArray[np.bool_]


@lru_cache(maxsize=8)
def terms(lists: int) -> tuple[int, ...]:
    """The candidate terms of a model of J lists as bit sets: none (the constant), single lists, pairs, and so on.

    The term of all lists is left out: with it the number unseen is free and nothing can be estimated.
    """
    every = sorted(range((1 << lists) - 1), key=lambda term: (term.bit_count(), term))
    return tuple(every)


@lru_cache(maxsize=8)
def all_models(lists: int, order: int) -> Models:
    """Every hierarchical model with all single lists and interactions of at most ``order`` lists.

    Returns M × T flags over :func:`terms`. For 3, 4, 5 lists and the highest order there are 8, 113, 6,893 models;
    pairs alone give 2^(J(J−1)/2).
    """
    every = terms(lists)
    where = {term: index for index, term in enumerate(every)}
    flags = np.zeros((1, len(every)), dtype=bool)
    flags[:, [where[term] for term in every if term.bit_count() <= 1]] = True
    for term in every:
        if 2 <= term.bit_count() <= order:
            facets = [where[term & ~(1 << bit)] for bit in range(lists) if term >> bit & 1]
            able = flags[flags[:, facets].all(axis=1)].copy()
            able[:, where[term]] = True
            flags = np.concatenate([flags, able])
    flags.setflags(write=False)
    return flags


@lru_cache(maxsize=8)
def design(lists: int) -> Ints:
    """Cells × terms: 1 where a term lies within a pattern. Row c is pattern c + 1; the empty pattern has no row."""
    cells = np.arange(1, 1 << lists)[:, None]
    within = np.array(terms(lists))[None, :]
    return np.asarray((cells & within) == within, dtype=np.int64)


def generators(model: NDArray[np.bool_], lists: tuple[str, ...]) -> str:
    """A model in the usual notation: its largest terms, as in ``[A B][B C]``."""
    held = [term for term, on in zip(terms(len(lists)), model, strict=True) if on and term]
    largest = [term for term in held if not any(term != other and term & other == term for other in held)]
    names = [" ".join(name for bit, name in enumerate(lists) if term >> bit & 1) for term in largest]
    return "".join(f"[{name}]" for name in names)
