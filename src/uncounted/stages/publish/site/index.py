"""A dossier with the cross-references that pages, data files and the desk need."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.evidence import Capture
from uncounted.model.identity import canonical, digest
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.model.release import Dossier, FigureChange
from uncounted.stages.publish import maps, timeline
from uncounted.stages.publish.maps import Map
from uncounted.stages.publish.site.cutting import Part, chunks, listed, numbered, parts_of
from uncounted.stages.publish.timeline import Timeline
from uncounted.stages.publish.words import Words, spoken

QUOTED = 80
"""Claims that one page quotes; an incident or a list with more goes on on further pages."""

Told = tuple[Origin, tuple[Claim, ...]]
"""An origin and its claims in the order they came to be known."""


class Head(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What other pages say of a report. ``page`` is its own page, ``None`` where it has no text to show."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    language: str | None
    page: str | None


class Site:
    """A dossier with the cross-references that its pages need."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.heads: dict[str, Head] = {}
        """What pages say of each report, made when first asked for."""
        self._prints: dict[str, bytes] = {}
        self._reports: dict[str, tuple[Capture, ...]] = {}
        self._told: dict[str, tuple[tuple[Told, ...], ...]] = {}

    @cached_property
    def figures(self) -> dict[str, tuple[TollCell, ...]]:
        """An incident's id → its cells of the toll."""
        found: dict[str, list[TollCell]] = {}
        for cell in self.dossier.toll.get("incident", ()):
            found.setdefault(cell.cell.get("incident", ""), []).append(cell)
        return {name: tuple(self.in_order(cells)) for name, cells in found.items()}

    @cached_property
    def linked(self) -> dict[str, Incident]:
        """A claim's id → the incident it speaks of."""
        return {claim: incident for incident in self.dossier.incidents for claim in incident.claims}

    @cached_property
    def geonames(self) -> bool:
        """Whether any place of the release is an entry of GeoNames, whose licence asks to be named."""
        places = (claim.place for claim in self.dossier.claims.values())
        return any(place and (place.gazetteer or "").startswith("geonames:") for place in places)

    @cached_property
    def homes(self) -> dict[str, str]:
        """A claim's id → the page and anchor that shows its words."""
        homes: dict[str, str] = {}
        for incident in self.dossier.incidents:
            for number, part in enumerate(self.told_in_parts(incident), 1):
                page = numbered(f"incidents/{incident.id}", number)
                homes |= {claim.id: f"{page}#{claim.id}" for _, claims in part for claim in claims}
        for number, loose in enumerate(chunks(self.loose, QUOTED), 1):
            homes |= {claim.id: f"{listed('claims', number)}#{claim.id}" for claim in loose}
        return {name: homes[name] for name in sorted(self.dossier.claims)}

    @cached_property
    def spots(self) -> dict[str, str]:
        """A claim's id → the page and anchor of the report where its passage is marked."""
        return {
            claim.id: f"{numbered(f'captures/{name}', part.number)}#{claim.id}"
            for name in self.in_capture
            if name in self.dossier.texts
            for part in self.parts(name)
            for claim in part.claims
        }

    def parts(self, capture: str) -> tuple[Part, ...]:
        """The stretches of a report, one a page, each with its claims."""
        return parts_of(self.dossier.texts[capture], self.in_capture.get(capture, ()))

    @cached_property
    def loose(self) -> tuple[Claim, ...]:
        """Claims that speak of no single incident: running totals, periods, denials, orders."""
        return tuple(
            sorted(
                (claim for name, claim in self.dossier.claims.items() if name not in self.linked),
                key=lambda claim: (claim.document, claim.passage.start, claim.id),
            )
        )

    @cached_property
    def in_capture(self) -> dict[str, list[Claim]]:
        """A capture's id → its claims in the order of their words."""
        found: dict[str, list[Claim]] = {}
        for claim in sorted(self.dossier.claims.values(), key=lambda c: (c.passage.start, c.passage.end, c.id)):
            found.setdefault(claim.document, []).append(claim)
        return found

    @cached_property
    def incident(self) -> dict[str, Incident]:
        """An incident's id → the incident."""
        return {incident.id: incident for incident in self.dossier.incidents}

    @cached_property
    def titles(self) -> dict[str, str]:
        """An incident's id → its title."""
        return {incident.id: incident.title for incident in self.dossier.incidents}

    @cached_property
    def ordered_captures(self) -> tuple[Capture, ...]:
        """Reports by date of publication; undated ones last."""
        return _by_publication(self.dossier.captures.values())

    @cached_property
    def readers(self) -> tuple[str, ...]:
        """Who read the published claims: readers with their versions, and ``person``."""
        return tuple(sorted({claim.reader for claim in self.dossier.claims.values()}))

    def reports(self, incident: Incident) -> tuple[Capture, ...]:
        """The reports that an incident's claims were read from, by date."""
        if incident.id not in self._reports:
            self._reports[incident.id] = self._reports_of(incident)
        return self._reports[incident.id]

    def _reports_of(self, incident: Incident) -> tuple[Capture, ...]:
        held = {self.dossier.claims[name].document for name in incident.claims if name in self.dossier.claims}
        return _by_publication(self.dossier.captures[name] for name in held if name in self.dossier.captures)

    def figure_name(self, by: str, cell: TollCell) -> str:
        """A name for a cell of the toll that stays as long as what it counts."""
        return f"{by or 'all'}-{digest(canonical(cell.cell))[:10]}"

    def cell_page(self, by: str, cell: TollCell) -> str:
        """The page that says why a cell of the toll is what it is; for an incident, the incident's own."""
        if by == "incident":
            return f"incidents/{cell.cell.get('incident', '')}.html"
        return f"toll/{self.figure_name(by, cell)}.html"

    @cached_property
    def headline(self) -> str:
        """The group that the policy's headline counts."""
        said = self.dossier.rules.get("headline")
        return said if isinstance(said, str) else "people"

    def label(self, cell: TollCell, words: Words | None = None) -> str:
        """What a cell counts, in words."""
        return label(cell, words or spoken("en"))

    def in_order(self, cells: Iterable[TollCell]) -> list[TollCell]:
        """Cells in the order of the field's word lists: the dead first, everybody before parts."""
        return sorted(cells, key=_place)

    def pivot(
        self, by: str, words: Words | None = None
    ) -> tuple[tuple[str, ...], tuple[tuple[str, dict[str, TollCell]], ...]] | None:
        """A breakdown as a table: its harms, and for each row its name and harm → cell.

        ``None`` when the breakdown says no more than the toll in all does.
        """
        words = words or spoken("en")
        cells = self.dossier.toll.get(by, ())
        if by == "harm" and {_key(c) for c in cells} == {_key(c) for c in self.dossier.toll.get("", ())}:
            return None
        harms = tuple(dict.fromkeys(cell.cell.get("harm", "") for cell in self.in_order(cells)))
        rows: dict[str, dict[str, TollCell]] = {}
        for cell in self.in_order(cells) if by == "group" else cells:
            rows.setdefault(part_name(by, cell.cell.get(by, ""), words), {})[cell.cell.get("harm", "")] = cell
        return harms, tuple(rows.items())

    @cached_property
    def main_figures(self) -> dict[str, TollCell]:
        """An incident's id → the cell that the timeline draws: the headline group, killed."""
        wanted = {"harm": "killed", "group": self.headline}
        return {
            name: cell
            for name, cells in self.figures.items()
            for cell in cells
            if {key: cell.cell.get(key, value) for key, value in wanted.items()} == wanted
        }

    @cached_property
    def line(self) -> Timeline:
        """The timeline of all incidents."""
        return timeline.drawn(self.dossier.incidents, self.main_figures)

    @cached_property
    def map(self) -> Map | None:
        """The map of all incidents."""
        return maps.drawn(self.dossier.incidents)

    def accused(self, incident: Incident) -> tuple[Claim, ...]:
        """What parties to the conflict said, and every denial, among an incident's claims."""
        claims = (self.dossier.claims[name] for name in incident.claims if name in self.dossier.claims)
        return tuple(
            claim
            for claim in claims
            if claim.modality == "denied" or any(source.kind == "belligerent" for source in claim.attribution)
        )

    def print_of(self, capture: str) -> bytes:
        """A digest of a report's text, worked out once; empty where the release holds no text of it."""
        if (held := self._prints.get(capture)) is None:
            text = self.dossier.texts.get(capture)
            held = b"" if text is None else hashlib.blake2b(text.encode(), digest_size=16).digest()
            self._prints[capture] = held
        return held

    def by_date(self, claims: Iterable[str]) -> tuple[Claim, ...]:
        """Claims as they came to be known: by their reports' dates, undated ones last, then by place in the report.

        Ids of claims that the release does not hold are left out.
        """
        held = self.dossier.claims
        found = [held[name] for name in claims if name in held]
        return tuple(sorted(found, key=self._since)) if len(found) > 1 else tuple(found)

    def _since(self, claim: Claim) -> tuple[bool, str, str, int, str]:
        capture = self.dossier.captures.get(claim.document)
        published = capture.published if capture else None
        return published is None, published or "", claim.document, claim.passage.start, claim.id

    def origins(self, incident: Incident) -> tuple[Told, ...]:
        """An incident's origins with their claims; claims that no origin holds come last, under none."""
        found = [(origin, self.by_date(origin.claims)) for origin in self.dossier.origins.get(incident.id, ())]
        seen = {claim.id for _, claims in found for claim in claims}
        rest = self.by_date([name for name in incident.claims if name not in seen])
        if rest:
            found.append((Origin(id="", name="", kind="unknown", claims=incident.claims), rest))
        return tuple(found)

    def told_in_parts(self, incident: Incident) -> tuple[tuple[Told, ...], ...]:
        """An incident's origins and claims as its pages show them; most incidents have one page."""
        if incident.id not in self._told:
            self._told[incident.id] = self._told_in_parts(incident)
        return self._told[incident.id]

    def _told_in_parts(self, incident: Incident) -> tuple[tuple[Told, ...], ...]:
        told = self.origins(incident)
        if sum(len(claims) for _, claims in told) <= QUOTED:
            return (told,)
        flat = [(origin, claim) for origin, claims in told for claim in claims]
        return tuple(_regrouped(part) for part in chunks(flat, QUOTED))


