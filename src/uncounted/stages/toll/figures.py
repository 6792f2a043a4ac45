"""The toll of one incident: each origin counted once, ranges across origins, parts and wholes in accord."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.incidents import Incident, Origin
from uncounted.model.vocabulary import Group, Harm
from uncounted.stages.toll.accounts import Cell, Figure, account, added, floors, hull, parts_named
from uncounted.stages.toll.bounds import Key, Pair, Sum, Tight, parts_first, tighten
from uncounted.stages.toll.policy import Policy, Whole

NOTHING: Mapping[str, str] = {}


class Range(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How many persons: a bound, never a confidence interval; ``None`` is an open bound.

    ``claims`` set it, by ``origins`` independent first-hand sources; ``why`` tells each step in words. ``derived``
    marks a total that no source states. A contradiction between sources widens the range and is told in
    ``contradictions``. ``best`` is the single figure that the policy picks, where it picks one.
    """

    low: int | None
    high: int | None
    claims: tuple[str, ...] = ()
    origins: int = 0
    why: tuple[str, ...] = ()
    derived: bool = False
    contradictions: tuple[str, ...] = ()
    best: int | None = None


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
    given = {cell: _across(figures, policy, explain=explain) for cell, figures in direct.items()}
    named = floors(present, policy)
    if len(given) == 1 and not named and next(iter(given))[1] == policy.headline:
        return given
    return _in_accord(given, direct, named, policy, explain=explain)


def _across(told: Sequence[Figure], policy: Policy, *, explain: bool) -> Range:
    """The range across independent origins.

    Bare plurals and victims told of one by one set the range only where nobody gives a count; else they raise its
    floor at most. A count that is by its own words of some of those harmed does not lower what others count.
    """
    if len(told) == 1:
        only = told[0]
        why = (f"one origin says {said(only.low, only.high)}",) if explain else ()
        return Range(low=only.low, high=only.high, claims=only.claims, origins=1, why=why, best=_best([only], policy))
    figures = [figure for figure in told if not figure.vague] or list(told)
    low, high = hull([(figure.low, figure.high) for figure in figures])
    whole = [figure for figure in figures if not figure.partial]
    if whole and len(whole) < len(figures):
        # A count of one family is never a rival from below; what it is of is in the others' counts.
        low = hull([(figure.low, figure.high) for figure in whole])[0]
    if policy.low_across == "largest":
        low = max((figure.low for figure in figures if figure.low is not None), default=None)
    claims = tuple(sorted({claim for figure in figures for claim in figure.claims}))
    return Range(
        low=low,
        high=high,
        claims=claims,
        origins=len(figures),
        why=_words(told, figures) if explain else (),
        best=_best(figures, policy),
    )


def _best(figures: Sequence[Figure], policy: Policy) -> int | None:
    """The figure that most origins give, the lowest of several; of a range or an open bound what is certain of it."""
    if policy.best != "most_origins":
        return None
    given = [one.high if one.low is None else one.low for one in figures]
    times = Counter(number for number in given if number is not None)
    return min(times, key=lambda number: (-times[number], number)) if times else None


def _words(told: Sequence[Figure], figures: Sequence[Figure]) -> tuple[str, ...]:
    ranges = ", ".join(said(figure.low, figure.high) for figure in figures)
    first = f"{_origins(len(figures))} {'say' if len(figures) > 1 else 'says'} {ranges}"
    unused = len(told) - len(figures)
    return (first, f"{_origins(unused)} gave no count and did not move the range") if unused else (first,)


def _origins(number: int) -> str:
    return "one origin" if number == 1 else f"{number} origins"


def _totals(direct: Mapping[Cell, Sequence[Figure]], policy: Policy, harm: Harm, *, explain: bool) -> Range:
    """A headline total that no source states: the sum of the parts that each origin names, or at least those."""
    if policy.unstated_total == "open":
        return Range(low=None, high=None, derived=True)
    by_teller: dict[str, dict[Cell, Figure]] = {}
    for cell, figures in direct.items():
        for figure in figures:
            by_teller.setdefault(figure.origin, {})[cell] = figure
    parts = {origin: named for origin, told in by_teller.items() if (named := parts_named(told, harm, policy))}
    if not parts:
        return Range(low=None, high=None, derived=True)
    low, high = hull([added(figures) for figures in parts.values()])
    claims = tuple(sorted({claim for figures in parts.values() for figure in figures for claim in figure.claims}))
    why = (f"no source states a total; the parts that {_origins(len(parts))} name add up to {said(low, high)}",)
    return Range(low=low, high=high, claims=claims, origins=len(parts), why=why if explain else (), derived=True)


