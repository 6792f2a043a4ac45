"""The release as data: CSV that no spreadsheet can be tricked by, GeoJSON and JSON."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from uncounted.model.incidents import TollCell
from uncounted.model.release import Dossier
from uncounted.text.cells import RISKY, formula_safe

CLAIM_COLUMNS = (
    "claim", "incident", "origin", "capture", "harm", "group", "low", "high", "quantifier", "unit", "count_words",
    "scope", "modality", "passage", "start", "end", "said_by", "said_by_kind", "chain", "place", "lat", "lon",
    "place_precision", "from", "to", "date_precision", "actor", "means", "publisher", "published", "url", "page",
)  # fmt: skip
INCIDENT_COLUMNS = (
    "incident", "title", "place", "within", "lat", "lon", "place_precision", "from", "to", "date_precision", "grade",
    "actors", "harm", "group", "low", "high", "policy", "origins", "claims", "claim_ids", "page",
)  # fmt: skip


def written(columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows as RFC 4180 CSV in UTF-8, every cell formula-safe."""
    columns = tuple(columns)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    guarded = RISKY | frozenset(" \x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0")
    # A quick look at the first letter: ten thousand incidents have millions of cells, and nearly all are harmless.
    writer.writerows(
        [
            formula_safe(cell) if type(cell) is str and (cell[:1] in guarded or cell[:1] > "\u1000") else cell
            for cell in map(row.get, columns)
        ]
        for row in rows
    )
    return out.getvalue().encode()


def claims_csv(dossier: Dossier, pages: Mapping[str, str]) -> bytes:
    """One row a claim; ``pages`` maps a claim's id to the page and anchor that shows its words."""
    return written(CLAIM_COLUMNS, claim_rows(dossier, pages))


def claim_rows(dossier: Dossier, pages: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """One row a claim, each value as it is, ``None`` where it is not known."""
    incident_of = {claim: incident.id for incident in dossier.incidents for claim in incident.claims}
    origin_of = {claim: o.id for found in dossier.origins.values() for o in found for claim in o.claims}
    for name in sorted(dossier.claims):
        claim = dossier.claims[name]
        capture = dossier.captures.get(claim.document)
        count, place, time = claim.count, claim.place, claim.time
        first = claim.attribution[-1] if claim.attribution else None
        yield {
                "claim": claim.id, "incident": incident_of.get(name), "origin": origin_of.get(name),
                "capture": claim.document, "harm": claim.harm, "group": claim.group, "low": count.low,
                "high": count.high, "quantifier": count.quantifier, "unit": count.unit, "count_words": count.text,
                "scope": claim.scope, "modality": claim.modality, "passage": claim.passage.text,
                "start": claim.passage.start, "end": claim.passage.end, "said_by": first.name if first else None,
                "said_by_kind": first.kind if first else None,
                "chain": " > ".join(source.name for source in claim.attribution) or None,
                "place": place.name if place else None, "lat": place.lat if place else None,
                "lon": place.lon if place else None, "place_precision": place.precision if place else None,
                "from": time.from_ if time else None, "to": time.to if time else None,
                "date_precision": time.precision if time else None, "actor": claim.actor.name if claim.actor else None,
                "means": claim.means.name if claim.means else None,
                "publisher": capture.publisher if capture else None,
                "published": capture.published if capture else None, "url": capture.url if capture else None,
                "page": pages.get(name),
        }  # fmt: skip


def incidents_csv(dossier: Dossier, figures: Mapping[str, tuple[TollCell, ...]]) -> bytes:
    """One row an incident and figure; an incident without a figure has one row with its bounds empty."""
    return written(INCIDENT_COLUMNS, incident_rows(dossier, figures))


def incident_rows(dossier: Dossier, figures: Mapping[str, tuple[TollCell, ...]]) -> Iterator[dict[str, object]]:
    """One row an incident and figure, each value as it is, ``None`` where it is not known."""
    for incident in dossier.incidents:
        place, time = incident.place, incident.time
        shared: dict[str, object] = {
            "incident": incident.id, "title": incident.title, "place": place.name if place else None,
            "within": place.within if place else None, "lat": place.lat if place else None,
            "lon": place.lon if place else None, "place_precision": place.precision if place else None,
            "from": time.from_ if time else None, "to": time.to if time else None,
            "date_precision": time.precision if time else None, "grade": incident.grade,
            "actors": "; ".join(incident.actors) or None, "origins": len(dossier.origins.get(incident.id, ())),
            "claims": len(incident.claims), "claim_ids": " ".join(incident.claims) or None,
            "page": f"incidents/{incident.id}.html",
        }  # fmt: skip
        for cell in figures.get(incident.id, ()):
            said = {"harm": cell.cell.get("harm"), "group": cell.cell.get("group"), "low": cell.low, "high": cell.high}
            yield {**shared, **said, "policy": cell.policy, "claim_ids": " ".join(cell.claims) or None}
        if not figures.get(incident.id):
            yield shared


def incidents_geojson(dossier: Dossier, figures: Mapping[str, tuple[TollCell, ...]]) -> bytes:
    """A FeatureCollection (RFC 7946). An incident without a known point has ``null`` geometry, never 0, 0."""
    features = []
    for incident in dossier.incidents:
        place, time = incident.place, incident.time
        point = None
        if place and place.lat is not None and place.lon is not None:
            point = {"type": "Point", "coordinates": [place.lon, place.lat]}
        features.append(
            {
                "type": "Feature",
                "id": incident.id,
                "geometry": point,
                "properties": {
                    "title": incident.title,
                    "place": place.name if place else None,
                    "precision": place.precision if place else None,
                    "from": time.from_ if time else None,
                    "to": time.to if time else None,
                    "grade": incident.grade,
                    "figures": [
                        {**cell.cell, "low": cell.low, "high": cell.high, "policy": cell.policy}
                        for cell in figures.get(incident.id, ())
                    ],
                    "page": f"incidents/{incident.id}.html",
                },
            }
        )
    return pretty({"type": "FeatureCollection", "features": features})


def _shared(cell: TollCell) -> dict[str, object]:
    """A cell with the share of its lower bound that rests on one origin only."""
    share = cell.share_alone
    return {**msgspec.to_builtins(cell), "share_alone": None if share is None else round(share, 4)}


def toll_json(dossier: Dossier) -> bytes:
    """The toll with the policy and the state of the ledger it rests on."""
    return pretty(
        {
            "title": dossier.title,
            "invented": dossier.invented,
            "policy": dossier.policy,
            "rules": dossier.rules,
            "as_of": dossier.as_of,
            "ledger": {"facts": dossier.facts, "root": dossier.root},
            "toll": {by: [_shared(cell) for cell in cells] for by, cells in dossier.toll.items()},
        }
    )


def claims_jsonl(dossier: Dossier) -> bytes:
    """One claim a line, in the public form of ``uncounted read --jsonl``."""
    return b"".join(msgspec.json.encode(dossier.claims[name]) + b"\n" for name in sorted(dossier.claims))


def pretty(value: object) -> bytes:
    """JSON with two spaces of indent and keys in order, so that equal values give equal bytes."""
    return msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=2) + b"\n"
