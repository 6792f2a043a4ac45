"""Does a log-linear model's maximum likelihood estimate exist, and does it say how many are unseen?"""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from uncounted.estimate.tables import Floats, Ints

Existence = Literal["exists", "extended", "unidentified"]


def face(cells: Floats, design: Ints) -> NDArray[np.bool_]:
    """The cells whose fitted mean is above zero in the extended maximum likelihood estimate.

    A linear programme looks for the direction in which the likelihood rises for ever: coefficients that leave the
    means of counted cells alone and lower as many empty cells as can be lowered (Fienberg & Rinaldo 2012, Ann. Stat.
    40:996; Correia, Guimarães & Zylkin 2019 for the Poisson case). ``cells`` (C) are counts, ``design`` is C × T.
    """
    empty = cells == 0
    if not empty.any():
        return np.ones(len(cells), dtype=bool)
    zeros, width = int(empty.sum()), design.shape[1]
    # Variables: coefficients (free) and one slack in 0..1 an empty cell; x·β + slack ≤ 0 there, x·β = 0 elsewhere.
    cost = np.concatenate([np.zeros(width), -np.ones(zeros)])
    solve: Any = getattr(optimize, "linprog")  # noqa: B009 - the stubs do not export it
    solved = solve(
        cost,
        A_ub=np.hstack([design[empty], np.eye(zeros)]),
        b_ub=np.zeros(zeros),
        A_eq=np.hstack([design[~empty], np.zeros((int((~empty).sum()), zeros))]),
        b_eq=np.zeros(int((~empty).sum())),
        bounds=[(None, None)] * width + [(0, 1)] * zeros,
        method="highs",
    )
    stays = np.ones(len(cells), dtype=bool)
    stays[np.flatnonzero(empty)[solved.x[width:] > 0.5]] = False
    return stays


def existence(cells: Floats, design: Ints) -> tuple[Existence, NDArray[np.bool_]]:
    """Say whether the estimate exists, exists in the extended sense, or leaves the unseen free; with its cells.

    The first column of ``design`` is the constant, whose coefficient is the log of the mean unseen. That coefficient
    is known when the unseen cell's row (1, 0, 0, …) lies in the span of the rows with means above zero.
    """
    stays = face(cells, design)
    rows = design[stays].astype(float)
    unseen = np.zeros(design.shape[1])
    unseen[0] = 1.0
    weights = np.linalg.lstsq(rows.T, unseen, rcond=None)[0]
    if np.abs(rows.T @ weights - unseen).max() > 1e-8:
        return "unidentified", stays
    return ("exists" if stays.all() else "extended"), stays


def extended_fit(cells: Floats, design: Ints, stays: NDArray[np.bool_]) -> tuple[float, float]:
    """Fit on the cells that stay, where columns may depend on each other; return log-likelihood and mean unseen."""
    rows = design[stays].astype(float)
    left, sizes, right = np.linalg.svd(rows, full_matrices=False)
    keep = sizes > 1e-9 * sizes[0]
    basis, counts = left[:, keep], cells[stays]
    eta = basis @ (basis.T @ np.log(counts + 0.5))
    for _ in range(100):
        mean = np.exp(np.minimum(eta, 600))
        step = basis @ np.linalg.lstsq((basis.T * mean) @ basis, basis.T @ (counts - mean), rcond=None)[0]
        eta = eta + step / max(1.0, float(np.abs(step).max()) / 4)
        if np.abs(step).max() < 1e-10:
            break
    coefficients = right[keep].T @ ((left[:, keep].T @ eta) / sizes[keep])
    mean = np.exp(eta)
    held = counts > 0
    return float(counts[held] @ eta[held] - mean.sum()), float(np.exp(coefficients[0]))
