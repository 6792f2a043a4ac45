"""Floors under a count: how many different people a report names."""

from collections.abc import Iterable

from uncounted.model.claims import Claim
from uncounted.names.told import is_single
from uncounted.stages.toll.accounts import Cell, counts, group_of
from uncounted.stages.toll.named import distinct, name_of
from uncounted.stages.toll.parts import inside
from uncounted.stages.toll.policy import Policy


def floors(claims: Iterable[Claim], policy: Policy) -> dict[Cell, tuple[int, tuple[str, ...]]]:
    """How many different people one document names, for each cell and for the policy's headline group.

    Returns the largest number over the documents with the claims behind it; a single name is no floor of its own.
    """
    named: dict[tuple[str, Cell], dict[str, str]] = {}
    for claim in claims:
        if not is_single(claim) or not counts(claim, policy) or (name := name_of(claim)) is None:
            continue
        group = group_of(claim, policy)
        cells = {(claim.harm, group)}
        if group in inside(policy.wholes, policy.headline):
            cells.add((claim.harm, policy.headline))
        for cell in cells:
            named.setdefault((claim.document, cell), {})[claim.id] = name
    found: dict[Cell, tuple[int, tuple[str, ...]]] = {}
    for (_, cell), names in sorted(named.items()):
        number = distinct(names.values())
        if number > 1 and number > found.get(cell, (0, ()))[0]:
            found[cell] = (number, tuple(sorted(names)))
    return found
