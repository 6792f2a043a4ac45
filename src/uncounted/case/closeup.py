"""One incident from close by: its claims, who told them first, its figures and its grade with all their reasons."""

import msgspec

from uncounted.case import telling
from uncounted.case.keeping import Keeper
from uncounted.case.parties import Party, parties
from uncounted.case.proposals import Proposals
from uncounted.case.victims import Victim, victims
from uncounted.model.asking import Row
from uncounted.model.errors import NotFound
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Origin
from uncounted.model.review import ReviewedClaim
from uncounted.stages.assess.grades import Graded
from uncounted.stages.toll.cells import tolls
from uncounted.stages.toll.ranges import Range


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of an incident, with the steps that led to it."""

    harm: str
    group: str
    range: Range


class Closeup(msgspec.Struct, frozen=True, kw_only=True):
    """All that a page about one incident says. ``loose`` are claims that no origin holds."""

    row: Row
    origins: tuple[Origin, ...]
    loose: tuple[str, ...]
    figures: tuple[Figure, ...]
    graded: Graded
    claims: dict[str, ReviewedClaim]
    captures: dict[str, Capture]
    parties: tuple[Party, ...]
    victims: tuple[Victim, ...]


def closeup(keeper: Keeper, name: str, persons: Proposals) -> Closeup:
    """An incident by its id, or by that of any of its claims; :class:`NotFound` when there is none.

    ``persons`` are the proposals of which entries of lists are one person.
    """
    found = keeper.fresh().incident(name)
    if found is None:
        raise NotFound(f"incident {name}", "no incident of this case has that name", "The list names those there are.")
    row, views, policy = found[0], keeper.case.views, keeper.policy
    one = row.incident
    claims = {reviewed.claim.id: reviewed for reviewed in views.claims_named(one.claims)}
    captures = {c.id: c for c in views.captures_named({reviewed.claim.document for reviewed in claims.values()})}
    now = keeper.stand([one], {name: reviewed.claim for name, reviewed in claims.items()}, captures)
    known = tolls(now.incidents, now.claims, now.origins, policy, now.published)
    settled = {claim for origin in now.origins[one.id] for claim in origin.claims}
    graded, read = telling.grading(now, one, policy, known), {claim: claims[claim].claim for claim in one.claims}
    accepting = {
        claim
        for answer in graded.answers
        if (answer.axis, answer.value) == ("responsible", "accepted")
        for claim in answer.claims
    }
    return Closeup(
        row=row,
        origins=now.origins[one.id],
        loose=tuple(claim for claim in one.claims if claim not in settled),
        figures=tuple(Figure(harm=h, group=g, range=known[one.id][h, g]) for h, g in sorted(known[one.id])),
        graded=graded,
        claims={claim: claims[claim] for claim in one.claims},
        captures=captures,
        parties=parties(read, accepting),
        victims=victims(keeper.index, views, persons, one, read),
    )
