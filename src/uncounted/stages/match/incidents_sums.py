"""One report of many events: aggregates, whose place and time hold several incidents told one by one elsewhere.

"Twelve were killed in three strikes across the province" is no fourth strike. Such a report is set beside the incidents
that it seems to sum up, for a person to judge; it is linked with none of them.
"""

from collections.abc import Iterable, Sequence

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.incidents import Incident
from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.stages.match.incidents_mentions import Mention, days_of, mentions
from uncounted.stages.match.incidents_places import FINE, distance, inside, one_name, reach

NEAR = 1.25
"""By what factor a stated total may differ from the sum of the parts."""


class Aggregate(msgspec.Struct, frozen=True, kw_only=True):
    """Claims of one report (``claims``) that seem to sum up ``incidents``: ``said`` of ``harm``, ``parts`` added up."""

    claims: tuple[str, ...]
    incidents: tuple[str, ...]
    harm: str
    said: int
    parts: int


def aggregates(claims: Iterable[Claim], incidents: Sequence[Incident]) -> tuple[Aggregate, ...]:
    """Return reports whose place and time hold two incidents or more of other reports, and whose count fits their sum.

    ``claims`` are the accepted ones, ``incidents`` what they make.
    """
    known = {claim.id: claim for claim in claims}
    found = []
    for mention in mentions(known.values()):
        if not _wide(mention):
            continue
        held = [one for one in incidents if _holds(mention, one, known)]
        for claim in mention.claims:
            said = claim.count.low
            counts = [_count(one, claim, known) for one in held]
            parts = [(one, count) for one, count in zip(held, counts, strict=True) if count]
            total = sum(count for _, count in parts)
            if said and len(parts) > 1 and total / NEAR <= said <= total * NEAR:
                found.append(
                    Aggregate(
                        claims=tuple(one.id for one in mention.claims),
                        incidents=tuple(one.id for one, _ in parts),
                        harm=claim.harm,
                        said=said,
                        parts=total,
                    )
                )
                break
    return tuple(found)


def _wide(mention: Mention) -> bool:
    """Say whether a mention's place or time can hold more than one event."""
    if mention.days is None or mention.place is None or mention.dated == "report":
        return False
    return mention.place.precision not in FINE or mention.days[0] != mention.days[1]


def _holds(mention: Mention, incident: Incident, known: dict[str, Claim]) -> bool:
    days = days_of(incident.time)
    if days is None or mention.days is None or incident.place is None or mention.place is None:
        return False
    if all(known[name].document == mention.document for name in incident.claims if name in known):
        return False
    if days[0] < mention.days[0] or days[1] > mention.days[1] or days[1] > days[0]:
        return False
    where, whole = incident.place, mention.place
    if where.precision not in FINE:
        return False
    apart = distance(where, whole)
    return one_name(where, whole) or inside(where, whole) or (apart is not None and apart <= reach(where, whole))


def _count(incident: Incident, like: Claim, known: dict[str, Claim]) -> int:
    """Return the largest count of an incident for the harm of a claim, by other reports, among people as a whole."""
    return max(
        (
            claim.count.low or 0
            for claim in (known[name] for name in incident.claims if name in known)
            if claim.harm == like.harm and claim.document != like.document and claim.modality in HELD_MODALITIES
            and (claim.group == like.group or {claim.group, like.group} <= {"people", "civilians"})
        ),
        default=0,
    )  # fmt: skip
