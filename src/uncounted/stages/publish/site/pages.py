"""The pages of a release, as a reader walks them: toll, incidents, claims in their reports, map, methods, proof."""

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Incident, TollCell
from uncounted.stages.publish import rules
from uncounted.stages.publish.maps import drawn as map_drawn
from uncounted.stages.publish.site import sheets
from uncounted.stages.publish.site.cutting import Part, chunks, listed, numbered
from uncounted.stages.publish.site.index import QUOTED, Site, Told, label
from uncounted.stages.publish.site.press import Leaf, Press
from uncounted.stages.publish.timeline import drawn as line_drawn
from uncounted.stages.publish.words import Words

LISTED = 200
"""Rows of a list's page; a longer list goes on on further pages."""

CHOSEN = 120
"""Rows that a page of one cell, or the page of map and time, lists of its incidents."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of the toll as pages show it, with numbers where the cell holds ids."""

    cell: dict[str, str]
    low: int | None
    high: int | None
    policy: str
    incidents: int
    origins: int
    claims: int
    percent: int | None = None
    """The share of the lower bound that rests on one origin alone, in percent; ``None`` where that is not told."""
    why: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()


def figure(cell: TollCell, *, reasons: bool = False) -> Figure:
    """A cell without the ids it holds; its reasons only where they are shown."""
    share = cell.share_alone if cell.incidents else None
    return Figure(
        percent=None if share is None else round(100 * share),
        cell=cell.cell, low=cell.low, high=cell.high, policy=cell.policy, incidents=len(cell.incidents),
        origins=cell.origins, claims=len(cell.claims), why=cell.why if reasons else (),
        contradictions=cell.contradictions if reasons else (),
    )  # fmt: skip


def toll_page(site: Site, press: Press) -> Iterator[Leaf]:
    """The first page: the toll in all and by part."""
    dossier = site.dossier
    broken_down = []
    for by in dossier.toll:
        table = site.pivot(by) if by not in ("", "incident") else None
        if table:
            named: dict[str, dict[str, tuple[Figure, str]]] = {}
            for cell in site.in_order(dossier.toll[by]) if by == "group" else dossier.toll[by]:
                of = named.setdefault(cell.cell.get(by, ""), {})
                of[cell.cell.get("harm", "")] = (figure(cell), site.cell_page(by, cell))
            broken_down.append((by, table[0], list(named.items())))
    yield from press.leaves(
        "index.html", "index.html", lambda w: w.t("Toll"),
        counts=counts(site), policy=dossier.policy, as_of=dossier.as_of, headline=site.headline,
        cells=[(figure(cell), site.cell_page("", cell)) for cell in site.in_order(dossier.toll.get("", ()))],
        breakdowns=broken_down,
        line=site.line,
        totals=[(figure(cell), site.cell_page("totals", cell)) for cell in dossier.totals],
        beside=[(figure(cell), site.cell_page("beside", cell)) for cell in dossier.beside],
        tables=[(name, [(figure(cell), site.cell_page(name, cell)) for cell in cells])
                for name, cells in dossier.tables.items() if cells],
    )  # fmt: skip


def counts(site: Site) -> dict[str, int]:
    """How much a release holds."""
    dossier = site.dossier
    return {"incidents": len(dossier.incidents), "claims": len(dossier.claims), "reports": len(dossier.captures)}


def cell_pages(site: Site, press: Press) -> Iterator[Leaf]:
    """A page a cell of the toll: why, and the map, timeline and table of its incidents alone."""
    apart = {"totals": site.dossier.totals, "beside": site.dossier.beside, **site.dossier.tables}
    for by, cells in (*site.dossier.toll.items(), *apart.items()):
        if by != "incident":
            for cell in cells:
                yield from _cell_page(site, press, by, cell)


def _cell_page(site: Site, press: Press, by: str, cell: TollCell) -> Iterator[Leaf]:
    whole = [site.incident[name] for name in cell.incidents if name in site.incident]
    figures = {name: found for name in cell.incidents if (found := _same(site, cell, name))}
    quoted = cell.claims if len(cell.claims) <= QUOTED else ()
    yield from press.leaves(
        site.cell_page(by, cell), "cell.html", lambda w: label(cell, w),
        by=by, cell=figure(cell, reasons=True), incidents=len(cell.incidents), claims=len(cell.claims),
        headline=cell.cell.get("group", site.headline),
        map=map_drawn(whole) if by in ("", "month", "actor") and len(whole) > 1 else None,
        line=line_drawn(whole, figures) if by != "totals" and len(whole) > 1 and cell.cell.get("harm") == "killed"
        else None,
        rows=sheets.rows(site, cell.incidents[:CHOSEN]),
        cards=[sheets.card(site, site.dossier.claims[name]) for name in quoted if name in site.dossier.claims],
    )  # fmt: skip


