"""What pages are made from: each a plain value, so that equal values are known to give equal pages."""

from collections.abc import Iterable

import msgspec

from uncounted.model.claims import Claim, Place, Time
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.stages.publish.marks import context
from uncounted.stages.publish.site.index import Head, Site


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


class Title(msgspec.Struct, frozen=True, kw_only=True):
    """What an incident is called, in whichever language."""

    title: str
    titled: tuple[str, ...]
    time: Time | None
    place: Place | None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An incident in a list."""

    id: str
    title: str
    titled: tuple[str, ...]
    time: Time | None
    place: Place | None
    grade: str | None
    actors: tuple[str, ...]
    origins: int
    cells: tuple[TollCell, ...]


def head(site: Site, capture: Capture) -> Head:
    """What is said of a report elsewhere."""
    if (held := site.heads.get(capture.id)) is None:
        page = f"captures/{capture.id}.html" if capture.id in site.dossier.texts else None
        held = site.heads[capture.id] = Head(
            id=capture.id, title=capture.title, publisher=capture.publisher, published=capture.published,
            language=capture.language, page=page,
        )  # fmt: skip
    return held


def card(site: Site, claim: Claim, reach: int = 240) -> Card:
    """A claim in its surroundings."""
    text = site.dossier.texts[claim.document]
    start, end = context(text, claim.passage.start, claim.passage.end, reach)
    capture = site.dossier.captures.get(claim.document)
    return Card(
        claim=claim, head=head(site, capture) if capture else None, words=text[start:end], offset=start,
        before=start > 0, after=end < len(text), at=site.spots.get(claim.id),
    )  # fmt: skip


def title(incident: Incident) -> Title:
    """What an incident is called."""
    return Title(title=incident.title, titled=incident.titled, time=incident.time, place=_bare(incident.place))


def row(site: Site, incident: Incident) -> Row:
    """An incident as lists show it: of its figures the reasons stay on its own page."""
    cells = tuple(
        msgspec.structs.replace(cell, why=(), contradictions=(), claims=())
        for cell in site.figures.get(incident.id, ())
    )
    return Row(
        id=incident.id, title=incident.title, titled=incident.titled, time=incident.time,
        place=_bare(incident.place), grade=incident.grade, actors=incident.actors,
        origins=len(site.dossier.origins.get(incident.id, ())), cells=cells,
    )  # fmt: skip


def rows(site: Site, names: Iterable[str]) -> list[Row]:
    """The incidents of these ids that the release holds."""
    return [row(site, site.incident[name]) for name in names if name in site.incident]


def told(site: Site, part: Iterable[tuple[Origin, tuple[Claim, ...]]]) -> list[tuple[Origin, list[Card]]]:
    """Origins with their claims in their surroundings."""
    return [(origin, [card(site, claim) for claim in claims]) for origin, claims in part]


def _bare(place: Place | None) -> Place | None:
    return msgspec.structs.replace(place, alternatives=()) if place and place.lat is not None else place
