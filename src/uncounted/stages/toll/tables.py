"""The whole split by groups and by cause, with what no claim tells as unknown (SDG indicator 16.1.2)."""

from collections.abc import Mapping, Sequence

from uncounted.model.claims import Claim
from uncounted.model.incidents import Incident, TollCell
from uncounted.stages.toll.accounts import counts
from uncounted.stages.toll.cells import UNKNOWN, Tolls, counted
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.ranges import Range
from uncounted.stages.toll.sums import CellSum

SEVERAL = "several causes"


def cause_of(incident: Incident, claims: Mapping[str, Claim], policy: Policy) -> str:
    """The cause that the incident's counted claims name, by the policy's words; several are told as such."""
    words = {word: cause for cause, held in policy.causes.items() for word in held}
    found = {
        words.get(claim.means.name.casefold(), "other means")
        for name in incident.claims
        if (claim := claims.get(name)) is not None and claim.means is not None and counts(claim, policy)
    }
    return next(iter(found)) if len(found) == 1 else SEVERAL if found else UNKNOWN


def tables(
    incidents: Sequence[Incident], claims: Mapping[str, Claim], policy: Policy, known: Tolls
) -> dict[str, tuple[TollCell, ...]]:
    """Return the policy's tables of the killed: name → one cell a part, and one for what is unknown.

    ``known`` holds the incidents' tolls. The unknown of an incident is its whole less its parts: at least the whole's
    low less the parts' highs, at most its high less their lows; open bounds stay open.
    """
    chosen = counted(incidents, policy)
    found = {name: _split(name, parts, chosen, policy, known) for name, parts in policy.tables.items()}
    if policy.causes:
        sums: dict[str, CellSum] = {}
        for incident in chosen:
            whole = known[incident.id].get(("killed", policy.headline))
            if whole is not None:
                _into(sums, "cause", cause_of(incident, claims, policy), policy).add(incident, whole)
        found["cause"] = _cells(sums, policy, len(chosen))
    return found


def _split(
    name: str, parts: Sequence[str], incidents: Sequence[Incident], policy: Policy, known: Tolls
) -> tuple[TollCell, ...]:
    sums: dict[str, CellSum] = {}
    for incident in incidents:
        told = {group: found for (harm, group), found in known[incident.id].items() if harm == "killed"}
        whole = told.get(policy.headline)
        if whole is None:
            continue
        held = {part: found for part, found in told.items() if part in parts}
        for part, found in held.items():
            _into(sums, name, part, policy).add(incident, found)
        rest = _rest(whole, list(held.values()))
        if (rest.low, rest.high) != (0, 0):
            _into(sums, name, UNKNOWN, policy).add(incident, rest)
    return _cells(sums, policy, len(incidents))


def _rest(whole: Range, parts: Sequence[Range]) -> Range:
    """What the parts leave of the whole."""
    highs = [part.high for part in parts if part.high is not None]
    low = max((whole.low or 0) - sum(highs), 0) if len(highs) == len(parts) else 0
    high = None if whole.high is None else max(whole.high - sum(part.low or 0 for part in parts), 0)
    return Range(low=low, high=high, claims=whole.claims, origins=whole.origins, why=("the whole less its parts",))


def _into(sums: dict[str, CellSum], table: str, part: str, policy: Policy) -> CellSum:
    if part not in sums:
        sums[part] = CellSum({"table": table, "part": part, "harm": "killed", "group": policy.headline})
    return sums[part]


def _cells(sums: Mapping[str, CellSum], policy: Policy, number: int) -> tuple[TollCell, ...]:
    return tuple(sums[part].cell(policy, number, {}, lambda _: {}) for part in sorted(sums))
