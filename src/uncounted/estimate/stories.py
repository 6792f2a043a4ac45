"""The stories that shrunken interactions are mixed over, and the normal prior of each.

A story says which pairs of lists depend on each other or how loose all interactions are; and, apart from that, how
people differ in how easily lists find them: not at all, all alike upwards (a shift of all pairs of lists), or in two
classes. The total chance that people differ is one in four, half of it for either kind.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.linalg import block_diag

from uncounted.estimate.tables import Floats

NOTHING = 0.005
"""Standard deviation of an interaction that a story holds for absent."""
PAIR, MAIN = 1.5, 3.0
"""Standard deviations of the log odds ratio of a pair that depends, and of a single list's term."""
LOOSE = (0.15, 0.4, 1.0, 2.0)
DOUBT, UNEVEN = 0.5, 0.15
"""Of a common shift: how far all pairs together, and each term alone, may lie from it, as shares of it."""
FADES = 0.7
"""How much smaller than the last each further order of interaction is thought to be."""
COMMON, OWN, ODDS = 0.6, 0.3, 1.0
"""Of two classes: standard deviations of how far apart they lie for all lists together, of what each list adds to
that, and of the log odds of belonging to the class that is found more easily."""
BY_PAIRS = (0.68, 0.17, 0.06, 0.02)
"""Prior chances that none, one, two or three pairs depend; the rest is for loose interactions of every order."""


class Kind(NamedTuple):
    """How people differ: a ``shift`` of all pairs; or two classes ``apart`` in log odds, with the log ``odds`` of the
    easier one. None of them is people alike."""

    shift: float = 0.0
    apart: float = 0.0
    odds: float = 0.0


KINDS = {
    Kind(): 0.75,
    Kind(0.3): 0.03, Kind(0.6): 0.05, Kind(1.2): 0.05,
    Kind(0.0, 1.5, -1.0): 0.03, Kind(0.0, 1.5, 1.0): 0.03, Kind(0.0, 3.0, -1.0): 0.03, Kind(0.0, 3.0, 1.0): 0.03,
}  # fmt: skip
"""Prior chances of how people differ."""


FEW = 1
"""How many pairs may depend for two classes to be told beside them; with more, or all loose, nothing is told apart."""


def kinds(*, classes: bool) -> dict[Kind, float]:
    """How people may differ beside other departures, two ``classes`` among it or not; the chances add up to one."""
    told = {kind: chance for kind, chance in KINDS.items() if classes or not kind.apart}
    return {kind: chance / sum(told.values()) for kind, chance in told.items()}


@dataclass(frozen=True)
class Story:
    """One prior: pairs that depend (bit sets of two lists), looseness τ, how people differ, the log of its chance."""

    pairs: tuple[int, ...]
    loose: float
    kind: Kind
    chance: float

    def prior(self, lists: int) -> "Prior":
        """Its normal prior with so many lists."""
        return prior(lists, self.pairs, self.loose, self.kind)


@dataclass(frozen=True)
class Prior:
    """Of a story's numbers: centre, precision (the constant's row zero) and half the log determinant of the covariance.

    The numbers are the 2^J terms and, with two classes, how far apart these are for each list and the log odds of the
    easier one (see :func:`interactions._classes`).
    """

    centre: Floats
    precision: Floats
    half: float


@lru_cache(maxsize=4096)
def prior(lists: int, pairs: tuple[int, ...], loose: float, kind: Kind) -> Prior:
    """The normal prior of a story.

    People who differ in how easily lists find them make every pair of lists overlap more than it otherwise would, never
    less: a pair's log odds ratio grows by the variance of their log odds (Darroch, Fienberg, Glonek & Junker 1993, JASA
    88:1137). So a shift moves all pairs up together; what it does to higher orders has no certain sign. Two classes say
    what they do to every order.
    """
    shift = kind.shift
    size = 1 << lists
    order = np.array([term.bit_count() for term in range(size)])
    scale = FADES ** np.maximum(order - 2.0, 0.0)
    own = np.hypot(max(loose, NOTHING), UNEVEN * shift)
    covariance = np.diag(np.where(order == 1, MAIN**2, (own * scale) ** 2))
    common = np.where(order == 2, DOUBT * shift, scale * shift)
    together = (order[:, None] == order) & (order > 1)
    covariance += np.where(together, np.maximum(common, NOTHING) ** 2, 0.0)
    covariance[list(pairs), list(pairs)] += PAIR**2
    centre = np.where(order == 2, shift, 0.0)
    if kind.apart:
        each = np.full((lists, lists), COMMON**2) + np.diag(np.full(lists, OWN**2))
        covariance = block_diag(covariance, each, [[ODDS**2]])
        centre = np.concatenate([centre, np.full(lists, kind.apart), [kind.odds]])
    inside = covariance[1:, 1:]
    inverse = np.zeros_like(covariance)
    inverse[1:, 1:] = np.linalg.inv(inside)
    for array in (centre, inverse):
        array.setflags(write=False)
    return Prior(centre, inverse, 0.5 * float(np.linalg.slogdet(inside)[1]))
