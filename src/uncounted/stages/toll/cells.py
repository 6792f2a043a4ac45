"""The toll of a case: incidents' ranges added up, in cells by month, place, actor, group, harm or incident."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from typing import Literal, get_args

from uncounted.model.claims import Claim
from uncounted.model.errors import BadInput
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.model.vocabulary import Group, Harm
from uncounted.stages.toll.accounts import Cell, group_of
from uncounted.stages.toll.figures import incident_toll
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.ranges import NOTHING, Range
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


def tolls(
    incidents: Sequence[Incident],
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
    if not explain and not policy.best and _are_many(incidents):
        from uncounted.stages.toll.many import ranges
        from uncounted.stages.toll.many.ranges import as_tolls

        with _uncollected():
            return as_tolls(ranges(incidents, claims, origins, policy, published), incidents)
    return {
        incident.id: incident_toll(incident, claims, origins.get(incident.id, ()), policy, published, explain=explain)
        for incident in incidents
    }


MANY = 2000
"""From this number of claims on, incidents are worked out in arrays, which take a while to load."""


def _are_many(incidents: Sequence[Incident]) -> bool:
    """Whether arrays are worth loading, and at hand."""
    return sum(len(incident.claims) for incident in incidents) >= MANY and find_spec("numpy") is not None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Make millions of values, none of which can form a circle, without looking for circles among them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


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
    named = [name for name in by if name in _LABEL]
    labels = [tuple([_LABEL[name](incident) for name in named]) for incident in chosen]
    group = None if "group" in by else policy.headline
    denials: Denials = {}
    if known is None and not policy.best and _are_many(chosen):
        from uncounted.stages.toll.many import ranges
        from uncounted.stages.toll.many.sums import sums as sums_of_many

        with _uncollected():
            found = ranges(chosen, claims, origins, policy, published)
            sums = sums_of_many(found, chosen, labels, named, group)
        for at, harm, denied in found.denied:
            _deny(denials, chosen[at], harm, denied)
    else:
        if known is None:
            known = tolls(chosen, claims, origins, policy, published, explain=False)
        sums = _sums(chosen, known, labels, named, group)
        _denials(denials, chosen, claims, policy)
    spread = Counter(labels)
    by_id = {incident.id: incident for incident in chosen}

    @lru_cache(maxsize=1)
    def explained(name: str) -> Mapping[Cell, Range]:
        if known is not None and all(found.why for found in known[name].values()):
            return known[name]
        return incident_toll(by_id[name], claims, origins.get(name, ()), policy, published)

    left_out = _left_out(incidents, chosen, policy)
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


def _sums(
    incidents: Sequence[Incident],
    known: Tolls,
    labels: Sequence[tuple[str, ...]],
    named: Sequence[str],
    only: Group | None,
) -> dict[tuple[str, ...], CellSum]:
    """Sums by (labels…, harm, group); with ``only`` of that group alone."""
    sums: dict[tuple[str, ...], CellSum] = {}
    for incident, label in zip(incidents, labels, strict=True):
        for (harm, group), found in known[incident.id].items():
            if only is not None and group != only:
                continue
            key = (*label, harm, group)
            cell = sums.get(key)
            if cell is None:
                cell = sums[key] = CellSum({**dict(zip(named, label, strict=True)), "harm": harm, "group": group})
            cell.add(incident, found)
    return sums


Denials = dict[tuple[str, ...], dict[str, int]]
"""How many claims deny a harm, by (harm, group) and incident."""


def _deny(denials: Denials, incident: Incident, harm: Harm, group: Group) -> None:
    beside = denials.setdefault((harm, group), {})
    beside[incident.id] = beside.get(incident.id, 0) + 1


def _denials(denials: Denials, incidents: Sequence[Incident], claims: Mapping[str, Claim], policy: Policy) -> None:
    for incident in incidents:
        for name in incident.claims:
            claim = claims.get(name)
            if claim is not None and claim.modality == "denied":
                _deny(denials, incident, claim.harm, group_of(claim, policy))