def _same(site: Site, cell: TollCell, incident: str) -> TollCell | None:
    """An incident's own figure for the harm and group that a cell counts."""
    for own in site.figures.get(incident, ()):
        if all(own.cell.get(key) == cell.cell.get(key, own.cell.get(key)) for key in ("harm", "group")):
            return own
    return None


def incident_pages(site: Site, press: Press) -> Iterator[Leaf]:
    """The list of incidents, and a page an incident; one with many claims goes on on further pages."""
    total, loose = len(site.dossier.incidents), len(site.loose)
    parts = chunks(site.dossier.incidents, LISTED)
    names = [listed("incidents", number).split("/")[1] for number in range(1, len(parts) + 1)]
    for number, part in enumerate(parts, 1):
        yield from press.leaves(
            listed("incidents", number), "incidents.html", lambda w: w.t("Incidents"),
            part=[sheets.row(site, one) for one in part], names=names, number=number, total=total, loose=loose,
        )  # fmt: skip
    for incident in site.dossier.incidents:
        told = site.told_in_parts(incident)
        own = [numbered(incident.id, number) for number in range(1, len(told) + 1)]
        made_from = _behind(site, incident, told)
        for number in range(1, len(told) + 1):
            yield from press.later(
                f"incidents/{own[number - 1]}", "incident.html", partial(_titled, incident), (number, made_from),
                partial(_incident_sheet, site, incident, own, number),
            )  # fmt: skip


def _behind(site: Site, incident: Incident, told: Sequence[Sequence[Told]]) -> list[object]:
    """All that an incident's pages, and its file of the interface, follow from."""
    claims = [claim for part in told for _, held in part for claim in held]
    documents = {claim.document for claim in claims}
    return [
        incident, site.figures.get(incident.id), site.dossier.trees.get(incident.id),
        site.dossier.origins.get(incident.id), claims, [site.spots.get(claim.id) for claim in claims],
        [(sheets.head(site, one), one.object, one.url) for one in site.reports(incident)],
        [(name, site.print_of(name)) for name in sorted(documents)],
    ]  # fmt: skip


def _incident_sheet(site: Site, incident: Incident, own: list[str], number: int) -> dict[str, object]:
    """The values that a page of an incident is made from."""
    told = site.told_in_parts(incident)
    homes = {claim.id: f"#{claim.id}" for _, claims in told[0] for claim in claims}
    for page, later in zip(own[1:], told[1:], strict=True):
        homes |= {claim.id: f"{page}#{claim.id}" for _, claims in later for claim in claims}
    first = number == 1
    return {
        "row": sheets.row(site, incident), "cells": site.figures.get(incident.id, ()) if first else (),
        "told": sheets.told(site, told[number - 1]),
        "trees": site.dossier.trees.get(incident.id, ()) if first else (),
        "accused": site.accused(incident) if first else (),
        "reports": [sheets.head(site, one) for one in site.reports(incident)] if first else (),
        "homes": homes, "names": own, "number": number,
    }  # fmt: skip


def _titled(incident: Incident, words: Words) -> str:
    """An incident's title in each language."""
    return words.title(incident)


def claim_pages(site: Site, press: Press) -> Iterator[Leaf]:
    """Claims that speak of no single incident."""
    parts = chunks(site.loose, QUOTED)
    names = [listed("claims", number).split("/")[1] for number in range(1, len(parts) + 1)]
    for number, part in enumerate(parts, 1):
        yield from press.leaves(
            listed("claims", number), "claims.html", lambda w: w.t("Claims outside of incidents"),
            part=[sheets.card(site, claim) for claim in part], names=names, number=number,
        )  # fmt: skip


def report_pages(site: Site, press: Press) -> Iterator[Leaf]:
    """The list of reports, and each report's words with its claims marked."""
    parts = chunks(site.ordered_captures, LISTED)
    names = [listed("captures", number).split("/")[1] for number in range(1, len(parts) + 1)]
    for number, part in enumerate(parts, 1):
        shown = [(sheets.head(site, one), len(site.in_capture.get(one.id, ()))) for one in part]
        yield from press.leaves(
            listed("captures", number), "captures.html", lambda w: w.t("Reports"),
            part=shown, names=names, number=number,
        )  # fmt: skip
    for name in sorted(site.dossier.captures):
        if name in site.dossier.texts:
            yield from _report(site, press, name)


