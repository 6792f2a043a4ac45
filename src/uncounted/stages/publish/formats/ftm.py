"""FollowTheMoney entities (the data model of Aleph and OpenSanctions), one JSON object a line.

Incidents are ``Event``, places ``Address``, reports ``Article`` or ``Document``, whom reports hold responsible
``LegalEntity``, and people who may be named ``Person``. Properties are lists of strings, as the model wants them;
ranges and ids that it has no word for stand in ``summary`` and ``notes``.
"""

import re

import msgspec

from uncounted.model.evidence import Capture
from uncounted.model.identity import digest
from uncounted.model.incidents import Incident
from uncounted.stages.publish.site.index import Site
from uncounted.stages.publish.words import bounds, day

Said = dict[str, list[str | None]]
"""Properties of an entity; what is not known is left out."""


def files(site: Site) -> dict[str, bytes]:
    """``entities.ftm.json``: every entity once, in the order of their ids."""
    found: dict[str, dict[str, object]] = {}
    for incident in site.dossier.incidents:
        for entity in _incident(site, incident):
            found[str(entity["id"])] = entity
    for capture in site.dossier.captures.values():
        found[f"capture-{capture.id}"] = _report(capture)
    for person in site.dossier.memorial:
        more: Said = {"name": [person.name], "alias": list(person.others), "deathDate": [person.died]}
        found[f"person-{person.id}"] = _entity(f"person-{person.id}", "Person", more)
    lines = [msgspec.json.encode(found[name], order="sorted") + b"\n" for name in sorted(found)]
    return {"entities.ftm.json": b"".join(lines)}


def _entity(name: str, schema: str, said: Said) -> dict[str, object]:
    kept = {key: values for key, held in said.items() if (values := [value for value in held if value])}
    return {"id": name, "schema": schema, "properties": kept}


def _incident(site: Site, one: Incident) -> list[dict[str, object]]:
    place, time, made = one.place, one.time, []
    figures = [f"{site.label(c)}: {bounds(c.low, c.high)} ({c.policy})" for c in site.figures.get(one.id, ())]
    actors = []
    for actor in one.actors:
        name = "actor-" + digest(actor.encode())[:12]
        actors.append(name)
        made.append(_entity(name, "LegalEntity", {"name": [actor]}))
    address = None
    if place:
        address = "place-" + digest(f"{place.name}|{place.lat}|{place.lon}".encode())[:12]
        point: Said = {"latitude": [_degrees(place.lat)], "longitude": [_degrees(place.lon)]}
        full: Said = {"full": [place.name], "state": [place.within], **point}
        made.append(_entity(address, "Address", full))
    reports = [f"capture-{capture.id}" for capture in site.reports(one)]
    said: Said = {
        "name": [one.title], "startDate": [time.from_ if time else None], "endDate": [time.to if time else None],
        "location": [place.name if place else None], "addressEntity": [address], "involved": list(actors),
        "proof": list(reports), "summary": list(figures),
        "notes": [f"incident {one.id}", f"claims {' '.join(one.claims)}", f"page incidents/{one.id}.html"],
        "date": [time.from_ if time and time.from_ == time.to else None],
        "description": [day(time.from_) if time and time.from_ else None],
    }  # fmt: skip
    made.append(_entity(f"incident-{one.id}", "Event", said))
    return made


def _report(capture: Capture) -> dict[str, object]:
    said: Said = {
        "title": [capture.title or capture.id], "sourceUrl": [capture.url], "publisher": [capture.publisher],
        "date": [_moment(capture.published)], "author": [capture.author], "contentHash": [None],
        "notes": [f"capture {capture.id}", f"SHA-256 {capture.object}"],
    }  # fmt: skip
    return _entity(f"capture-{capture.id}", "Document", said)


def _moment(said: str | None) -> str | None:
    """A date as the model writes it: as precise as it is known, in UTC, without a zone; whole minutes without seconds.

    What is no such date is left out, for the model takes none.
    """
    found = re.fullmatch(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?(?:Z|\+00:00)?)?", said or "")
    if found is None:
        return said[:10] if said and re.match(r"\d{4}-\d\d-\d\dT", said) else None
    seconds = "" if found[3] in (None, ":00") else found[3]
    return found[1] + (f"T{found[2]}{seconds}" if found[2] else "")


def _degrees(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"