def _in_accord(
    given: dict[Cell, Range],
    direct: Mapping[Cell, Sequence[Figure]],
    named: Mapping[Cell, tuple[int, tuple[str, ...]]],
    policy: Policy,
    *,
    explain: bool,
) -> dict[Cell, Range]:
    """Add the totals that no source states and the floors of named victims, then make parts and wholes agree."""
    within = inside(policy.wholes, policy.headline)
    harms = {harm for harm, _ in given}
    for harm in sorted(harms):
        head: Cell = (harm, policy.headline)
        if head not in given and any(other == harm and group in within for other, group in given):
            given[head] = _totals(direct, policy, harm, explain=explain)
    for cell, (number, claims) in named.items():
        if cell in given and number > (given[cell].low or 0):
            given[cell] = msgspec.structs.replace(
                given[cell],
                low=number,
                claims=tuple(sorted({*given[cell].claims, *claims})),
                why=(*given[cell].why, f"{number} different people are named") if explain else (),
            )
    firm = frozenset(cell for cell in given if not any(figure.worded for figure in direct.get(cell, ())))
    loose = {group: told for harm, group in firm if harm == "casualties" and (told := _too_few(given, group))}
    firm -= {("casualties", group) for group in loose}
    _agree(given, _rules(frozenset(given), policy.wholes, firm), _loosely_told(given, direct, policy), explain=explain)
    if policy.best:
        given |= {cell: _within_range(found) for cell, found in given.items()}
    for group, told in loose.items():
        cell = ("casualties", group)
        given[cell] = msgspec.structs.replace(given[cell], contradictions=(*given[cell].contradictions, told))
    return given


def _agree(given: dict[Cell, Range], rules: Sequence[Sum], loosely: frozenset[Cell], *, explain: bool) -> None:
    """Make the ranges agree under the rules; where they contradict one another, without what is loosely told."""
    variables: dict[Key, Pair] = dict.fromkeys((key for rule in rules for key in (rule.whole, *rule.parts)), (0, None))
    for cell, found in given.items():
        variables[cell] = (found.low, found.high)
    tight = tighten(variables, rules, sorted_rules=True)
    if not tight.contradictions:
        loosely = frozenset()
    elif loosely:
        free = {cell: (None if cell in loosely else low, high) for cell, (low, high) in variables.items()}
        tight = tighten(free, rules, sorted_rules=True)
    if not tight.causes and not tight.contradictions:
        return
    moved = {cell for cell, _ in tight.causes} if not tight.contradictions else given.keys()
    told = {cell: _told(cell, given[cell], tight, dict(given), explain=explain) for cell in given.keys() & moved}
    for cell in loosely & told.keys():
        # What is told of one by one keeps its own floor, up to what the whole leaves room for.
        low, high = max(told[cell].low or 0, given[cell].low or 0), told[cell].high
        told[cell] = msgspec.structs.replace(told[cell], low=low if high is None else min(low, high))
    given |= told


def _within_range(found: Range) -> Range:
    """A range whose best figure lies within it; a total that no source states has its lower bound for best."""
    best = found.low if found.best is None else max(found.best, found.low or 0)
    if best is not None and found.high is not None:
        best = min(best, found.high)
    return msgspec.structs.replace(found, best=best)


def _too_few(given: Mapping[Cell, Range], group: Group) -> str | None:
    """Why a figure for casualties cannot be of all the killed and injured, in words; ``None`` where it can."""
    whole, killed, injured = (given.get((harm, group)) for harm in ("casualties", "killed", "injured"))
    least = ((killed.low if killed else None) or 0) + ((injured.low if injured else None) or 0)
    if whole is None or whole.high is None or whole.high >= least:
        return None
    return (
        f"sources contradict one another: {said(whole.low, whole.high)} casualties ({', '.join(whole.claims)}) are "
        f"fewer than the {least} or more killed and injured, so neither bounds the other"
    )


