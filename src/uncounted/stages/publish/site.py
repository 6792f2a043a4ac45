"""The pages of a release, as a reader walks them: toll, incidents, claims in their reports, map, methods, proof."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, TypeVar

import jinja2

from uncounted.model.claims import Claim
from uncounted.model.evidence import Capture
from uncounted.model.identity import canonical, digest
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.model.release import Dossier
from uncounted.stages.publish import maps, rules, timeline, words
from uncounted.stages.publish.marks import Mark, context, direction, marked, marks_of, windows

T = TypeVar("T")

SECTIONS = (
    ("index.html", "Toll"),
    ("incidents/index.html", "Incidents"),
    ("map.html", "Map and time"),
    ("captures/index.html", "Reports"),
    ("methodology.html", "Methods"),
    ("verify.html", "Verify"),
    ("downloads.html", "Downloads"),
)
BREAKDOWNS = {
    "": "In all",
    "harm": "By harm",
    "group": "By group",
    "month": "By month",
    "place": "By place",
    "actor": "By whom reports hold responsible",
    "totals": "Totals that sources state",
}
LISTED = 400
"""Rows of a list's page; a longer list goes on on further pages."""

QUOTED = 100
"""Claims on a page of claims that speak of no single incident; a longer list goes on on further pages."""

SHOWN_CLAIMS = 200
"""A figure's page quotes its claims up to this many; beyond, the incidents' own pages do."""


class Site:
    """A dossier with the cross-references that its pages need."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

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
        homes = {name: f"incidents/{incident.id}.html#{name}" for name, incident in self.linked.items()}
        for number, part in enumerate(_parts(self.loose, QUOTED), 1):
            homes |= {claim.id: f"{_list_page('claims', number)}#{claim.id}" for claim in part}
        return {name: homes[name] for name in sorted(self.dossier.claims)}

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
        """Who read the published claims: readers with their versions, and persons."""
        return tuple(sorted({_reader(claim.reader) for claim in self.dossier.claims.values()}))

    @cached_property
    def vocabulary(self) -> tuple[tuple[str, Mapping[str, str], tuple[str, ...]], ...]:
        """The closed words that this release uses, in three lists: title, word → wording, words used."""
        claims = self.dossier.claims.values()
        return (
            ("Harms", words.HARMS, tuple(sorted({claim.harm for claim in claims}))),
            ("Groups", words.GROUPS, tuple(sorted({claim.group for claim in claims}))),
            ("How a claim holds", words.MODALITIES, tuple(sorted({claim.modality for claim in claims}))),
        )

    def reports(self, incident: Incident) -> tuple[Capture, ...]:
        """The reports that an incident's claims were read from, by date."""
        held = {self.dossier.claims[name].document for name in incident.claims if name in self.dossier.claims}
        return _by_publication(self.dossier.captures[name] for name in held if name in self.dossier.captures)

    def marks(self, claims: Iterable[Claim]) -> list[Mark]:
        """All marks of several claims of one report, each passage with its claim's anchor."""
        return [mark for claim in claims for mark in marks_of(claim, anchor=True)]

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

    def label(self, cell: TollCell) -> str:
        """What a cell counts, in words."""
        named = dict(cell.cell)
        harm, group = named.pop("harm", None), named.pop("group", None)
        said = words.who(group, harm) if harm and group else words.HARMS.get(harm or "", harm)
        said = said or (words.GROUPS.get(group, group) if group else "all that the policy counts")
        more = [_part(key, value) for key, value in named.items() if key != "incident"]
        return " · ".join([said, *more] if "scope" in named else [*more, said])

    def in_order(self, cells: Iterable[TollCell]) -> list[TollCell]:
        """Cells in the order of the field's word lists: the dead first, everybody before parts."""
        harms, groups = list(words.HARMS), list(words.GROUPS)

        def place(cell: TollCell) -> tuple[int, int]:
            harm, group = cell.cell.get("harm", ""), cell.cell.get("group", "")
            return (
                harms.index(harm) if harm in harms else len(harms),
                groups.index(group) if group in groups else len(groups),
            )

        return sorted(cells, key=place)

    def pivot(self, by: str) -> tuple[tuple[str, ...], tuple[tuple[str, dict[str, TollCell]], ...]] | None:
        """A breakdown as a table: its harms, and for each row its name and harm → cell.

        ``None`` when the breakdown says no more than the toll in all does.
        """
        cells = self.dossier.toll.get(by, ())
        if by == "harm" and {_key(c) for c in cells} == {_key(c) for c in self.dossier.toll.get("", ())}:
            return None
        harms = tuple(dict.fromkeys(cell.cell.get("harm", "") for cell in self.in_order(cells)))
        rows: dict[str, dict[str, TollCell]] = {}
        for cell in self.in_order(cells) if by == "group" else cells:
            rows.setdefault(_part(by, cell.cell.get(by, "")), {})[cell.cell.get("harm", "")] = cell
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

    def accused(self, incident: Incident) -> tuple[Claim, ...]:
        """What parties to the conflict said, and every denial, among an incident's claims."""
        claims = (self.dossier.claims[name] for name in incident.claims if name in self.dossier.claims)
        return tuple(
            claim
            for claim in claims
            if claim.modality == "denied" or any(source.kind == "belligerent" for source in claim.attribution)
        )

    def by_date(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """Claims as they came to be known: by their reports' dates, undated ones last, then by place in the report."""
        captures = self.dossier.captures

        def key(claim: Claim) -> tuple[bool, str, str, int, str]:
            capture = captures.get(claim.document)
            published = capture.published if capture else None
            return published is None, published or "", claim.document, claim.passage.start, claim.id

        return tuple(sorted(claims, key=key))

    def origins(self, incident: Incident) -> tuple[tuple[Origin, tuple[Claim, ...]], ...]:
        """An incident's origins with their claims; claims that no origin holds come last, under none."""
        held = self.dossier.claims
        found = [
            (origin, self.by_date(held[name] for name in origin.claims if name in held))
            for origin in self.dossier.origins.get(incident.id, ())
        ]
        seen = {claim.id for _, claims in found for claim in claims}
        rest = self.by_date(held[name] for name in incident.claims if name in held and name not in seen)
        if rest:
            found.append((Origin(id="", name="Origin not settled", kind="unknown", claims=incident.claims), rest))
        return tuple(found)


def _by_publication(captures: Iterable[Capture]) -> tuple[Capture, ...]:
    return tuple(sorted(captures, key=lambda c: (c.published is None, c.published or "", c.id)))


def _reader(name: str) -> str:
    return "people" if name == "person" else name


def _key(cell: TollCell) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(cell.cell.items()))


