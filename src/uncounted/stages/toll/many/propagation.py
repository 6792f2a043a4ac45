"""``bounds.tighten`` over many rows at once: parts and wholes in accord, contradictions widened.

One row is one incident's harm, one column a group. Causes are kept as bits, one a group: which given lower bounds
(floors) and upper bounds (ceilings) a bound rests on. The steps are those of ``bounds`` in the same order, so that the
same crossing of bounds is met first.
"""

from typing import TYPE_CHECKING, NamedTuple

from uncounted.stages.toll.bounds import Sum
from uncounted.stages.toll.many.columns import GROUPS, NO_HIGH

if TYPE_CHECKING:
    from uncounted.stages.toll.many.columns import Flags, Ints

WIDE = len(GROUPS)
NUMBER = {name: at for at, name in enumerate(GROUPS)}


class Fault(NamedTuple):
    """A contradiction in one row: the bits of floors and ceilings that take part, and by how much they differ."""

    row: int
    floors: int
    ceilings: int
    gap: int


class Tight(NamedTuple):
    """Bounds after propagation, with the bits of the groups behind each bound that differs from the one given."""

    low: "Ints"
    high: "Ints"
    causes: "Ints"
    faults: list[Fault]


class _State:
    """Bounds while they move. ``floors`` are behind lower bounds; ``under`` and ``tops`` behind upper ones."""

    def __init__(self, low: "Ints", high: "Ints") -> None:
        import numpy as np

        bit = np.int64(1) << np.arange(WIDE)
        self.low, self.high = low.copy(), high.copy()
        self.floors: Ints = np.where(low > 0, bit, 0)
        self.under = np.zeros_like(low)
        self.tops: Ints = np.broadcast_to(bit, low.shape).copy()
        self.raised = np.zeros(low.shape, dtype=bool)
        self.cut = np.zeros(low.shape, dtype=bool)
        self.broken = np.full(len(low), -1)
        self.fault = np.zeros((len(low), 3), dtype=np.int64)

    def check(self, column: int, moved: "Flags") -> None:
        """Note the first group of a row whose bounds have crossed."""
        rows = moved & (self.low[:, column] > self.high[:, column]) & (self.broken < 0)
        if rows.any():
            self.broken[rows] = column
            self.fault[rows, 0] = (self.floors[:, column] | self.under[:, column])[rows]
            self.fault[rows, 1] = self.tops[rows, column]
            self.fault[rows, 2] = (self.low[:, column] - self.high[:, column])[rows]


def _once(low: "Ints", high: "Ints", rules: list[tuple[int, list[int]]]) -> _State:
    """Lower bounds up from parts to wholes, then upper bounds down."""
    import numpy as np

    state = _State(low, high)
    for whole, parts in rules:
        least = state.low[:, parts].sum(axis=1)
        up = least > state.low[:, whole]
        if up.any():
            because = np.bitwise_or.reduce(state.floors[:, parts], axis=1)
            state.low[up, whole], state.floors[up, whole] = least[up], because[up]
            state.raised[up, whole] = True
            state.check(whole, up)
    for whole, parts in reversed(rules):
        top = state.high[:, whole]
        room = top - state.low[:, parts].sum(axis=1)
        for part in parts:
            cap = room + state.low[:, part]
            down = (top < NO_HIGH) & (state.high[:, part] > cap)
            if not down.any():
                continue
            others = [other for other in parts if other != part]
            under = state.under[:, whole] | np.bitwise_or.reduce(state.floors[:, others], axis=1)
            state.high[down, part], state.under[down, part] = cap[down], under[down]
            state.tops[down, part] = state.tops[down, whole]
            state.cut[down, part] = True
            state.check(part, down)
    return state


def tightened(low: "Ints", high: "Ints", rules: tuple[Sum, ...]) -> Tight:
    """Return the tightest bounds that the rules on groups allow; ``rules`` are in the order of ``parts.ordered``.

    ``low`` and ``high`` have one column a group; where nothing is given they hold 0 and ``NO_HIGH``. No row may have a
    lower bound above its upper one to begin with.
    """
    import numpy as np

    numbered = [(NUMBER[rule.whole], [NUMBER[part] for part in rule.parts]) for rule in rules]  # type: ignore[index]
    state = _once(low, high, numbered)
    causes = _causes(state, low, high)
    new_low, new_high = state.low, state.high
    faults: list[Fault] = []
    rows = np.flatnonzero(state.broken >= 0)
    present_low, present_high = low[rows], high[rows]
    while len(rows):
        found = state.fault[state.broken >= 0]
        faults += [Fault(row, *told) for row, told in zip(rows.tolist(), found.tolist(), strict=True)]
        gap = found[:, 2:]
        bits = np.int64(1) << np.arange(WIDE)
        lowered: Flags = (found[:, :1] & bits) > 0
        raised: Flags = (found[:, 1:2] & bits) > 0
        present_low = np.where(lowered, np.maximum(present_low - gap, 0), present_low)
        present_high = np.where(raised & (present_high < NO_HIGH), present_high + gap, present_high)
        state = _once(present_low, present_high, numbered)
        new_low[rows], new_high[rows] = state.low, state.high
        causes[rows] = _causes(state, low[rows], high[rows])
        still = state.broken >= 0
        rows, present_low, present_high = rows[still], present_low[still], present_high[still]
    return Tight(new_low, new_high, causes, faults)


def _causes(state: _State, low: "Ints", high: "Ints") -> "Ints":
    """The bits behind each bound that moved and now differs from the one given."""
    import numpy as np

    behind = np.zeros_like(low)
    lower, upper = state.raised & (state.low != low), state.cut & (state.high != high)
    behind[lower] = state.floors[lower]
    behind[upper] |= state.tops[upper] | state.under[upper]
    return behind
