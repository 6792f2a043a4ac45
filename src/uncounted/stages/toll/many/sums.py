"""Cells of a toll from many incidents' ranges at once: ``CellSum.add`` in arrays."""

from collections.abc import Sequence

from uncounted.model.incidents import Incident
from uncounted.model.vocabulary import Group
from uncounted.stages.toll.many.columns import GROUPS, HARMS, NO_HIGH, NO_LOW
from uncounted.stages.toll.many.figures import firsts
from uncounted.stages.toll.many.ranges import WIDE, Ranges, cell_of, spread
from uncounted.stages.toll.sums import CellSum

Key = tuple[str, ...]


def sums(
    found: Ranges, incidents: Sequence[Incident], labels: Sequence[Key], named: Sequence[str], group: Group | None
) -> dict[Key, CellSum]:
    """Return the sums by (labels…, harm, group).

    ``labels`` holds each incident's, ``named`` what they are of; with ``group`` that group's ranges alone are added.
    """
    import numpy as np

    codes: dict[Key, int] = {}
    code = np.array([codes.setdefault(one, len(codes)) for one in labels], dtype=np.int64)
    of = list(codes)
    wide = len(HARMS) * WIDE
    rows = np.arange(len(found.cell))
    if group is not None:
        rows = np.flatnonzero(found.cell % WIDE == GROUPS.index(group))
    key = code[found.incident[rows]] * wide + found.cell[rows]
    order = np.argsort(key, kind="stable")
    rows, key = rows[order], key[order]
    begun = firsts(key)
    if not len(begun):
        return {}
    low, high, origins = found.low[rows], found.high[rows], found.origins[rows]
    known = np.where(low == NO_LOW, 0, low)
    columns = (
        key[begun],
        begun,
        np.append(begun[1:], len(rows)),
        np.add.reduceat(known, begun),
        np.add.reduceat(np.where(high >= NO_HIGH, 0, high), begun),
        np.add.reduceat((low == NO_LOW).astype(np.int64), begun),
        np.add.reduceat((high >= NO_HIGH).astype(np.int64), begun),
        np.add.reduceat(origins, begun),
        np.add.reduceat(np.where(origins == 1, known, 0), begun),
    )
    sizes = np.diff(found.start)[rows]
    names = np.array(found.names, dtype=object)[spread(found.start[:-1][rows], sizes)].tolist()
    ends = np.append(0, np.cumsum(sizes)).tolist()
    ids = np.array([incident.id for incident in incidents], dtype=object)[found.incident[rows]].tolist()
    faulty = sorted(found.faults.keys() & set(rows.tolist()))
    place = np.empty(len(found.cell), dtype=np.int64)
    place[rows] = np.arange(len(rows))
    faults = {int(place[row]): found.faults[row] for row in faulty}
    troubled = np.array(sorted(faults), dtype=np.int64)
    cells: dict[Key, CellSum] = {}
    for number, first, last, *added in zip(*(column.tolist() for column in columns), strict=True):
        label = of[number // wide]
        harm, group_ = cell_of(number % wide)
        cell = CellSum({**dict(zip(named, label, strict=True)), "harm": harm, "group": group_})
        cell.low, cell.high, cell.no_low, cell.no_high, cell.origins, cell.alone = added
        cell.incidents, cell.claims = ids[first:last], names[ends[first] : ends[last]]
        here = troubled[np.searchsorted(troubled, first) : np.searchsorted(troubled, last)].tolist() if faults else []
        cell.faults = [told for row in here for told in faults[row]]
        cells[*label, harm, group_] = cell
    return cells
