"""JSON-LD 1.1: incidents as schema.org events, claims as PROV entities derived from the reports they quote.

The context is written into the document, so that reading it asks nobody.
"""

from uncounted.model.claims import Claim
from uncounted.model.incidents import Incident
from uncounted.stages.publish.site.index import Site
from uncounted.stages.publish.tables import pretty

CONTEXT: dict[str, object] = {
    "@version": 1.1,
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "oa": "http://www.w3.org/ns/oa#",
    "u": "urn:uncounted:",
    "Incident": "schema:Event",
    "Report": "schema:CreativeWork",
    "Claim": "schema:Claim",
    "name": "schema:name",
    "startDate": {"@id": "schema:startDate", "@type": "xsd:date"},
    "endDate": {"@id": "schema:endDate", "@type": "xsd:date"},
    "published": "schema:datePublished",
    "publisher": "schema:publisher",
    "url": {"@id": "schema:url", "@type": "xsd:anyURI"},
    "sha256": "schema:sha256",
    "location": "schema:location",
    "Place": "schema:Place",
    "geo": "schema:geo",
    "GeoCoordinates": "schema:GeoCoordinates",
    "latitude": "schema:latitude",
    "longitude": "schema:longitude",
    "figures": "u:figure",
    "harm": "u:harm",
    "group": "u:group",
    "low": "u:low",
    "high": "u:high",
    "policy": "u:policy",
    "claims": {"@id": "schema:subjectOf", "@type": "@id"},
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "attributedTo": "prov:wasAttributedTo",
    "quotes": "oa:exact",
    "start": "oa:start",
    "end": "oa:end",
    "modality": "u:modality",
    "quantifier": "u:quantifier",
    "Dataset": "schema:Dataset",
    "hasPart": "schema:hasPart",
}


def files(site: Site) -> dict[str, bytes]:
    """``release.jsonld``: one dataset with its incidents, claims and reports."""
    dossier = site.dossier
    parts: list[dict[str, object]] = [_incident(site, one) for one in dossier.incidents]
    parts += [_claim(dossier.claims[name]) for name in sorted(dossier.claims)]
    for name in sorted(dossier.captures):
        capture = dossier.captures[name]
        parts.append(
            _told(
                {
                    "@id": f"u:capture:{name}", "@type": "Report", "name": capture.title, "url": capture.url,
                    "publisher": capture.publisher, "published": capture.published, "sha256": capture.object,
                }
            )
        )  # fmt: skip
    whole = {
        "@context": CONTEXT, "@id": f"u:release:{dossier.root}", "@type": "Dataset", "name": dossier.title,
        "policy": dossier.policy, "hasPart": parts,
    }  # fmt: skip
    return {"release.jsonld": pretty(whole)}


def _incident(site: Site, one: Incident) -> dict[str, object]:
    place, time = one.place, one.time
    where: dict[str, object] | None = None
    if place:
        where = {"@type": "Place", "name": place.name}
        if place.lat is not None and place.lon is not None:
            where["geo"] = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    return _told(
        {
            "@id": f"u:incident:{one.id}", "@type": "Incident", "name": one.title, "location": where,
            "startDate": time.from_ if time else None, "endDate": time.to if time else None,
            "claims": [f"u:claim:{name}" for name in one.claims],
            "figures": [
                _told({"harm": cell.cell.get("harm"), "group": cell.cell.get("group"), "low": cell.low,
                       "high": cell.high, "policy": cell.policy})
                for cell in site.figures.get(one.id, ())
            ],
        }
    )  # fmt: skip


def _claim(claim: Claim) -> dict[str, object]:
    return _told(
        {
            "@id": f"u:claim:{claim.id}", "@type": "Claim", "derivedFrom": f"u:capture:{claim.document}",
            "quotes": claim.passage.text, "start": claim.passage.start, "end": claim.passage.end,
            "harm": claim.harm, "group": claim.group, "low": claim.count.low, "high": claim.count.high,
            "quantifier": claim.count.quantifier, "modality": claim.modality,
            "attributedTo": {"@list": [source.name for source in claim.attribution]},
        }
    )  # fmt: skip


def _told(said: dict[str, object]) -> dict[str, object]:
    """What is known: JSON-LD has no word for unknown, and null would say that there is none."""
    return {key: value for key, value in said.items() if value is not None}
