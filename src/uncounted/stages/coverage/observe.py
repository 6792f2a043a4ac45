"""One incident's coverage, as counted from a dossier: its reports, outlets and origins beside its toll."""

from datetime import UTC, datetime, timedelta

import msgspec

from uncounted.model.evidence import Capture
from uncounted.model.incidents import Incident
from uncounted.model.release import Dossier
from uncounted.model.vocabulary import HELD_MODALITIES, SourceKind
from uncounted.stages.coverage.doubt import doubted, speaker


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted of one incident.

    ``reports`` are its reports' publishers, one entry a report, ``None`` where the publisher is not known; ``origins``
    counts the first-hand sources that hold it to have happened; ``low`` and ``high`` bound the people killed.
    ``hours`` is the time to the first report. ``quoted`` holds for each claim that quotes a source the source's kind
    and whether it is put in doubt; ``numbers`` the exact counts of persons said.
    """

    incident: str
    reports: tuple[str | None, ...]
    origins: int
    low: int | None
    high: int | None
    hours: float | None = None
    quoted: tuple[tuple[SourceKind, bool], ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def outlets(self) -> int:
        """How many publishers reported it; reports without a known publisher count as one."""
        return len(set(self.reports))


def observe(dossier: Dossier) -> tuple[Observed, ...]:
    """Every incident of a dossier, in its order. The toll is that of the policy's headline group, killed."""
    headline = dossier.rules.get("headline", "people")
    figures = {
        cell.cell.get("incident"): cell
        for cell in dossier.toll.get("incident", ())
        if cell.cell.get("harm") == "killed" and cell.cell.get("group", headline) == headline
    }
    return tuple(_observed(dossier, incident, figures.get(incident.id)) for incident in dossier.incidents)


def _observed(dossier: Dossier, incident: Incident, cell: object) -> Observed:
    claims = [dossier.claims[name] for name in incident.claims if name in dossier.claims]
    captures = [dossier.captures[name] for name in sorted({claim.document for claim in claims})
                if name in dossier.captures]  # fmt: skip
    # Who denies that it happened, or says that it may, is no origin of it.
    held = {claim.id for claim in claims if claim.modality in HELD_MODALITIES and claim.scope == "incident"}
    quoted = []
    for claim in claims:
        capture = dossier.captures.get(claim.document)
        found = doubted(claim, dossier.texts.get(claim.document, ""), capture.language if capture else None)
        if found is not None and (source := speaker(claim)) is not None:
            quoted.append((source.kind, found))
    numbers = [
        claim.count.low
        for claim in claims
        if claim.count.quantifier == "exact" and claim.count.unit == "person" and claim.count.low is not None
        and claim.count.low == claim.count.high
    ]  # fmt: skip
    origins = [one for one in dossier.origins.get(incident.id, ()) if not held.isdisjoint(one.claims)]
    return Observed(
        incident=incident.id, reports=tuple(capture.publisher for capture in captures), origins=len(origins),
        low=getattr(cell, "low", None), high=getattr(cell, "high", None), hours=hours_to_first(incident, captures),
        quoted=tuple(quoted), numbers=tuple(numbers),
    )  # fmt: skip


def hours_to_first(incident: Incident, captures: list[Capture]) -> float | None:
    """Hours from an incident to its first report, ``None`` where its day or every report's date is unknown.

    An incident dated to a day is taken to be at noon of it (UTC), and a report dated to a day at noon of that; a report
    that would come before the event counts as immediate. So the figure is sure to half a day, no better.
    """
    time = incident.time
    if time is None or time.of != "event" or not time.from_ or time.from_ != time.to:
        return None
    event = _moment(time.from_)
    seen = [moment for capture in captures if capture.published and (moment := _moment(capture.published))]
    if event is None or not seen:
        return None
    return max(0.0, (min(seen) - event) / timedelta(hours=1))


def _moment(said: str) -> datetime | None:
    try:
        if len(said) == 10:
            return datetime.fromisoformat(said).replace(hour=12, tzinfo=UTC)
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
