"""How many are told of in one clause that counts them apart: "a driver and two guards were killed" makes three.

A claim of this kind has a count without words and points to the claims that it adds up.
"""

from collections.abc import Iterator, Sequence

import msgspec

from uncounted.model.claims import Claim, Count, Relation
from uncounted.model.vocabulary import HELD_MODALITIES, Harm
from uncounted.stages.read.sentence import Draft

_LEAD = 600
"""Sums are made of what a report tells first (code points); further down it tells of other events."""

_HARMS: tuple[Harm, ...] = ("killed", "injured")


def added_up(text: str, claims: Sequence[Claim], drafts: Sequence[Draft]) -> Iterator[Claim]:
    """For each harm, without an id, the largest sum that one clause makes; none where a claim states as many."""
    for harm in _HARMS:
        runs: dict[tuple[int, int], list[Claim]] = {}
        open_ended: set[tuple[int, int]] = set()
        for claim, draft in zip(claims, drafts, strict=True):
            lead = claim.passage.start < _LEAD
            if not lead or claim.harm != harm or draft.rule == "roll":
                continue
            if _countable(claim):
                runs.setdefault((id(draft.made), draft.trigger.first), []).append(claim)
            elif _several(claim):
                open_ended.add((id(draft.made), draft.trigger.first))
        sums = [at for at, run in runs.items() if len(run) > 1 and _alike(run)]
        at = max(sums, key=lambda at: _total(runs[at]), default=None)
        if at is not None and not _stated(claims, runs[at], _total(runs[at])):
            yield _sum(text, runs[at], more=at in open_ended)


def _countable(claim: Claim) -> bool:
    exact = claim.victim is not None and claim.count.low is not None and claim.count.low == claim.count.high
    whole = claim.subset_of is None and not any(relation.kind == "same_as" for relation in claim.relations)
    return exact and whole and claim.modality in HELD_MODALITIES and claim.scope == "incident"


def _several(claim: Claim) -> bool:
    """ "and their children": more of the same clause, without a number."""
    return claim.victim is not None and claim.count.quantifier == "unquantified" and claim.subset_of is None


def _alike(run: Sequence[Claim]) -> bool:
    """Families and people have no common sum: "a family and three children" are four of nothing."""
    units = {claim.count.unit for claim in run}
    return len(units) == 1 or units <= {"person", "body"}


def _total(run: Sequence[Claim]) -> int:
    return sum(claim.count.low or 0 for claim in run)


def _stated(claims: Sequence[Claim], run: Sequence[Claim], total: int) -> bool:
    """Whether some claim says of itself that there were as many or more; a number of combatants says nothing of others,
    a total of months or years nothing of one event."""
    held = [claim for claim in claims if claim.harm == run[0].harm and claim.modality in HELD_MODALITIES]
    if all(claim.group != "combatants" for claim in run):
        held = [claim for claim in held if claim.group != "combatants" and claim.scope == "incident"]
    return any(max(claim.count.low or 0, claim.count.high or 0) >= total for claim in held)


def _sum(text: str, run: Sequence[Claim], *, more: bool) -> Claim:
    first, last = min(claim.passage.start for claim in run), max(claim.passage.end for claim in run)
    groups = {claim.group for claim in run}
    total = _total(run)
    return msgspec.structs.replace(
        run[0],
        group=groups.pop() if len(groups) == 1 else "people",
        passage=msgspec.structs.replace(run[0].passage, text=text[first:last], start=first, end=last),
        victim=None,
        count=Count(
            low=total,
            high=None if more else total,
            quantifier="at_least" if more else "exact",
            unit=run[0].count.unit,
        ),
        relations=tuple(Relation("sum_of", claim.id) for claim in run),
        flags=("inferred_sum",),
        confidence=min(claim.confidence for claim in run),
    )
