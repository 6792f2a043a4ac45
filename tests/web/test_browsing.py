"""Lists and single things, as pages and as data."""

import csv
import io
import re

import pytest
from starlette.testclient import TestClient

from tests.web.invented_case import judgements
from uncounted.case.desk import CaseDesk
from uncounted.model.facts import Agent, EstimateMade, IncidentNamed, PairJudged
from uncounted.model.identity import incident_id

MARKET, HAMLET = incident_id("kkilled"), incident_id("kseven")
VIEWS = ["/claims", "/toll", "/captures", "/incidents", "/claims/kkilled", "/captures/cwire", f"/incidents/{MARKET}",
         "/explore", "/search?q=hospital", "/pairs", "/ledger", "/ledger/3", "/agreement"]  # fmt: skip


def as_form(path: str, form: str) -> str:
    before, mark, query = path.partition("?")
    return f"{before}.{form}{mark}{query}"


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_is_a_page_and_the_same_facts_as_json_and_csv(
    client: TestClient, accepted: CaseDesk, path: str
) -> None:
    assert client.get(path).headers["content-type"].startswith("text/html")
    assert client.get(as_form(path, "json")).headers["content-type"] == "application/json"
    answer = client.get(as_form(path, "csv"))
    assert answer.headers["content-type"].startswith("text/csv")
    assert next(csv.reader(io.StringIO(answer.text)))


def test_claims_are_filtered_by_status_and_report(client: TestClient, desk: CaseDesk) -> None:
    desk.judge("kkilled", "accepted", "Rana")
    found = client.get("/claims.json?status=accepted").json()
    assert [r["claim"]["id"] for r in found] == ["kkilled"]
    found = client.get("/claims.json?capture=carabic").json()
    assert [r["claim"]["id"] for r in found] == ["kseven"]
    assert client.get("/claims.json?status=eaten").status_code == 422


@pytest.mark.parametrize("path", ["/claims/knone", "/captures/cnone", "/incidents/inone", "/review/knone",
                                  "/ledger/999", "/pairs/captures/cwire/cnone", "/pairs?of=cats",
                                  "/explore?view=smell", "/toll?by=smell"])  # fmt: skip
