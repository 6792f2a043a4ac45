"""Has the answer one peak or several?"""

from itertools import pairwise

import numpy as np

from uncounted.estimate.tables import Floats


def modes(draws: Floats, observed: int) -> list[dict[str, float]]:
    """Peaks of the density of log n0 that hold at least a twentieth of the mass, with the mass about each."""
    logs = np.log(np.maximum(draws - observed, 0.5))
    first, last = np.quantile(logs, [0.001, 0.999])
    edges = np.linspace(float(first), float(last), 61)
    if not edges[-1] > edges[0]:
        return [{"n": float(draws[0]), "mass": 1.0}]
    heights = np.histogram(logs, edges)[0].astype(float)
    smooth = np.convolve(heights, [1, 2, 4, 6, 8, 6, 4, 2, 1], "same") / 34
    mid = (edges[1:] + edges[:-1]) / 2
    tops = [i for i in range(1, 59) if smooth[i] >= smooth[i - 1] and smooth[i] > smooth[i + 1]]
    # Two tops are two modes only where the density between them falls to two thirds of the lower one.
    apart: list[int] = []
    for top in sorted(tops, key=lambda i: -smooth[i]):
        if all(smooth[min(top, o) : max(top, o) + 1].min() < 2 / 3 * smooth[top] for o in apart):
            apart.append(top)
    apart.sort()
    cuts = [a + int(np.argmin(smooth[a : b + 1])) for a, b in pairwise(apart)]
    parts = np.split(heights, cuts)
    found = [
        {"n": float(observed + np.exp(mid[top])), "mass": float(part.sum() / heights.sum())}
        for top, part in zip(apart, parts, strict=True)
    ]
    return [mode for mode in found if mode["mass"] >= 0.05]


def spoken(found: list[dict[str, float]]) -> tuple[str, ...]:
    """The warning that several peaks call for, or nothing."""
    if len(found) < 2:
        return ()
    shown = " and ".join(f"{mode['n']:,.0f} ({mode['mass']:.0%})" for mode in found)
    return (f"the data have more than one answer: {shown}; no single figure is right",)
