"""A case as the review desk sees it: what stands, and the deeds a person can do."""

from collections.abc import Mapping, Sequence

from uncounted.case import linking, reviewing, telling
from uncounted.case.case import Case
from uncounted.model.claims import Claim
from uncounted.model.errors import NotFound
from uncounted.model.evidence import Capture
from uncounted.model.facts import ClaimAdded, ClaimEdited, ClaimJudged, Entry, PairJudged
from uncounted.model.incidents import Incident, Origin
from uncounted.model.release import Dossier
from uncounted.model.review import ReviewedClaim, Status

_STEP = 200


class CaseDesk:
    """Keeps the promises of :class:`uncounted.web.desk.Desk` for a case; what it folds it keeps until the next fact."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._standing: tuple[int, telling.Standing] | None = None

    @property
    def title(self) -> str:
        """The case's title."""
        return self.case.opened.title

    @property
    def invented(self) -> bool:
        """Whether the case is made up."""
        return self.case.opened.invented

    def captures(self) -> Sequence[Capture]:
        """All reports, in the order they were taken."""
        self._fresh()
        return self.case.views.captures()

    def capture(self, name: str) -> Capture:
        """One report."""
        return self.case.views.capture(name)

    def text(self, capture: str) -> str:
        """A report's working text; empty when it has none."""
        return self.case.text(capture)

    def claims(self, status: Status | None = None, capture: str | None = None) -> Sequence[ReviewedClaim]:
        """Claims in the order of review."""
        self._fresh()
        return self.case.views.claims(status, capture)

    def claim(self, name: str) -> ReviewedClaim:
        """One claim as it stands."""
        self._fresh()
        return self.case.views.claim(name)

    def next_claim(self, after: str | None = None) -> ReviewedClaim | None:
        """The next claim to judge, from after a claim on and then from the start."""
        self._fresh()
        return self.case.views.next_claim(after) or self.case.views.next_claim()

    def beside(self, name: str) -> tuple[str | None, str | None]:
        """The ids of the claims before and after one."""
        return self.case.views.beside(name)

    def progress(self) -> Mapping[Status, int]:
        """How many claims stand at each status."""
        return self.case.views.counts()

    def judge(self, claim: str, verdict: Status, by: str, reason: str = "", seen: int | None = None) -> Entry:
        """Accept or reject a claim."""
        return reviewing.judge(self.case, claim, verdict, by, reason=reason, seen=seen)

    def edit(self, claim: str, edited: Claim, by: str, reason: str = "", seen: int | None = None) -> Entry:
        """Accept a claim in a corrected form."""
        return reviewing.edit(self.case, claim, edited, by, reason=reason, seen=seen)

    def add_claim(self, claim: Claim, by: str, reason: str = "") -> Entry:
        """Add a claim that no reader found."""
        return reviewing.add_claim(self.case, claim, by, reason)

    def undo(self, entry: int, by: str, reason: str = "") -> Entry:
        """Take back a judgement."""
        return reviewing.undo(self.case, entry, by, reason)

    def last_judgements(self, by: str, n: int = 10) -> Sequence[Entry]:
        """A person's latest judgements of claims that are in force, the latest first."""
        found: list[Entry] = []
        end = len(self.case.ledger)
        while end > 0 and len(found) < n:
            for entry in reversed(list(self.case.ledger.entries(max(0, end - _STEP), end))):
                if entry.by.name == by and self._in_force(entry):
                    found.append(entry)
            end -= _STEP
        return found[:n]

    def history(self, name: str) -> Sequence[Entry]:
        """Every entry about a claim, a capture or an incident, the earliest first."""
        try:
            about = linking.incident(self.case.views, name).claims if name.startswith("i") else (name,)
        except NotFound:
            about = (name,)
        touching = {entry.number: entry for one in about for entry in self.case.views.history(one)}
        return [touching[number] for number in sorted(touching)]

    def incidents(self) -> Sequence[Incident]:
        """All incidents as they stand."""
        return self._now().incidents

    def origins(self, incident: str) -> Sequence[Origin]:
        """The independent origins of an incident."""
        return self._now().origins.get(incident, ())

    def merge(self, left: str, right: str, by: str, reason: str = "") -> Entry:
        """Hold two incidents to be one event."""
        return linking.merge(self.case, left, right, by, reason)[0]

    def split(self, incident: str, claims: list[str], by: str, reason: str = "") -> Sequence[Entry]:
        """Hold some claims of an incident to speak of another event than the rest."""
        return linking.split(self.case, incident, claims, by, reason)

    def judge_pair(self, pair: PairJudged, by: str) -> Entry:
        """Record a verdict on a pair."""
        return reviewing.judge_pair(self.case, pair, by)

    def dossier(self) -> Dossier:
        """All that a publication is made from, under the policy in force."""
        return telling.dossier(self.case, telling.policy_of(self.case, None))

    def _fresh(self) -> None:
        """Let the views follow what another process recorded."""
        self.case.views.catch_up()

    def _now(self) -> telling.Standing:
        self._fresh()
        size = len(self.case.ledger)
        if self._standing is None or self._standing[0] != size:
            self._standing = size, telling.standing(self.case)
        return self._standing[1]

    def _in_force(self, entry: Entry) -> bool:
        match entry.fact:
            case ClaimJudged(claim=name) | ClaimEdited(claim=name):
                return self.case.views.claim(name).entry == entry.number
            case ClaimAdded(claim=claim):
                return self.case.views.claim(claim.id).entry == entry.number
            case _:
                return False