def test_what_is_not_there_is_said_in_words(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "That could not be done" in answer.text


def test_a_missing_thing_as_data_is_an_error_as_data(client: TestClient) -> None:
    answer = client.get("/claims/knone.json")
    assert answer.status_code == 404
    assert answer.json()["rule"] == "the case holds none of that name"


def test_an_arabic_report_is_set_right_to_left(client: TestClient) -> None:
    assert 'dir="rtl" lang="ar"' in client.get("/captures/carabic").text


def test_every_page_of_an_invented_case_says_so(client: TestClient) -> None:
    for path in ("/", "/keys", "/claims", "/review/kkilled", "/incidents", "/claims/knone", "/inbox", "/people"):
        assert 'class="invented"' in client.get(path).text


def test_the_incident_page_shows_figures_with_their_words_by_origin(client: TestClient, accepted: CaseDesk) -> None:
    page = client.get(f"/incidents/{MARKET}").text
    assert '<a href="#kkilled">14 or more</a>' in page
    assert page.index("the district hospital") < page.index('id="kkilled"')
    assert "The army" in page.split('id="accused"')[1].split("</section>")[0]
    assert "by the rule" in page


def test_an_estimate_stands_apart_from_the_toll_and_changes_no_figure_of_it(
    client: TestClient, accepted: CaseDesk
) -> None:
    before = client.get("/toll.json").json()
    assert "no part of the toll" not in client.get("/toll").text
    made = EstimateMade(
        model="shrinkage", lists={"east": "c1", "west": "c2"}, matches="m", tables="t", seed=1, level=0.95, object="o",
        facts=1, observed=150, median=200.0, low=170.0, high=260.0,
    )  # fmt: skip
    accepted.case.record(Agent("machine", "estimate/1"), made)
    page = client.get("/toll").text
    assert "no part of the toll" in page
    assert "170–260" in page
    assert "engine shrinkage, seed 1" in page
    assert client.get("/toll.json").json() == before


def test_the_toll_leads_from_each_number_to_the_words_it_rests_on(client: TestClient, accepted: CaseDesk) -> None:
    page = client.get("/toll").text
    link = re.search(r'<a href="(/claims\?harm=killed&amp;group=people)">([^<]*)</a>', page)
    assert link is not None
    shown = client.get(link.group(1).replace("&amp;", "&")).text
    assert link.group(2) in shown
    assert "At least 14 villagers died when shells fell" in shown
    assert client.get("/claims?harm=orphaned&group=women").status_code == 404


def test_incidents_are_merged_and_split_and_origins_joined(client: TestClient, accepted: CaseDesk) -> None:
    before = len(judgements(accepted))
    client.post(f"/incidents/{MARKET}/merge", data={"other": HAMLET, "reason": "one day"})
    assert set(accepted.incident("kkilled")[0].incident.claims) >= {"kkilled", "kseven"}
    client.post(f"/incidents/{MARKET}/split", data={"claim": ["kseven"]})
    assert accepted.incident("kseven")[0].incident.claims == ("kseven",)
    client.post(f"/incidents/{MARKET}/origins", data={"left": "kkilled", "right": "kdenied", "verdict": "different"})
    client.post(f"/incidents/{MARKET}/name", data={"title": "The market"})
    facts = [entry.fact for entry in judgements(accepted)[before:]]
    assert isinstance(facts[0], PairJudged)
    assert (facts[0].of, facts[0].verdict) == ("claims", "same")
    assert any(isinstance(f, PairJudged) and (f.of, f.verdict) == ("origins", "different") for f in facts)
    assert isinstance(facts[-1], IncidentNamed)
    assert accepted.incident(MARKET)[0].incident.title == "The market"


def test_a_split_of_nothing_or_of_everything_is_refused(client: TestClient, accepted: CaseDesk) -> None:
    before = len(accepted.case.ledger)
    assert client.post(f"/incidents/{MARKET}/split", data={}).status_code == 422
    every = list(accepted.incident(MARKET)[0].incident.claims)
    assert client.post(f"/incidents/{MARKET}/split", data={"claim": every}).status_code == 422
    assert len(accepted.case.ledger) == before


def test_an_axis_is_judged_with_a_reason_and_the_page_says_by_whom(client: TestClient, accepted: CaseDesk) -> None:
    client.post(f"/incidents/{MARKET}/assess", data={"axis": "happened", "value": "corroborated", "reason": "two"})
    page = client.get(f"/incidents/{MARKET}").text
    assert "judged by" in page
    bad = client.post(f"/incidents/{MARKET}/assess", data={"axis": "happened", "value": "perhaps", "reason": "x"})
    assert bad.status_code == 422


def test_map_time_and_table_share_one_filter(client: TestClient, accepted: CaseDesk) -> None:
    for view in ("map", "time", "table"):
        page = client.get(f"/explore?view={view}&place=Qasr Lamin (Invented Province)").text
        assert "Incidents: 1" in page
    found = client.get("/explore.json?since=2031-05-08&view=table").json()
    assert [row["incident"]["id"] for row in found] == [HAMLET]
    months = client.get("/explore.json?view=time").json()
    assert {row["labels"]["month"] for row in months} == {"2031-05"}
    assert client.get("/explore?grade=splendid").status_code == 422
    assert client.get("/explore?since=yesterday").status_code == 422


def test_a_search_finds_a_name_in_another_script(client: TestClient, accepted: CaseDesk) -> None:
    found = client.get("/search.json?q=Tall al-Ward").json()["found"]
    assert HAMLET in [hit["ref"] for hit in found]
    assert "kseven" in [hit["ref"] for hit in client.get("/search.json?q=سبعة").json()["found"]]
    assert "kkilled" in [hit["ref"] for hit in client.get("/search.json?q=villagers&kind=claim").json()["found"]]
    assert client.get('/search.json?q=" OR NEAR( ) *').json()["found"] == []


def test_a_search_is_saved_and_forgotten(client: TestClient, desk: CaseDesk) -> None:
    client.post("/searches", data={"query": "q=villagers", "name": "the market"})
    assert 'href="/search?q=villagers"' in client.get("/search").text
    client.post("/searches", data={"query": "", "forget": "the market"})
    assert "the market" not in client.get("/search").text


def test_an_original_is_never_run_by_the_browser(client: TestClient, desk: CaseDesk) -> None:
    answer = client.get("/captures/cwire/original")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_the_ledger_is_verified_at_the_press_of_a_button(client: TestClient, desk: CaseDesk) -> None:
    assert "Unbroken" in client.post("/ledger/verify").text
    path = next(path for path in (desk.case.folder / "objects").rglob("*") if path.is_file())
    path.chmod(0o600)
    path.write_bytes(b"something else")
    assert "Broken" in client.post("/ledger/verify").text


def test_the_case_as_of_an_earlier_moment_is_the_case_as_it_stood(client: TestClient, accepted: CaseDesk) -> None:
    then = client.get("/ledger.json?as_of=7").json()
    assert then["progress"]["accepted"] == 0
    assert then["incidents"] == 0
    now = client.get(f"/ledger.json?as_of={len(accepted.case.ledger)}").json()
    assert now["incidents"] == 2
    assert client.get("/ledger?as_of=0").status_code == 404
