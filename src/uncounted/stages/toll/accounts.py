"""One origin's account of one incident: its present figure for each harm and group.

An origin may have spoken often. Its latest figure counts; a part of a sum or of a larger group is no total; single
victims, named or not, are counted beside one another.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from uncounted.model.claims import Claim
from uncounted.model.vocabulary import Group, Harm
from uncounted.names.told import is_single
from uncounted.stages.toll.counts import Bounds, bounds, has_figure
from uncounted.stages.toll.latest import latest
from uncounted.stages.toll.named import distinct, name_of
from uncounted.stages.toll.partial import is_partial
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.ranges import hull

Cell = tuple[Harm, Group]
T = TypeVar("T")


class Figure(NamedTuple):
    """What one origin now says about one cell.

    ``vague`` marks a figure that no count stands behind, bare plurals or victims told of one by one; ``worded`` one in
    which a word stands for a number, ``partial`` one that is of some of those harmed by its own words.
    """

    low: int | None
    high: int | None
    claims: tuple[str, ...]
    vague: bool = False
    worded: bool = False
    origin: str = ""
    partial: bool = False


def group_of(claim: Claim, policy: Policy) -> Group:
    """The group that a claim counts under; a policy may count unspecified people as civilians."""
    return policy.people_as if claim.group == "people" and policy.people_as else claim.group


def counts(claim: Claim, policy: Policy) -> bool:
    """Whether a claim may enter an incident's toll: it says that harm happened, in this event, to persons."""
    return (
        claim.scope == "incident"
        and claim.modality in policy.modalities
        and claim.harm not in ("attacked", "destroyed")
    )


def _set_aside(claims: Iterable[Claim], policy: Policy) -> tuple[set[str], set[str]]:
    """Ids of claims that a later one replaces or sums up, and of those that are part of a group's larger count."""
    known = {claim.id: claim for claim in claims}
    replaced: set[str] = set()
    parts: set[str] = set()

    def alike(left: Claim, right: Claim) -> bool:
        return left.harm == right.harm and group_of(left, policy) == group_of(right, policy)

    for claim in known.values():
        for relation in claim.relations:
            other = known.get(relation.claim)
            if other is None or not alike(claim, other):
                continue
            if relation.kind in ("update_of", "sum_of"):
                replaced.add(other.id)
            elif relation.kind == "subset_of":
                parts.add(claim.id)
        whole = known.get(claim.subset_of) if claim.subset_of else None
        if whole is not None and alike(claim, whole):
            parts.add(claim.id)
    return replaced, parts


def _of_singles(claims: list[Claim]) -> Bounds:
    """Single victims of one document: at least the different names, at most every different description."""
    names = {name for claim in claims if (name := name_of(claim))}
    others = {claim.victim.text.casefold() for claim in claims if claim.victim and not name_of(claim)}
    return max(distinct(names), 1), len(names) + len(others)


def _figure(claims: list[Claim], policy: Policy, origin: str) -> Figure | None:
    """What an origin's current claims on one cell say: each document's own reading, and the hull over documents."""
    if len(claims) == 1:
        only = claims[0]
        if has_figure(only) and not is_single(only):
            found = bounds(only, policy)
            if found is None:
                return None
            worded = only.count.quantifier == "vague"
            return Figure(found[0], found[1], (only.id,), False, worded, origin, is_partial(only))
    plain = [(claim, found) for claim in claims if not is_single(claim) and (found := bounds(claim, policy))]
    counted = [pair for pair in plain if has_figure(pair[0])]
    singles = [] if counted else [claim for claim in claims if is_single(claim)]
    if singles:
        said = [_of_singles(told) for told in _by_document((claim, claim) for claim in singles)]
        kept = singles
    else:
        said = [_largest(told) for told in _by_document((claim, found) for claim, found in counted or plain)]
        kept = [claim for claim, _ in counted or plain]
    if not said:
        return None
    low, high = said[0] if len(said) == 1 else hull(said)
    worded = any(claim.count.quantifier in ("vague", "unquantified") for claim in kept)
    partial = bool(counted) and all(is_partial(claim) for claim in kept)
    return Figure(low, high, tuple(sorted([claim.id for claim in kept])), not counted, worded, origin, partial)


def _by_document(told: Iterable[tuple[Claim, T]]) -> list[list[T]]:
    """The second of each pair, in one list for each document."""
    found: dict[str, list[T]] = {}
    for claim, what in told:
        found.setdefault(claim.document, []).append(what)
    return list(found.values())


def _largest(said: list[Bounds]) -> Bounds:
    """Several counts of one group in one document of one origin: the largest, the smaller ones being parts of it.

    "At least 40 were killed", and further down "19 members of one family": nobody takes the 19 for a rival total.
    """
    if len(said) == 1:
        return said[0]
    highs = [high for _, high in said if high is not None]
    lows = [low for low, _ in said if low is not None]
    return max(lows, default=None), max(highs) if len(highs) == len(said) else None


def account(
    claims: Iterable[Claim], policy: Policy, published: Mapping[str, str], origin: str = ""
) -> dict[Cell, Figure]:
    """One origin's present figure for each harm and group; cells that it says nothing of are absent."""
    held = [claim for claim in claims if counts(claim, policy)]
    if len(held) > 1 and any(claim.relations or claim.subset_of for claim in held):
        replaced, parts = _set_aside(held, policy)
        held = [claim for claim in held if claim.id not in replaced and claim.id not in parts]
    cells: dict[Cell, list[Claim]] = {}
    for claim in held:
        cells.setdefault((claim.harm, group_of(claim, policy)), []).append(claim)
    found: dict[Cell, Figure] = {}
    for cell, said in cells.items():
        figure = _figure(latest(said, published) if len(said) > 1 else said, policy, origin)
        if figure is not None:
            found[cell] = figure
    return found