def _part(by: str, value: str) -> str:
    """The name of one part of a breakdown, in words."""
    if value in ("", "unknown"):
        return f"{by} {words.UNKNOWN}" if by in ("place", "time", "month", "actor") else words.UNKNOWN
    if by == "scope":
        return {"cumulative": "running total", "period": "in a period"}.get(value, value)
    if by in ("month", "time"):
        return " to ".join(words.day(end) for end in value.split("/"))
    return {"group": words.GROUPS, "harm": words.HARMS}.get(by, {}).get(value, value)


def pages(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every page and the style they share: path and bytes."""
    dossier = site.dossier
    yield "style.css", files("uncounted.stages.publish").joinpath("static/style.css").read_bytes()
    line = timeline.drawn(dossier.incidents, site.main_figures)
    yield _page(site, "index.html", "index.html", line=line)
    yield _page(site, "map.html", "map.html", map=maps.drawn(dossier.incidents), line=line)
    yield _page(site, "methodology.html", "methodology.html", rules=dossier.rules, stated=_stated(dossier))
    for simple in ("verify.html", "downloads.html"):
        yield _page(site, simple, simple)
    for by in dossier.toll:
        if by != "incident":
            for cell in dossier.toll[by]:
                yield _page(site, site.cell_page(by, cell), "cell.html", cell=cell, by=by)
    for cell in dossier.totals:
        yield _page(site, site.cell_page("totals", cell), "cell.html", cell=cell, by="totals")
    yield from _listed(site, "incidents", dossier.incidents, LISTED)
    for incident in dossier.incidents:
        yield _page(site, f"incidents/{incident.id}.html", "incident.html", incident=incident)
    yield from _listed(site, "claims", site.loose, QUOTED)
    yield from _listed(site, "captures", site.ordered_captures, LISTED)
    for capture in sorted(dossier.captures.values(), key=lambda c: c.id):
        if capture.id in dossier.texts:
            yield _page(site, f"captures/{capture.id}.html", "capture.html", capture=capture)


def _parts(of: Sequence[T], size: int) -> list[Sequence[T]]:
    """A sequence in parts of a size; an empty one is one empty part."""
    return [of[at : at + size] for at in range(0, len(of), size)] or [of]


def _list_page(folder: str, number: int) -> str:
    return f"{folder}/index.html" if number == 1 else f"{folder}/page-{number}.html"


def _listed(site: Site, folder: str, of: Sequence[T], size: int) -> Iterator[tuple[str, bytes]]:
    """The pages of a list, each with its part and a way to the others."""
    parts = _parts(of, size)
    names = [_list_page(folder, number).split("/")[1] for number in range(1, len(parts) + 1)]
    for number, part in enumerate(parts, 1):
        yield _page(site, _list_page(folder, number), f"{folder}.html", part=part, names=names, number=number)


def _stated(dossier: Dossier) -> tuple[rules.Rule, ...]:
    return tuple(rules.stated({name: rule for name, rule in dossier.rules.items() if name not in rules.TOLD}))


def _page(site: Site, path: str, template: str, **more: object) -> tuple[str, bytes]:
    root = "../" * path.count("/")
    section = path.split("/", maxsplit=1)[0]
    here = next((to for to, _ in SECTIONS if to == path or to.split("/")[0] == section), "index.html")
    said = (
        _templates()
        .get_template(template)
        .render(site=site, dossier=site.dossier, root=root, here=here, path=path, **more)
    )
    return path, said.encode()


@cache
def _templates() -> jinja2.Environment:
    """The templates; a name that one does not have is a fault, never an empty place on a page."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("uncounted.stages.publish"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    shared: dict[str, Any] = {
        "words": words, "sections": SECTIONS, "breakdowns": BREAKDOWNS, "shown_claims": SHOWN_CLAIMS, "listed": LISTED,
        "marked": marked, "marks_of": marks_of, "context": context, "direction": direction, "windows": windows,
    }  # fmt: skip
    made.globals.update(shared)
    return made
