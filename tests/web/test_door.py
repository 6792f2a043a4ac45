"""Coming in, staying in, and being kept out."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import PASSWORD, seated, visitor
from tests.web.invented_case import judgements
from uncounted.case import people
from uncounted.case.desk import CaseDesk
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.facts import RoleGranted
from uncounted.web.door import COOKIE, FREE_TRIES, IDLE, WHOLE, Door, local


def test_the_one_time_address_lets_one_person_in_once(desk: CaseDesk) -> None:
    told: list[str] = []
    door = Door(desk.people, "Rana", told.append)
    ticket, client = door.ticket, visitor(desk, door)
    assert client.get(f"/enter/{ticket}").headers["location"] == "/"
    assert client.get("/").status_code == 200
    other = visitor(desk, door)
    assert other.get(f"/enter/{ticket}").status_code == 403
    assert other.get("/").headers["location"] == "/sign-in?next=/"
    assert told == [door.ticket]


def test_without_a_session_nothing_is_judged(desk: CaseDesk) -> None:
    client = visitor(desk)
    assert client.get("/review").headers["location"] == "/sign-in?next=/review"
    assert client.post("/review/kkilled/accept", data={"seen": "-1"}).status_code == 401
    assert client.get("/claims.json").status_code == 401
    assert judgements(desk) == []


def test_the_first_person_chooses_a_password_and_is_asked_for_it_from_then_on(desk: CaseDesk) -> None:
    client = seated(desk)
    assert client.post("/people/first", data={"password": "short", "again": "short"}).status_code == 422
    assert client.post("/people/first", data={"password": PASSWORD, "again": "other"}).status_code == 422
    assert client.post("/people/first", data={"password": PASSWORD, "again": PASSWORD}).headers["location"] == "/people"
    assert client.get("/people").status_code == 200
    assert desk.people.roles("Rana") == {"lead", "reviewer", "protection_officer"}
    stranger = visitor(desk)
    assert stranger.post("/sign-in", data={"name": "Rana", "password": "wrong wrong wrong"}).status_code == 403
    answer = stranger.post("/sign-in", data={"name": "Rana", "password": PASSWORD, "next": "//evil.example"})
    assert answer.headers["location"] == "/"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]


def test_the_ticket_is_no_way_in_once_there_are_accounts(desk: CaseDesk) -> None:
    door = Door(desk.people, "Rana")
    desk.people.begin("Rana", PASSWORD)
    assert visitor(desk, door).get(f"/enter/{door.ticket}").status_code == 403


def test_an_invited_person_chooses_a_password_once(as_one: Callable[..., TestClient], desk: CaseDesk) -> None:
    lead = as_one("lead", name="A lead")
    page = lead.post("/people/invite", data={"name": "Karim", "role": ["reviewer"]}).text
    address = page.split("/invitation/")[1].split("<")[0]
    stranger = visitor(desk)
    assert "Welcome, Karim" in stranger.get(f"/invitation/{address}").text
    given = {"password": "another row of words", "again": "another row of words"}
    assert stranger.post(f"/invitation/{address}", data=given).headers["location"] == "/"
    assert stranger.get(f"/invitation/{address}").status_code == 404
    assert desk.people.check("Karim", "another row of words")
    assert desk.people.roles("Karim") == {"reviewer"}


def test_passwords_are_kept_as_argon2_hashes_beside_the_ledger_and_never_in_it(desk: CaseDesk) -> None:
    desk.people.begin("Rana", PASSWORD)
    kept = (desk.case.folder / "accounts.json").read_text()
    assert "$argon2id$" in kept
    assert PASSWORD not in kept
    assert (desk.case.folder / "accounts.json").stat().st_mode & 0o077 == 0
    lines = b"".join(desk.case.ledger.lines())
    assert b"argon2" not in lines
    assert any(isinstance(entry.fact, RoleGranted) for entry in desk.case.ledger.entries())


def test_a_hash_takes_the_memory_and_time_that_rfc_9106_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert people.hasher_of_passwords().hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_many_wrong_passwords_make_the_next_one_wait(desk: CaseDesk) -> None:
    desk.people.begin("Rana", PASSWORD)
    now = [0.0]
    door = Door(desk.people, "Rana", clock=lambda: now[0])
    for _ in range(FREE_TRIES):
        assert door.sign_in("Rana", "wrong wrong wrong") is None
    with pytest.raises(Refused):
        door.sign_in("Rana", PASSWORD)
    now[0] += 2.0
    assert door.sign_in("Rana", PASSWORD)


@pytest.mark.parametrize("wait", [IDLE + 1, WHOLE + 1])
def test_a_session_ends_by_itself(desk: CaseDesk, wait: float) -> None:
    now = [0.0]
    door = Door(desk.people, "Rana", clock=lambda: now[0])
    client = visitor(desk, door)
    client.get(f"/enter/{door.ticket}")
    assert client.get("/").status_code == 200
    step = wait if wait == IDLE + 1 else IDLE - 1
    while now[0] < wait:
        now[0] += step
        last = client.get("/").status_code
    assert last == 303


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(desk: CaseDesk) -> None:
    now = [0.0]
    door = Door(desk.people, "Rana", clock=lambda: now[0], idle=60)
    client = visitor(desk, door)
    client.get(f"/enter/{door.ticket}")
    assert 'data-idle="60"' in client.get("/inbox").text
    for _ in range(3):
        now[0] += 25
        last = client.get("/inbox.json").status_code
    assert last == 401


def test_signing_out_ends_the_session_on_the_server(client: TestClient) -> None:
    secret = client.cookies[COOKIE]
    client.post("/sign-out")
    client.cookies.set(COOKIE, secret)
    assert client.get("/").status_code == 303


def test_a_role_that_is_taken_away_counts_at_once(as_one: Callable[..., TestClient], desk: CaseDesk) -> None:
    client = as_one("reviewer", name="Karim")
    assert client.get("/review").status_code == 303
    desk.people.give("Karim", ["reader"], "The Lead")
    assert client.get("/review").status_code == 403


def test_a_new_password_ends_all_other_sessions(as_one: Callable[..., TestClient], desk: CaseDesk) -> None:
    one, other = as_one(name="The Lead"), as_one(name="The Lead")
    new = "yet another row of words"
    wrong = {"old": "no, not this one", "password": new, "again": new}
    assert one.post("/password", data=wrong).status_code == 422
    assert one.post("/password", data=wrong | {"old": PASSWORD}).status_code == 303
    assert one.get("/").status_code == 200
    assert other.get("/").status_code == 303


def test_the_last_lead_keeps_that_role(as_one: Callable[..., TestClient], desk: CaseDesk) -> None:
    lead = as_one(name="The Lead")
    assert lead.post("/people/roles", data={"name": "The Lead", "role": ["reader"]}).status_code == 409
    with pytest.raises(BadInput):
        desk.people.invite("Somebody", [], "The Lead")
    with pytest.raises(NotFound):
        desk.people.whose("none")


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", "/\\evil.example", "evil"])
def test_after_signing_in_nobody_is_sent_elsewhere(path: str) -> None:
    assert local(path) == "/"
    assert local("/review?mine=1") == "/review?mine=1"
