"""The toll of a case: incidents' ranges added up, in cells by month, place, actor, group, harm or incident."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, get_args

from uncounted.model.claims import Claim
from uncounted.model.errors import BadInput
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.stages.toll.accounts import Cell, group_of
from uncounted.stages.toll.figures import NOTHING, Range, incident_toll
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.sums import CellSum

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
    *,
    explain: bool = True,
) -> dict[str, dict[Cell, Range]]:
    """Return each incident's toll by its id. ``origins`` maps an incident's id to its origins.

    Without ``explain`` the ranges come without their steps in words, which is quicker.
    """
    return {
        incident.id: incident_toll(incident, claims, origins.get(incident.id, ()), policy, published, explain=explain)
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
    known = tolls(chosen, claims, origins, policy, published, explain=False) if known is None else known
    every_group = "group" in by
    sums: dict[tuple[str, ...], CellSum] = {}
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
                cell = sums[key] = CellSum({**labels, "harm": harm, "group": group})
            cell.add(incident, found)
    by_id = {incident.id: incident for incident in chosen}

    @lru_cache(maxsize=1)
    def explained(name: str) -> Mapping[Cell, Range]:
        if all(found.why for found in known[name].values()):
            return known[name]
        return incident_toll(by_id[name], claims, origins.get(name, ()), policy, published)

    denials, left_out = _denials(chosen, claims, policy), _left_out(incidents, chosen, policy)
    return tuple(
        sums[key].cell(policy, spread[key[:-2]], denials.get((key[-2], key[-1]), {}), explained, left_out)
        for key in sorted(sums)
    )


def _left_out(incidents: Sequence[Incident], chosen: Sequence[Incident], policy: Policy) -> tuple[str, ...]:
    """What the policy's grades leave out of the whole toll, and what is not graded yet, in words."""
    if not policy.grades:
        return ()
    out, ungraded = len(incidents) - len(chosen), sum(one.grade is None for one in chosen)
    words = f"only incidents graded {' or '.join(policy.grades)} count; of the whole case {out} are left out"
    return (f"{words} and {ungraded} not yet graded are counted" if ungraded else words,)


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
