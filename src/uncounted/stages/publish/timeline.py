"""A timeline: what the toll's bounds are, day by day or month by month."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from uncounted.model.incidents import Incident, TollCell

WIDTH, HEIGHT, LEFT, HEAD, BOTTOM = 960.0, 280.0, 48.0, 48.0, 34.0


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One day or month: bounds over its dated incidents, and where to draw them in pixels."""

    period: str
    low: int | None
    high: int | None
    incidents: tuple[str, ...]
    x: float
    width: float
    low_y: float
    high_y: float


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """Bars in order of time, the axis's ticks, and the incidents that no single day or month can be given to."""

    unit: str
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]
    undated: tuple[str, ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    base: float = HEIGHT - BOTTOM
    head: float = HEAD
    every: int = 1


def drawn(incidents: Iterable[Incident], figures: dict[str, TollCell]) -> Timeline:
    """Bars of one harm and group; ``figures`` maps an incident's id to its cell.

    By day when the dated incidents lie within 62 days, else by month. The low end of a bar adds the lower bounds; its
    high end adds the upper bounds and stays open when one of them is. As in the toll, an incident without a figure adds
    nothing; a day on which no incident has one has no bounds at all: missing is not zero.
    """
    incidents = tuple(incidents)
    days = [day for incident in incidents if (day := _only(incident, 10))]
    by_day = bool(days) and (date.fromisoformat(max(days)) - date.fromisoformat(min(days))).days <= 62
    size = 10 if by_day else 7
    held: dict[str, list[Incident]] = {}
    undated = []
    for incident in incidents:
        period = _only(incident, size)
        if period is None:
            undated.append(incident.id)
        else:
            held.setdefault(period, []).append(incident)
    periods = _between(min(held), max(held), by_day) if held else []
    sums = {period: _sum([figures.get(i.id) for i in held.get(period, [])]) for period in periods}
    top = max([1, *(bound for pair in sums.values() for bound in pair if bound is not None)])
    step = (WIDTH - LEFT) / max(len(periods), 1)
    base, room = HEIGHT - BOTTOM, HEIGHT - BOTTOM - HEAD
    bars = []
    for at, period in enumerate(periods):
        low, high = sums[period]
        bars.append(
            Bar(
                period=period, low=low, high=high, incidents=tuple(i.id for i in held.get(period, [])),
                x=round(LEFT + at * step + step * 0.16, 1), width=round(min(step * 0.68, 64), 1),
                low_y=round(base - room * (low or 0) / top, 1),
                high_y=round(base - room * (high if high is not None else (low or 0)) / top, 1),
            )
        )  # fmt: skip
    ticks = tuple((round(base - room * n / top, 1), n) for n in _ticks(top))
    every = max(1, -(-len(periods) // 10))
    return Timeline(
        unit="day" if by_day else "month", bars=tuple(bars), ticks=ticks, undated=tuple(undated), every=every
    )


def _only(incident: Incident, size: int) -> str | None:
    time = incident.time
    if time is None or not time.from_ or not time.to or time.of != "event" or len(time.from_) < size:
        return None
    return time.from_[:size] if time.from_[:size] == time.to[:size] else None


def _between(first: str, last: str, by_day: bool) -> list[str]:
    if by_day:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        return [(start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1)]
    months = [int(text[:4]) * 12 + int(text[5:7]) - 1 for text in (first, last)]
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(months[0], months[1] + 1)]


def _sum(cells: list[TollCell | None]) -> tuple[int | None, int | None]:
    """Bounds added up as the toll adds them: known lower bounds, upper bounds only when each figure has one."""
    if not cells:
        return 0, 0
    told = [cell for cell in cells if cell is not None]
    lows = [cell.low for cell in told if cell.low is not None]
    highs = [cell.high for cell in told if cell.high is not None]
    return (sum(lows) if lows else None), (sum(highs) if told and len(highs) == len(told) else None)


def _ticks(top: int) -> list[int]:
    step = next(m * 10**p for p in range(12) for m in (1, 2, 5) if top / (m * 10**p) <= 5)
    return list(range(0, top + 1, step))
