"""What each column of a release's tables is: its type, its meaning, its HXL tag. One table for every format."""

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

from uncounted import __version__
from uncounted.model import vocabulary
from uncounted.model.release import Dossier
from uncounted.stages.publish import tables

ColumnType = Literal["string", "integer", "number"]


class Column(msgspec.Struct, frozen=True):
    """One column: name, type as Frictionless names it, meaning, HXL tag, and the closed words it may hold."""

    name: str
    type: ColumnType
    description: str
    hxl: str
    words: tuple[str, ...] = ()


_S: ColumnType = "string"
_I: ColumnType = "integer"
_N: ColumnType = "number"

_SHARED = {
    "incident": Column("incident", _S, "Id of the incident; it stays the same in later releases.", "#event+id"),
    "harm": Column("harm", _S, "What was done.", "#indicator+harm", get_args(vocabulary.Harm)),
    "group": Column("group", _S, "Who was harmed; people is everybody.", "#affected+type", get_args(vocabulary.Group)),
    "low": Column("low", _I, "Lower bound in persons; empty is open, never 0.", "#affected+num+min"),
    "high": Column("high", _I, "Upper bound in persons; empty is open.", "#affected+num+max"),
    "place": Column("place", _S, "Name of the place.", "#loc+name"),
    "lat": Column("lat", _N, "Latitude, degrees WGS 84; empty where no point is known.", "#geo+lat"),
    "lon": Column("lon", _N, "Longitude, degrees WGS 84.", "#geo+lon"),
    "place_precision": Column(
        "place_precision", _S, "How precisely the place is known.", "#geo+precision",
        get_args(vocabulary.PlacePrecision),
    ),
    "from": Column("from", _S, "First day on which it may have happened (ISO 8601).", "#date+start"),
    "to": Column("to", _S, "Last day on which it may have happened (ISO 8601).", "#date+end"),
    "date_precision": Column(
        "date_precision", _S, "How precise the words about the time are.", "#date+precision",
        get_args(vocabulary.DatePrecision),
    ),
    "page": Column("page", _S, "The page of the release that shows the words.", "#meta+url"),
}  # fmt: skip

_INCIDENTS = _SHARED | {
    "title": Column("title", _S, "What the incident is called.", "#event+name"),
    "within": Column("within", _S, "What the place lies in.", "#adm1+name"),
    "grade": Column("grade", _S, "How well it is supported.", "#severity", get_args(vocabulary.Grade)),
    "actors": Column("actors", _S, "Whom reports hold responsible, apart by semicolons.", "#org+actor"),
    "policy": Column("policy", _S, "The policy that made the bounds.", "#meta+policy"),
    "origins": Column("origins", _I, "Independent first-hand sources.", "#meta+origins+num"),
    "claims": Column("claims", _I, "Reviewed claims that speak of it.", "#meta+claims+num"),
    "claim_ids": Column("claim_ids", _S, "Ids of the claims that the row rests on, apart by spaces.", "#meta+claims"),
}

_CLAIMS = _SHARED | {
    "claim": Column("claim", _S, "Id of the claim.", "#meta+id"),
    "origin": Column("origin", _S, "Id of its origin.", "#meta+origin"),
    "capture": Column("capture", _S, "Id of the preserved report.", "#meta+source+id"),
    "quantifier": Column(
        "quantifier", _S, "How the number is put.", "#indicator+quantifier", get_args(vocabulary.Quantifier)
    ),
    "unit": Column("unit", _S, "What is counted.", "#indicator+unit", get_args(vocabulary.Unit)),
    "count_words": Column("count_words", _S, "The number's own words.", "#indicator+text"),
    "scope": Column("scope", _S, "One incident, a period, or a running total.", "#meta+scope",
                    get_args(vocabulary.Scope)),
    "modality": Column("modality", _S, "In what way it is said.", "#meta+modality", get_args(vocabulary.Modality)),
    "passage": Column("passage", _S, "The words that say so.", "#description"),
    "start": Column("start", _I, "Where they begin in the report's text, in code points.", "#meta+start"),
    "end": Column("end", _I, "Where they end.", "#meta+end"),
    "said_by": Column("said_by", _S, "Who said it first.", "#org+source+name"),
    "said_by_kind": Column("said_by_kind", _S, "What kind of source that is.", "#org+source+type",
                           get_args(vocabulary.SourceKind)),
    "chain": Column("chain", _S, "From the publisher to whoever said it first.", "#meta+chain"),
    "actor": Column("actor", _S, "Whom the words hold responsible.", "#org+actor"),
    "means": Column("means", _S, "By what means.", "#cause"),
    "publisher": Column("publisher", _S, "Who published the report.", "#org+publisher"),
    "published": Column("published", _S, "When (ISO 8601).", "#date+published"),
    "url": Column("url", _S, "Where the report was found.", "#meta+source+url"),
}  # fmt: skip

SCHEMAS: Mapping[str, tuple[Column, ...]] = {
    "incidents": tuple(_INCIDENTS[name] for name in tables.INCIDENT_COLUMNS),
    "claims": tuple(_CLAIMS[name] for name in tables.CLAIM_COLUMNS),
}
"""The columns of each table, in their order."""


def package(dossier: Dossier) -> bytes:
    """``datapackage.json`` (Frictionless Data Package v1): the tables with typed columns."""
    resources = []
    for name in ("claims", "incidents"):
        resources.append(
            {
                "name": name, "path": f"{name}.csv", "profile": "tabular-data-resource", "format": "csv",
                "mediatype": "text/csv", "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
                "schema": {"fields": [_field(column) for column in SCHEMAS[name]], "missingValues": [""],
                           **_keys(name)},
            }
        )  # fmt: skip
    said = {
        "profile": "tabular-data-package",
        "name": "uncounted-release",
        "title": dossier.title,
        "description": (
            f"Bounds under the policy {dossier.policy}, from {dossier.facts} facts with ledger root {dossier.root}. "
            "An empty number is not known, never 0. A text that a spreadsheet could take for a formula, or that begins "
            "with an apostrophe, begins with one apostrophe more."
        ),
        "version": dossier.root[:16],
        "created": dossier.as_of or "1970-01-01T00:00:00Z",
        "keywords": ["casualty recording", *(["invented"] if dossier.invented else [])],
        "sources": [{"title": "Uncounted " + __version__}],
        "resources": resources,
    }
    return tables.pretty(said)


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {"name": column.name, "type": column.type, "description": column.description}
    if column.words:
        field["constraints"] = {"enum": list(column.words)}
    if column.type == "integer":
        field["constraints"] = {"minimum": 0}
    return field


def _keys(name: str) -> dict[str, object]:
    if name == "claims":
        return {"primaryKey": ["claim"]}
    return {}
