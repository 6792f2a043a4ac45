"""Coverage: who reported what, and how much of it rests on how little."""

from typing import Literal

import msgspec

from uncounted.model.vocabulary import SourceKind

MeasureKind = Literal["share", "hours", "ratio", "distance"]


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One measure over a set of incidents or claims.

    ``value`` is ``None`` where nothing can be measured. ``low`` and ``high`` are the bounds of a bootstrap interval at
    ``level`` when the units are drawn anew; ``None`` where there are too few to draw from. ``number`` says over how
    many units (``of``) it was taken.
    """

    name: str
    kind: MeasureKind
    value: float | None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    number: int = 0
    of: Literal["incidents", "claims", "reports"] = "incidents"


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """A publisher: its reports, the incidents they speak of, and how many of those nobody else reported."""

    name: str | None
    reports: int
    incidents: int
    alone: int


class Hedge(msgspec.Struct, frozen=True, kw_only=True):
    """Of the claims told by sources of one kind, how many are put with a verb of doubt rather than a plain one."""

    kind: SourceKind
    hedged: int
    of: int


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """One incident's coverage beside its toll. ``hours`` is from the event's day to the first report.

    ``expected`` is the number of reports that a regression on the toll expects, ``residual`` the Pearson residual;
    both ``None`` where no regression could be fitted.
    """

    incident: str
    reports: int
    outlets: int
    origins: int
    low: int | None
    high: int | None
    hours: float | None = None
    expected: float | None = None
    residual: float | None = None


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How a set of incidents is covered by the reports at hand; it says nothing of what nobody reported."""

    measures: tuple[Measure, ...]
    incidents: tuple[Covered, ...]
    outlets: tuple[Outlet, ...]
    hedges: tuple[Hedge, ...]
