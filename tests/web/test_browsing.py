"""Lists and single things, as pages and as data."""

import re

import pytest
from starlette.testclient import TestClient

from tests.web.fakedesk import FakeDesk
from uncounted.model.facts import PairJudged


@pytest.mark.parametrize("path", ["/claims", "/toll", "/captures", "/incidents", "/claims/kkilled", "/captures/cwire",
                                  "/incidents/imarket"])  # fmt: skip
def test_every_view_is_a_page_and_the_same_facts_as_data(client: TestClient, path: str) -> None:
    assert client.get(path).headers["content-type"].startswith("text/html")
    answer = client.get(path + ".json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()


def test_claims_are_filtered_by_status_and_report(client: TestClient, desk: FakeDesk) -> None:
    desk.judge("kkilled", "accepted", "Rana")
    found = client.get("/claims.json?status=accepted").json()
    assert [r["claim"]["id"] for r in found] == ["kkilled"]
    found = client.get("/claims.json?capture=carabic").json()
    assert [r["claim"]["id"] for r in found] == ["kseven"]
    assert client.get("/claims.json?status=eaten").status_code == 422


@pytest.mark.parametrize("path", ["/claims/knone", "/captures/cnone", "/incidents/inone", "/review/knone"])
def test_what_is_not_there_is_said_in_words(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "That could not be done" in answer.text


def test_a_missing_thing_as_data_is_an_error_as_data(client: TestClient) -> None:
    answer = client.get("/claims/knone.json")
    assert answer.status_code == 404
    assert answer.json()["rule"] == "no claim has that name"


def test_an_arabic_report_is_set_right_to_left(client: TestClient) -> None:
    assert 'dir="rtl" lang="ar"' in client.get("/captures/carabic").text


def test_every_page_of_an_invented_case_says_so(client: TestClient) -> None:
    for path in ("/", "/keys", "/claims", "/review/kkilled", "/incidents/imarket", "/claims/knone"):
        assert 'class="invented"' in client.get(path).text


def test_the_incident_page_shows_figures_with_their_words_by_origin(client: TestClient) -> None:
    page = client.get("/incidents/imarket").text
    assert '<a href="#kkilled">14 or more</a>' in page
    assert page.index("the district hospital") < page.index('id="kkilled"')


def test_the_toll_leads_from_each_number_to_the_words_it_rests_on(client: TestClient) -> None:
    page = client.get("/toll").text
    link = re.search(r'<a href="(/claims\?figure=[^"]*)">21 or more</a>', page)
    assert link is not None
    shown = client.get(link.group(1)).text
    assert "At least 14 villagers died when shells fell" in shown
    assert "Five of the dead were children" not in shown
    assert client.get("/claims?figure=none").status_code == 404


def test_incidents_are_merged_and_split_and_origins_joined(client: TestClient, desk: FakeDesk) -> None:
    client.post("/incidents/imarket/merge", data={"other": "ihamlet", "reason": "one day"})
    client.post("/incidents/imarket/split", data={"claim": ["kdenied"]})
    client.post("/incidents/imarket/origins", data={"left": "kkilled", "right": "kdenied", "verdict": "different"})
    facts = [entry.fact for entry in desk.entries]
    assert all(isinstance(fact, PairJudged) for fact in facts)
    assert [(f.of, f.verdict) for f in facts if isinstance(f, PairJudged)] == [
        ("claims", "same"), ("claims", "different"), ("origins", "different")
    ]  # fmt: skip


def test_a_split_of_nothing_or_of_everything_is_refused(client: TestClient, desk: FakeDesk) -> None:
    assert client.post("/incidents/imarket/split", data={}).status_code == 422
    every = ["kkilled", "kchildren", "kdenied"]
    assert client.post("/incidents/imarket/split", data={"claim": every}).status_code == 422
    assert desk.entries == []
