"""The toll of a case: incidents' ranges added up, in cells by month, place, actor, group, harm or incident."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, get_args

from uncounted.model.claims import Claim
from uncounted.model.errors import BadInput
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.stages.toll.accounts import Cell, group_of
from uncounted.stages.toll.figures import NOTHING, Range, incident_toll, said
from uncounted.stages.toll.policy import Policy

By = Literal["month", "place", "actor", "group", "harm", "incident"]
UNKNOWN = "unknown"

Tolls = Mapping[str, Mapping[Cell, Range]]
"""Each incident's toll by its id, as :func:`incident_toll` gives it."""


def month_of(incident: Incident) -> str:
    """``2025-03``; the year alone, or first and last month, where that is all that is known; else ``unknown``."""
    time = incident.time
    if time is None or not time.from_:
        return UNKNOWN
    first, last = time.from_[:7], (time.to or time.from_)[:7]
    if first == last:
        return first
    return first[:4] if time.precision == "year" and first[:4] == last[:4] else f"{first}/{last}"


def place_of(incident: Incident) -> str:
    """The place's name; two places of one name are kept apart by what they lie in."""
    place = incident.place
    if place is None:
        return UNKNOWN
    return f"{place.name} ({place.within})" if place.within else place.name


def actor_of(incident: Incident) -> str:
    """The actor as named; several are given together, so that an incident stands in one cell alone."""
    return " / ".join(sorted(incident.actors)) or UNKNOWN


def _name_of(incident: Incident) -> str:
    return incident.id


_LABEL: dict[str, Callable[[Incident], str]] = {
    "month": month_of, "place": place_of, "actor": actor_of, "incident": _name_of,
}  # fmt: skip


def _labels(incident: Incident, by: Sequence[str]) -> dict[str, str]:
    return {name: _LABEL[name](incident) for name in by if name in _LABEL}


def tolls(
    incidents: Iterable[Incident],
    claims: Mapping[str, Claim],
    origins: Mapping[str, Sequence[Origin]],
    policy: Policy,
    published: Mapping[str, str] = NOTHING,
) -> dict[str, dict[Cell, Range]]:
    """Return each incident's toll by its id. ``origins`` maps an incident's id to its origins."""
    return {
        incident.id: incident_toll(incident, claims, origins.get(incident.id, ()), policy, published)
        for incident in incidents
    }


def counted(incidents: Iterable[Incident], policy: Policy) -> list[Incident]:
    """The incidents whose grade the policy counts (ungraded ones count, and are told apart), in order of id."""
    graded = policy.grades
    kept = [one for one in incidents if not graded or one.grade is None or one.grade in graded]
    return sorted(kept, key=lambda one: one.id)


def toll(
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    origins: Mapping[str, Sequence[Origin]],
    policy: Policy,
    *,
    by: Sequence[By] = (),
    published: Mapping[str, str] = NOTHING,
    known: Tolls | None = None,
) -> tuple[TollCell, ...]:
    """Return the cells of a toll, sorted by their labels.

    Every cell names its ``harm`` and ``group``: harms are never added to one another, and groups overlap. Without
    ``group`` in ``by`` the policy's headline group is given alone. A cell's low is the sum of the incidents' lows (an
    open lower bound adds nothing), its high the sum of their highs, open if one is open. An incident without a figure
    adds nothing and is counted as such; a cell without any claim is absent. ``known`` are incidents' tolls at hand.
    """
    for name in by:
        if name not in get_args(By):
            raise BadInput(
                f"toll by {name!r}", "a toll cannot be broken down by that", f"Use {', '.join(get_args(By))}."
            )
    chosen = counted(incidents, policy)
    known = tolls(chosen, claims, origins, policy, published) if known is None else known
    every_group = "group" in by
    sums: dict[tuple[str, ...], _Sum] = {}
    spread: dict[tuple[str, ...], int] = {}
    for incident in chosen:
        labels = _labels(incident, by)
        place = tuple(labels.values())
        spread[place] = spread.get(place, 0) + 1
        for (harm, group), found in known[incident.id].items():
            if not every_group and group != policy.headline:
                continue
            key = (*place, harm, group)
            cell = sums.get(key)
            if cell is None:
                cell = sums[key] = _Sum({**labels, "harm": harm, "group": group})
            cell.add(incident, found)
    denials = _denials(chosen, claims, policy)
    return tuple(sums[key].cell(policy, spread[key[:-2]], denials.get((key[-2], key[-1]), {})) for key in sorted(sums))


def _denials(
    incidents: Sequence[Incident], claims: Mapping[str, Claim], policy: Policy
) -> dict[tuple[str, ...], dict[str, int]]:
    """How many claims deny each harm, by cell and incident."""
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for incident in incidents:
        for name in incident.claims:
            claim = claims.get(name)
            if claim is not None and claim.modality == "denied":
                beside = found.setdefault((claim.harm, group_of(claim, policy)), {})
                beside[incident.id] = beside.get(incident.id, 0) + 1
    return found


class _Sum:
    """A cell while incidents are added to it."""

    __slots__ = ("alone", "claims", "high", "incidents", "labels", "low", "open", "origins", "ranges", "without_low")

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels = labels
        self.low = self.high = self.open = self.origins = self.alone = self.without_low = 0
        self.incidents: list[str] = []
        self.claims: list[str] = []
        self.ranges: list[Range] = []

    def add(self, incident: Incident, found: Range) -> None:
        """Add one incident's range."""
        low, high = found.low, found.high
        self.incidents.append(incident.id)
        self.claims.extend(found.claims)
        self.origins += found.origins
        if low is None:
            self.without_low += 1
        else:
            self.low += low
            if found.origins == 1:
                self.alone += low
        if high is None:
            self.open += 1
        else:
            self.high += high
        if found.contradictions or len(self.ranges) < 1:
            self.ranges.append(found)

    def cell(self, policy: Policy, of: int, denials: Mapping[str, int]) -> TollCell:
        """Give the finished cell, with the steps in words; ``of`` is the number of incidents under its labels."""
        low = None if self.without_low == len(self.incidents) else self.low
        high = None if self.open else self.high
        number = len(self.incidents)
        why = list(self.ranges[0].why) if number == 1 else [f"{number} incidents add up to {said(low, high)}"]
        if self.open and number > 1:
            why.append(
                f"the upper bound is open: {self.open} of them have none; the others add up to at most {self.high}"
            )
        if of > number:
            why.append(
                f"{of - number} more without a figure for {self.labels['group']} {self.labels['harm']} add nothing"
            )
        denied = sum(denials.get(incident, 0) for incident in self.incidents)
        if denied:
            why.append(f"denials of it, listed beside and not counted: {denied}")
        faults = tuple(fault for found in self.ranges for fault in found.contradictions)
        return TollCell(
            cell=self.labels,
            low=low,
            high=high,
            policy=policy.name,
            incidents=tuple(self.incidents),
            origins=self.origins,
            claims=tuple(sorted(set(self.claims))),
            why=(*why, *faults),
            without=of - number,
            alone=self.alone,
            contradictions=faults,
        )
