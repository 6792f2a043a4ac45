"""What a token reads, described by an OpenAPI document made from the table of rights and the structs of the answers."""

import re
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from uncounted import __version__
from uncounted.case.agreement import Agreement
from uncounted.case.candidates import Candidate
from uncounted.model.asking import Hit, Row, Summed
from uncounted.model.evidence import Capture
from uncounted.model.facts import Entry
from uncounted.model.review import ReviewedClaim
from uncounted.web.inbox import Job
from uncounted.web.pages import data
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


ANSWERS: dict[str, Any] = {
    "/claims.json": tuple[ReviewedClaim, ...],
    "/claims/{claim}.json": ClaimTold,
    "/captures.json": tuple[Capture, ...],
    "/captures/{capture}.json": CaptureTold,
    "/incidents.json": tuple[Row, ...],
    "/search.json": SearchTold,
    "/pairs.json": tuple[Candidate, ...],
    "/agreement.json": Agreement,
    "/inbox.json": tuple[Job, ...],
    "/toll.json": TollTold,
    "/ledger.json": tuple[Entry, ...],
    "/ledger/{entry}.json": Entry,
}
"""path → the type of its answer; an address that is not here answers JSON that is described as such alone."""
PAGED = ("/claims.json", "/captures.json", "/incidents.json", "/explore.json", "/search.json", "/pairs.json",
         "/ledger.json")  # fmt: skip
PART: dict[str, Any] = {"name": "page", "in": "query", "required": False, "schema": {"type": "integer", "minimum": 1}}
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
    kinds = [Fault, *ANSWERS.values()]
    (fault, *schemas), components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    known = dict(zip(ANSWERS, schemas, strict=True))
    paths: dict[str, Any] = {}
    for route, roles in ROUTES.items():
        method, address = route.split(" ", 1)
        if method != "GET" or not address.endswith(".json"):
            continue
        path = re.sub(r":\w+", "", address)
        answers = {
            "200": {"description": "The answer.", "content": {"application/json": {"schema": known.get(path, {})}}},
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
                "parameters": [*parts, PART] if path in PAGED else parts,
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
