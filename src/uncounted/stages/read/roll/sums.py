"""How many children, women and men the roll of one report makes: claims that add up those named."""

from collections.abc import Iterator, Sequence

import msgspec

from uncounted.model.claims import Claim, Count, Relation
from uncounted.model.vocabulary import Group
from uncounted.stages.read.roll.persons import Person

_GROUPS: tuple[Group, ...] = ("children", "women", "men")
_LONGEST = 2_000


def sums(
    text: str, named: Sequence[tuple[Person, Claim]], kin: Sequence[Claim], told: Sequence[Claim]
) -> Iterator[Claim]:
    """A claim for each group of which a report names somebody, without an id.

    ``named`` are the persons on the roll with their claims, ``kin`` the claims of single relatives without a name
    ("his wife"), who may be one of the named or one more. The count has no words: it runs from those who surely belong
    to the group to those who may. No claim is made where the report itself states the same number, or a claim of one
    already is of that group.
    """
    for group in _GROUPS:
        sure = [claim for person, claim in named if person.group == group]
        perhaps = [claim for person, claim in named if person.group is None and group in person.possible]
        perhaps += [claim for claim in kin if claim.group == group]
        low, high = len(sure), len(sure) + len(perhaps)
        if not sure or _stated(told, group, low, high):
            continue
        members = sorted([*sure, *perhaps], key=lambda claim: claim.passage.start)
        first, last = members[0].passage.start, max(claim.passage.end for claim in members)
        passage = members[0].passage
        if last - first <= _LONGEST:
            passage = msgspec.structs.replace(passage, text=text[first:last], start=first, end=last)
        yield msgspec.structs.replace(
            members[0],
            group=group,
            passage=passage,
            victim=None,
            count=Count(low=low, high=high, quantifier="exact" if low == high else "range"),
            subset_of=None,
            relations=tuple(Relation("sum_of" if high > 1 else "same_as", claim.id) for claim in members),
            flags=("inferred_sum",) if high > 1 else ("group_inferred",),
            confidence=min(claim.confidence for claim in members),
        )


def _stated(told: Sequence[Claim], group: Group, low: int, high: int) -> bool:
    return any(
        claim.harm == "killed" and claim.group == group and (claim.count.low, claim.count.high) == (low, high)
        for claim in told
    )
