"""What a token reads, described by an OpenAPI document made from the table of rights and the structs of the answers."""

import re
from typing import Any, get_args

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from uncounted import __version__
from uncounted.case.agreement import Agreement
from uncounted.case.candidates import Candidate
from uncounted.case.parties import Party
from uncounted.case.victims import Victim
from uncounted.ledger.index_tables import FACETS
from uncounted.model.asking import Hit, Row, Summed
from uncounted.model.evidence import Capture
from uncounted.model.facts import Entry
from uncounted.model.incidents import Incident, Origin
from uncounted.model.review import ReviewedClaim, Status
from uncounted.model.vocabulary import Group, Harm
from uncounted.stages.assess.grades import Graded
from uncounted.web.asked import CLOSED, EDGES, WORDS
from uncounted.web.inbox import Job
from uncounted.web.pages import data
from uncounted.web.recording import Moment
from uncounted.web.rights import ROUTES


class Fault(msgspec.Struct, frozen=True):
    """Why there is no answer: the thing, the rule and the next step."""

    thing: str
    rule: str
    remedy: str


class ClaimTold(msgspec.Struct, frozen=True):
    """A claim as it stands, with its history."""

    claim: ReviewedClaim
    history: tuple[Entry, ...]


class CaptureTold(msgspec.Struct, frozen=True):
    """A report with its words, the claims read from it and its history."""

    capture: Capture
    text: str
    claims: tuple[ReviewedClaim, ...]
    history: tuple[Entry, ...]


class TollTold(msgspec.Struct, frozen=True):
    """The toll under the policy in force."""

    policy: str
    toll: tuple[Summed, ...]


class SearchTold(msgspec.Struct, frozen=True):
    """What was found for words, and how often each facet has it; with ``more`` only the first ``total`` were ranked."""

    found: tuple[Hit, ...]
    total: int
    more: bool
    facets: dict[str, tuple[tuple[str, int], ...]]


class FigureTold(msgspec.Struct, frozen=True):
    """How many of a group an incident harmed: a bound with the claims that set it and each step in words."""

    harm: Harm
    group: Group
    low: int | None
    high: int | None
    claims: tuple[str, ...]
    origins: int
    why: tuple[str, ...]
    derived: bool
    contradictions: tuple[str, ...]
    best: int | None


class IncidentTold(msgspec.Struct, frozen=True):
    """An incident with its origins, its figures, how it is graded and why, and its history."""

    incident: Incident
    origins: tuple[Origin, ...]
    figures: tuple[FigureTold, ...]
    graded: Graded
    parties: tuple[Party, ...]
    victims: tuple[Victim, ...]
    history: tuple[Entry, ...]


ANSWERS: dict[str, tuple[Any, ...]] = {
    "/claims.json": (tuple[ReviewedClaim, ...],),
    "/claims/{claim}.json": (ClaimTold,),
    "/captures.json": (tuple[Capture, ...],),
    "/captures/{capture}.json": (CaptureTold,),
    "/incidents.json": (tuple[Row, ...],),
    "/incidents/{incident}.json": (IncidentTold,),
    "/explore.json": (tuple[Row, ...], tuple[Summed, ...]),
    "/search.json": (SearchTold,),
    "/pairs.json": (tuple[Candidate, ...],),
    "/agreement.json": (Agreement,),
    "/inbox.json": (tuple[Job, ...],),
    "/toll.json": (TollTold,),
    "/ledger.json": (tuple[Entry, ...], Moment),
    "/ledger/{entry}.json": (Entry,),
}
"""path → the types that its answer can have; the first is what it gives when nothing particular is asked."""
SAID: dict[str, str] = {
    "/explore.json": "Incidents; with view=time the figures by month.",
    "/ledger.json": "The newest entries; with as_of the case as it stood.",
}
"""What an address answers, where that follows from what is asked."""
DAY = {"type": "string", "format": "date"}
FILTER: dict[str, dict[str, Any]] = {
    **{name: {"type": "string", "maxLength": 200} for name in WORDS},
    **{name: {"type": "string", "enum": list(words)} for name, words in CLOSED.items()},
    **dict.fromkeys(("since", "until"), DAY),
    **{name: {"type": "number"} for name in EDGES},
}
PAGE = {"page": {"type": "integer", "minimum": 1}}
ASKED: dict[str, dict[str, dict[str, Any]]] = {
    "/claims.json": {
        "status": {"type": "string", "enum": list(get_args(Status))},
        "capture": {"type": "string"},
        **PAGE,
    },
    "/captures.json": PAGE,
    "/incidents.json": {**FILTER, **PAGE},
    "/explore.json": {"view": {"type": "string", "enum": ["map", "time", "table"]}, **FILTER, **PAGE},
    "/search.json": {"q": {"type": "string"}, **{name: {"type": "string"} for name in FACETS}, **PAGE},
    "/pairs.json": {"of": {"type": "string"}, **PAGE},
    "/toll.json": {"by": {"type": "string", "enum": ["", "month", "place", "actor"]}, **FILTER},
    "/ledger.json": {"by": {"type": "string"}, "kind": {"type": "string"}, "as_of": {"type": "string"}, **PAGE},
}
"""What may be asked of an address, each with its schema."""
FAULTS = {
    "401": "The token is missing, wrong, was revoked or has ended.",
    "403": "The token's role does not let it see this.",
    "404": "The case holds no such thing.",
}


async def described(_: Request) -> Response:
    """The OpenAPI document of this desk."""
    return data(openapi())


def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document of every address in ``.json`` that the table of rights knows."""
    kinds = [Fault, *(kind for held in ANSWERS.values() for kind in held)]
    (fault, *schemas), components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    made = iter(schemas)
    known = {path: [next(made) for _ in held] for path, held in ANSWERS.items()}
    paths: dict[str, Any] = {}
    for route, roles in ROUTES.items():
        method, address = route.split(" ", 1)
        if method != "GET" or not address.endswith(".json"):
            continue
        path = re.sub(r":\w+", "", address)
        answers = {
            "200": {
                "description": SAID.get(path, "The answer."),
                "content": {"application/json": {"schema": _one_of(known.get(path, [{}]))}},
            },
            **{
                code: {"description": said, "content": {"application/json": {"schema": fault}}}
                for code, said in FAULTS.items()
            },
        }
        parts: list[dict[str, Any]] = [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": {"type": "integer", "minimum": 0} if f"{{{name}:int}}" in address else {"type": "string"},
            }
            for name in re.findall(r"\{(\w+)", address)
        ]
        paths[path] = {
            "get": {
                "operationId": re.sub(r"\W+", "_", path).strip("_"),
                "summary": f"For the roles {', '.join(sorted(roles))}.",
                "parameters": [*parts, *_asked(path)],
                "responses": answers,
            }
        }
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "A case of Uncounted, read-only",
            "version": __version__,
            "description": "Under the rights of a token's role. A missing number is null, never 0; an open bound too.",
        },
        "servers": [{"url": "/", "description": "Where the review desk is served"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(document))
    return plain


def _one_of(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _asked(path: str) -> list[dict[str, Any]]:
    """What may be asked of an address, as parameters."""
    return [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in ASKED.get(path, {}).items()
    ]
