"""Parts and wholes of one incident in accord: floors, totals that no source states, contradictions."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from uncounted.model.vocabulary import Group
from uncounted.stages.toll.accounts import Cell, Figure
from uncounted.stages.toll.across import unstated
from uncounted.stages.toll.bounds import Key, Pair, Sum, Tight, parts_first, tighten
from uncounted.stages.toll.counts import Bounds
from uncounted.stages.toll.parts import inside, ordered, outermost, room
from uncounted.stages.toll.policy import Policy, Whole
from uncounted.stages.toll.ranges import Range, said

Direct = Mapping[Cell, Sequence[Figure]]
"""What each origin says, by cell."""


def accord(
    given: dict[Cell, Range],
    direct: Direct,
    named: Mapping[Cell, tuple[int, tuple[str, ...]]],
    policy: Policy,
    *,
    explain: bool,
) -> dict[Cell, Range]:
    """Return the ranges after totals that no source states and floors of ``named`` victims are added to those given.

    ``direct`` holds the figures that the given ranges were made of. Where sources contradict one another ranges are
    widened and say so.
    """
    within = inside(policy.wholes, policy.headline)
    for harm in sorted({harm for harm, _ in given}):
        head: Cell = (harm, policy.headline)
        if head not in given and any(other == harm and group in within for other, group in given):
            given[head] = unstated(direct, policy, harm, explain=explain)
    for cell, (number, claims) in named.items():
        if cell in given and number > (given[cell].low or 0):
            given[cell] = msgspec.structs.replace(
                given[cell],
                low=number,
                claims=tuple(sorted({*given[cell].claims, *claims})),
                why=(*given[cell].why, f"{number} different people are named") if explain else (),
            )
    firm = frozenset(cell for cell in given if not any(figure.worded for figure in direct.get(cell, ())))
    loose = {
        group: told
        for harm, group in firm
        if harm == "casualties" and is_counted((harm, group), direct) and (told := _too_few(given, group))
    }
    firm -= {("casualties", group) for group in loose}
    rules = _rules(frozenset(given), policy.wholes, firm)
    found = _agree(given, rules, direct, policy, explain=explain)
    if policy.best:
        found = {cell: _within_range(one) for cell, one in found.items()}
    for group, told in loose.items():
        cell = ("casualties", group)
        found[cell] = msgspec.structs.replace(found[cell], contradictions=(*found[cell].contradictions, told))
    return found


def is_counted(cell: Cell, direct: Direct) -> bool:
    """Whether some source counts those of a cell, rather than telling of them one by one or by a bare plural."""
    return any(not figure.vague for figure in direct.get(cell, ()))


def _agree(
    given: dict[Cell, Range], rules: Sequence[Sum], direct: Direct, policy: Policy, *, explain: bool
) -> dict[Cell, Range]:
    """The ranges made to agree under the rules.

    An upper bound that no source counted is none for others: it is let go and set again after what the parts come to.
    Where the rest contradict one another, so are lower bounds of parts that are loosely told.
    """
    let_go = _let_go(given, rules, direct)
    variables: dict[Key, Pair] = dict.fromkeys((key for rule in rules for key in (rule.whole, *rule.parts)), (0, None))
    for cell, one in given.items():
        variables[cell] = (one.low, None if cell in let_go else one.high)
    tight = tighten(variables, rules, sorted_rules=True)
    loosely = _loosely_told(given, direct, policy) if tight.contradictions else frozenset()
    if loosely:
        free = {cell: (None if cell in loosely else low, high) for cell, (low, high) in variables.items()}
        tight = tighten(free, rules, sorted_rules=True)
    settled = dict(tight.ranges)
    for cell in sorted(let_go, key=lambda cell: (len(inside(policy.wholes, cell[1])), cell)):  # parts before wholes
        settled[cell] = (settled[cell][0], _set_again(cell, given[cell].high, settled, direct, policy))
    tight = tight._replace(ranges=settled)
    moved = {cell for cell, _ in tight.causes} | let_go if not tight.contradictions else given.keys()
    found = dict(given)
    for cell in given.keys() & moved:
        one = _told(cell, given[cell], tight, given, explain=explain)
        if explain and cell in let_go and one.high != given[cell].high and (cell, "high") not in tight.causes:
            limit = "open upwards" if one.high is None else f"at most {one.high}"
            one = msgspec.structs.replace(one, why=(*one.why, f"{limit}, as no source counts them all"))
        found[cell] = one
    for cell in loosely & moved:
        # What is told of one by one keeps its own floor, up to what the whole leaves room for.
        low, high = max(found[cell].low or 0, given[cell].low or 0), found[cell].high
        found[cell] = msgspec.structs.replace(found[cell], low=low if high is None else min(low, high))
    return found


def _let_go(given: Mapping[Cell, Range], rules: Sequence[Sum], direct: Direct) -> frozenset[Cell]:
    """Cells that no source counts and whose upper bound would bear on others: wholes, and what makes up casualties."""
    bearing = {rule.whole for rule in rules} | {part for rule in rules if rule.equal for part in rule.parts}
    return frozenset(cell for cell in given if cell in bearing and not is_counted(cell, direct))


def _set_again(cell: Cell, high: int | None, settled: Mapping[Key, Pair], direct: Direct, policy: Policy) -> int | None:
    """The upper bound of a cell that no source counts, after its parts and those that it is part of are in accord.

    Victims told of one by one may come on top of the parts; a bare plural or the sum of parts may be all of them. A
    policy that adds nothing up leaves it open.
    """
    harm, whole = cell
    low, most = settled[cell]
    told: dict[Group, Bounds] = {group: settled[harm, group] for other, group in direct if other == harm}
    if harm == "casualties" and any(settled.get((one, whole), (0, None))[0] for one in ("killed", "injured")):
        return most  # Its parts are not all of it.
    if high is not None and outermost(told, whole, policy.wholes):
        needed = room(told, whole, policy.wholes)
        alone = any(not figure.worded for figure in direct.get(cell, ()))
        if policy.unstated_total == "open" or needed is None:
            high = None
        else:
            high = needed + high if alone else max(needed, high)
    if high is None or (most is not None and most < high):
        return most
    return max(high, low or 0)


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


def _loosely_told(given: Mapping[Cell, Range], direct: Direct, policy: Policy) -> frozenset[Cell]:
    """Parts that no source counts, of a whole that some source does.

    Victims told of one by one may be told of twice, or under two groups. What they add up to may raise a floor; where
    it contradicts a count of everybody it does not overrule it, and the whole bounds them.
    """
    return frozenset(
        (harm, group)
        for harm, group in given
        if group != policy.headline
        and is_counted((harm, policy.headline), direct)
        and not is_counted((harm, group), direct)
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
