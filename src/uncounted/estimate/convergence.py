"""Have independent runs reached the same distribution? R-hat and effective sample size over populations."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from uncounted.estimate.tables import Floats


@dataclass(frozen=True)
class Mixing:
    """R-hat (rank-normalised, split, the worse of bulk and spread) and bulk effective sample size."""

    r_hat: float
    ess: float


def mixing(draws: Floats) -> Mixing:
    """Judge draws of one quantity from populations × turns × points.

    R-hat is that of Vehtari et al. 2021 (Bayesian Analysis 16:667) with each population's first and second half of
    turns as two sequences. The effective size is the smaller of two: from the spread of population means, and from
    the spread of the means of each point's path, which counts a path's dependence within.
    """
    bulk = _ranked(draws)
    r_hat = max(_r_hat(bulk), _r_hat(_ranked(np.abs(draws - np.median(draws)))))
    populations, _, points = bulk.shape
    variance = float(bulk.var())
    if not variance > 0:
        return Mixing(1.0, float(draws.size))
    paths = float(bulk.mean(axis=1).var(axis=1).mean())
    by_paths = populations * points * variance / paths if paths > 0 else float(draws.size)
    between = float(bulk.mean(axis=(1, 2)).var(ddof=1))
    by_means = populations * variance / between if between > 0 else float(draws.size)
    return Mixing(r_hat, min(by_paths, by_means, float(draws.size)))


def _ranked(draws: Floats) -> Floats:
    ranks = np.empty(draws.size)
    ranks[np.argsort(draws.reshape(-1), kind="stable")] = np.arange(1, draws.size + 1)
    return np.asarray(ndtri((ranks.reshape(draws.shape) - 0.375) / (draws.size + 0.25)))


def _r_hat(draws: Floats) -> float:
    half = draws.shape[1] // 2
    parts = [draws] if half < 1 else [draws[:, :half], draws[:, half : 2 * half]]
    sequences = np.concatenate([part.reshape(len(part), -1) for part in parts])
    within = float(sequences.var(axis=1, ddof=1).mean())
    between = float(sequences.mean(axis=1).var(ddof=1))
    return float(np.sqrt(1 + between / within)) if within > 0 else 1.0
