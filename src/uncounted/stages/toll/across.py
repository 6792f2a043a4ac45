"""The range across independent origins, each counted once."""

from collections import Counter
from collections.abc import Mapping, Sequence

from uncounted.model.claims import Claim
from uncounted.model.incidents import Origin
from uncounted.model.vocabulary import Group, Harm
from uncounted.stages.toll.accounts import Cell, Figure
from uncounted.stages.toll.counts import Bounds
from uncounted.stages.toll.parts import added, outermost
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.ranges import Range, hull, said


def by_origin(claims: Sequence[Claim], origins: Sequence[Origin]) -> dict[str, list[Claim]]:
    """Claims by the id of their origin; a claim that no origin holds stands for its document alone."""
    owner = {claim: origin.id for origin in origins for claim in origin.claims}
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(owner.get(claim.id, claim.document), []).append(claim)
    return found


def across(told: Sequence[Figure], policy: Policy, *, explain: bool) -> Range:
    """The range of one cell across independent origins.

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


def unstated(direct: Mapping[Cell, Sequence[Figure]], policy: Policy, harm: Harm, *, explain: bool) -> Range:
    """The range of a headline total that no source states: what the parts that each origin names add up to.

    Under a policy that adds nothing up the range is open; what its parts come to bounds it from below later.
    """
    if policy.unstated_total == "open":
        return Range(low=None, high=None, derived=True)
    by_teller: dict[str, dict[Group, Figure]] = {}
    for (other, group), figures in direct.items():
        for figure in figures if other == harm else ():
            by_teller.setdefault(figure.origin, {})[group] = figure
    head, wholes = policy.headline, policy.wholes
    sums: list[Bounds] = []
    claims: set[str] = set()
    for told in by_teller.values():
        if within := outermost(told, head, wholes):
            sums.append(added({group: (one.low, one.high) for group, one in told.items()}, head, wholes))
            claims.update(claim for group in within for claim in told[group].claims)
    if not sums:
        return Range(low=None, high=None, derived=True)
    low, high = hull(sums)
    why = (f"no source states a total; the parts that {_origins(len(sums))} name add up to {said(low, high)}",)
    return Range(
        low=low,
        high=high,
        claims=tuple(sorted(claims)),
        origins=len(sums),
        why=why if explain else (),
        derived=True,
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
