"""What matchers proposed, laid out for quick asking: by either end, and between which incidents it runs."""

from collections.abc import Collection, Mapping
from typing import Literal

from uncounted.ledger.index import Index
from uncounted.ledger.index_leads import Lead
from uncounted.ledger.views import Views
from uncounted.model.incidents import Link
from uncounted.stages.match.incidents_cluster import JOIN

Kind = Literal["claims", "entries", "captures"]


class Proposals:
    """The proposals that claims are one event, captures one report or entries one person.

    They are kept until a matcher proposes anew.
    """

    def __init__(self, views: Views, kind: Kind = "claims") -> None:
        self.views, self.kind = views, kind
        self._state: str | None = None
        self._links: tuple[Link, ...] = ()
        self._by_end: dict[str, list[Link]] = {}

    def all(self) -> tuple[Link, ...]:
        """Every proposal, the likeliest first."""
        self.follow()
        return self._links

    def of(self, claim: str) -> list[Link]:
        """Every proposal of which a claim is an end, the likeliest first."""
        return self._by_end.get(claim, [])

    def joining(self, claim: str) -> list[Link]:
        """Those proposals of a claim that are likely enough to join it to another without a person."""
        return [link for link in self.of(claim) if link.probability >= JOIN]

    def follow(self) -> "Proposals":
        """Take in what a matcher proposed since. The questions by claim do not ask for it: they come in thousands."""
        state = self.views.proposals(self.kind)
        if state == self._state:
            return self
        known = [link for links in self.views.links(self.kind).values() for link in links]
        self._links = tuple(sorted(known, key=lambda link: (-link.probability, link.left, link.right)))
        self._by_end = {}
        for link in self._links:
            self._by_end.setdefault(link.left, []).append(link)
            self._by_end.setdefault(link.right, []).append(link)
        self._state = state
        return self

    def leads(self, index: Index, claims: Collection[str] | None = None) -> list[Lead]:
        """Between which incidents of the index proposals run; all, or those that touch the incidents of these claims.

        Of several proposals between two incidents the likeliest counts, among equals the first by its ends.
        """
        self.follow()
        links = self._links if claims is None else self._touching(claims)
        homes = index.homes([end for link in links for end in (link.left, link.right)])
        best: dict[tuple[str, str], Link] = {}
        for link in links:
            ends = _ends(homes, link.left, link.right)
            if ends and ends not in best:
                best[ends] = link
        judged = self._judged(index, best, claims)
        return [
            Lead(
                one=one, other=other, probability=link.probability, left=link.left, right=link.right,
                reasons=link.reasons, judged=(one, other) in judged,
            )
            for (one, other), link in best.items()
        ]  # fmt: skip

    def _touching(self, claims: Collection[str]) -> list[Link]:
        found = {(link.left, link.right): link for claim in claims for link in self.of(claim)}
        return sorted(found.values(), key=lambda link: (-link.probability, link.left, link.right))

    def _judged(
        self, index: Index, best: Mapping[tuple[str, str], Link], claims: Collection[str] | None
    ) -> set[tuple[str, str]]:
        """The pairs of incidents of which a person spoke, by any claim of either."""
        if not best:
            return set()
        pairs = self.views.pairs("claims") if claims is None else self.views.pairs_touching("claims", claims)
        homes = index.homes([end for pair in pairs for end in (pair.left, pair.right)])
        return {ends for pair in pairs if (ends := _ends(homes, pair.left, pair.right))}


def _ends(homes: Mapping[str, str], left: str, right: str) -> tuple[str, str] | None:
    """The two incidents between which two claims run, in order; ``None`` within one, or where one is in none."""
    one, other = homes.get(left), homes.get(right)
    if one is None or other is None or one == other:
        return None
    return (one, other) if one < other else (other, one)