@lru_cache(maxsize=64)
def inside(wholes: tuple[Whole, ...], headline: Group) -> frozenset[Group]:
    """Groups that are parts of the headline group, at any remove."""
    found: set[Group] = {headline}
    for _ in wholes:
        found |= {part for whole in wholes if whole.whole in found for part in whole.parts}
    return frozenset(found)


@lru_cache(maxsize=64)
def ordered(wholes: tuple[Whole, ...]) -> tuple[Sum, ...]:
    """The wholes as rules on groups, each after the rules of its parts."""
    return parts_first([Sum(whole.whole, whole.parts) for whole in wholes])


@lru_cache(maxsize=4096)
def _rules(cells: frozenset[Cell], wholes: tuple[Whole, ...], firm: frozenset[Cell]) -> tuple[Sum, ...]:
    """The wholes that bear on the cells, for every harm at hand; killed and injured make up casualties.

    "Several casualties" is too loose a phrase to bound the killed with; only ``firm`` cells, numbers all, are tied so.
    A rule without a cell among its parts or theirs can move nothing and is left out.
    """
    rules = []
    for harm in sorted({harm for harm, _ in cells}):
        live = {group for other, group in cells if other == harm}
        for _ in wholes:
            live |= {whole.whole for whole in wholes if live & set(whole.parts)}
        for rule in ordered(wholes):
            parts = tuple((harm, part) for part in rule.parts if part in live)
            if parts:
                rules.append(Sum((harm, rule.whole), parts))
    tied = [
        Sum(("casualties", group), (("killed", group), ("injured", group)), equal=True)
        for harm, group in sorted(firm)
        if harm == "casualties"
    ]
    return parts_first([*rules, *tied]) if tied else tuple(rules)


def _loosely_told(
    given: Mapping[Cell, Range], direct: Mapping[Cell, Sequence[Figure]], policy: Policy
) -> frozenset[Cell]:
    """Parts that no source counts, of a whole that some source does.

    Victims told of one by one may be told of twice, or under two groups. What they add up to may raise a floor; where
    it contradicts a count of everybody it does not overrule it, and the whole bounds them.
    """

    def is_counted(cell: Cell) -> bool:
        return any(not figure.vague for figure in direct.get(cell, ()))

    return frozenset(
        (harm, group)
        for harm, group in given
        if group != policy.headline and is_counted((harm, policy.headline)) and not is_counted((harm, group))
    )


def contradicted(gap: int, sides: Mapping[Cell, Range]) -> str:
    """A contradiction in words: by how much the sides differ, and what each says with its claims."""
    told = "; ".join(
        f"{group} {harm} {said(side.low, side.high)} ({', '.join(side.claims)})"
        for (harm, group), side in sides.items()
    )
    return f"sources contradict one another by {gap}, so the range was widened: {told}"


def _told(cell: Cell, found: Range, tight: Tight, given: Mapping[Cell, Range], *, explain: bool) -> Range:
    """The range after propagation, with the steps and contradictions that concern it."""
    low, high = tight.ranges[cell]
    why = list(found.why)
    claims = set(found.claims)
    for side, before, after in (("low", found.low or 0, low or 0), ("high", found.high, high)):
        behind = tight.causes.get((cell, side))
        if before == after or behind is None:
            continue
        causes = sorted(other for other in given if other in behind and other != cell)
        for other in causes:
            claims.update(given[other].claims)
        if explain:
            told = ", ".join(f"{other[1]} {other[0]} {said(given[other].low, given[other].high)}" for other in causes)
            why.append(f"{'at least' if side == 'low' else 'at most'} {after}, because of {told}")
    faults = []
    for fault in tight.contradictions:
        involved = sorted(other for other in given if other in fault.floors or other in fault.ceilings)
        if cell in involved:
            faults.append(contradicted(fault.gap, {other: given[other] for other in involved}))
    return Range(
        low=low,
        high=high,
        claims=tuple(sorted(claims)),
        origins=found.origins,
        why=tuple(why),
        derived=found.derived,
        contradictions=tuple(faults),
        best=found.best,
    )
