"""The toll of one incident: each origin counted once, ranges across origins, parts and wholes in accord."""

from collections.abc import Mapping, Sequence

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.incidents import Incident, Origin
from uncounted.model.vocabulary import Group, Harm
from uncounted.stages.toll.accounts import Cell, Figure, account, floors, hull
from uncounted.stages.toll.bounds import Key, Pair, Sum, Tight, tighten
from uncounted.stages.toll.policy import Policy

NOTHING: Mapping[str, str] = {}


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """How many persons: a bound, never a confidence interval; ``None`` is an open bound.

    ``claims`` set it, by ``origins`` independent first-hand sources; ``why`` tells each step in words. ``derived``
    marks a total that no source states. A contradiction between sources widens the range and is told in
    ``contradictions``.
    """

    low: int | None
    high: int | None
    claims: tuple[str, ...] = ()
    origins: int = 0
    why: tuple[str, ...] = ()
    derived: bool = False
    contradictions: tuple[str, ...] = ()


def said(low: int | None, high: int | None) -> str:
    """A range in words a table can hold: ``14``, ``14–20``, ``14 or more``, ``up to 20``, ``no bound``."""
    if low is None and high is None:
        return "no bound"
    if high is None:
        return f"{low} or more"
    if low is None:
        return f"up to {high}"
    return str(low) if low == high else f"{low}–{high}"


def by_origin(claims: Sequence[Claim], origins: Sequence[Origin]) -> dict[str, list[Claim]]:
    """Claims by the id of their origin; a claim that no origin holds stands for its document alone."""
    owner = {claim: origin.id for origin in origins for claim in origin.claims}
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(owner.get(claim.id, claim.document), []).append(claim)
    return found


def incident_toll(
    incident: Incident,
    claims: Mapping[str, Claim],
    origins: Sequence[Origin],
    policy: Policy,
    published: Mapping[str, str] = NOTHING,
) -> dict[Cell, Range]:
    """Return the range for each harm and group that the incident's claims speak of, and for the headline group.

    ``published`` maps a document to its date of publication (ISO 8601), by which an origin's later figure replaces its
    earlier one. A cell of which no claim speaks is absent: missing is not zero.
    """
    present = [claims[claim] for claim in incident.claims if claim in claims]
    accounts = {
        origin: found
        for origin, told in sorted(by_origin(present, origins).items())
        if (found := account(told, policy, published))
    }
    direct: dict[Cell, dict[str, Figure]] = {}
    for origin, figures in accounts.items():
        for cell, figure in figures.items():
            direct.setdefault(cell, {})[origin] = figure
    if not direct:
        return {}
    named = floors(present, policy)
    if len(direct) == 1 and not named:
        (cell, told_by), = direct.items()  # fmt: skip
        if cell[1] == policy.headline:
            return {cell: _across(cell, told_by)}
    return _in_accord(direct, named, policy)


def _across(cell: Cell, told_by: Mapping[str, Figure]) -> Range:
    """The range across independent origins; a bare plural counts only where nobody gives a figure."""
    figures = [figure for figure in told_by.values() if not figure.vague]
    unused = len(told_by) - len(figures)
    if not figures:
        figures, unused = list(told_by.values()), 0
    low, high = hull([(figure.low, figure.high) for figure in figures])
    claims = tuple(sorted({claim for figure in figures for claim in figure.claims}))
    why = [f"{_origins(len(figures))} say: {', '.join(said(figure.low, figure.high) for figure in figures)}"
           if len(figures) > 1 else f"one origin says {said(low, high)}"]  # fmt: skip
    if unused:
        why.append(f"{_origins(unused)} gave no number and did not move the range")
    return Range(low=low, high=high, claims=claims, origins=len(figures), why=tuple(why))


def _origins(number: int) -> str:
    return "one origin" if number == 1 else f"{number} origins"


