"""The release as a read-only interface of files: JSON under ``api/``, described by an OpenAPI document.

Any server of static files serves it; nothing runs. The schemas are those of the project's own structs, so they cannot
drift from what the files hold.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from uncounted import __version__
from uncounted.model.claims import Claim
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.stages.publish.site.cutting import chunks
from uncounted.stages.publish.site.index import Site
from uncounted.stages.publish.tables import pretty

PAGED = 500
"""Incidents, or reports, in one file of a list."""


class ReportAbout(msgspec.Struct, frozen=True, kw_only=True):
    """A report as the interface tells it; ``text`` is the path of its working text in the release."""

    id: str
    sha256: str
    title: str | None
    publisher: str | None
    published: str | None
    language: str | None
    url: str | None
    text: str | None


class IncidentShort(msgspec.Struct, frozen=True, kw_only=True):
    """An incident in a list; ``self`` is the path of the whole."""

    incident: Incident
    figures: tuple[TollCell, ...]
    origins: int
    at: str


class IncidentWhole(msgspec.Struct, frozen=True, kw_only=True):
    """An incident with its figures, their reasons, its origins, its claims and the reports they were read from."""

    incident: Incident
    figures: tuple[TollCell, ...]
    origins: tuple[Origin, ...]
    claims: tuple[Claim, ...]
    reports: tuple[ReportAbout, ...]
    page: str


class IncidentList(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the list of incidents; ``next`` is the path of the one after it."""

    total: int
    next: str | None
    incidents: tuple[IncidentShort, ...]


class ReportList(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the list of reports."""

    total: int
    next: str | None
    reports: tuple[ReportAbout, ...]


class ReleaseAbout(msgspec.Struct, frozen=True, kw_only=True):
    """What a release is: title, policy, the ledger's state, and where its parts are."""

    title: str
    invented: bool
    policy: str
    as_of: str | None
    facts: int
    root: str
    incidents: int
    claims: int
    reports: int
    links: dict[str, str]


class TollAbout(msgspec.Struct, frozen=True, kw_only=True):
    """The toll by part, with totals that sources state apart from it."""

    policy: str
    toll: dict[str, tuple[TollCell, ...]]
    totals: tuple[TollCell, ...]


def api_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of the interface but those of single incidents: path and bytes."""
    dossier = site.dossier
    yield "api/openapi.json", pretty(openapi())
    links = {
        "toll": "api/toll.json",
        "incidents": "api/incidents.json",
        "reports": "api/reports.json",
        "openapi": "api/openapi.json",
    }
    about = ReleaseAbout(
        title=dossier.title, invented=dossier.invented, policy=dossier.policy, as_of=dossier.as_of,
        facts=dossier.facts, root=dossier.root, incidents=len(dossier.incidents), claims=len(dossier.claims),
        reports=len(dossier.captures), links=links,
    )  # fmt: skip
    yield "api/release.json", msgspec.json.encode(about)
    parts = {by: cells for by, cells in dossier.toll.items() if by != "incident"}
    whole = TollAbout(policy=dossier.policy, toll=parts, totals=dossier.totals)
    yield "api/toll.json", msgspec.json.encode(whole)
    yield from _lists(site)


def incident_file(site: Site, incident: Incident) -> tuple[str, bytes]:
    """The file of one incident: path and bytes."""
    return f"api/incidents/{incident.id}.json", msgspec.json.encode(_whole(site, incident))


def _lists(site: Site) -> Iterator[tuple[str, bytes]]:
    dossier = site.dossier
    parts = chunks(dossier.incidents, PAGED)
    for number, part in enumerate(parts, 1):
        found = IncidentList(
            total=len(dossier.incidents), next=_next("incidents", number, len(parts)),
            incidents=tuple(_short(site, one) for one in part),
        )  # fmt: skip
        yield _path("incidents", number), msgspec.json.encode(found)
    reports = chunks(site.ordered_captures, PAGED)
    for number, held in enumerate(reports, 1):
        listed = ReportList(
            total=len(dossier.captures), next=_next("reports", number, len(reports)),
            reports=tuple(_report(site, one.id) for one in held),
        )  # fmt: skip
        yield _path("reports", number), msgspec.json.encode(listed)


def _path(what: str, number: int) -> str:
    return f"api/{what}.json" if number == 1 else f"api/{what}.{number}.json"


def _next(what: str, number: int, of: int) -> str | None:
    return _path(what, number + 1) if number < of else None


def _bare(cell: TollCell) -> TollCell:
    return msgspec.structs.replace(cell, why=(), contradictions=())


def _short(site: Site, incident: Incident) -> IncidentShort:
    return IncidentShort(
        incident=incident, figures=tuple(_bare(cell) for cell in site.figures.get(incident.id, ())),
        origins=len(site.dossier.origins.get(incident.id, ())), at=f"api/incidents/{incident.id}.json",
    )  # fmt: skip


def _whole(site: Site, incident: Incident) -> IncidentWhole:
    held = site.dossier.claims
    return IncidentWhole(
        incident=incident, figures=site.figures.get(incident.id, ()),
        origins=site.dossier.origins.get(incident.id, ()),
        claims=tuple(held[name] for name in incident.claims if name in held),
        reports=tuple(_report(site, one.id) for one in site.reports(incident)),
        page=f"incidents/{incident.id}.html",
    )  # fmt: skip


def _report(site: Site, name: str) -> ReportAbout:
    capture = site.dossier.captures[name]
    return ReportAbout(
        id=name, sha256=capture.object, title=capture.title, publisher=capture.publisher,
        published=capture.published, language=capture.language, url=capture.url,
        text=f"captures/{name}.txt" if name in site.dossier.texts else None,
    )  # fmt: skip


ANSWERS: dict[str, tuple[str, str, type]] = {
    "/api/release.json": ("release", "What this release is, and where its parts are.", ReleaseAbout),
    "/api/toll.json": ("toll", "The toll by part: ranges under the release's policy.", TollAbout),
    "/api/incidents.json": ("incidents", "The first incidents; 'next' leads on.", IncidentList),
    "/api/incidents.{number}.json": ("incidents_page", "More incidents, from number 2 on.", IncidentList),
    "/api/incidents/{incident}.json": ("incident", "One incident, down to its claims and passages.", IncidentWhole),
    "/api/reports.json": ("reports", "The first preserved reports; 'next' leads on.", ReportList),
    "/api/reports.{number}.json": ("reports_page", "More reports, from number 2 on.", ReportList),
}
"""path → (name of the operation, what it answers, the struct of the answer)."""


def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document of the interface, from the structs that its files are written from."""
    kinds = [kind for _, _, kind in ANSWERS.values()]
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    paths: dict[str, Any] = {}
    for (path, (name, said, _)), schema in zip(ANSWERS.items(), schemas, strict=True):
        parameters = [
            {
                "name": part,
                "in": "path",
                "required": True,
                "schema": {"type": "integer", "minimum": 2} if part == "number" else {"type": "string"},
            }
            for part in ("number", "incident")
            if f"{{{part}}}" in path
        ]
        answers = {
            "200": {"description": said, "content": {"application/json": {"schema": schema}}},
            "404": {"description": "The release holds no such file."},
        }
        paths[path] = {"get": {"operationId": name, "summary": said, "parameters": parameters, "responses": answers}}
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "A release of Uncounted, read-only",
            "version": __version__,
            "description": "Files of JSON. A missing number is null, never 0; an open bound is null.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "Wherever the release is published"}],
        "paths": paths,
        "components": {"schemas": components},
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(document))
    return plain
