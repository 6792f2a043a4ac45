"""Totals that sources state for a period or since a beginning: never added to incidents, shown and compared.

A ministry's "1,204 killed since October" holds deaths that incidents hold too. Adding the two would count people twice,
so each total stands apart, with the sum of the incidents in its place and time beside it.
"""

from collections.abc import Iterable, Mapping, Sequence

from uncounted.model.claims import Claim, Place
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.stages.toll.accounts import group_of
from uncounted.stages.toll.across import by_origin
from uncounted.stages.toll.cells import UNKNOWN, Tolls, counted, tolls
from uncounted.stages.toll.counts import bounds
from uncounted.stages.toll.latest import latest
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.ranges import NOTHING, hull, said


def _span(claim: Claim) -> tuple[str | None, str | None]:
    return (claim.time.from_, claim.time.to) if claim.time and claim.time.of != "report" else (None, None)


def _labels(claim: Claim, place: str, policy: Policy) -> tuple[str, ...]:
    first, last = _span(claim)
    time = f"{first or '…'}/{last or '…'}" if first or last else UNKNOWN
    return claim.scope, place, time, claim.harm, group_of(claim, policy)


def _places(claims: Iterable[Claim]) -> dict[str, str]:
    """Each claim's place by name; places of one name are kept apart by what they lie in, or by their entry."""
    held = list(claims)
    known: dict[str, set[str]] = {}
    for claim in held:
        if claim.place is not None and (entry := claim.place.gazetteer or claim.place.within):
            known.setdefault(claim.place.name, set()).add(entry)
    labels = {}
    for claim in held:
        place = claim.place
        apart = place and (place.within or place.gazetteer) if place and len(known.get(place.name, ())) > 1 else None
        labels[claim.id] = UNKNOWN if place is None else f"{place.name} ({apart})" if apart else place.name
    return labels


def _lies_in(place: Place, wider: Place) -> bool:
    """Whether a place is another one or lies in it; places of one name that are known to be two are two."""
    if place.name == wider.name:
        return place.gazetteer is None or wider.gazetteer is None or place.gazetteer == wider.gazetteer
    return wider.name in {part.strip() for part in (place.within or "").split(",")}


def within(incident: Incident, claim: Claim) -> bool:
    """Whether an incident surely lies in the place and time that a total speaks of."""
    if claim.place is not None and (incident.place is None or not _lies_in(incident.place, claim.place)):
        return False
    first, last = _span(claim)
    if first is None and last is None:
        return True
    time = incident.time
    if time is None or time.from_ is None:
        return False
    return (first is None or time.from_ >= first) and (last is None or (time.to or time.from_) <= last)


def totals(
    claims: Mapping[str, Claim],
    origins: Sequence[Origin],
    incidents: Sequence[Incident],
    policy: Policy,
    *,
    published: Mapping[str, str] = NOTHING,
    known: Tolls | None = None,
) -> tuple[TollCell, ...]:
    """Return one cell for each total that accepted claims state, with ``scope`` in its labels.

    ``origins`` are those of the total claims; an origin's latest figure counts, by ``published`` (a document's date).
    ``why`` compares each total with the sum of the incidents in its place and time, by ``known`` tolls where given.
    """
    told: dict[tuple[str, ...], list[Claim]] = {}
    stated = [
        claims[name]
        for name in sorted(claims)
        if claims[name].scope != "incident"
        and claims[name].modality in policy.modalities
        and bounds(claims[name], policy)
    ]
    places = _places(stated)
    for claim in stated:
        told.setdefault(_labels(claim, places[claim.id], policy), []).append(claim)
    chosen = counted(incidents, policy)
    sums = tolls(chosen, claims, {}, policy, published) if known is None else known
    cells = []
    for labels, held in sorted(told.items()):
        current = [latest(one, published) for one in by_origin(held, origins).values()]
        ranges = [found for one in current for claim in one if (found := bounds(claim, policy))]
        low, high = hull(ranges)
        scope, place, time, harm, group = labels
        used = tuple(sorted(claim.id for one in current for claim in one))
        cells.append(
            TollCell(
                cell={"scope": scope, "place": place, "time": time, "harm": harm, "group": group},
                low=low,
                high=high,
                policy=policy.name,
                origins=len(current),
                claims=used,
                why=(
                    f"stated as a total by {len(current)} {'origin' if len(current) == 1 else 'origins'}",
                    "never added to incidents, whose dead it may hold",
                    _compared(held[0], labels, (low, high), chosen, sums),
                ),
            )
        )
    return tuple(cells)


def _compared(
    claim: Claim,
    labels: tuple[str, ...],
    total: tuple[int | None, int | None],
    incidents: Sequence[Incident],
    sums: Tolls,
) -> str:
    inside = [incident for incident in incidents if within(incident, claim)]
    ranges = [
        found
        for incident in inside
        for (harm, group), found in sums.get(incident.id, {}).items()
        if (harm, group) == labels[-2:]
    ]
    if not ranges:
        return "no incident in that place and time has a figure to compare"
    low = sum(found.low or 0 for found in ranges)
    highs = [found.high for found in ranges]
    high = None if None in highs else sum(one for one in highs if one is not None)
    words = f"the {len(ranges)} incidents known in that place and time add up to {said(low, high)}"
    if total[1] is not None and low > total[1]:
        return f"{words}: more than the total stated"
    if high is not None and total[0] is not None and high < total[0]:
        return f"{words}: {total[0] - high} or more of the total are in no known incident"
    return words
