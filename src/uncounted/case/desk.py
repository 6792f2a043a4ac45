"""A case as the review desk sees it: what stands, asked for in parts, and the deeds a person can do."""

import time
from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec

from uncounted.case import lists, persons, reviewing
from uncounted.case.case import Case
from uncounted.case.keeping import Keeper
from uncounted.case.people import People
from uncounted.case.proposals import Kind, Proposals
from uncounted.ledger.index import Index
from uncounted.model.asking import Filter, Page, Row
from uncounted.model.claims import Claim
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.evidence import Capture
from uncounted.model.facts import ClaimReread, Entry, LinksProposed, PairJudged
from uncounted.model.identity import incident_id
from uncounted.model.incidents import Incident, Origin
from uncounted.model.review import ReviewedClaim, Status
from uncounted.model.vocabulary import Grade
from uncounted.stages.match import incidents_cluster

SEATED_FOR = 600.0
"""Seconds for which a claim that somebody looks at is not given to another person."""


class CaseDesk:
    """Called from the server's one event loop thread. What is not there raises ``NotFound``.

    Writing methods append facts by the person ``by`` and return their entries. ``seen`` is the number of the judgement
    that the person had before their eyes, -1 for none; when another came since, ``Refused`` is raised.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.people = People(case)
        self.keeper = Keeper(case)
        self._seated: dict[str, tuple[str, float]] = {}
        self._slim: dict[int, Entry] = {}
        self._proposals: dict[Kind, Proposals] = {"claims": self.keeper.proposals}
        self._once: tuple[str, frozenset[str]] = ("", frozenset())

    @cached_property
    def title(self) -> str:
        """The case's title."""
        return self.case.opened.title

    @cached_property
    def invented(self) -> bool:
        """Whether the case is made up; every page then says so."""
        return self.case.opened.invented

    def index(self) -> Index:
        """The index, as the case stands now."""
        return self.keeper.fresh()

    def proposals(self, of: Kind) -> Proposals:
        """What matchers proposed of a kind, as it stands now."""
        self._fresh()
        return self._proposals.setdefault(of, Proposals(self.case.views, of))

    def once_on(self) -> frozenset[str]:
        """The victim lists on which a person stands once, told anew when a list got a new version."""
        state = self.case.views.list_state()
        if state != self._once[0]:
            self._once = state, persons.once_on(lists.current(self.case))
        return self._once[1]

    def captures(self, number: int = 1, size: int = 100) -> Page[Capture]:
        """A part of the reports, in the order they were taken."""
        self._fresh()
        return self.case.views.captures_page(number, size)

    def capture(self, name: str) -> Capture:
        """One report."""
        self._fresh()
        return self.case.views.capture(name)

    def captures_named(self, names: Sequence[str]) -> dict[str, Capture]:
        """Reports by their ids."""
        return {capture.id: capture for capture in self.case.views.captures_named(names)}

    def text(self, capture: str) -> str:
        """A report's working text; empty when it has none."""
        return self.case.text(capture)

    def claims(
        self, status: Status | None = None, capture: str | None = None, number: int = 1, size: int = 100
    ) -> Page[ReviewedClaim]:
        """A part of the claims, in the order of review."""
        self._fresh()
        return self.case.views.claims_page(status, capture, number, size)

    def claims_of(self, capture: str) -> Sequence[ReviewedClaim]:
        """All claims of a report."""
        self._fresh()
        return self.case.views.claims(capture=capture)

    def claims_named(self, names: Sequence[str]) -> dict[str, ReviewedClaim]:
        """Claims by their ids, in the order of review."""
        self._fresh()
        return {reviewed.claim.id: reviewed for reviewed in self.case.views.claims_named(names)}

    def claim(self, name: str) -> ReviewedClaim:
        """One claim as it stands."""
        self._fresh()
        return self.case.views.claim(name)

    def reviewers(self) -> tuple[str, ...]:
        """Who judges in this case, in order; nobody while it is one person's."""
        return tuple(sorted(name for name, roles in self.case.views.roles().items() if "reviewer" in roles))

    def next_claim(self, by: str, after: str | None = None, *, mine: bool = False) -> ReviewedClaim | None:
        """The next claim to judge, from after a claim on and then from the start; ``None`` when none is left.

        Claims that somebody else has before their eyes come only when no other is left. With ``mine`` only the reports
        that fall to this person are asked, each report to one person.
        """
        self._fresh()
        names = self.reviewers()
        share = (names.index(by), len(names)) if mine and by in names else None
        now = time.monotonic()
        self._seated = {claim: sat for claim, sat in self._seated.items() if now - sat[1] < SEATED_FOR}
        taken = [claim for claim, (who, _) in self._seated.items() if who != by]
        views = self.case.views
        free = views.waiting(after, share, taken) or views.waiting(None, share, taken)
        if free:
            # Handed out is taken: the next who asks, a moment later, is given another.
            self._seated = {claim: sat for claim, sat in self._seated.items() if sat[0] != by}
            self._seated[free.claim.id] = by, now
        return free or views.waiting(None, share, ())

    def sit(self, claim: str, by: str) -> str | None:
        """Note that a person looks at a claim; returns who else does."""
        other = self._seated.get(claim)
        if other and other[0] != by and time.monotonic() - other[1] < SEATED_FOR:
            return other[0]
        self._seated[claim] = by, time.monotonic()
        return None

    def beside(self, name: str) -> tuple[str | None, str | None]:
        """The ids of the claims before and after one, whatever their status."""
        return self.case.views.beside(name)

    def progress(self) -> Mapping[Status, int]:
        """How many claims stand at each status."""
        self._fresh()
        return self.case.views.counts()

    def judge(self, claim: str, verdict: Status, by: str, reason: str = "", seen: int | None = None) -> Entry:
        """Accept or reject a claim."""
        self._seated.pop(claim, None)
        return reviewing.judge(self.case, claim, verdict, by, reason=reason, seen=seen)

    def edit(self, claim: str, edited: Claim, by: str, reason: str = "", seen: int | None = None) -> Entry:
        """Accept a claim in a corrected form."""
        self._seated.pop(claim, None)
        return reviewing.edit(self.case, claim, edited, by, reason=reason, seen=seen)

    def add_claim(self, claim: Claim, by: str, reason: str = "") -> Entry:
        """Add a claim that no reader found; it counts as accepted."""
        return reviewing.add_claim(self.case, claim, by, reason)

    def reread(self, claim: str, verdict: Status, by: str, reason: str = "") -> Entry:
        """Judge a claim a second time, without having seen the first judgement."""
        standing = self.claim(claim)
        if standing.by == by or standing.status == "proposed":
            raise BadInput(f"claim {claim}", "a second reading is of what somebody else judged", "Go on to the next.")
        if verdict == "proposed":
            raise BadInput(f"claim {claim}", "a verdict is accepted or rejected")
        count = standing.claim.count
        held = {"low": count.low, "high": count.high} if verdict == "accepted" else {}
        fact = ClaimReread(claim=claim, verdict=verdict, reason=reason, **held)
        return reviewing.record(self.case, by, fact)[0]

    def undo(self, entry: int, by: str, reason: str = "") -> Entry:
        """Take back a judgement by its entry's number."""
        return reviewing.undo(self.case, entry, by, reason)

    def last_judgements(self, by: str, n: int = 10) -> Sequence[Entry]:
        """A person's latest judgements of claims that are in force, the latest first."""
        self._fresh()
        ledger = self.case.ledger
        return [next(iter(ledger.entries(at, at + 1))) for at in self.case.views.judged_by(by, n)]

    def history(self, *names: str) -> Sequence[Entry]:
        """Every entry about these claims or captures, the earliest first."""
        self._fresh()
        touching = {entry.number: entry for name in names for entry in self.case.views.history(name)}
        return [touching[number] for number in sorted(touching)]

    def entry(self, number: int, *, whole: bool = True) -> Entry:
        """An entry of the ledger.

        Unless ``whole``, a matcher's is without its proposals, perhaps a hundred thousand, and is kept so:
        a list of entries does not show them.
        """
        if not whole and number in self._slim:
            return self._slim[number]
        found = next(iter(self.case.ledger.entries(number, number + 1)))
        if not whole and isinstance(found.fact, LinksProposed):
            found = msgspec.structs.replace(found, fact=msgspec.structs.replace(found.fact, links=()))
            self._slim[number] = found
        return found

    def incidents(self, asked: Filter | None = None, number: int = 1, size: int = 100) -> Page[Row]:
        """A part of the incidents that fit, by time."""
        return self.index().page(asked, number, size)

    def incident(self, name: str) -> tuple[Row, tuple[Origin, ...]]:
        """An incident with its figure and its origins, by its id or that of any of its claims."""
        found = self.index().incident(name)
        if found is None:
            rule = "no incident of this case has that name"
            raise NotFound(f"incident {name}", rule, "The list names those there are.")
        return found[0], msgspec.json.decode(found[1], type=tuple[Origin, ...])

    def earlier_codes(self, incident: Incident) -> tuple[str, ...]:
        """The ids under which an incident was known before it was merged: those that its other claims would give."""
        codes = (incident_id(claim) for claim in incident.claims if claim != incident.anchor)
        judged = {end for pair in self.case.views.pairs_touching("claims", incident.claims)
                  for end in (pair.left, pair.right) if pair.verdict == "same"}  # fmt: skip
        known = {incident_id(claim) for claim in judged}
        return tuple(code for code in codes if code in known)

    def merge(self, left: str, right: str, by: str, reason: str = "") -> Sequence[Entry]:
        """Hold two incidents to be one event."""
        one, two = self._incident(left), self._incident(right)
        if one.id == two.id:
            raise BadInput(f"incidents {left} and {right}", "they are one already")
        return reviewing.record(self.case, by, *incidents_cluster.merge(one, two, reason))

    def hold_apart(self, left: str, right: str, verdict: str, by: str, reason: str = "") -> Sequence[Entry]:
        """Hold two incidents to be two events, or say that one is unsure."""
        one, two = sorted((self._incident(left).anchor, self._incident(right).anchor))
        fact = msgspec.convert(
            {"fact": "pair_judged", "of": "claims", "left": one, "right": two, "verdict": verdict, "reason": reason},
            PairJudged,
        )
        return reviewing.record(self.case, by, fact)

    def split(self, incident: str, claims: Sequence[str], by: str, reason: str = "") -> Sequence[Entry]:
        """Hold some claims of an incident to speak of another event than the rest."""
        verdicts = incidents_cluster.split(self._incident(incident), claims, reason)
        if not verdicts:
            raise BadInput("the split", "it needs some of the claims, and not all", "Tick those of the other event.")
        return reviewing.record(self.case, by, *verdicts)

    def judge_pair(self, pair: PairJudged, by: str) -> Entry:
        """Record a verdict on a pair."""
        return reviewing.judge_pair(self.case, pair, by)

    def grades(self) -> tuple[Grade, ...]:
        """The grades that the policy in force counts; none means that all count."""
        return self.keeper.policy.grades

    def close(self) -> None:
        """Let go of the index; the case stays open."""
        self.keeper.index.close()

    def _incident(self, name: str) -> Incident:
        return self.incident(name)[0].incident

    def _fresh(self) -> None:
        """Let the views follow what another process recorded."""
        self.case.views.catch_up()
