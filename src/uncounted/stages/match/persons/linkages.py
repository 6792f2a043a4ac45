"""Draws of the whole linkage: what the links of several lists may truly be, as audits leave it open.

Each draw takes one draw of the audit's rates. Of the records that nobody looked up so many are given a mate as the
rates ask for, the likelier ones sooner; false links fall, other candidates take their place, and mates that blocking
lost stand in by a free record of like sex and age. So the spread holds the model's error and what was never compared.
Who is linked to whom in a draw is no statement about anybody; how many there are, and of which kind, is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uncounted.model.partition import Partition
from uncounted.stages.match.persons.audit import STRATA, Posterior, posterior
from uncounted.stages.match.persons.between import Between, Looked
from uncounted.stages.match.persons.lists import VictimList

Ints = npt.NDArray[np.int64]
Cluster = tuple[str, ...]
"""Entries (``LIST:ID``) that one draw holds to be one person."""
_TRIED = 30


@dataclass(frozen=True)
class Audited:
    """Two lists with the answers of their audit."""

    between: Between
    looked: Mapping[str, Looked]


class _Drawn(Partition):
    """One draw's persons: at most one entry of each list in one of them."""

    def __init__(self, names: Iterable[str], apart: Iterable[tuple[str, str]]) -> None:
        super().__init__(names)
        self.on = {name: {name.partition(":")[0]: name} for name in self.root}
        for left, right in apart:
            if left in self.root and right in self.root:
                self.hold_apart(left, right)

    def join(self, left: str, right: str) -> bool:
        one, two = sorted((self.find(left), self.find(right)))
        if one == two:
            return True
        if self.on[one].keys() & self.on[two].keys() or not super().join(one, two):
            return False
        self.on[one] |= self.on.pop(two)
        return True

    def mate(self, name: str, other: str) -> str | None:
        return self.on[self.find(name)].get(other)


def linkages(
    lists: Sequence[VictimList],
    audits: Sequence[Audited],
    k: int,
    seed: int,
    *,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
) -> list[tuple[Cluster, ...]]:
    """Return ``k`` linkages, each with every entry of all lists in one cluster.

    ``audits`` has one for every two lists. Pairs that people judged ``same`` stand together in each draw, and those
    judged ``different`` apart. Raises :class:`~uncounted.model.errors.NotEnough` where an audit is too small.
    """
    rates = [
        posterior({name: held.answers for name, held in audit.looked.items()}, k, seed * 31 + at)
        for at, audit in enumerate(audits)
    ]
    names = [f"{one.name}:{entry}" for one in lists for entry in one.ids]
    judged, apart = list(same), list(different)
    made = []
    for draw in range(k):
        rng = np.random.default_rng([seed, draw])
        groups = _Drawn(names, apart)
        for left, right in judged:
            if left in groups.root and right in groups.root:
                groups.join(left, right)
        for audit, found in zip(audits, rates, strict=True):
            _join(groups, audit, found, draw, rng)
        members: dict[str, list[str]] = {}
        for name in names:
            members.setdefault(groups.find(name), []).append(name)
        made.append(tuple(tuple(group) for group in members.values()))
    return made


def _join(groups: _Drawn, audit: Audited, rates: Posterior, draw: int, rng: np.random.Generator) -> None:
    """Draw the links between two lists into the persons as they stand."""
    found = audit.between
    left, right = found.left, found.right
    keys_left = [f"{left.name}:{entry}" for entry in left.ids]
    keys_right = [f"{right.name}:{entry}" for entry in right.ids]
    settled = np.array([groups.mate(key, right.name) is not None for key in keys_left])
    free = np.array([groups.mate(key, left.name) is None for key in keys_right])
    best = np.zeros(len(left))
    np.maximum.at(best, found.i, found.probability)
    seeking: list[int] = []

    def link(row: int, mate: int) -> None:
        if mate >= 0 and free[mate] and groups.join(keys_left[row], keys_right[mate]):
            free[mate] = False
        else:
            seeking.append(row)

    for place, name in enumerate(STRATA):
        held = audit.looked[name]
        for row, mate, true in zip(held.rows.tolist(), held.named.tolist(), rates.truth[name][draw], strict=True):
            if true and not settled[row]:
                link(row, mate if mate >= 0 else int(found.linked[row]))
        others = np.flatnonzero(found.strata == place)
        others = others[~np.isin(others, held.rows)]
        mates = int(rng.binomial(len(others), rates.share[name][draw])) - int(settled[others].sum())
        others = others[~settled[others]]
        chosen = _likelier(others, best[others], max(mates, 0), rng)
        kept = rng.random(len(chosen)) < rates.right[name][draw] if name in rates.right else np.zeros(len(chosen), bool)
        for row, stays in zip(chosen.tolist(), kept.tolist(), strict=True):
            if stays:
                link(row, int(found.linked[row]))
            else:
                seeking.append(row)
    for row in seeking:
        _seek(groups, found, row, free, rng, keys=(keys_left, keys_right))


def _likelier(rows: Ints, probability: npt.NDArray[np.float64], count: int, rng: np.random.Generator) -> Ints:
    """Choose ``count`` rows without replacement, in proportion to their odds (Efraimidis & Spirakis 2006)."""
    inside = np.clip(probability, 1e-4, 1 - 1e-4)
    key = np.log(inside / (1 - inside)) + rng.gumbel(size=len(rows))
    return rows[np.argsort(-key, kind="stable")[:count]]


def _seek(
    groups: _Drawn,
    found: Between,
    row: int,
    free: npt.NDArray[np.bool_],
    rng: np.random.Generator,
    *,
    keys: tuple[list[str], list[str]],
) -> None:
    """Give a row that has a mate somewhere another candidate than its link, or a free record of like sex and age."""
    start, end = np.searchsorted(found.i, [row, row + 1])
    mine = np.arange(start, end)
    mine = mine[free[found.j[mine]] & (found.j[mine] != found.linked[row])]
    tried = found.j[_likelier(mine, found.probability[mine], len(mine), rng)].tolist()
    tried += _alike(found, row, rng.integers(0, len(free), 4 * _TRIED), free)
    for mate in tried[:_TRIED]:
        if groups.join(keys[0][row], keys[1][mate]):
            free[mate] = False
            return


def _alike(found: Between, row: int, tried: Ints, free: npt.NDArray[np.bool_]) -> list[int]:
    sex, age = found.left.sex[row], found.left.age[row]

    def unlike(mate: int) -> tuple[bool, int]:
        other = found.right.age[mate]
        return found.right.sex[mate] != sex, 10 if age is None or other is None else min(abs(other - age), 10)

    return sorted((mate for mate in tried.tolist() if free[mate]), key=unlike)
