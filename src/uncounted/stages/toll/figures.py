"""The toll of one incident: each origin counted once, ranges across origins, parts and wholes in accord."""

from collections.abc import Mapping, Sequence

from uncounted.model.claims import Claim
from uncounted.model.incidents import Incident, Origin
from uncounted.stages.toll.accord import accord
from uncounted.stages.toll.accounts import Cell, Figure, account
from uncounted.stages.toll.across import across, by_origin
from uncounted.stages.toll.floors import floors
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.ranges import NOTHING, Range


def incident_toll(
    incident: Incident,
    claims: Mapping[str, Claim],
    origins: Sequence[Origin],
    policy: Policy,
    published: Mapping[str, str] = NOTHING,
    *,
    explain: bool = True,
) -> dict[Cell, Range]:
    """Return the range for each harm and group that the incident's claims speak of, and for the headline group.

    ``published`` maps a document to its date of publication (ISO 8601), by which an origin's later figure replaces its
    earlier one. A cell of which no claim speaks is absent: missing is not zero. Without ``explain`` the ranges are the
    same and ``why`` is left out, which is quicker over many incidents.
    """
    present = [claims[claim] for claim in incident.claims if claim in claims]
    direct: dict[Cell, list[Figure]] = {}
    for origin, told in sorted(by_origin(present, origins).items()):
        for cell, figure in account(told, policy, published, origin).items():
            direct.setdefault(cell, []).append(figure)
    if not direct:
        return {}
    given = {cell: across(figures, policy, explain=explain) for cell, figures in direct.items()}
    named = floors(present, policy)
    if len(given) == 1 and not named and next(iter(given))[1] == policy.headline:
        return given
    return accord(given, direct, named, policy, explain=explain)