def _totals(direct: Mapping[Cell, Mapping[str, Figure]], policy: Policy, harm: Harm) -> Range:
    """A headline total that no source states: the sum of the parts that each origin names, or at least those."""
    groups = {group: told_by for (other, group), told_by in direct.items() if other == harm}
    if policy.unstated_total == "open":
        return Range(low=None, high=None, derived=True)
    sums: dict[str, list[tuple[int | None, int | None]]] = {}
    claims: set[str] = set()
    for whole in sorted((w for w in policy.wholes if w.whole == policy.headline), key=lambda w: -len(w.parts)):
        for origin in sorted({origin for part in whole.parts for origin in groups.get(part, {})}):
            if origin in sums:
                continue
            figures = [groups[part][origin] for part in whole.parts if origin in groups.get(part, {})]
            sums[origin] = [(figure.low, figure.high) for figure in figures]
            claims.update(claim for figure in figures for claim in figure.claims)
    if not sums:
        return Range(low=None, high=None, derived=True)
    added = [
        (sum(low or 0 for low, _ in parts), None if any(high is None for _, high in parts) else _add(parts))
        for parts in sums.values()
    ]
    low, high = hull(added)
    why = (f"no source states a total; the parts that {_origins(len(sums))} name add up to {said(low, high)}",)
    return Range(low=low, high=high, claims=tuple(sorted(claims)), origins=len(sums), why=why, derived=True)


def _add(parts: Sequence[tuple[int | None, int | None]]) -> int:
    return sum(high for _, high in parts if high is not None)


def _in_accord(
    direct: Mapping[Cell, Mapping[str, Figure]],
    named: Mapping[Cell, tuple[int, tuple[str, ...]]],
    policy: Policy,
) -> dict[Cell, Range]:
    given = {cell: _across(cell, told_by) for cell, told_by in direct.items()}
    for harm in sorted({harm for harm, _ in direct}):
        head = (harm, policy.headline)
        groups = {group for other, group in direct if other == harm}
        if head not in given and groups - _outside(policy):
            given[head] = _totals(direct, policy, harm)
    for cell, (number, claims) in named.items():
        if cell in given and number > (given[cell].low or 0):
            given[cell] = msgspec.structs.replace(
                given[cell],
                low=number,
                claims=tuple(sorted({*given[cell].claims, *claims})),
                why=(*given[cell].why, f"{number} different people are named"),
            )
    rules = _rules(tuple(given), policy)
    variables: dict[Key, Pair] = {cell: (0, None) for rule in rules for cell in (rule.whole, *rule.parts)}
    variables |= {cell: (found.low, found.high) for cell, found in given.items()}
    tight = tighten(variables, rules)
    return {cell: _told(cell, found, tight, given, policy) for cell, found in given.items()}


def _outside(policy: Policy) -> set[Group]:
    """Groups that are no part of the headline group."""
    inside: set[Group] = {policy.headline}
    for _ in policy.wholes:
        inside |= {part for whole in policy.wholes if whole.whole in inside for part in whole.parts}
    every: set[Group] = {group for whole in policy.wholes for group in (whole.whole, *whole.parts)}
    return every - inside


def _rules(cells: Sequence[Cell], policy: Policy) -> list[Sum]:
    """The policy's wholes for every harm at hand; killed and injured make up casualties."""
    rules = []
    harms = sorted({harm for harm, _ in cells})
    for harm in harms:
        for whole in policy.wholes:
            rules.append(Sum((harm, whole.whole), tuple((harm, part) for part in whole.parts)))
    if "casualties" in harms:
        for group in sorted({group for harm, group in cells if harm == "casualties"}):
            rules.append(Sum(("casualties", group), (("killed", group), ("injured", group)), equal=True))
    return rules


def _told(cell: Cell, found: Range, tight: Tight, given: Mapping[Cell, Range], policy: Policy) -> Range:
    """The range after propagation, with the steps and contradictions that concern it."""
    low, high = tight.ranges[cell]
    why = list(found.why)
    claims = set(found.claims)
    for side, before, after in (("low", found.low or 0, low or 0), ("high", found.high, high)):
        if before == after or (cell, side) not in tight.causes:
            continue
        causes = [other for other in given if other in tight.causes[cell, side] and other != cell]
        told = ", ".join(
            f"{other[1]} {other[0]} {said(given[other].low, given[other].high)}" for other in sorted(causes)
        )
        why.append(f"{'at least' if side == 'low' else 'at most'} {after}, because of {told}")
        claims.update(claim for other in causes for claim in given[other].claims)
    faults = []
    for fault in tight.contradictions:
        involved = [other for other in given if other in fault.floors or other in fault.ceilings]
        if cell in involved:
            sides = "; ".join(
                f"{other[1]} {other[0]} {said(given[other].low, given[other].high)} ({', '.join(given[other].claims)})"
                for other in sorted(involved)
            )
            faults.append(f"sources contradict one another by {fault.gap}, so the range was widened: {sides}")
    return msgspec.structs.replace(
        found, low=low, high=high, claims=tuple(sorted(claims)), why=tuple(why), contradictions=tuple(faults)
    )
