"""The tolls of many incidents at once, in arrays: the same ranges that :func:`incident_toll` gives, one by one.

Each step is that of ``accounts``, ``figures`` and ``bounds``, over sorted columns in place of lists. Incidents where
names, relations or casualties bear on the range are left to :func:`incident_toll` itself; the tests hold both to one
another.
"""

from collections.abc import Mapping, Sequence

from uncounted.model.claims import Claim
from uncounted.model.incidents import Incident, Origin
from uncounted.stages.toll.figures import incident_toll
from uncounted.stages.toll.many.accord import accord
from uncounted.stages.toll.many.columns import columns
from uncounted.stages.toll.many.figures import figures
from uncounted.stages.toll.many.ranges import Ranges, joined, one_by_one
from uncounted.stages.toll.policy import Policy


def ranges(
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    origins: Mapping[str, Sequence[Origin]],
    policy: Policy,
    published: Mapping[str, str],
) -> Ranges:
    """Return the ranges of all incidents, sorted by incident and cell."""

    table = columns(incidents, claims, origins, policy)
    used, rows = figures(table, policy, published)
    fast, hard = accord(table, used, rows, policy)
    slow = one_by_one(
        {
            number: incident_toll(one, claims, origins.get(one.id, ()), policy, published, explain=False)
            for number in (*table.slow, *hard)
            if (one := incidents[number])
        }
    )
    return joined(fast, slow)._replace(denied=table.denied)
