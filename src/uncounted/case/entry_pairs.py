"""Two entries of lists from close by, answered from the stored match: no list is read whole or matched again."""

import msgspec

from uncounted.case.case import Case
from uncounted.case.consent import barred
from uncounted.case.proposals import Proposals
from uncounted.ledger.views import Views
from uncounted.model.facts import PairJudged
from uncounted.model.persons import Effects, Explanation
from uncounted.model.review import Pair
from uncounted.stages.match.persons.clusters import LEAST
from uncounted.stages.match.persons.persons import MATCHER, effects_of, list_of


def explained_as_matched(views: Views, known: Proposals, left: str, right: str) -> Explanation | None:
    """Why two entries, ``left`` before ``right``, are held to be one, as the last matching of their lists found.

    ``known`` are proposals between entries. ``None`` where the two are not among them, or where either list has a newer
    version than was matched. A person's verdict on the two is certainty.
    """
    from uncounted.stages.match.persons.explain import explained

    lists = {list_of(left), list_of(right)}
    if not views.matched_since(MATCHER, lists):
        return None
    near = [link for end in (left, right) for link in known.follow().of(end)]
    link = next((link for link in near if (link.left, link.right) == (left, right)), None)
    if link is None or not link.weights:
        return None
    said = next((one for one in views.pairs_touching("entries", (left,)) if one.right == right), None)
    if said is not None and said.verdict != "unsure":
        link = msgspec.structs.replace(link, probability=float(said.verdict == "same"))
    ends = list_of(left), list_of(right)
    others = [
        one
        for one in near
        if (one.left, one.right) != (left, right) and (list_of(one.left), list_of(one.right)) == ends
    ]
    return explained(link, _longest(views, lists), others)


def _longest(views: Views, lists: set[str]) -> int:
    """How many entries of the longest of these lists were matched; barred ones were not."""
    sizes = {version.list: version.entries for version in views.list_versions() if version.list in lists}
    for name in views.listed([name for name in barred(views, "analyse") if list_of(name) in lists]):
        sizes[list_of(name)] -= 1
    return max(sizes.values())


def effects_nearby(case: Case, known: Proposals, once: frozenset[str], pair: PairJudged) -> Effects:
    """What a verdict on two entries would change, from what links and verdicts connect with them.

    ``known`` are proposals between entries, ``once`` the lists on which a person stands once.
    """
    views = case.views
    known.follow()
    found, waiting = set[str](), {pair.left, pair.right}
    links, verdicts = {}, {}
    while waiting:
        found |= waiting
        links.update({(one.left, one.right): one for name in waiting for one in known.of(name)})
        verdicts.update({(one.left, one.right): one for one in views.pairs_touching("entries", waiting)})
        joined = [ends for ends, one in links.items() if one.probability >= LEAST]
        joined += [ends for ends, one in verdicts.items() if one.verdict != "unsure"]
        waiting = {name for ends in joined if found & {*ends} for name in ends} - found
    names = {name: entry.name for name, entry in views.listed(found).items()}
    left, right = sorted((pair.left, pair.right))
    would_be = Pair(left=left, right=right, verdict=pair.verdict, by="", entry=len(case.ledger))
    return effects_of(names, tuple(links.values()), tuple(verdicts.values()), once, would_be)
