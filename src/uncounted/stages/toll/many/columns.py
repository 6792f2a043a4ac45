"""Claims of many incidents as columns of numbers, so that their figures can be worked out all at once.

A column holds one number a claim. What a policy makes of a count is asked once for each different count, of the same
function that one incident's toll asks; incidents that need more than arithmetic are marked and left to it.
"""

import itertools
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, get_args

from uncounted.model.claims import Claim
from uncounted.model.incidents import Incident, Origin
from uncounted.model.vocabulary import Group, Harm
from uncounted.names.told import is_single
from uncounted.stages.toll.accounts import counts, group_of
from uncounted.stages.toll.counts import bounds, has_figure
from uncounted.stages.toll.policy import Policy

if TYPE_CHECKING:
    from numpy import bool_, int64
    from numpy.typing import NDArray

    Ints = NDArray[int64]
    Flags = NDArray[bool_]

HARMS: tuple[Harm, ...] = get_args(Harm)
GROUPS: tuple[Group, ...] = get_args(Group)
NO_LOW = -1
"""An open lower bound, below every number; so the smallest of several bounds is open where one is."""
NO_HIGH = 1 << 60
"""An open upper bound, above every number that is counted."""


class Columns(NamedTuple):
    """One entry a claim that may enter a toll, of incidents that arithmetic alone can count.

    ``incident`` numbers the incidents as given, ``cell`` is harm × groups + group, ``origin`` and ``document``
    tell theirs apart; ``low`` and ``high`` are bounds under the policy, ``bounded`` is false where there are none,
    ``counted`` where a source gives no number or word for how many. ``slow`` numbers the incidents left out;
    ``denied`` holds (incident number, harm, group) of every denial.
    """

    claims: list[Claim]
    incident: "Ints"
    cell: "Ints"
    origin: "Ints"
    document: "Ints"
    low: "Ints"
    high: "Ints"
    bounded: "Flags"
    counted: "Flags"
    slow: list[int]
    denied: list[tuple[int, Harm, Group]]


def columns(
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    origins: Mapping[str, Sequence[Origin]],
    policy: Policy,
) -> Columns:
    """Return the columns of the incidents' claims under a policy."""
    import numpy as np

    names = itertools.chain.from_iterable(incident.claims for incident in incidents)
    found = list(map(claims.get, names))
    number = np.repeat(np.arange(len(incidents)), [len(incident.claims) for incident in incidents])
    if None in found:
        number = number[[one is not None for one in found]]
    held = [one for one in found if one is not None]
    kinds, which = different([(one.harm, one.group, one.modality, one.scope) for one in held])
    told = [held[at] for at in kinds]
    cell = np.array([_cell(one, policy) for one in told], dtype=np.int64)[which]
    enters = np.array([counts(one, policy) for one in told], dtype=bool)[which]
    deny = np.flatnonzero(np.array([one.modality == "denied" for one in told], dtype=bool)[which]).tolist()
    denied = [(int(number[at]), held[at].harm, group_of(held[at], policy)) for at in deny]

    low, high, bounded, counted, single = _bounds(held, policy)
    hard = enters & (single | (cell // len(GROUPS) == HARMS.index("casualties")))
    related = [at for at, one in enumerate(held) if one.relations or one.subset_of]
    hard[[at for at in related if enters[at] and _bears(held[at], claims, policy)]] = True
    slow = np.zeros(len(incidents), dtype=bool)
    slow[number[hard]] = True
    keep = np.flatnonzero(enters & ~slow[number])
    kept = [held[at] for at in keep.tolist()]
    return Columns(
        claims=kept,
        incident=number[keep],
        cell=cell[keep],
        origin=_owners(incidents, held, number, origins)[keep],
        # Two documents of one incident would have to share 64 bits to be taken for one; numbering millions takes long.
        document=np.fromiter((hash(one.document) for one in kept), np.int64, len(kept)),
        low=low[keep],
        high=high[keep],
        bounded=bounded[keep],
        counted=counted[keep],
        slow=np.flatnonzero(slow).tolist(),
        denied=denied,
    )


def _cell(claim: Claim, policy: Policy) -> int:
    return HARMS.index(claim.harm) * len(GROUPS) + GROUPS.index(group_of(claim, policy))


def different(values: Sequence[Hashable]) -> "tuple[list[int], Ints]":
    """Where each different value first stands, and which of them each value is."""
    import numpy as np

    seen: dict[Hashable, int] = {}
    first = np.fromiter(map(seen.setdefault, values, itertools.count()), np.int64, len(values))
    where = list(seen.values())
    place = np.zeros(len(values), dtype=np.int64)
    place[where] = np.arange(len(where))
    return where, place[first]


def _owners(
    incidents: Sequence[Incident], held: Sequence[Claim], number: "Ints", origins: Mapping[str, Sequence[Origin]]
) -> "Ints":
    """Each claim's origin by number; a claim that no origin holds stands for its document alone."""
    import numpy as np

    ends = np.cumsum(np.bincount(number, minlength=len(incidents))).tolist()
    owners: list[int] = []
    start = given = 0
    for incident, end in zip(incidents, ends, strict=True):
        known: dict[str, int] = {}
        owner: dict[str, int] = {}
        for origin in origins.get(incident.id, ()):
            owner.update(dict.fromkeys(origin.claims, known.setdefault(origin.id, given + len(known))))
        owners += [
            owner[one.id] if one.id in owner else known.setdefault(one.document, given + len(known))
            for one in held[start:end]
        ]
        start, given = end, given + len(known)
    return np.array(owners, dtype=np.int64)


def _bounds(held: Sequence[Claim], policy: Policy) -> "tuple[Ints, Ints, Flags, Flags, Flags]":
    """Low, high, whether there is a bound, whether a number or word is given, whether one victim is told of alone."""
    import numpy as np

    # All that a policy may look at in a count.
    said = [
        (count.low, count.high, count.quantifier, count.unit, count.text if count.quantifier == "vague" else None)
        for count in [one.count for one in held]
    ]
    kinds, which = different(said)
    rows = []
    for one in (held[at] for at in kinds):
        least, most = (found := bounds(one, policy)) or (None, None)
        alone = one.count.low == 1 and one.count.high == 1
        low, high = NO_LOW if least is None else least, NO_HIGH if most is None else most
        rows.append((low, high, found is not None, has_figure(one), alone))
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)[which]
    single = table[:, 4] > 0
    single[[at for at in np.flatnonzero(single).tolist() if not is_single(held[at])]] = False
    return table[:, 0], table[:, 1], table[:, 2] > 0, table[:, 3] > 0, single


def _bears(claim: Claim, claims: Mapping[str, Claim], policy: Policy) -> bool:
    """Whether a claim may replace, sum up or be part of another of its own harm and group."""
    others = [relation.claim for relation in claim.relations]
    if claim.subset_of:
        others.append(claim.subset_of)
    mine = claim.harm, group_of(claim, policy)
    return any(mine == (other.harm, group_of(other, policy)) for name in others if (other := claims.get(name)))
