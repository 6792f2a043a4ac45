"""What pages are made from: each a plain value, so that equal values are known to give equal pages."""

from collections.abc import Iterable

import msgspec

from uncounted.model.claims import Claim, Place, Time
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.stages.publish.marks import context
from uncounted.stages.publish.site.index import Site


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What other pages say of a report. ``page`` is its own page, ``None`` where it has no text to show."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    language: str | None
    page: str | None


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with the stretch of its report around it: ``words`` begins at code point ``offset`` of the report.

    ``before`` and ``after`` say whether the report goes on there; ``at`` is where its own page marks the passage.
    """

    claim: Claim
    head: Head | None
    words: str
    offset: int
    before: bool
    after: bool
    at: str | None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An incident in a list."""

    id: str
    title: str
    time: Time | None
    place: Place | None
    grade: str | None
    actors: tuple[str, ...]
    origins: int
    cells: tuple[TollCell, ...]


def head(site: Site, capture: Capture) -> Head:
    """What is said of a report elsewhere."""
    return Head(
        id=capture.id, title=capture.title, publisher=capture.publisher, published=capture.published,
        language=capture.language, page=f"captures/{capture.id}.html" if capture.id in site.dossier.texts else None,
    )  # fmt: skip


def card(site: Site, claim: Claim, reach: int = 240) -> Card:
    """A claim in its surroundings."""
    text = site.dossier.texts[claim.document]
    start, end = context(text, claim.passage.start, claim.passage.end, reach)
    capture = site.dossier.captures.get(claim.document)
    return Card(
        claim=claim, head=head(site, capture) if capture else None, words=text[start:end], offset=start,
        before=start > 0, after=end < len(text), at=site.spots.get(claim.id),
    )  # fmt: skip


def row(site: Site, incident: Incident) -> Row:
    """An incident as lists show it: of its figures the reasons stay on its own page."""
    cells = tuple(
        msgspec.structs.replace(cell, why=(), contradictions=(), claims=())
        for cell in site.figures.get(incident.id, ())
    )
    return Row(
        id=incident.id, title=incident.title, time=incident.time, place=_bare(incident.place), grade=incident.grade,
        actors=incident.actors, origins=len(site.dossier.origins.get(incident.id, ())), cells=cells,
    )  # fmt: skip


def rows(site: Site, names: Iterable[str]) -> list[Row]:
    """The incidents of these ids that the release holds."""
    return [row(site, site.incident[name]) for name in names if name in site.incident]


def told(site: Site, part: Iterable[tuple[Origin, tuple[Claim, ...]]]) -> list[tuple[Origin, list[Card]]]:
    """Origins with their claims in their surroundings."""
    return [(origin, [card(site, claim) for claim in claims]) for origin, claims in part]


def _bare(place: Place | None) -> Place | None:
    return msgspec.structs.replace(place, alternatives=()) if place and place.lat is not None else place
