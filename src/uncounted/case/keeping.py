"""Keeps the index of a case: what people and machines added since is folded in, and nothing else is computed again.

Incidents fall apart into islands: claims joined by a proposal or by a person's word, directly or through others. What
happens on one island changes no other, so after a judgement only the island it touches is clustered, told and graded
anew. The reports of an island's claims come along, since what one report tells apart no other may join.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from uncounted.case import consent, linking, policies, telling
from uncounted.case.case import Case
from uncounted.case.proposals import Proposals
from uncounted.case.search_index import put_captures, put_claims, put_lists
from uncounted.case.searching import searchable_incident
from uncounted.ledger.index import Figured, Index, Kept
from uncounted.ledger.views import Views
from uncounted.model.claims import Claim
from uncounted.model.evidence import Capture
from uncounted.model.identity import canonical, digest
from uncounted.model.incidents import Incident, Link, Origin, TollCell
from uncounted.model.review import Pair, ReviewedClaim
from uncounted.stages.assess.axes import Judgement
from uncounted.stages.assess.origins import origins
from uncounted.stages.match.incidents_cluster import cluster
from uncounted.stages.toll.accounts import Cell
from uncounted.stages.toll.cells import actor_of, month_of, place_of, tolls
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.ranges import Range
from uncounted.stages.toll.totals import totals

Verdict = Literal["same", "different", "unsure"]
INDEX = "index.sqlite"
PART = 2000
"""Claims that are indexed in one go when a whole case is."""


class Keeper:
    """The index of one case, kept up with its views."""

    def __init__(self, case: Case, *, path: bool = True, views: Views | None = None) -> None:
        self.case = case
        self.views = views or case.views
        self.index = Index(case.folder / INDEX if path and views is None else None)
        self._totals: tuple[int, tuple[TollCell, ...]] = (-1, ())
        self.proposals = Proposals(self.views)
        self._text = lru_cache(maxsize=256)(case.text)

    @property
    def policy(self) -> Policy:
        """The policy in force at that moment."""
        adopted = self.views.policy()
        return telling.policy_of(self.case, adopted.name if adopted else "literal")

    def totals(self) -> tuple[TollCell, ...]:
        """Totals of a period that sources state, never added to incidents; a release compares each with incidents."""
        size = self.fresh().size
        if self._totals[0] != size:
            claims = {reviewed.claim.id: reviewed.claim for reviewed in self.views.stated_totals()}
            captures = self.views.captures_named({claim.document for claim in claims.values()})
            texts = {capture.id: self._text(capture.id) for capture in captures}
            publishers = {capture.id: capture.publisher for capture in captures}
            told = origins(list(claims.values()), texts, publishers, self.views.pairs_touching("origins", claims))
            published = {capture.id: capture.published for capture in captures if capture.published}
            found = totals(claims, told, (), self.policy, published=published, known={})
            kept = tuple(msgspec.structs.replace(cell, why=cell.why[:2]) for cell in found)
            self._totals = size, kept
        return self._totals[1]

    def fresh(self) -> Index:
        """The index as the case stands now, or as its views stood."""
        self.views.catch_up()
        size, seen = self.views.size, self.index.size
        if seen == size:
            return self.index
        touched = self.views.touched(seen, size) if seen <= size else set()
        basis, policy = self._basis()
        if seen > size or seen == 0 or basis != self.index.basis:
            self._afresh(size, basis, policy)
        else:
            with self.index.writing(size, basis):
                self._follow(touched, policy)
        return self.index

    def _basis(self) -> tuple[str, Policy]:
        """What all of the index depends on: the rules and the proposals; when it changes, all is made anew."""
        policy = self.policy
        rules = digest(canonical(msgspec.to_builtins(policy)))
        return f"{self.case.ledger.root(1).hex()[:16]} {rules} {self.views.proposals('claims')}", policy

    def _afresh(self, size: int, basis: str, policy: Policy) -> None:
        views = self.views
        with self.index.writing(size, basis, afresh=True):
            for part in _parts(self._islands(views.accepted()), PART):
                self._keep(part, policy)
            self.index.lead(self.proposals.leads(self.index))
            put_claims(self.index, views.claims())
            put_captures(self.index, views.captures(), self._text)
            put_lists(self.index, views)

    def _follow(self, touched: Collection[str], policy: Policy) -> None:
        """Make anew what these captures and claims are part of."""
        views = self.views
        captures = views.captures_named(touched)
        beside = views.accepted_in([capture.id for capture in captures])
        claims = views.claims_named(touched)
        seeds = {r.claim.id for r in (*beside, *claims)} | set(touched)
        old = self.index.incidents_of(sorted(seeds))
        seeds |= self.index.claims_of(old)
        for pair in views.pairs_touching("claims", touched):
            seeds |= {pair.left, pair.right}
        for pair in views.pairs_touching("origins", touched):
            seeds |= {pair.left, pair.right}
        # A claim's report tells its events apart, so all of the report's claims come along.
        documents = {r.claim.document for r in views.claims_named(seeds)}
        seeds |= {r.claim.id for r in views.accepted_in(documents)}
        old |= self.index.incidents_of(sorted(seeds))
        seeds |= self.index.claims_of(old)
        self.index.drop(old)
        self.index.unsearch("incident", old)
        held = set[str]()
        for part in _parts(self._islands(sorted(seeds)), PART):
            self._keep(part, policy)
            held.update(*part)
        self.index.lead(self.proposals.leads(self.index, held))
        put_claims(self.index, claims)
        gone = set(touched) - {r.claim.id for r in claims} - {capture.id for capture in captures}
        self.index.unsearch("claim", gone)
        put_captures(self.index, captures, self._text)
        put_lists(self.index, views)

    def _islands(self, seeds: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Yield the islands on which accepted claims among the seeds lie, each once."""
        views, links, seen = self.views, self.proposals.follow(), set[str]()
        barred = consent.barred(views, "analyse")

        def counted(names: Sequence[str] | set[str]) -> set[str]:
            return {r.claim.id for r in views.claims_named(names) if _counts(r) and r.claim.document not in barred}

        known = {name for part in _lists(seeds, PART) for name in counted(part)}
        said = _same(views, known if len(seeds) > PART else None)
        for seed in seeds:
            if seed in seen or seed not in known:
                continue
            island, frontier = {seed}, {seed}
            while frontier:
                beyond = {_other(link, name) for name in frontier for link in links.joining(name)}
                if said is None:
                    same = [p for p in views.pairs_touching("claims", frontier) if p.verdict == "same"]
                    beyond |= {name for pair in same for name in (pair.left, pair.right)}
                else:
                    beyond |= {other for name in frontier for other in said.get(name, ())}
                beyond -= island
                strangers = beyond - known
                if strangers:
                    known |= counted(strangers)
                frontier = beyond & known
                island |= frontier
            seen |= island
            yield tuple(sorted(island))

    def preview(self, left: str, right: str, verdict: Verdict) -> tuple[tuple[Incident, ...], tuple[Incident, ...]]:
        """What a verdict on two claims would change: the incidents that would change, before and after."""
        index = self.fresh()
        one, two = sorted((left, right))
        pair = Pair(left=one, right=two, verdict=verdict, by="", entry=len(self.case.ledger))
        seeds = sorted(index.claims_of(index.incidents_of([one, two])) | {one, two})
        names = {name for island in self._islands(seeds) for name in island}
        after, _, _ = self._clustered(names, [pair])
        held = [index.incident(name) for name in sorted(index.incidents_of(sorted(names)))]
        before = [msgspec.structs.replace(found[0].incident, grade=None) for found in held if found]
        kept = {one.claims for one in before} & {one.claims for one in after}
        return (
            tuple(one for one in before if one.claims not in kept),
            tuple(one for one in after if one.claims not in kept),
        )

    def _keep(self, islands: Sequence[tuple[str, ...]], policy: Policy) -> None:
        """Cluster, tell and grade islands, and write their incidents down."""
        found, claims, documents = self._clustered({name for island in islands for name in island})
        captures = {capture.id: capture for capture in self.views.captures_named(documents)}
        self._write(found, claims, captures, policy)

    def _clustered(
        self, names: set[str], more: Sequence[Pair] = ()
    ) -> tuple[tuple[Incident, ...], dict[str, Claim], set[str]]:
        """The incidents of whole islands, with the claims of all of their reports and these reports' ids."""
        views = self.views
        documents = {r.claim.document for r in views.claims_named(names)}
        context = views.accepted_in(documents)
        claims = {r.claim.id: r.claim for r in context}
        proposed = self.proposals.follow()
        links = {
            (link.left, link.right): link
            for name in names
            for link in proposed.joining(name)
            if link.left in names and link.right in names
        }
        order = {name: number for number, name in enumerate(claims)}
        pairs = [*views.pairs_touching("claims", names), *more]
        found = cluster(map(linking.apart, claims.values()), links.values(), pairs, order=order)
        # Neighbours of the same reports that lie on other islands were told of, not asked for.
        found = tuple(one for one in found if set(one.claims) <= names)
        titles = views.titles_of([one.anchor for one in found])
        found = tuple(
            msgspec.structs.replace(one, title=titles[one.anchor], titled=()) if one.anchor in titles else one
            for one in found
        )
        return found, claims, documents

    def stand(
        self, found: Sequence[Incident], claims: dict[str, Claim], captures: dict[str, Capture]
    ) -> telling.Standing:
        """A case of these incidents alone, with what people judged of them and their origins."""
        views = self.views
        publishers = {capture.id: capture.publisher for capture in captures.values()}
        told: dict[str, tuple[Origin, ...]] = {}
        for one in found:
            own = [claims[name] for name in one.claims]
            texts = {claim.document: self._text(claim.document) for claim in own}
            told[one.id] = origins(own, texts, publishers, views.pairs_touching("origins", one.claims))
        return telling.Standing(
            size=0,
            claims=claims,
            incidents=tuple(found),
            origins=told,
            total_origins=(),
            judgements={
                anchor: tuple(Judgement(axis=a.axis, value=a.value, reason=a.reason, by=by) for a, by in said)
                for anchor, said in views.axes_of([one.anchor for one in found]).items()
            },
            captures=captures,
            texts={},
            schemes=policies.schemes(self.case, views),
        )

    def _write(
        self, found: Sequence[Incident], claims: dict[str, Claim], captures: dict[str, Capture], policy: Policy
    ) -> None:
        now = self.stand(found, claims, captures)
        known = tolls(now.incidents, now.claims, now.origins, policy, now.published, explain=False)
        graded = telling.graded(now, policy, known).incidents
        self.index.keep(_kept(one, now.origins[one.id], known[one.id], policy) for one in graded)
        self.index.search_in(searchable_incident(one) for one in graded)


