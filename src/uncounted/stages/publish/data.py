"""The files of a release that are no pages: data, texts, feeds, the interface of files, the style."""

import hashlib
from collections.abc import Iterator
from functools import partial
from importlib.resources import files

import msgspec

from uncounted import __version__
from uncounted.model.incidents import Incident
from uncounted.stages.publish import tables
from uncounted.stages.publish.api import api_files, incident_file
from uncounted.stages.publish.feeds import feed, sitemap
from uncounted.stages.publish.papers import papers
from uncounted.stages.publish.preview import preview
from uncounted.stages.publish.schemas import package
from uncounted.stages.publish.site import Leaf, Press, Site
from uncounted.stages.publish.site.cutting import numbered


def leaf(path: str, data: bytes) -> Leaf:
    """A file whose bytes are at hand."""
    return Leaf(path, hashlib.blake2b(data, digest_size=16).digest(), lambda: data)


def data_files(site: Site, press: Press) -> Iterator[Leaf]:
    """Every file of a release that is no page."""
    dossier = site.dossier
    yield leaf("style.css", files("uncounted.stages.publish").joinpath("static/style.css").read_bytes())
    yield from _tables(site)
    for name in sorted(dossier.texts):
        yield Leaf(f"captures/{name}.txt", site.print_of(name), dossier.texts[name].encode)
    yield from (leaf(path, data) for path, data in api_files(site))
    yield from _incident_files(site, press)
    for language in press.shared.languages:
        folder = "" if language == press.shared.languages[0] else f"{language}/"
        yield leaf(f"{folder}feed.xml", feed(site, press.shared, language))
    yield leaf("preview.png", preview(site))
    yield from (leaf(path, data) for path, data in papers(dossier))
    if press.shared.address:
        yield leaf("sitemap.xml", sitemap(site, press.shared))


def _tables(site: Site) -> Iterator[Leaf]:
    """The data as tables; each is made only when something that enters it changed."""
    dossier = site.dossier
    linked = [(one.id, one.claims) for one in dossier.incidents]
    of_claims = _key(dossier.claims, dossier.captures, dossier.origins, linked)
    of_incidents = _key(dossier.incidents, site.figures, {name: len(of) for name, of in dossier.origins.items()})
    about = _key(dossier.title, dossier.invented, dossier.policy, dossier.facts, dossier.root, dossier.as_of)
    yield Leaf("claims.csv", of_claims, lambda: tables.claims_csv(dossier, site.homes))
    yield Leaf("incidents.csv", of_incidents, lambda: tables.incidents_csv(dossier, site.figures))
    yield Leaf("datapackage.json", about, lambda: package(dossier))
    yield Leaf("claims.jsonl", of_claims, lambda: tables.claims_jsonl(dossier))
    yield Leaf("incidents.geojson", of_incidents, lambda: tables.incidents_geojson(dossier, site.figures))
    whole = _key(about, dossier.toll, dossier.rules)
    yield Leaf("toll.json", whole, lambda: tables.toll_json(dossier))


def _incident_files(site: Site, press: Press) -> Iterator[Leaf]:
    """The interface's file of each incident, which follows from what its first page does."""
    for incident in site.dossier.incidents:
        key = press.keys[numbered(f"incidents/{incident.id}", 1)]
        yield Leaf(f"api/incidents/{incident.id}.json", key, partial(_incident_bytes, site, incident))


def _incident_bytes(site: Site, incident: Incident) -> bytes:
    return incident_file(site, incident)[1]


def _key(*values: object) -> bytes:
    return hashlib.blake2b(msgspec.msgpack.encode([__version__, *values]), digest_size=16).digest()
