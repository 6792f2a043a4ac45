"""What people said: verdicts on pairs, audits, titles, axes, roles, second readings, rules, corrections."""

import json
from typing import Literal

import msgspec

from uncounted.ledger.views.store import Store
from uncounted.model.corrections import Correction, Overlap
from uncounted.model.facts import (
    AuditDrawn,
    AxisJudged,
    ClaimReread,
    CorrectionAsked,
    CorrectionDecided,
    IncidentNamed,
    OverlapStated,
    PolicyAdopted,
    RecordAudited,
    RoleGranted,
    ScorerLearned,
)
from uncounted.model.incidents import Link
from uncounted.model.review import Pair
from uncounted.model.roles import Role


class Judged(Store):
    """What people said, as it stands. A part of :class:`~uncounted.ledger.views.Views`."""

    def links(self, of: Literal["claims", "entries", "captures"]) -> dict[str, tuple[Link, ...]]:
        """Return the latest proposals of each matcher."""
        rows = self._all("SELECT matcher, body FROM links WHERE kind = ? ORDER BY matcher", (of,))
        return {matcher: msgspec.json.decode(body, type=tuple[Link, ...]) for matcher, body in rows}

    def pairs(self, of: Literal["claims", "origins", "entries", "captures"]) -> list[Pair]:
        """Return people's verdicts on pairs as they stand, ordered by the pair."""
        return self._bodies(Pair, "SELECT body FROM pairs WHERE kind = ? ORDER BY one, other", (of,))

    def audits(self) -> list[AuditDrawn]:
        """Return the audits that were drawn, in the order they were."""
        said = sorted((event for _, event in self._stated("audit")), key=lambda event: event.entry)
        return [event.what for event in said if isinstance(event.what, AuditDrawn)]

    def audited(self, audit: str) -> list[tuple[RecordAudited, str]]:
        """Return the answers to an audit that are in force, with who gave each, by entry and name."""
        said = (event for _, event in self._stated("audited"))
        found = [(e.what, e.by.name) for e in said if isinstance(e.what, RecordAudited) and e.what.audit == audit]
        return sorted(found, key=lambda answer: (answer[0].entry, answer[1]))

    def titles(self) -> dict[str, str]:
        """Return the titles that people gave incidents, by anchor claim."""
        said = (event.what for _, event in self._stated("title"))
        return {what.anchor: what.title for what in said if isinstance(what, IncidentNamed)}

    def axes(self) -> dict[str, list[tuple[AxisJudged, str]]]:
        """Return each person's judgements on the axes of incidents, with their names, by anchor claim."""
        found: dict[str, list[tuple[AxisJudged, str]]] = {}
        for _, event in self._stated("axis"):
            if isinstance(event.what, AxisJudged):
                found.setdefault(event.what.anchor, []).append((event.what, event.by.name))
        return found

    def roles(self) -> dict[str, frozenset[Role]]:
        """Return the roles of each person who has any, by name."""
        found: dict[str, set[Role]] = {}
        for _, event in self._stated("role"):
            if isinstance(event.what, RoleGranted):
                found.setdefault(event.what.person, set()).add(event.what.role)
        return {name: frozenset(roles) for name, roles in found.items()}

    def second_readings(self) -> list[tuple[ClaimReread, str]]:
        """Return each person's latest blind second reading of a claim, with their name."""
        said = ((event.what, event.by.name) for _, event in self._stated("second"))
        return [(what, by) for what, by in said if isinstance(what, ClaimReread)]

    def policy(self) -> PolicyAdopted | None:
        """Return the policy in force, ``None`` if none was adopted."""
        for _, event in self._stated("policy"):
            if isinstance(event.what, PolicyAdopted):
                return event.what
        return None

    def scorer(self, reader: str) -> ScorerLearned | None:
        """Return what a reader of this case learned, ``None`` where it reads with the shipped weights."""
        for key, event in self._stated("scorer"):
            if key == json.dumps([reader]) and isinstance(event.what, ScorerLearned):
                return event.what if event.what.object else None
        return None

    def corrections(self) -> list[Correction]:
        """Return the requests for correction with what was decided, in the order they came."""
        decided = {}
        for _, event in self._stated("decision"):
            if isinstance(event.what, CorrectionDecided):
                decided[event.what.correction] = event
        found = []
        for _, event in self._stated("correction"):
            asked = event.what
            if not isinstance(asked, CorrectionAsked):
                continue
            told = Correction(
                id=asked.correction, about=asked.about, subject=asked.subject, reason=asked.reason, said=asked.said,
                at=self._at(event.entry),
            )  # fmt: skip
            if (last := decided.get(asked.correction)) and isinstance(last.what, CorrectionDecided):
                told = msgspec.structs.replace(
                    told, verdict=last.what.verdict, note=last.what.note, by=last.by.name, decided=self._at(last.entry),
                    entries=last.what.entries,
                )  # fmt: skip
            found.append((event.entry, told))
        return [told for _, told in sorted(found, key=lambda one: (one[0], one[1].id))]

    def overlaps(self) -> list[Overlap]:
        """Return the overlaps of totals with incidents that people stated, by the total's claim."""
        return [
            Overlap(
                total=event.what.total, incidents=event.what.incidents, low=event.what.low, high=event.what.high,
                reason=event.what.reason, by=event.by.name, entry=event.entry,
            )
            for _, event in self._stated("overlap")
            if isinstance(event.what, OverlapStated)
        ]  # fmt: skip

    def _at(self, entry: int) -> str:
        return next(self._ledger.entries(entry, entry + 1)).at
