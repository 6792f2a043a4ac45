"""The files of a release that are no pages: data, texts, feeds, the interface of files, the style."""

import hashlib
from collections.abc import Iterator
from importlib.resources import files

from uncounted.model.identity import digest
from uncounted.stages.publish import tables
from uncounted.stages.publish.api import api_files
from uncounted.stages.publish.feeds import feed, sitemap
from uncounted.stages.publish.preview import preview
from uncounted.stages.publish.schemas import package
from uncounted.stages.publish.site import Leaf, Press, Site


def leaf(path: str, data: bytes) -> Leaf:
    """A file whose bytes are at hand."""
    return Leaf(path, hashlib.blake2b(data, digest_size=16).digest(), lambda: data)


def data_files(site: Site, press: Press) -> Iterator[Leaf]:
    """Every file of a release that is no page."""
    dossier = site.dossier
    yield leaf("style.css", files("uncounted.stages.publish").joinpath("static/style.css").read_bytes())
    held = {
        "claims.csv": tables.claims_csv(dossier, site.homes),
        "incidents.csv": tables.incidents_csv(dossier, site.figures),
    }
    yield from (leaf(path, data) for path, data in held.items())
    yield leaf("datapackage.json", package(dossier, {path: (len(data), digest(data)) for path, data in held.items()}))
    yield leaf("incidents.geojson", tables.incidents_geojson(dossier, site.figures))
    yield leaf("toll.json", tables.toll_json(dossier))
    yield leaf("claims.jsonl", tables.claims_jsonl(dossier))
    yield from (leaf(f"captures/{name}.txt", text.encode()) for name, text in sorted(dossier.texts.items()))
    yield from (leaf(path, data) for path, data in api_files(site))
    for language in press.shared.languages:
        folder = "" if language == press.shared.languages[0] else f"{language}/"
        yield leaf(f"{folder}feed.xml", feed(site, press.shared, language))
    yield leaf("preview.png", preview(site))
    if press.shared.address:
        yield leaf("sitemap.xml", sitemap(site, press.shared))
