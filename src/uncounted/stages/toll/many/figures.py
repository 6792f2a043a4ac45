"""Each origin's present figure and the range across origins, of many incidents at once: ``accounts`` in arrays."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from uncounted.stages.toll.latest import day_of, moment
from uncounted.stages.toll.many.columns import GROUPS, HARMS, Columns, different
from uncounted.stages.toll.policy import Policy

if TYPE_CHECKING:
    from numpy import ufunc

    from uncounted.stages.toll.many.columns import Flags, Ints


ALL = len(HARMS) * len(GROUPS)


class Rows(NamedTuple):
    """Ranges across origins, before parts and wholes are made to agree: one row an incident's cell."""

    incident: "Ints"
    cell: "Ints"
    low: "Ints"
    high: "Ints"
    origins: "Ints"
    vague: "Flags"
    start: "Ints"


def firsts(*keys: "Ints") -> "Ints":
    """Where a new group begins in sorted columns."""
    import numpy as np

    if not len(keys[0]):
        return np.zeros(0, dtype=np.int64)
    new = np.zeros(len(keys[0]), dtype=bool)
    new[0] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(new)


def figures(table: Columns, policy: Policy, published: Mapping[str, str]) -> "tuple[Ints, Rows]":
    """The claims that set a range, in the order of their rows, and the rows."""
    import numpy as np

    wide = int(table.origin.max(initial=0)) + 1
    order = np.lexsort((table.document, (table.incident * ALL + table.cell) * wide + table.origin))
    order = order[_latest(table, order, published)]
    order = order[table.bounded[order]]
    # Within one origin bare plurals count only where it gives no count at all; so too between origins, with vague ones.
    order = _counted(table, order, table.incident, table.cell, table.origin)
    order = _counted(table, order, table.incident, table.cell)
    incident, cell, origin = table.incident[order], table.cell[order], table.origin[order]
    document, low, high = table.document[order], table.low[order], table.high[order]
    begun = firsts(incident, cell, origin, document)
    low, high = _each(np.maximum, low, begun), _each(np.maximum, high, begun)
    teller = firsts(incident[begun], cell[begun], origin[begun])
    low, high = _each(np.minimum, low, teller), _each(np.maximum, high, teller)
    begun = begun[teller]
    row = firsts(incident[begun], cell[begun])
    across = np.maximum if policy.low_across == "largest" else np.minimum
    start = begun[row]
    rows = Rows(
        incident=incident[start],
        cell=cell[start],
        low=_each(across, low, row),
        high=_each(np.maximum, high, row),
        origins=np.diff(np.append(row, len(begun))),
        vague=~table.counted[order][start],
        start=np.append(start, len(order)),
    )
    return order, rows


def _counted(table: Columns, order: "Ints", *keys: "Ints") -> "Ints":
    """The claims that stay: where some of a group give a count, those that do."""
    import numpy as np

    begun = firsts(*(key[order] for key in keys))
    some = _any(table.counted[order], begun)
    return order[table.counted[order] | ~np.repeat(some, np.diff(np.append(begun, len(order))))]


def _any(values: "Flags", begun: "Ints") -> "Flags":
    import numpy as np

    return np.logical_or.reduceat(values, begun) if len(begun) else values[:0]


def _each(take: "ufunc", values: "Ints", begun: "Ints") -> "Ints":
    """The smallest or largest value of each group."""
    found: Ints = take.reduceat(values, begun) if len(begun) else values[:0]
    return found


def _latest(table: Columns, order: "Ints", published: Mapping[str, str]) -> "Flags":
    """Which claims are of their origin's latest publication, or cannot be called older; see ``toll.latest``."""
    import numpy as np

    stays = np.ones(len(order), dtype=bool)
    if not published or not len(order):
        return stays
    begun = firsts(table.incident[order], table.cell[order], table.origin[order])
    sizes = np.diff(np.append(begun, len(order)))
    several = np.flatnonzero(np.repeat(sizes > 1, sizes))
    if not len(several):
        return stays
    group = np.repeat(np.arange(len(begun)), sizes)[several]
    begun = firsts(group)
    sizes = np.diff(np.append(begun, len(group)))
    said = [published.get(one.document, "") for one in [table.claims[at] for at in order[several].tolist()]]
    kinds, which = different(said)
    when = [said[at] for at in kinds]
    said_days = [day_of(one) for one in when]
    ranks = {day: rank for rank, day in enumerate(sorted(set(said_days)))}
    days = np.array([ranks[day] for day in said_days], dtype=np.int64)[which]
    newest_day = np.repeat(np.maximum.reduceat(days, begun), sizes)
    last = days == newest_day
    # A year or a month alone may hold the last day, and so may an unknown day.
    may_hold = np.zeros(len(days), dtype=bool)
    for size in (0, 4, 7):
        holding = np.array([ranks.get(day[:size], -1) for day in sorted(ranks)], dtype=np.int64)
        may_hold |= days == holding[newest_day]
    seconds = np.array([np.nan if (at := moment(one)) is None else at for one in when])
    known = np.where(last, seconds[which], np.nan)
    newest = np.repeat(np.fmax.reduceat(known, begun), sizes)
    stays[several] = (may_hold & ~last) | (last & (np.isnan(known) | (known == newest)))
    return stays
