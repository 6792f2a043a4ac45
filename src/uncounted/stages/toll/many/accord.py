"""Parts and wholes in accord, of many incidents at once: ``toll.accord`` in arrays."""

from typing import TYPE_CHECKING

from uncounted.stages.toll.accord import contradicted
from uncounted.stages.toll.accounts import Cell
from uncounted.stages.toll.many.columns import GROUPS, NO_HIGH, NO_LOW, Columns
from uncounted.stages.toll.many.figures import Rows, firsts
from uncounted.stages.toll.many.propagation import WIDE, tightened
from uncounted.stages.toll.many.ranges import Ranges, cell_of, spread
from uncounted.stages.toll.parts import inside, ordered
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.ranges import Range

if TYPE_CHECKING:
    from uncounted.stages.toll.many.columns import Ints


ALPHABETICAL = sorted(range(WIDE), key=GROUPS.__getitem__)


def accord(table: Columns, used: "Ints", rows: Rows, policy: Policy) -> tuple[Ranges, list[int]]:
    """Make parts and wholes agree; return the ranges and the incidents that need more than that."""
    import numpy as np

    head = GROUPS.index(policy.headline)
    harm, group = rows.cell // WIDE, rows.cell % WIDE
    begun = firsts(rows.incident, harm)
    unit = np.repeat(np.arange(len(begun)), np.diff(np.append(begun, len(harm))))
    shape = (len(begun), WIDE)
    given = np.zeros(shape, dtype=bool)
    low, high = np.zeros(shape, dtype=np.int64), np.full(shape, NO_HIGH)
    given[unit, group] = True
    low[unit, group], high[unit, group] = np.maximum(rows.low, 0), rows.high
    parts = [GROUPS.index(one) for one in sorted(inside(policy.wholes, policy.headline))]
    missing = ~given[:, head] & given[:, parts].any(axis=1)
    alone = given.sum(axis=1) == 1
    vague = np.zeros(len(begun), dtype=bool)
    vague[unit[rows.vague]] = True
    # Bounds that have crossed already, where a policy takes the largest lower bound, are left to the order of rules.
    hard = (low > high).any(axis=1) | (vague & ~alone)
    if policy.unstated_total == "sum":
        hard |= missing
    high[hard] = NO_HIGH
    tight = tightened(low, high, ordered(policy.wholes))
    slow = np.unique(rows.incident[begun][hard])
    easy = ~np.isin(rows.incident, slow)
    stated = np.flatnonzero(easy)
    heads = np.flatnonzero(missing & ~np.isin(rows.incident[begun], slow))
    which = np.concatenate([unit[stated], heads])
    column = np.concatenate([group[stated], np.full(len(heads), head)])
    least = tight.low[which, column]
    open_low = np.concatenate([rows.low[stated] == NO_LOW, np.ones(len(heads), dtype=bool)])
    row_of = np.full(shape, -1)
    row_of[unit, group] = np.arange(len(unit))
    start, picked = _claims(rows, _behind(which, column, tight.causes[which, column], row_of), len(which), used)
    nothing = np.zeros(len(heads), dtype=np.int64)
    first = rows.incident[begun]
    found = Ranges(
        incident=np.append(rows.incident[stated], first[heads]),
        cell=harm[begun][which] * WIDE + column,
        low=np.where(open_low & (least == 0), NO_LOW, least),
        high=tight.high[which, column],
        origins=np.append(rows.origins[stated], nothing),
        derived=np.arange(len(which)) >= len(stated),
        start=start,
        names=np.array([claim.id for claim in table.claims], dtype=object)[picked].tolist(),
        faults={},
        denied=[],
    )
    row_in = np.full(shape, -1)
    row_in[which, column] = np.arange(len(which))
    told = _Told(table, used, rows)
    places = np.array([fault.row for fault in tight.faults], dtype=np.int64)
    for fault, own, shown in zip(tight.faults, row_of[places].tolist(), row_in[places].tolist(), strict=True):
        bits = fault.floors | fault.ceilings
        groups = [at for at in ALPHABETICAL if bits >> at & 1 and own[at] >= 0]
        words = contradicted(fault.gap, dict(told.as_said(own[at]) for at in groups))
        for place in (shown[at] for at in groups):
            if place >= 0:
                found.faults[place] = (*found.faults.get(place, ()), words)
    return found, slow.tolist()


class _Told:
    """What ranges said before parts and wholes were made to agree."""

    def __init__(self, table: Columns, used: "Ints", rows: Rows) -> None:
        self.claims, self.used = table.claims, used
        self.cells, self.lows, self.highs = rows.cell.tolist(), rows.low.tolist(), rows.high.tolist()
        self.start = rows.start.tolist()

    def as_said(self, row: int) -> tuple[Cell, Range]:
        """A row's cell, and its range with the claims that set it."""
        low, high = self.lows[row], self.highs[row]
        claims = self.used[self.start[row] : self.start[row + 1]].tolist()
        return cell_of(self.cells[row]), Range(
            low=None if low == NO_LOW else low,
            high=None if high >= NO_HIGH else high,
            claims=tuple(sorted({self.claims[at].id for at in claims})),
        )


def _behind(unit: "Ints", group: "Ints", causes: "Ints", row_of: "Ints") -> "tuple[Ints, Ints]":
    """Which rows' claims stand behind which ranges: a range's own, and those that moved it. Sorted by range."""
    import numpy as np

    target, source = [np.arange(len(unit))], [row_of[unit, group]]
    for other in range(WIDE):
        moved = np.flatnonzero((causes >> other) & 1)
        moved = moved[group[moved] != other]
        target.append(moved)
        source.append(row_of[unit[moved], other])
    into, out = np.concatenate(target), np.concatenate(source)
    order = np.argsort(into, kind="stable")
    order = order[out[order] >= 0]
    return into[order], out[order]


def _claims(rows: Rows, behind: "tuple[Ints, Ints]", number: int, used: "Ints") -> "tuple[Ints, Ints]":
    """Where each range's claims begin, and the claims by number, one range after another."""
    import numpy as np

    into, out = behind
    begun, sizes = rows.start[:-1][out], np.diff(rows.start)[out]
    each = np.bincount(into, weights=sizes, minlength=number).astype(np.int64)
    return np.append(0, np.cumsum(each)), used[spread(begun, sizes)]