def _regrouped(flat: Sequence[tuple[Origin, Claim]]) -> tuple[Told, ...]:
    found: list[tuple[Origin, list[Claim]]] = []
    for origin, claim in flat:
        if not found or found[-1][0] is not origin:
            found.append((origin, []))
        found[-1][1].append(claim)
    return tuple((origin, tuple(claims)) for origin, claims in found)


def _by_publication(captures: Iterable[Capture]) -> tuple[Capture, ...]:
    return tuple(sorted(captures, key=lambda c: (c.published is None, c.published or "", c.id)))


def _key(cell: TollCell) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(cell.cell.items()))


_HARMS = {name: at for at, name in enumerate(spoken("en").HARMS)}
_GROUPS = {name: at for at, name in enumerate(spoken("en").GROUPS)}


def _place(cell: TollCell) -> tuple[int, int]:
    return _HARMS.get(cell.cell.get("harm", ""), len(_HARMS)), _GROUPS.get(cell.cell.get("group", ""), len(_GROUPS))


def label(cell: TollCell | FigureChange, words: Words) -> str:
    """What a cell counts, in words."""
    named = dict(cell.cell)
    harm, group = named.pop("harm", None), named.pop("group", None)
    what_first = "scope" in named or "table" in named
    if "table" in named:
        named = {named.pop("table"): named.pop("part", ""), **named}
    said = words.who(group, harm) if harm and group else words.HARMS.get(harm or "", harm)
    said = said or (words.GROUPS.get(group, group) if group else words.table["forms"]["all_counted"])
    more = [part_name(key, value, words) for key, value in named.items() if key != "incident"]
    return " · ".join([said, *more] if what_first else [*more, said])


def part_name(by: str, value: str, words: Words) -> str:
    """The name of one part of a breakdown or of one of the policy's tables, in words."""
    forms = words.table["forms"]
    if value in ("", "unknown"):
        named = words.table["parts"].get(by, by).lower()
        return forms["unknown_part"].format(part=named) if by in words.table["parts"] else words.UNKNOWN
    if by == "scope":
        return {"cumulative": str(forms["running_total"]), "period": str(forms["in_a_period"])}.get(value, value)
    if by in ("month", "time"):
        start, slash, end = value.partition("/")
        return str(forms["to"]).format(start=words.day(start), end=words.day(end)) if slash else words.day(start)
    if by in ("group", "sex", "age", "status"):
        return words.GROUPS.get(value, value)
    return words.HARMS.get(value, value) if by == "harm" else str(words.table["causes"].get(value, value))
