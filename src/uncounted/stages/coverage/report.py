"""The coverage of a dossier, gathered for a page, a file or an answer."""

from collections.abc import Sequence

from uncounted.model.coverage import Coverage, Covered, Hedge, Outlet
from uncounted.model.release import Dossier
from uncounted.model.vocabulary import SourceKind
from uncounted.stages.coverage.measures import measured
from uncounted.stages.coverage.observe import Observed, observe
from uncounted.stages.coverage.regress import fitted


def covered(dossier: Dossier, seed: int = 1) -> Coverage:
    """Who reported what, over every incident of a dossier; the same dossier and seed give the same figures."""
    return told(observe(dossier), seed)


def told(observed: Sequence[Observed], seed: int = 1) -> Coverage:
    """The coverage of a set of incidents."""
    line = fitted([(one.low, len(one.reports)) for one in observed if one.low is not None])
    return Coverage(
        measures=measured(observed, seed),
        incidents=tuple(
            Covered(
                incident=one.incident, reports=len(one.reports), outlets=one.outlets, origins=one.origins,
                low=one.low, high=one.high, hours=one.hours,
                expected=round(line.expected(one.low), 3) if line and one.low is not None else None,
                residual=round(line.residual(len(one.reports), one.low), 3) if line and one.low is not None else None,
            )
            for one in observed
        ),
        outlets=outlets(observed),
        hedges=hedges(observed),
    )  # fmt: skip


def outlets(observed: Sequence[Observed]) -> tuple[Outlet, ...]:
    """Each publisher with its reports and incidents, those that reported most incidents first."""
    reports: dict[str | None, int] = {}
    seen: dict[str | None, int] = {}
    alone: dict[str | None, int] = {}
    for one in observed:
        for name in one.reports:
            reports[name] = reports.get(name, 0) + 1
        for name in set(one.reports):
            seen[name] = seen.get(name, 0) + 1
            alone[name] = alone.get(name, 0) + (one.outlets == 1)
    order = sorted(seen, key=lambda name: (-seen[name], name is None, name or ""))
    return tuple(Outlet(name=name, reports=reports[name], incidents=seen[name], alone=alone[name]) for name in order)


def hedges(observed: Sequence[Observed]) -> tuple[Hedge, ...]:
    """For each kind of source, how many of its claims are put in doubt; kinds that speak most first."""
    held: dict[SourceKind, list[bool]] = {}
    for one in observed:
        for kind, put in one.quoted:
            held.setdefault(kind, []).append(put)
    order = sorted(held, key=lambda kind: (-len(held[kind]), kind))
    return tuple(Hedge(kind=kind, hedged=sum(held[kind]), of=len(held[kind])) for kind in order)
