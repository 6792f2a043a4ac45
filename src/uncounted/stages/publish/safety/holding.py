"""Figures that would tell few people apart are merged or held back, within a release and between releases.

A person can be found by a small figure, by what is left when the other figures of a breakdown are taken from its total,
and by the difference between two releases (complementary disclosure and differencing; Hundepool and others,
*Statistical Disclosure Control*, 2012, ch. 4). So a figure is shown as it stands only when it, and its difference from
everything that was shown of it before, is 0 or at least ``least`` people; and the same holds for what each breakdown
leaves over. Otherwise the figure that was shown last is shown again, or none.
"""

from collections.abc import Mapping, Sequence

import msgspec

from uncounted.model.identity import canonical
from uncounted.model.incidents import TollCell

Figure = tuple[int | None, int | None]
History = dict[str, tuple[Figure, ...]]
"""All that releases have shown of each figure, by its name, the latest last."""
PARTITIONS = ("harm", "month", "place", "actor")
HELD = "held back or merged so that fewer than {least} people cannot be told apart; it may lag behind what is known"


def named(by: str, cell: TollCell) -> str:
    """A figure's name in a history."""
    return canonical([by, cell.cell]).decode()


def safe(value: Figure, earlier: Sequence[Figure], least: int) -> bool:
    """Whether a figure tells fewer than ``least`` people apart neither alone nor beside what was shown before."""
    for side in (0, 1):
        now = value[side]
        if now is None:
            continue
        for before in (0, *(figure[side] for figure in earlier)):
            if before is not None and 0 < abs(now - before) < least:
                return False
    return True


class Holder:
    """The figures of one release while they are chosen; ``shown`` are all that will be known of each afterwards."""

    def __init__(self, earlier: Mapping[str, tuple[Figure, ...]], least: int) -> None:
        self.least = least
        self.earlier = earlier
        self.shown: History = dict(earlier)

    def show(self, name: str, value: Figure) -> None:
        """Remember that a figure is shown."""
        before = self.earlier.get(name, ())
        self.shown[name] = before if value in before else (*before, value)

    def whole(self, by: str, cell: TollCell) -> TollCell | None:
        """A figure on its own: as it stands, as it was shown last, or not at all."""
        name, value = named(by, cell), (cell.low, cell.high)
        before = self.earlier.get(name, ())
        if not safe(value, before, self.least):
            if not before:
                return None
            value = before[-1]
        self.show(name, value)
        return quiet(cell, value, self.least)

    def split(self, by: str, total: Figure, cells: Sequence[TollCell], *, again: bool = True) -> list[TollCell]:
        """The figures of a breakdown whose parts add up to ``total``, chosen so that what is left over is safe too.

        Without ``again`` a figure that cannot be shown as it stands is not shown as it was either.
        """
        if not cells:
            return []
        chosen: dict[str, tuple[TollCell, Figure]] = {}
        for cell in cells:
            name, value = named(by, cell), (cell.low, cell.high)
            before = self.earlier.get(name, ())
            if safe(value, before, self.least):
                chosen[name] = (cell, value)
            elif before and again:
                chosen[name] = (cell, before[-1])
        # Parts that are groups have the whole's harm in common, and not its group.
        rest = canonical(["rest", by, cells[0].cell["harm"]]).decode()
        while True:
            left = _left(total, [value for _, value in chosen.values()])
            if safe(left, self.earlier.get(rest, ()), self.least):
                break
            movable = sorted(chosen, key=lambda name: (chosen[name][1][0] or 0, name))
            fresh = [name for name in movable if chosen[name][1] != self._last(name)]
            if not chosen:
                # Nothing of this breakdown is shown at all, so that there is nothing to take from the total.
                return []
            name = (fresh or movable)[0]
            before = self.earlier.get(name, ())
            if name in fresh and before and again:
                chosen[name] = (chosen[name][0], before[-1])
            else:
                del chosen[name]
        self.show(rest, left)
        for name, (_, value) in chosen.items():
            self.show(name, value)
        return [quiet(cell, value, self.least) for cell, value in chosen.values()]

    def _last(self, name: str) -> Figure | None:
        before = self.earlier.get(name, ())
        return before[-1] if before else None


def _left(total: Figure, parts: Sequence[Figure]) -> Figure:
    """What the parts leave of the total, side by side; an open upper bound leaves nothing to take from."""
    low = (total[0] or 0) - sum(part[0] or 0 for part in parts)
    highs = [part[1] for part in parts if part[1] is not None]
    high = None if total[1] is None or len(highs) < len(parts) else total[1] - sum(highs)
    return low, high


def quiet(cell: TollCell, value: Figure, least: int) -> TollCell:
    """A cell with the figure that is shown and without the steps, which tell the figures behind it."""
    return msgspec.structs.replace(
        cell, low=value[0], high=value[1], why=(HELD.format(least=least),), alone=None, without=0, contradictions=(),
        best=None,
    )  # fmt: skip
