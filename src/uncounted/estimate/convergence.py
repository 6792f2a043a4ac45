"""Have independent chains reached the same distribution? R-hat and effective sample size (Vehtari et al. 2021)."""

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
    """Judge draws of one quantity from chains × turns (Vehtari and others 2021, Bayesian Analysis 16:667).

    Each chain's first and second half are two sequences. The effective size counts the dependence within chains and the
    distance between them, by Geyer's initial positive sequence.
    """
    half = draws.shape[1] // 2
    split = np.concatenate([draws[:, :half], draws[:, half : 2 * half]])
    bulk = _ranked(split)
    return Mixing(max(_r_hat(bulk), _r_hat(_ranked(np.abs(split - np.median(split))))), _effective(bulk))


def _ranked(draws: Floats) -> Floats:
    ranks = np.empty(draws.size)
    ranks[np.argsort(draws.reshape(-1), kind="stable")] = np.arange(1, draws.size + 1)
    return np.asarray(ndtri((ranks.reshape(draws.shape) - 0.375) / (draws.size + 0.25)))


def _r_hat(sequences: Floats) -> float:
    within = float(sequences.var(axis=1, ddof=1).mean())
    between = float(sequences.mean(axis=1).var(ddof=1))
    return float(np.sqrt(1 + between / within)) if within > 0 else 1.0


def _effective(sequences: Floats) -> float:
    long = sequences.shape[1]
    apart = sequences - sequences.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(apart, 2 * long, axis=1)
    covariance = np.fft.irfft(spectrum * np.conj(spectrum), axis=1)[:, :long].mean(axis=0) / long
    within = covariance[0] * long / (long - 1)
    whole = covariance[0] + float(sequences.mean(axis=1).var(ddof=1))
    if not whole > 0:
        return float(sequences.size)
    related = 1 - (within - covariance) / whole
    related[0] = 1.0
    pairs = related[: long // 2 * 2].reshape(-1, 2).sum(axis=1)
    ends = np.flatnonzero(pairs < 0)
    time = 2 * float(pairs[: ends[0] if len(ends) else len(pairs)].sum()) - 1
    return float(min(sequences.size / max(time, 1e-9), sequences.size))