def _kept(one: Incident, told: tuple[Origin, ...], known: dict[Cell, Range], policy: Policy) -> Kept:
    figures = tuple(
        Figured(harm=harm, group=group, low=r.low, high=r.high, origins=r.origins, claims=r.claims)
        for (harm, group), r in known.items()
    )
    headline = next((f for f in figures if (f.harm, f.group) == ("killed", policy.headline)), None)
    return Kept(
        incident=one,
        month=month_of(one),
        place=place_of(one),
        actor=actor_of(one),
        origins=len(told),
        headline=headline,
        figures=figures,
        held=msgspec.json.encode(told),
    )


def _counts(reviewed: ReviewedClaim) -> bool:
    return reviewed.status == "accepted" and reviewed.claim.scope == "incident"


def _other(link: Link, name: str) -> str:
    return link.right if link.left == name else link.left


def _same(views: Views, names: Collection[str] | None) -> dict[str, list[str]] | None:
    """People's verdicts that two claims are one event, by either; ``None`` where few are asked for one by one."""
    if names is None:
        return None
    found: dict[str, list[str]] = {}
    for pair in views.pairs("claims"):
        if pair.verdict == "same":
            found.setdefault(pair.left, []).append(pair.right)
            found.setdefault(pair.right, []).append(pair.left)
    return found


def _parts(islands: Iterable[tuple[str, ...]], size: int) -> Iterator[list[tuple[str, ...]]]:
    """Islands in parts of about so many claims."""
    part: list[tuple[str, ...]] = []
    held = 0
    for island in islands:
        part.append(island)
        held += len(island)
        if held >= size:
            yield part
            part, held = [], 0
    if part:
        yield part


def _lists(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (names[at : at + size] for at in range(0, len(names), size))
