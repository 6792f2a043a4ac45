"""Two lists with the links between them, as an audit looks at them: rows, strata, who is linked to whom."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uncounted.model.identity import canonical, digest
from uncounted.stages.match.persons.audit import STRATA, Answers, sampled, strata_of
from uncounted.stages.match.persons.compete import one_to_one
from uncounted.stages.match.persons.lists import VictimList

Ints = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
LEAST = 0.5
Verdicts = dict[str, dict[str, str | None]]
"""What people found: for each drawn entry (its id on the left list), by person, the mate's id or ``None``."""


@dataclass(frozen=True)
class Between:
    """Two lists, the shorter on the left, and their candidate pairs: rows ``i``, ``j`` and ``probability``.

    ``linked`` (left) is the right row that each left row is linked to, one to one, -1 for none; ``strata`` (left) are
    places in :data:`.STRATA`. ``links`` is the SHA-256 of what they follow from.
    """

    left: VictimList
    right: VictimList
    i: Ints
    j: Ints
    probability: Weights
    linked: Ints
    strata: Ints
    links: str

    def sizes(self) -> dict[str, int]:
        """Return how many left records each stratum holds."""
        return {name: int((self.strata == at).sum()) for at, name in enumerate(STRATA)}

    def drawn(self, size: int, seed: int) -> list[tuple[int, str]]:
        """Draw ``size`` left rows for an audit, each with its stratum, in an order that tells nothing."""
        chosen = [(int(row), name) for name, rows in sampled(self.strata, size, seed).items() for row in rows]
        order = np.random.default_rng([seed, 1]).permutation(len(chosen))
        return [chosen[at] for at in order]

    def candidates(self, row: int, most: int = 5) -> list[int]:
        """Return the right rows likeliest to be a left row's mate, in an order that tells nothing."""
        mine = np.flatnonzero(self.i == row)
        best = mine[np.argsort(-self.probability[mine], kind="stable")][:most]
        return sorted(self.j[best].tolist(), key=lambda at: self.right.ids[at])


def between(one: VictimList, other: VictimList, links: Iterable[tuple[str, str, float]]) -> Between:
    """Put links, by the ids of ``one`` and of ``other``, between the two lists; the shorter becomes the left."""
    turned = (len(one), one.name) > (len(other), other.name)
    left, right = (other, one) if turned else (one, other)
    rows_left = {name: at for at, name in enumerate(left.ids)}
    rows_right = {name: at for at, name in enumerate(right.ids)}
    found = []
    for first, second, probability in links:
        a, b = (second, first) if turned else (first, second)
        if a in rows_left and b in rows_right:
            found.append((rows_left[a], rows_right[b], round(probability, 4)))
    found.sort()
    i = np.array([row for row, _, _ in found], np.int64)
    j = np.array([row for _, row, _ in found], np.int64)
    worths = np.array([worth for _, _, worth in found], np.float64)
    kept = np.flatnonzero(one_to_one(i, j, worths) & (worths >= LEAST))
    linked = np.full(len(left), -1, np.int64)
    linked[i[kept]] = j[kept]
    best = np.zeros(len(left))
    np.maximum.at(best, i, worths)
    best[i[kept]] = worths[kept]
    pairs = [[left.ids[a], right.ids[b], worth] for a, b, worth in found]
    made = digest(canonical([left.name, len(left), right.name, len(right), pairs]))
    return Between(left, right, i, j, worths, linked, strata_of(best, linked >= 0), made)


@dataclass(frozen=True)
class Looked:
    """Audited records of one stratum: left ``rows``, and the right row that people named as mate (-1: none did)."""

    rows: Ints
    named: Ints
    answers: Answers


def looked(found: Between, drawn: Iterable[tuple[int, str]], verdicts: Verdicts) -> dict[str, Looked]:
    """Count what people found of the drawn rows, by stratum; rows that nobody answered yet are left out.

    Where people name different mates the one named most, then the one linked to, stands.
    """
    at_right = {name: at for at, name in enumerate(found.right.ids)}
    held: dict[str, list[tuple[int, int, int, int]]] = {name: [] for name in STRATA}
    for row, stratum in drawn:
        said = verdicts.get(found.left.ids[row], {})
        if not said:
            continue
        mates = [at_right[mate] for mate in said.values() if mate is not None and mate in at_right]
        linked = int(found.linked[row])
        named = max(set(mates), key=lambda mate: (mates.count(mate), mate == linked, -mate)) if mates else -1
        yes = sum(mate is not None for mate in said.values())
        held[stratum].append((row, named, yes, len(said)))
    sizes = found.sizes()
    told = {}
    for name, records in held.items():
        table = np.array(records, np.int64).reshape(-1, 4)
        mated = table[:, 1] >= 0
        to_link = table[:, 1] == found.linked[table[:, 0]]
        answers = Answers(
            sizes[name], table[:, 2], table[:, 3], int((mated & to_link).sum()), int((mated & ~to_link).sum())
        )
        told[name] = Looked(table[:, 0], table[:, 1], answers)
    return told
