"""Which claims speak of one event: machine proposals and people's verdicts, folded into incidents."""

from uncounted.case.case import Case
from uncounted.case.reviewing import judge_pair
from uncounted.ledger.views import Views
from uncounted.model.errors import NotFound
from uncounted.model.facts import Agent, Entry, LinksProposed, PairJudged
from uncounted.model.incidents import Incident, Link
from uncounted.stages.match import incidents as matcher


def match(case: Case) -> tuple[Incident, ...]:
    """Propose incidents from the accepted claims; a proposal equal to the last one is not recorded again."""
    claims = [reviewed.claim for reviewed in case.views.claims(status="accepted")]
    links = matcher.propose(claims)
    if case.views.links("claims").get(matcher.MATCHER, ()) != links:
        with case.writing("propose incidents"):
            case.record(
                Agent("machine", matcher.MATCHER), LinksProposed(of="claims", matcher=matcher.MATCHER, links=links)
            )
    return incidents(case.views)


def incidents(views: Views) -> tuple[Incident, ...]:
    """The incidents as they stand: people's verdicts first, then proposals; earliest first."""
    claims = [reviewed.claim for reviewed in views.claims(status="accepted")]
    links: list[Link] = [link for proposed in views.links("claims").values() for link in proposed]
    return matcher.cluster(claims, links, views.pairs("claims"), titles=views.titles())


def incident(views: Views, name: str) -> Incident:
    """One incident by its id, or by the id of any of its claims."""
    for found in incidents(views):
        if name == found.id or name in found.claims:
            return found
    raise NotFound(f"incident {name}", "no incident of this case has that name", "'uncounted match' lists them.")


def merge(case: Case, left: str, right: str, by: str, reason: str = "") -> Entry:
    """A person holds two incidents to be one."""
    kept, joined = incident(case.views, left), incident(case.views, right)
    verdict = PairJudged(of="claims", left=kept.anchor, right=joined.anchor, verdict="same", reason=reason)
    return judge_pair(case, verdict, by)


def split(case: Case, name: str, claims: list[str], by: str, reason: str = "") -> list[Entry]:
    """A person holds some claims of an incident to speak of another event than the rest."""
    whole = incident(case.views, name)
    return [judge_pair(case, verdict, by) for verdict in matcher.split(whole, claims, reason)]
