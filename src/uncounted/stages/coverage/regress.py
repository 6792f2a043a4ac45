"""How much coverage an incident's toll would lead one to expect, and how far each incident is from it."""

import math
from collections.abc import Sequence

import msgspec


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A Poisson regression with log link: log(expected reports) = ``level`` + ``slope`` × log(1 + deaths).

    ``dispersion`` is Pearson's chi-square by degrees of freedom; above 1 the counts scatter more than Poisson's.
    """

    level: float
    slope: float
    dispersion: float

    def expected(self, deaths: int) -> float:
        """Reports expected of an incident with that many deaths (its lower bound)."""
        return math.exp(self.level + self.slope * math.log1p(deaths))

    def residual(self, reports: int, deaths: int) -> float:
        """Pearson residual, scaled by the dispersion: how unusual the number of reports is."""
        expected = self.expected(deaths)
        return (reports - expected) / math.sqrt(expected * max(self.dispersion, 1e-9))


def fitted(points: Sequence[tuple[int, int]], steps: int = 50) -> Line | None:
    """The regression over (deaths, reports), by iteratively reweighted least squares (Nelder and Wedderburn 1972).

    ``None`` when there are fewer than ten incidents or their deaths do not differ: no line can be drawn.
    """
    if len(points) < 10 or len({deaths for deaths, _ in points}) < 2:
        return None
    xs = [math.log1p(deaths) for deaths, _ in points]
    ys = [reports for _, reports in points]
    level, slope = math.log(max(sum(ys) / len(ys), 1e-9)), 0.0
    for _ in range(steps):
        mu = [math.exp(min(level + slope * x, 50.0)) for x in xs]
        # Newton's step for two parameters: the inverse of the 2 × 2 information times the score.
        a, b = sum(mu), sum(m * x for m, x in zip(mu, xs, strict=True))
        c = sum(m * x * x for m, x in zip(mu, xs, strict=True))
        first = sum(y - m for y, m in zip(ys, mu, strict=True))
        second = sum((y - m) * x for y, m, x in zip(ys, mu, xs, strict=True))
        det = a * c - b * b
        if det <= 1e-12:
            return None
        up, over = (c * first - b * second) / det, (a * second - b * first) / det
        level, slope = level + up, slope + over
        if abs(up) + abs(over) < 1e-10:
            break
    mu = [math.exp(level + slope * x) for x in xs]
    chi = sum((y - m) ** 2 / m for y, m in zip(ys, mu, strict=True))
    return Line(level=level, slope=slope, dispersion=chi / (len(points) - 2))
