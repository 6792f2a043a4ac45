"""Every route and every protected field, for every role and for nobody: what the table says is what happens."""

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from tests.web.conftest import PASSWORD, visitor
from tests.web.invented_case import accept_all, built
from uncounted.case import sealing
from uncounted.case.desk import CaseDesk
from uncounted.case.reviewing import describe
from uncounted.model.facts import Agent, CaptureTaken, ClaimReread
from uncounted.model.identity import incident_id
from uncounted.model.roles import ROLES, Role
from uncounted.web.app import routes
from uncounted.web.door import COOKIE, Door
from uncounted.web.rights import ANYONE, FIELDS, ROUTES, needed, sees

VALUES = {"claim": "kkilled", "capture": "cwire", "incident": incident_id("kkilled"), "entry": "3", "of": "captures",
          "left": "carabic", "right": "cwire", "act": "accept", "verdict": "unsure", "name": "0-0-0", "secret": "none",
          "ticket": "none", "path": "index.html"}  # fmt: skip
CANARIES = {
    "capture.name": "/home/someone/cwire.txt",
    "capture.author": "Canary Author",
    "judgement.by": "Canary Judge",
    "judgement.reason": "canary-reason",
    "sealed.pseudonym": "canary-pseudonym",
    "sealed.value": "canary-value",
}
UNTESTED = {"capture.record", "entry.more", "entry.refused"}
"""Fields whose canaries stand in tests of their own."""


def filled(path: str) -> str:
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda found: VALUES[found.group(1)], path)


def asked(client: TestClient, route: str) -> int:
    method, path = route.split(" ", 1)
    if method == "GET":
        return int(client.get(filled(path)).status_code)
    return int(client.post(filled(path), data={"seen": "-1"}).status_code)


@pytest.fixture
def people(tmp_path: Path) -> Callable[[Role | None], TestClient]:
    """A case full of canaries, and a client for each role."""
    desk = built(tmp_path / "case")
    case = desk.case
    sealing.make_key(case, tmp_path / "key", "Canary Judge")
    sealing.seal(case, Agent("person", "Rana"), "cwire", "contact", "canary-value", pseudonym="canary-pseudonym")
    describe(case, "cwire", "Canary Judge", author="Canary Author", reason="canary-reason")
    desk.judge("kkilled", "accepted", "Canary Judge", "canary-reason")
    accept_all(desk, "Canary Judge")
    case.record(Agent("person", "Other Judge"), ClaimReread(claim="kkilled", verdict="rejected"))
    desk.people.begin("The Lead", PASSWORD)
    door = Door(desk.people, "The Lead")

    def one(role: Role | None) -> TestClient:
        client = visitor(desk, door)
        if role:
            name = f"A {role}"
            if role not in desk.people.roles(name):
                desk.people.give(name, [role], "The Lead")
            client.cookies.set(COOKIE, door.open(name))
        return client

    return one


def test_the_table_and_the_routes_are_the_same() -> None:
    served = set()
    for route in routes():
        if isinstance(route, Route):
            served |= {f"{method} {route.path}" for method in (route.methods or set()) - {"HEAD"}}
        elif isinstance(route, Mount):
            served.add(f"GET {route.path}/{{path:path}}")
    assert served == set(ROUTES)


def test_what_is_not_in_the_table_is_refused(people: Callable[[Role | None], TestClient]) -> None:
    lead = people("lead")
    assert needed("GET", "/secret/door") is None
    assert lead.get("/secret/door").status_code == 403
    assert lead.request("DELETE", "/claims", content=b"x").status_code == 403
    assert lead.request("PUT", "/claims", content=b"x").status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_each_route_is_open_to_a_role_exactly_as_the_table_says(
    people: Callable[[Role | None], TestClient], role: Role
) -> None:
    client = people(role)
    # Signing out comes last: after it this client is nobody's.
    for route in sorted(ROUTES, key=lambda name: name == "POST /sign-out"):
        status, wanted = asked(client, route), ROUTES[route]
        may = wanted is ANYONE or role in wanted
        if route in ("GET /enter/{ticket}", "POST /sign-in"):
            continue
        assert (status == 403) is not may, (role, route, status)
        assert status < 500, (role, route, status)


def test_nobody_comes_further_than_the_sign_in(people: Callable[[Role | None], TestClient]) -> None:
    stranger = people(None)
    for route, wanted in ROUTES.items():
        status = asked(stranger, route)
        if wanted is not ANYONE:
            assert status in (303, 401), (route, status)


@pytest.mark.parametrize("role", [*ROLES, None])
def test_a_protected_field_is_in_no_answer_to_who_may_not_see_it(
    people: Callable[[Role | None], TestClient], role: Role | None
) -> None:
    client, seen = people(role), set()
    mine = frozenset([role]) if role else frozenset()
    paths = [filled(route.split(" ", 1)[1]) for route in ROUTES if route.startswith("GET ")]
    paths += ["/search?q=canary", "/search.json?q=canary", "/ledger?as_of=9", "/claims.json?status=accepted",
              *(f"/ledger/{n}{form}" for n in range(30) for form in ("", ".json", ".csv"))]  # fmt: skip
    for path, (field, canary) in itertools.product(paths, CANARIES.items()):
        if canary in _told(client, path):
            assert sees(mine, field), (role, path, field)
            seen.add(field)
    shown = {field for field in CANARIES if sees(mine, field)} - {"sealed.value"}
    assert seen == shown, "a field that may be seen is shown somewhere"


_ANSWERS: dict[tuple[int, str], str] = {}


def _told(client: TestClient, path: str) -> str:
    key = id(client), path
    if key not in _ANSWERS:
        _ANSWERS[key] = client.get(path).text
    return _ANSWERS[key]


def test_every_field_of_the_table_is_tried() -> None:
    assert set(CANARIES) | UNTESTED == set(FIELDS)


def test_a_collection_record_is_seen_by_its_keepers_alone(desk: CaseDesk, as_one: Callable[..., TestClient]) -> None:
    taken = desk.capture("cwire")
    record = desk.case.objects.put(b'{"from": "canary"}')
    fact = CaptureTaken(capture=msgspec.structs.replace(taken, id="crecorded", record=record))
    desk.case.record(Agent("person", "Rana"), fact)
    for role in ROLES:
        told = as_one(role, name=f"A {role}").get("/captures/crecorded.json").text
        assert (record in told) is sees(frozenset([role]), "capture.record"), role


def test_a_sealed_value_is_shown_once_to_a_protection_officer_with_the_key(
    people: Callable[[Role | None], TestClient], tmp_path: Path
) -> None:
    key = (tmp_path / "key").read_text()
    form = {"subject": "cwire", "field": "contact", "key": key}
    for role in ROLES:
        answer = people(role).post("/sealed/open", data=form)
        assert ("canary-value" in answer.text) is (role == "protection_officer")
        assert answer.headers["cache-control"] == "no-store"
    assert "canary-value" not in people("protection_officer").get("/sealed").text
    assert "Not done" in people("protection_officer").post("/sealed/open", data=form | {"key": "x"}).text
