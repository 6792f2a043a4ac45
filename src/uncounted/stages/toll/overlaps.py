"""Stated totals and incidents added once: what a person states of their overlap is taken away, on the record.

Iraq Body Count takes the incidents that it holds already out of a morgue's monthly total before it enters the rest
(notes to entries x334 and x350). The subtraction is a person's judgement and stands as a cell of its own; the total and
the incidents stay as they are.
"""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.corrections import Overlap
from uncounted.model.incidents import Incident, TollCell
from uncounted.stages.toll.cells import Tolls
from uncounted.stages.toll.ranges import said
from uncounted.stages.toll.totals import within


def without_overlap(
    totals: Sequence[TollCell],
    overlaps: Sequence[Overlap],
    claims: Mapping[str, Claim],
    incidents: Sequence[Incident],
    known: Tolls,
) -> tuple[TollCell, ...]:
    """Return, for each total with a stated overlap, what remains of it, and the incidents together with that rest.

    The rest runs from the total's low less the overlap's high to its high less the overlap's low, never below 0; open
    bounds stay open. Of several statements on one total's claims the smallest low and the largest high count. Cells
    bear ``scope`` ``remainder`` and ``incidents and remainder``.
    """
    by_claim = {overlap.total: overlap for overlap in overlaps}
    found = []
    for cell in totals:
        stated = [by_claim[name] for name in cell.claims if name in by_claim and name in claims]
        if not stated:
            continue
        low = max((cell.low or 0) - max(one.high for one in stated), 0)
        high = None if cell.high is None else max(cell.high - min(one.low for one in stated), 0)
        steps = (
            f"{one.by} states that {said(one.low, one.high)} of the {said(cell.low, cell.high)} stated are in "
            f"{len(one.incidents)} known incidents: {one.reason}"
            for one in stated
        )
        rest = msgspec.structs.replace(
            cell, cell={**cell.cell, "scope": "remainder"}, low=low, high=high, why=(*steps, f"left: {said(low, high)}")
        )
        taken_away = {anchor for one in stated for anchor in one.incidents}
        found.append(rest)
        found.append(_together(rest, claims[stated[0].total], taken_away, incidents=incidents, known=known))
    return tuple(found)


def _together(
    rest: TollCell, claim: Claim, taken_away: Collection[str], *, incidents: Sequence[Incident], known: Tolls
) -> TollCell:
    """The incidents in the total's place and time, with those that were taken out of the total, and the rest, added."""
    wanted = rest.cell["harm"], rest.cell["group"]
    held = {
        incident.id: range_
        for incident in incidents
        if within(incident, claim) or not set(incident.claims).isdisjoint(taken_away)
        for cell, range_ in known.get(incident.id, {}).items()
        if cell == wanted
    }
    low = sum(range_.low or 0 for range_ in held.values())
    highs = [range_.high for range_ in held.values() if range_.high is not None]
    open_high = len(highs) < len(held) or rest.high is None
    both = low + (rest.low or 0), None if open_high else sum(highs) + (rest.high or 0)
    return msgspec.structs.replace(
        rest,
        cell={**rest.cell, "scope": "incidents and remainder"},
        low=both[0],
        high=both[1],
        incidents=tuple(sorted(held)),
        origins=rest.origins + sum(range_.origins for range_ in held.values()),
        claims=tuple(sorted({*rest.claims, *(name for range_ in held.values() for name in range_.claims)})),
        why=(
            *rest.why,
            f"with the {len(held)} incidents of that place and time: {said(*both)}",
        ),
    )
