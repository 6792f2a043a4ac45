"""Stage toll: what claims of incidents add up to, as ranges with reasons, under a named policy.

Functions here are pure: they take claims, incidents and origins and give ranges back. The only files read are the
policies that ship with the package. The way in: :func:`load_policy`, :func:`incident_toll`, :func:`toll`,
:func:`totals`, :func:`why`, :func:`render`.
"""

from uncounted.stages.toll.cells import By, toll, tolls
from uncounted.stages.toll.figures import incident_toll
from uncounted.stages.toll.policy import Policy, load_policy, parse_policy, policy_names
from uncounted.stages.toll.ranges import Range, said
from uncounted.stages.toll.totals import totals
from uncounted.stages.toll.why import Tree, render, why

__all__ = [
    "By", "Policy", "Range", "Tree", "incident_toll", "load_policy", "parse_policy", "policy_names", "render", "said",
    "toll", "tolls", "totals", "why",
]  # fmt: skip