def _report(site: Site, press: Press, name: str) -> Iterator[Leaf]:
    capture = msgspec.structs.replace(site.dossier.captures[name], name="")
    parts = site.parts(name)
    names = [numbered(name, part.number) for part in parts]
    spanning = site.in_capture.get(name, []) if len(parts) > 1 else []
    for part in parts:
        # A passage that runs over a page's edge is marked on both pages; its anchor is on the first.
        over = [claim for claim in spanning if claim.passage.start < part.start < claim.passage.end]
        incidents = [site.linked.get(claim.id) for claim in part.claims]
        homes = [site.homes[claim.id] for claim in part.claims]
        yield from press.later(
            f"captures/{numbered(name, part.number)}", "capture.html", partial(_headlined, capture),
            (capture, site.print_of(name), part.start, part.end, part.claims, homes, over, len(names),
             [(one.title, one.titled, one.time, one.place) if one else None for one in incidents]),
            partial(_report_sheet, site, capture, part, names, over),
        )  # fmt: skip


def _report_sheet(site: Site, capture: Capture, part: Part, names: list[str], over: list[Claim]) -> dict[str, object]:
    """The values that a page of a report is made from."""
    text = site.dossier.texts[capture.id]
    told = [
        (claim, site.homes[claim.id], sheets.title(found) if (found := site.linked.get(claim.id)) else None)
        for claim in part.claims
    ]
    return {
        "capture": capture, "words": text[part.start : part.end], "start": part.start, "end": part.end,
        "length": len(text), "claims": told, "marks": [*over, *part.claims] if over else part.claims, "names": names,
        "number": part.number,
    }  # fmt: skip


def _headlined(capture: Capture, words: Words) -> str:
    """A report's title, put in each language where it has none of its own."""
    return words.headline(capture)


def method_pages(site: Site, press: Press) -> Iterator[Leaf]:
    """What was done, under which rules, with which limits, in which words."""
    dossier = site.dossier
    claims = dossier.claims.values()
    people = "person" in site.readers
    readers = [name for name in site.readers if name != "person"] + (["people"] if people else [])
    unknown = sum(1 for one in dossier.incidents if one.place is None or one.place.lat is None)
    undated = sum(1 for one in dossier.incidents if one.time is None or one.time.from_ is None)
    single = sum(1 for one in dossier.incidents if len(dossier.origins.get(one.id, ())) == 1)
    limits: Sequence[tuple[str, int]] = (
        ("Place not known to the map:", unknown), ("Not dated:", undated), ("Resting on one origin alone:", single),
    )  # fmt: skip
    yield from press.leaves(
        "methodology.html", "methodology.html", lambda w: w.t("Methods"),
        counts=counts(site), readers=readers, policy=dossier.policy, limits=[one for one in limits if one[1]],
        told={name: dossier.rules.get(name) for name in ("title", "description", "source")},
        stated=list(rules.stated({k: v for k, v in dossier.rules.items() if k not in rules.TOLD})),
        geonames=site.geonames, terms=TERMS,
        vocabulary=[
            ("Harms", "harms", sorted({claim.harm for claim in claims})),
            ("Groups", "groups", sorted({claim.group for claim in claims})),
            ("How a claim holds", "modalities", sorted({claim.modality for claim in claims})),
            ("Who speaks", "kinds", sorted({source.kind for claim in claims for source in claim.attribution})),
        ],
    )  # fmt: skip


TERMS = (
    ("passage", "A verbatim stretch of a report’s text."),
    ("claim", "One harm, one group, one count, said by one chain of sources in one passage."),
    (
        "origin",
        "The claims that go back to the same first-hand source; ten articles quoting one agency are one origin.",
    ),
    ("incident", "What claims about one event at one place and time are linked to."),
    ("grade", "How well an incident is supported: confirmed, fair, weak, contested or discounted."),
    ("toll", "A range with the policy that made it: a bound, never a confidence interval."),
    ("policy", "The written rules by which claims become a figure."),
    ("release", "A frozen publication: its rules, its moment, and the SHA-256 of every file."),
)
"""The field's words, each with its meaning."""
