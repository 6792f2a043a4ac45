"""Feeds and the site map: what changed, for readers that follow, and every page, for those that search."""

from xml.etree import ElementTree as Xml

from uncounted.stages.publish.site import Shared, Site
from uncounted.stages.publish.site.cutting import numbered
from uncounted.stages.publish.words import spoken

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWEST = 50
"""Incidents that a feed names: those that were reported last."""

_ALLOWED = str.maketrans(dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]))
"""Characters that XML 1.0 cannot hold are left out."""


def feed(site: Site, shared: Shared, language: str) -> bytes:
    """An Atom feed (RFC 4287) of the incidents that were reported last, in one language.

    An entry's id is the incident's, so it stays the same in later releases; its date is that of the last report.
    Without a known address the links are relative to the feed.
    """
    words, dossier = spoken(language), site.dossier
    base = shared.address or ""
    folder = "" if language == shared.languages[0] else f"{language}/"
    moment = dossier.as_of or "1970-01-01T00:00:00Z"
    root = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _add(root, "title", dossier.title)
    _add(root, "id", f"urn:uncounted:release:{dossier.root}:{language}")
    _add(root, "updated", moment)
    _add(_add(root, "author"), "name", dossier.title)
    if base:
        Xml.SubElement(root, "link", {"rel": "self", "href": f"{base}{folder}feed.xml"})
    reported = [
        (max((one.published or "" for one in site.reports(incident)), default=""), incident)
        for incident in dossier.incidents
    ]
    for published, incident in sorted(reported, key=lambda one: (one[0], one[1].id), reverse=True)[:NEWEST]:
        entry = _add(root, "entry")
        _add(entry, "title", words.title(incident))
        _add(entry, "id", f"urn:uncounted:incident:{incident.id}")
        _add(entry, "updated", f"{published[:10]}T00:00:00Z" if len(published) >= 10 else moment)
        at = f"{base}{folder}" if base else ""
        Xml.SubElement(entry, "link", {"href": f"{at}incidents/{incident.id}.html"})
        figures = (f"{words.bounds(c.low, c.high)}: {site.label(c, words)}" for c in site.figures.get(incident.id, ()))
        said = [words.when(incident.time), words.where(incident.place), *figures]
        _add(entry, "summary", " · ".join(said))
    return _written(root)


def sitemap(site: Site, shared: Shared) -> bytes:
    """Every page by its address (sitemaps.org); made only when the address is known. At most 50,000, as the form says.

    The pages that readers look for come first: toll, incidents, then reports.
    """
    root = Xml.Element("urlset", {"xmlns": SITEMAP})
    pages = ["index.html", "incidents/index.html", "map.html", "names.html", "coverage.html", "methodology.html",
             "corrections.html", "downloads.html", "verify.html", "cite.html"]  # fmt: skip
    pages += [numbered(f"incidents/{one.id}", 1) for one in site.dossier.incidents]
    pages += [numbered(f"captures/{name}", 1) for name in sorted(site.dossier.texts)]
    places = [
        f"{shared.address}{'' if language == shared.languages[0] else language + '/'}{page}"
        for page in pages
        for language in shared.languages
    ]
    for place in places[:50_000]:
        _add(_add(root, "url"), "loc", place)
    return _written(root)


def _add(parent: Xml.Element, name: str, text: str | None = None) -> Xml.Element:
    made = Xml.SubElement(parent, name)
    made.text = text.translate(_ALLOWED) if text is not None else None
    return made


def _written(root: Xml.Element) -> bytes:
    said: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return said + b"\n"
