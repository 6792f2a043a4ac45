"""Programs that read a case with a token: what its role may see, as data, and nothing else."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from tests.web.conftest import PASSWORD, visitor
from tests.web.test_rights import CANARIES, filled
from tests.web.test_rights import people as _people
from uncounted.case.desk import CaseDesk
from uncounted.case.tokens import Tokens
from uncounted.cli.tokens import token
from uncounted.model.errors import Refused
from uncounted.model.roles import ROLES, Role
from uncounted.web.described import ANSWERS
from uncounted.web.rights import ANYONE, ROUTES, sees

people = _people


def given(desk: CaseDesk, role: Role, until: dt.date | None = None) -> dict[str, str]:
    desk.people.begin("The Lead", PASSWORD)
    return {"Authorization": f"Bearer {Tokens(desk.case).make('script', role, 'The Lead', until)}"}


def test_a_lead_makes_lists_and_revokes_tokens_on_the_people_page(
    desk: CaseDesk, as_one: Callable[..., TestClient]
) -> None:
    lead = as_one("lead", "reviewer", name="The Lead")
    made = lead.post("/people/tokens", data={"name": "archive", "role": "reader", "until": "2099-01-01"})
    secret = re.search(r'<code class="long" dir="ltr">([\w-]{40,})</code>', made.text)
    assert secret
    page = lead.get("/people").text
    assert "archive" in page
    assert secret[1] not in page, "shown once"
    bearer = {"Authorization": f"Bearer {secret[1]}"}
    assert visitor(desk).get("/claims.json", headers=bearer).status_code == 200
    assert lead.post("/people/tokens", data={"name": "archive", "role": "reader"}).status_code == 409
    assert lead.post("/people/tokens", data={"name": "b", "role": "king"}).status_code == 422
    assert lead.post("/people/tokens", data={"name": "b", "role": "reader", "until": "soon"}).status_code == 422
    assert lead.post("/people/tokens/revoke", data={"name": "archive"}).headers["location"] == "/people"
    assert visitor(desk).get("/claims.json", headers=bearer).status_code == 401


@pytest.mark.parametrize("role", ROLES)
def test_a_token_reads_the_data_that_its_role_may_and_no_other_address(desk: CaseDesk, role: Role) -> None:
    said, client = given(desk, role), visitor(desk)
    before = list(desk.case.ledger.lines())
    for route, wanted in ROUTES.items():
        method, path = route.split(" ", 1)
        status = client.request(method, filled(path), headers=said, content=b"").status_code
        may = method == "GET" and path.endswith(".json") and wanted is not ANYONE and role in wanted
        assert (status == 403) is not may, (route, status)
    assert list(desk.case.ledger.lines()) == before


def test_a_wrong_a_revoked_and_an_ended_token_are_turned_away(desk: CaseDesk) -> None:
    said, client = given(desk, "reader", dt.datetime.now(dt.UTC).date()), visitor(desk)
    assert client.get("/claims.json", headers=said).status_code == 200
    assert client.get("/claims.json", headers={"Authorization": "Bearer other"}).json()["thing"] == "the token"
    later = Tokens(desk.case, lambda: dt.date(9999, 1, 1))
    assert later.of(said["Authorization"].split()[1]) is None
    Tokens(desk.case).revoke("script", "The Lead")
    assert client.get("/claims.json", headers=said).status_code == 401


def test_of_a_token_its_digest_alone_is_kept_for_the_owner_alone(desk: CaseDesk) -> None:
    secret = given(desk, "reader")["Authorization"].split()[1]
    path = desk.case.folder / "tokens.json"
    assert secret not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_who_is_no_lead_makes_no_token(desk: CaseDesk) -> None:
    desk.people.begin("The Lead", PASSWORD)
    with pytest.raises(Refused):
        Tokens(desk.case).make("script", "reader", "Somebody")


def test_a_lead_makes_lists_and_revokes_tokens_by_command(desk: CaseDesk) -> None:
    desk.people.begin("The Lead", PASSWORD)
    at = ["--case", str(desk.case.folder)]
    run = CliRunner().invoke
    made = run(token, ["make", "script", "--role", "reader", "--until", "9999-01-01", "--by", "The Lead", *at])
    found = Tokens(desk.case).of(made.output.strip())
    assert found is not None
    assert (found.role, found.until) == ("reader", dt.date(9999, 1, 1))
    assert "script  reader  by The Lead  until 9999-01-01" in run(token, ["list", *at]).output
    assert run(token, ["revoke", "script", "--by", "The Lead", *at]).exit_code == 0
    assert Tokens(desk.case).all() == ()


def test_the_description_is_valid_openapi_and_names_every_address_of_data(desk: CaseDesk) -> None:
    document = visitor(desk).get("/openapi.json", headers=given(desk, "reader")).json()
    validate(document)
    named = {re.sub(r":\w+", "", route[4:]) for route in ROUTES if route.startswith("GET ") and route.endswith(".json")}
    assert set(document["paths"]) == named


def test_answers_hold_to_their_schemas(accepted: CaseDesk) -> None:
    said, client = given(accepted, "lead"), visitor(accepted)
    document = client.get("/openapi.json", headers=said).json()
    assert set(document["paths"]) - {"/openapi.json"} == set(ANSWERS)
    asked = ("/explore.json?view=time", "/explore.json?since=2031-05-08", "/ledger.json?as_of=9", "/toll.json?by=month")
    for path in (*ANSWERS, *asked):
        answer = client.get(filled(path), headers=said)
        assert answer.status_code == 200
        described = document["paths"][path.partition("?")[0]]["get"]
        named = {one["name"] for one in described["parameters"]}
        assert set(re.findall(r"[?&](\w+)=", path)) <= named
        schema = described["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator({**schema, "components": document["components"]}).validate(answer.json())
        wrong = Draft202012Validator({**schema, "components": document["components"]})
        assert not wrong.is_valid([{"nothing": "of this"}])


@pytest.mark.parametrize("role", ROLES)
def test_a_token_reads_no_field_that_its_role_may_not_see_and_nothing_sealed(
    people: Callable[[Role | None], TestClient], role: Role
) -> None:
    client = people(None)
    desk = client.app.state.desk  # type: ignore[attr-defined]
    said = {"Authorization": f"Bearer {Tokens(desk.case).make('script', role, 'The Lead')}"}
    paths = [filled(route[4:]) for route in ROUTES if route.startswith("GET ") and route.endswith(".json")]
    paths += ["/search.json?q=canary", "/ledger.json?as_of=9", *(f"/ledger/{n}.json" for n in range(30))]
    told = "".join(client.get(path, headers=said).text for path in paths)
    found = {field for field, canary in CANARIES.items() if canary in told}
    assert found <= {field for field in CANARIES if sees(frozenset([role]), field)}
    assert "sealed.value" not in found
    assert ("judgement.by" in found) is sees(frozenset([role]), "judgement.by")
