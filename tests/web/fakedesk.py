"""A desk in memory that keeps the promises of :class:`uncounted.web.desk.Desk`, for the tests of the pages."""

from collections.abc import Sequence

import msgspec

from tests.stages.publish.invented import dossier
from uncounted.model.claims import Claim
from uncounted.model.errors import NotFound, Refused
from uncounted.model.evidence import Capture
from uncounted.model.facts import (
    Agent,
    AnyFact,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    Entry,
    JudgementUndone,
    PairJudged,
)
from uncounted.model.incidents import Incident, Origin
from uncounted.model.release import Dossier
from uncounted.model.review import ReviewedClaim, Status
from uncounted.stages.publish.release import grounded


class FakeDesk:
    """The invented case of the release's tests, with nothing judged yet."""

    def __init__(self, made: Dossier | None = None) -> None:
        self.made = made or dossier()
        self.entries: list[Entry] = []

    @property
    def title(self) -> str:
        return self.made.title

    @property
    def invented(self) -> bool:
        return self.made.invented

    def captures(self) -> Sequence[Capture]:
        return list(self.made.captures.values())

    def capture(self, name: str) -> Capture:
        if name not in self.made.captures:
            raise NotFound(f"report {name}", "no report has that name")
        return self.made.captures[name]

    def text(self, capture: str) -> str:
        return self.made.texts[capture]

    def claims(self, status: Status | None = None, capture: str | None = None) -> Sequence[ReviewedClaim]:
        standing = [self.claim(name) for name in self.made.claims]
        return [
            r for r in standing if status in (None, r.status) and capture in (None, r.claim.document)
        ]  # fmt: skip

    def claim(self, name: str) -> ReviewedClaim:
        if name not in self.made.claims:
            raise NotFound(f"claim {name}", "no claim has that name")
        read = self.made.claims[name]
        now = ReviewedClaim(claim=read, read=read, status="proposed", readers=(read.reader,))
        undone = {e.fact.entry for e in self.entries if isinstance(e.fact, JudgementUndone)}
        for entry in self.entries:
            fact = entry.fact
            if entry.number in undone or not isinstance(fact, ClaimJudged | ClaimEdited) or fact.claim != name:
                continue
            now = msgspec.structs.replace(
                now,
                claim=fact.edited if isinstance(fact, ClaimEdited) else read,
                status="accepted" if isinstance(fact, ClaimEdited) else fact.verdict,
                by=entry.by.name, entry=entry.number, reason=fact.reason,
            )  # fmt: skip
        return now

    def next_claim(self, after: str | None = None) -> ReviewedClaim | None:
        names = list(self.made.claims)
        start = names.index(after) + 1 if after in names else 0
        turned = names[start:] + names[:start]
        return next((r for name in turned if (r := self.claim(name)).status == "proposed"), None)

    def beside(self, name: str) -> tuple[str | None, str | None]:
        names = list(self.made.claims)
        at = names.index(name)
        return (names[at - 1] if at else None), (names[at + 1] if at + 1 < len(names) else None)

    def progress(self) -> dict[Status, int]:
        stand = [r.status for r in self.claims()]
        return {"proposed": stand.count("proposed"), "accepted": stand.count("accepted"),
                "rejected": stand.count("rejected")}  # fmt: skip

    def judge(self, claim: str, verdict: Status, by: str, reason: str = "", seen: int | None = None) -> Entry:
        self._unchanged(claim, seen)
        assert verdict != "proposed"
        return self._record(by, ClaimJudged(claim=claim, verdict=verdict, reason=reason))

    def edit(self, claim: str, edited: Claim, by: str, reason: str = "", seen: int | None = None) -> Entry:
        self._unchanged(claim, seen)
        grounded(msgspec.structs.replace(self.made, claims={claim: edited}))
        return self._record(by, ClaimEdited(claim=claim, edited=edited, reason=reason))

    def add_claim(self, claim: Claim, by: str, reason: str = "") -> Entry:
        self.made.claims[claim.id] = claim
        return self._record(by, ClaimAdded(claim=claim, reason=reason))

    def undo(self, entry: int, by: str, reason: str = "") -> Entry:
        if not 0 <= entry < len(self.entries):
            raise NotFound(f"entry {entry}", "the ledger has no such entry")
        return self._record(by, JudgementUndone(entry=entry, reason=reason))

    def last_judgements(self, by: str, n: int = 10) -> Sequence[Entry]:
        undone = {e.fact.entry for e in self.entries if isinstance(e.fact, JudgementUndone)}
        mine = [e for e in self.entries if e.by.name == by and e.number not in undone]
        return [e for e in reversed(mine) if isinstance(e.fact, ClaimJudged | ClaimEdited | ClaimAdded)][:n]

    def history(self, name: str) -> Sequence[Entry]:
        return [e for e in self.entries if name in (getattr(e.fact, "claim", None), getattr(e.fact, "left", None))]

    def incidents(self) -> Sequence[Incident]:
        return self.made.incidents

    def origins(self, incident: str) -> Sequence[Origin]:
        return self.made.origins.get(incident, ())

    def merge(self, left: str, right: str, by: str, reason: str = "") -> Entry:
        return self._record(by, PairJudged(of="claims", left=left, right=right, verdict="same", reason=reason))

    def split(self, incident: str, claims: list[str], by: str, reason: str = "") -> Sequence[Entry]:
        return [
            self._record(by, PairJudged(of="claims", left=incident, right=name, verdict="different", reason=reason))
            for name in claims
        ]

    def judge_pair(self, pair: PairJudged, by: str) -> Entry:
        return self._record(by, pair)

    def dossier(self) -> Dossier:
        return self.made

    def _unchanged(self, claim: str, seen: int | None) -> None:
        now = self.claim(claim)
        if seen is not None and seen != (-1 if now.entry is None else now.entry):
            raise Refused(f"claim {claim}", f"{now.by or 'somebody'} judged it in the meantime ({now.status})",
                          "Look at it again, then judge.")  # fmt: skip

    def _record(self, by: str, fact: AnyFact) -> Entry:
        entry = Entry(number=len(self.entries), at="2031-06-01T08:00:00Z", by=Agent("person", by), fact=fact)
        self.entries.append(entry)
        return entry
