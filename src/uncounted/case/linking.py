"""Which claims speak of one event: machine proposals and people's verdicts, folded into incidents."""

from collections.abc import Sequence

import msgspec

from uncounted.case.case import Case
from uncounted.case.consent import barred
from uncounted.case.reviewing import record
from uncounted.ledger.views import Views
from uncounted.model.claims import Claim
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.facts import Agent, AxisJudged, Entry, LinksProposed
from uncounted.model.incidents import Axis, Incident
from uncounted.stages.assess.axes import check_value
from uncounted.stages.match import incidents_cluster
from uncounted.stages.match.incidents import MATCHER, propose
from uncounted.stages.match.incidents_cluster import cluster
from uncounted.stages.match.incidents_sums import Aggregate
from uncounted.stages.match.incidents_sums import aggregates as summed
from uncounted.stages.match.incidents_trust import Trust
from uncounted.stages.match.incidents_trust import trust as trusted


def match(case: Case) -> tuple[Incident, ...]:
    """Propose incidents from the accepted claims; a proposal equal to the last one is not recorded again."""
    claims = [apart(claim) for claim in counted_claims(case.views)]
    links = propose(claims)
    if case.views.links("claims").get(MATCHER, ()) != links:
        with case.writing("propose incidents"):
            case.record(Agent("machine", MATCHER), LinksProposed(of="claims", matcher=MATCHER, links=links))
    return incidents(case.views)


def counted_claims(views: Views) -> tuple[Claim, ...]:
    """The accepted claims, but for those of reports that are barred from counting."""
    closed = barred(views, "analyse")
    accepted = (reviewed.claim for reviewed in views.claims(status="accepted"))
    return tuple(claim for claim in accepted if claim.document not in closed)


def incidents(views: Views) -> tuple[Incident, ...]:
    """The incidents as they stand: people's verdicts first, then proposals; earliest first."""
    claims = [apart(claim) for claim in counted_claims(views)]
    links = [link for proposed in views.links("claims").values() for link in proposed]
    order = {claim.id: number for number, claim in enumerate(claims)}
    return cluster(claims, links, views.pairs("claims"), order=order, titles=views.titles())


def apart(claim: Claim) -> Claim:
    """A claim of an imported row as of a document of its own: rows that share a working text are separate reports."""
    row = next((flag for flag in claim.flags if flag.startswith("line ")), None)
    return msgspec.structs.replace(claim, document=f"{claim.document} {row}") if row else claim


def trust(case: Case) -> Trust:
    """How far the linking can be trusted here: lags of days, matches by chance, ambiguity."""
    return trusted(counted_claims(case.views), {capture.id: capture.publisher for capture in case.views.captures()})


def aggregates(case: Case) -> tuple[Aggregate, ...]:
    """Reports that seem to sum up several incidents told one by one elsewhere."""
    claims = [apart(claim) for claim in counted_claims(case.views)]
    return summed(claims, incidents(case.views))


def incident(views: Views, name: str) -> Incident:
    """One incident by its id, or by the id of any of its claims."""
    for found in incidents(views):
        if name == found.id or name in found.claims:
            return found
    raise NotFound(f"incident {name}", "no incident of this case has that name", "'uncounted match' lists them")


def merge(case: Case, left: str, right: str, by: str, reason: str = "") -> tuple[Entry, ...]:
    """A person holds two incidents to be one."""
    one, two = incident(case.views, left), incident(case.views, right)
    if one.id == two.id:
        raise BadInput(f"incidents {left} and {right}", "they are one already")
    return record(case, by, *incidents_cluster.merge(one, two, reason))


def split(case: Case, name: str, claims: Sequence[str], by: str, reason: str = "") -> tuple[Entry, ...]:
    """A person holds some claims of an incident to speak of another event than the rest."""
    whole = incident(case.views, name)
    verdicts = incidents_cluster.split(whole, claims, reason)
    if not verdicts:
        rule = f"those claims are not some but not all of its {len(whole.claims)} claims"
        raise BadInput(f"incident {name}", rule, f"Its claims: {', '.join(whole.claims)}")
    return record(case, by, *verdicts)


def assess(case: Case, name: str, axis: Axis, value: str, *, by: str, reason: str) -> Entry:
    """A person judges an incident on one axis; :class:`BadInput` for an answer that the axis does not have."""
    check_value(axis, value)
    fact = AxisJudged(anchor=incident(case.views, name).anchor, axis=axis, value=value, reason=reason)
    return record(case, by, fact)[0]
