"""Ranges of many incidents as columns, joined and given back one by one."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from uncounted.model.incidents import Incident
from uncounted.model.vocabulary import Group, Harm
from uncounted.stages.toll.accounts import Cell
from uncounted.stages.toll.many.columns import GROUPS, HARMS, NO_HIGH, NO_LOW
from uncounted.stages.toll.ranges import Range

if TYPE_CHECKING:
    from uncounted.stages.toll.many.columns import Flags, Ints

WIDE = len(GROUPS)


class Ranges(NamedTuple):
    """One row a range: incident by number, cell, bounds, origins, and the rows' claims one after another.

    The claims of row ``n`` are ``names[start[n]:start[n + 1]]``, unsorted. ``low`` is ``NO_LOW`` and ``high``
    ``NO_HIGH`` where open. ``faults`` holds the contradictions of rows that have any.
    """

    incident: "Ints"
    cell: "Ints"
    low: "Ints"
    high: "Ints"
    origins: "Ints"
    derived: "Flags"
    start: "Ints"
    names: list[str]
    faults: dict[int, tuple[str, ...]]
    denied: list[tuple[int, Harm, Group]]


def cell_of(number: int) -> Cell:
    """Harm and group of a cell's number."""
    return HARMS[number // WIDE], GROUPS[number % WIDE]


def joined(fast: Ranges, slow: Ranges) -> Ranges:
    """The rows of both, sorted by incident and cell."""
    import numpy as np

    incident, cell = np.append(fast.incident, slow.incident), np.append(fast.cell, slow.cell)
    order = np.lexsort((cell, incident))
    sizes = np.append(np.diff(fast.start), np.diff(slow.start))[order]
    begun = np.append(fast.start[:-1], slow.start[:-1] + len(fast.names))[order]
    names = np.array([*fast.names, *slow.names], dtype=object)
    both = ((fast, 0), (slow, len(fast.cell)))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return Ranges(
        incident=incident[order],
        cell=cell[order],
        low=np.append(fast.low, slow.low)[order],
        high=np.append(fast.high, slow.high)[order],
        origins=np.append(fast.origins, slow.origins)[order],
        derived=np.append(fast.derived, slow.derived)[order],
        start=np.append(0, np.cumsum(sizes)),
        names=names[spread(begun, sizes)].tolist(),
        faults={int(place[row + more]): told for part, more in both for row, told in part.faults.items()},
        denied=[],
    )


def spread(begun: "Ints", sizes: "Ints") -> "Ints":
    """The numbers ``begun[n]``, ``begun[n] + 1``, … for each ``n``, ``sizes[n]`` of them, one after another."""
    import numpy as np

    ends = np.cumsum(sizes)
    whole = int(ends[-1]) if len(ends) else 0
    return np.arange(whole) - np.repeat(ends - sizes, sizes) + np.repeat(begun, sizes)


def one_by_one(tolls: Mapping[int, Mapping[Cell, Range]]) -> Ranges:
    """The ranges of incidents, by number, that were worked out one by one."""
    import numpy as np

    rows: list[tuple[int, int, int, int, int, bool]] = []
    names: list[str] = []
    ends = [0]
    faults: dict[int, tuple[str, ...]] = {}
    for number, told in tolls.items():
        for (harm, group), found in told.items():
            if found.contradictions:
                faults[len(rows)] = found.contradictions
            cell = HARMS.index(harm) * WIDE + GROUPS.index(group)
            low = NO_LOW if found.low is None else found.low
            high = NO_HIGH if found.high is None else found.high
            rows.append((number, cell, low, high, found.origins, found.derived))
            names.extend(found.claims)
            ends.append(len(names))
    table = np.array(rows, dtype=np.int64).reshape(-1, 6)
    return Ranges(
        incident=table[:, 0],
        cell=table[:, 1],
        low=table[:, 2],
        high=table[:, 3],
        origins=table[:, 4],
        derived=table[:, 5] > 0,
        start=np.array(ends, dtype=np.int64),
        names=names,
        faults=faults,
        denied=[],
    )


def as_tolls(found: Ranges, incidents: Sequence[Incident]) -> dict[str, dict[Cell, Range]]:
    """The ranges as :func:`uncounted.stages.toll.cells.tolls` gives them, without their steps in words."""
    tolls: dict[str, dict[Cell, Range]] = {incident.id: {} for incident in incidents}
    ids = [incident.id for incident in incidents]
    columns = (found.incident, found.cell, found.low, found.high, found.origins, found.derived, found.start[:-1],
               found.start[1:])  # fmt: skip
    names, faults = found.names, found.faults
    cells = [cell_of(number) for number in range(len(HARMS) * WIDE)]
    for row, (incident, cell, low, high, origins, derived, begun, ended) in enumerate(
        zip(*(column.tolist() for column in columns), strict=True)
    ):
        tolls[ids[incident]][cells[cell]] = Range(
            low=None if low == NO_LOW else low,
            high=None if high >= NO_HIGH else high,
            claims=tuple(sorted(set(names[begun:ended]))),
            origins=origins,
            derived=bool(derived),
            contradictions=faults.get(row, ()),
        )
    return tolls
