"""What the pages need of a case: read what stands, record what a person decides."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from uncounted.model.claims import Claim
from uncounted.model.evidence import Capture
from uncounted.model.facts import Entry, PairJudged
from uncounted.model.incidents import Incident, Origin
from uncounted.model.release import Dossier
from uncounted.model.review import ReviewedClaim, Status


class Desk(Protocol):
    """A case as the review desk sees it.

    Every method is called from the server's one event loop thread. Writing methods append one fact by the person
    ``by`` and return its entry. ``seen`` is the number of the judgement that the person had before their eyes, -1 for
    none; when another judgement came since, :class:`~uncounted.model.errors.Refused` is raised and nothing is recorded.
    What is not there raises :class:`~uncounted.model.errors.NotFound`; a claim whose words are not its report's raises
    :class:`~uncounted.model.errors.BadInput`.
    """

    @property
    def title(self) -> str:
        """The case's title."""
        ...

    @property
    def invented(self) -> bool:
        """Whether the case is made up; every page then says so."""
        ...

    def captures(self) -> Sequence[Capture]:
        """All reports, in the order they are shown."""
        ...

    def capture(self, name: str) -> Capture:
        """One report."""
        ...

    def text(self, capture: str) -> str:
        """A report's working text; empty when it has none."""
        ...

    def claims(self, status: Status | None = None, capture: str | None = None) -> Sequence[ReviewedClaim]:
        """Claims in the order of review, all or those of a status or of a report."""
        ...

    def claim(self, name: str) -> ReviewedClaim:
        """One claim as it stands."""
        ...

    def next_claim(self, after: str | None = None) -> ReviewedClaim | None:
        """The next claim to judge, from after a claim on and then from the start; ``None`` when all are judged."""
        ...

    def beside(self, name: str) -> tuple[str | None, str | None]:
        """The ids of the claims before and after one, whatever their status."""
        ...

    def progress(self) -> Mapping[Status, int]:
        """How many claims stand at each status."""
        ...

    def judge(self, claim: str, verdict: Status, by: str, reason: str = "", seen: int | None = None) -> Entry:
        """Accept or reject a claim."""
        ...

    def edit(self, claim: str, edited: Claim, by: str, reason: str = "", seen: int | None = None) -> Entry:
        """Accept a claim in a corrected form."""
        ...

    def add_claim(self, claim: Claim, by: str, reason: str = "") -> Entry:
        """Add a claim that no reader found; it counts as accepted."""
        ...

    def undo(self, entry: int, by: str, reason: str = "") -> Entry:
        """Take back a judgement by its entry's number."""
        ...

    def last_judgements(self, by: str, n: int = 10) -> Sequence[Entry]:
        """A person's latest judgements still in force, the latest first."""
        ...

    def history(self, name: str) -> Sequence[Entry]:
        """Every entry about a claim, a capture or an incident, the earliest first."""
        ...

    def incidents(self) -> Sequence[Incident]:
        """All incidents as they stand."""
        ...

    def origins(self, incident: str) -> Sequence[Origin]:
        """The independent origins of an incident."""
        ...

    def merge(self, left: str, right: str, by: str, reason: str = "") -> Entry:
        """Hold two incidents to be one event."""
        ...

    def split(self, incident: str, claims: list[str], by: str, reason: str = "") -> Sequence[Entry]:
        """Hold some claims of an incident to speak of another event than the rest."""
        ...

    def judge_pair(self, pair: PairJudged, by: str) -> Entry:
        """Record a verdict on a pair, say that two origins are one source."""
        ...

    def dossier(self) -> Dossier:
        """All that a publication is made from, under the policy in force."""
        ...
