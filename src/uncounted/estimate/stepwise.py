"""A search among log-linear models too many to fit all: from no interaction, one term in or out at a time."""

from collections.abc import Callable

import numpy as np

from uncounted.estimate.hierarchy import Models, terms
from uncounted.estimate.poisson import fit_models
from uncounted.estimate.tables import Floats, Ints


def search(cells: Floats, cross: Ints, lists: int, order: int, penalty: Callable[[Models], Floats]) -> Models:
    """Return every model met on the way of steepest descent of the criterion, the best and its neighbours among them.

    A step adds a term whose parts are all in the model, or removes one that is part of no other.
    """
    every = terms(lists)
    current = np.array([term.bit_count() <= 1 for term in every])
    met: dict[bytes, np.ndarray] = {current.tobytes(): current}
    least = np.inf
    while True:
        around = np.array([current, *neighbours(current, lists, order)])
        loglik, state = np.zeros(len(around)), np.zeros(len(around), dtype=np.int64)
        fit_models(cells, cross, around, np.zeros(around.shape), False, loglik, state)
        met.update((model.tobytes(), model) for model in around)
        score = np.where(state == 0, penalty(around) - 2 * loglik, np.inf)
        best = int(np.argmin(score))
        if not score[best] < least - 1e-9:
            return np.array(list(met.values()))
        least, current = float(score[best]), around[best]


def neighbours(model: np.ndarray, lists: int, order: int) -> list[np.ndarray]:
    """The hierarchical models that differ from ``model`` by one interaction."""
    every = terms(lists)
    where = {term: index for index, term in enumerate(every)}
    found: list[np.ndarray] = []
    for index, term in enumerate(every):
        if not 2 <= term.bit_count() <= order:
            continue
        if model[index]:
            free = not any(
                on and other != term and other & term == term for other, on in zip(every, model, strict=True)
            )
        else:
            free = all(model[where[term & ~(1 << bit)]] for bit in range(lists) if term >> bit & 1)
        if free:
            changed = model.copy()
            changed[index] = not changed[index]
            found.append(changed)
    return found
