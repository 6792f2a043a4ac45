"""Nobody but the desk's own pages writes, and no outside name reaches it."""

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import seated, visitor
from tests.web.invented_case import judgements
from uncounted.case.desk import CaseDesk
from uncounted.web.app import HOST
from uncounted.web.door import COOKIE
from uncounted.web.guards import LARGEST_FORM, may_write

PATHS = ("/", "/keys", "/sign-in", "/review/kkilled", "/claims", "/claims.json", "/captures/carabic", "/incidents",
         "/claims/knone", "/static/desk.js", "/style/style.css")  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8377", "host": "127.0.0.1:8377"}, False),
        ({"origin": "http://127.0.0.1:8377", "host": "127.0.0.1:8377"}, True),
        ({"origin": "http://127.0.0.1:9999", "host": "127.0.0.1:8377"}, False),
        ({"origin": "null", "host": "127.0.0.1:8377"}, False),
        ({"host": "127.0.0.1:8377"}, False),
        ({}, False),
    ],
)
def test_a_write_comes_from_our_own_pages_or_is_refused(headers: dict[str, str], allowed: bool) -> None:
    assert may_write(headers) is allowed


@pytest.mark.parametrize("path", ["/review/kkilled/accept", "/undo", "/sign-in", "/incidents/merge"])
def test_a_form_on_another_site_changes_nothing(client: TestClient, desk: CaseDesk, path: str) -> None:
    answer = client.post(path, data={"seen": "-1", "entry": "0"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert judgements(desk) == []


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.4:8377", ""])
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/claims.json", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8377", "localhost:8377"])
def test_loopback_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/claims.json", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_a_script_or_style_of_its_own(client: TestClient, path: str) -> None:
    page = client.get(path).text
    if page.startswith("<!doctype"):
        assert page.count("<script") == page.count('<script src="/static/desk.js" defer></script>') == 1
        assert "<style" not in page
        assert " style=" not in page
        assert "http://" not in page
        assert "https://" not in page


def test_a_form_too_large_to_be_ours_is_not_read(client: TestClient) -> None:
    answer = client.post("/sign-in", content=b"x" * (LARGEST_FORM + 1))
    assert answer.status_code == 413


def test_the_desk_is_bound_to_loopback() -> None:
    assert HOST == "127.0.0.1"


def test_a_cookie_of_another_server_seats_nobody(desk: CaseDesk) -> None:
    secret = seated(desk).cookies[COOKIE]
    stranger = visitor(desk)
    stranger.cookies.set(COOKIE, secret)
    assert stranger.get("/review/kkilled").headers["location"] == "/sign-in?next=/review/kkilled"
