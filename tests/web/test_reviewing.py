"""Judging claims by plain forms, as a browser without scripting does."""

import re

import pytest
from starlette.testclient import TestClient

from tests.stages.publish.invented import TEXTS, dossier
from tests.web.invented_case import judgements
from uncounted.case.desk import CaseDesk
from uncounted.model.facts import Agent, ClaimEdited, RoleGranted


def fields(page: str, form: str) -> dict[str, str]:
    """What a browser would send for a form as it stands on a page."""
    found = re.search(rf'<form[^>]*id="{form}".*?</form>', page, re.DOTALL)
    assert found is not None
    sent = {}
    for tag in re.findall(r"<input[^>]*>", found.group()):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            sent[name.group(1)] = value.group(1) if value else ""
    for name_of, options in re.findall(r'<select name="([^"]*)">(.*?)</select>', found.group(), re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name_of] = chosen.group(1) if chosen else ""
    return sent


def test_the_queue_begins_with_the_first_claim_to_judge(client: TestClient) -> None:
    assert client.get("/review").headers["location"] == "/review/kkilled"


def test_a_claim_is_shown_with_its_words_marked_in_the_whole_report(client: TestClient) -> None:
    page = client.get("/review/kkilled").text
    shown = re.search(r'id="source"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert shown is not None
    assert 'data-label="how many"' in page
    plain = re.sub(r"</?(?:mark|span)[^>]*>", "", shown.group(1))
    assert plain.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'") == TEXTS["cwire"]


def test_accepting_records_the_verdict_and_goes_on(client: TestClient, desk: CaseDesk) -> None:
    answer = client.post("/review/kkilled/accept", data=fields(client.get("/review/kkilled").text, "judge"))
    assert answer.headers["location"] == "/review/kchildren"
    assert (desk.claim("kkilled").status, desk.claim("kkilled").by) == ("accepted", "Rana")


def test_rejecting_keeps_the_reason(client: TestClient, desk: CaseDesk) -> None:
    client.post("/review/kkilled/reject", data={"seen": "-1", "reason": "said of another day"})
    assert (desk.claim("kkilled").status, desk.claim("kkilled").reason) == ("rejected", "said of another day")


def test_undo_returns_to_the_claim_as_it_was(client: TestClient, desk: CaseDesk) -> None:
    client.post("/review/kkilled/reject", data={"seen": "-1"})
    answer = client.post("/undo", data={"entry": str(len(desk.case.ledger) - 1)})
    assert answer.headers["location"] == "/review/kkilled"
    assert desk.claim("kkilled").status == "proposed"


def test_what_another_person_judged_meanwhile_is_told_and_not_overwritten(client: TestClient, desk: CaseDesk) -> None:
    sent = fields(client.get("/review/kkilled").text, "judge")
    desk.judge("kkilled", "rejected", "Karim")
    answer = client.post("/review/kkilled/accept", data=sent)
    assert answer.status_code == 409
    assert "Karim judged it in the meantime" in answer.text
    assert (desk.claim("kkilled").status, len(judgements(desk))) == ("rejected", 1)
    again = client.post("/review/kkilled/accept", data=fields(answer.text, "judge"))
    assert again.status_code == 303
    assert desk.claim("kkilled").status == "accepted"


def test_an_edit_as_the_form_stands_changes_nothing_of_the_claim(client: TestClient, desk: CaseDesk) -> None:
    for name, read in dossier().claims.items():
        client.post(f"/review/{name}/edit", data=fields(client.get(f"/review/{name}?edit=1").text, "edit"))
        assert desk.claim(name).claim == read


def test_an_edit_corrects_count_and_words_from_the_report(client: TestClient, desk: CaseDesk) -> None:
    sent = fields(client.get("/review/kkilled?edit=1").text, "edit")
    start = TEXTS["cwire"].index("villagers")
    sent |= {"low": "14", "high": "20", "quantifier": "range", "victim_start": str(start), "victim_end": str(start + 9)}
    client.post("/review/kkilled/edit", data=sent)
    now = desk.claim("kkilled").claim
    assert (now.count.low, now.count.high, now.victim and now.victim.text) == (14, 20, "villagers")
    assert isinstance(judgements(desk)[0].fact, ClaimEdited)


def test_spans_in_arabic_are_counted_in_code_points(client: TestClient, desk: CaseDesk) -> None:
    sent = fields(client.get("/review/kseven?edit=1").text, "edit")
    start = TEXTS["carabic"].index("مدنيين")
    client.post("/review/kseven/edit", data=sent | {"victim_start": str(start), "victim_end": str(start + 6)})
    victim = desk.claim("kseven").claim.victim
    assert victim is not None
    assert victim.text == "مدنيين"


def test_a_changed_place_name_drops_the_old_places_coordinates(client: TestClient, desk: CaseDesk) -> None:
    sent = fields(client.get("/review/kkilled?edit=1").text, "edit")
    client.post("/review/kkilled/edit", data=sent | {"place_name": "Elsewhere"})
    place = desk.claim("kkilled").claim.place
    assert place is not None
    assert (place.name, place.lat) == ("Elsewhere", None)


def test_a_source_is_added_to_the_chain(client: TestClient, desk: CaseDesk) -> None:
    sent = fields(client.get("/review/kkilled?edit=1").text, "edit")
    start = TEXTS["cwire"].index("The army")
    sent |= {"source2_kind": "belligerent", "source2_start": str(start), "source2_end": str(start + 8)}
    client.post("/review/kkilled/edit", data=sent)
    assert [s.name for s in desk.claim("kkilled").claim.attribution][2:] == ["The army"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"low": "9", "high": "3"}, "above its upper bound"),
        ({"low": "many"}, "not a whole number"),
        ({"harm": "eaten"}, "not one of its words"),
        ({"victim_start": "5", "victim_end": "99999"}, "not in the report"),
        ({"victim_start": "9", "victim_end": "5"}, "not in the report"),
        ({"passage_start": "", "passage_end": ""}, "rests on words of the report"),
        ({"time_from": "2031-02-30"}, "not a date"),
        ({"time_from": "2031-05-09", "time_to": "2031-05-01"}, "before it begins"),
    ],
)
def test_a_form_that_cannot_be_says_why_and_records_nothing(
    client: TestClient, desk: CaseDesk, change: dict[str, str], said: str
) -> None:
    sent = fields(client.get("/review/kkilled?edit=1").text, "edit")
    answer = client.post("/review/kkilled/edit", data=sent | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert judgements(desk) == []


def test_what_was_filled_in_is_kept_when_it_could_not_be_recorded(client: TestClient, desk: CaseDesk) -> None:
    sent = fields(client.get("/review/kkilled?edit=1").text, "edit")
    changed = sent | {"low": "9", "high": "3", "harm": "injured", "place_name": "Elsewhere", "reason": "a slip"}
    assert fields(client.post("/review/kkilled/edit", data=changed).text, "edit") == changed
    desk.judge("kkilled", "rejected", "Karim")
    changed |= {"high": "30"}
    answer = client.post("/review/kkilled/edit", data=changed)
    assert answer.status_code == 409
    assert fields(answer.text, "edit") == changed | {"seen": str(len(desk.case.ledger) - 1)}


def test_a_verdict_that_does_not_say_what_it_saw_is_refused(client: TestClient, desk: CaseDesk) -> None:
    assert client.post("/review/kkilled/accept", data={}).status_code == 422
    assert judgements(desk) == []


def test_an_act_that_does_not_exist_is_no_rejection(client: TestClient, desk: CaseDesk) -> None:
    assert client.post("/review/kkilled/shred", data={"seen": "-1"}).status_code == 404
    assert judgements(desk) == []


def test_a_claim_that_no_reader_found_is_added_from_its_words(client: TestClient, desk: CaseDesk) -> None:
    sent = fields(client.get("/captures/ctotal/add").text, "edit")
    start = TEXTS["ctotal"].index("310 people have been killed")
    sent |= {"passage_start": str(start), "passage_end": str(start + 27), "low": "310", "high": "310"}
    answer = client.post("/captures/ctotal/add", data=sent)
    assert answer.headers["location"] == "/captures/ctotal"
    (added,) = [r.claim for r in desk.claims_of("ctotal") if r.claim.id != "ktotal"]
    assert (added.passage.text, added.count.low, added.document) == ("310 people have been killed", 310, "ctotal")


def test_a_claim_without_words_is_not_added(client: TestClient, desk: CaseDesk) -> None:
    answer = client.post("/captures/ctotal/add", data=fields(client.get("/captures/ctotal/add").text, "edit"))
    assert answer.status_code == 422
    assert judgements(desk) == []


def test_when_all_is_judged_the_page_says_so_and_offers_undo(client: TestClient, desk: CaseDesk) -> None:
    for name in dossier().claims:
        desk.judge(name, "accepted", "Rana")
    page = client.get("/review").text
    assert "Every claim is judged" in page
    assert 'data-key="u"' in page


def test_passing_over_goes_on_and_comes_back_at_the_end(client: TestClient, desk: CaseDesk) -> None:
    assert client.get("/review?after=kkilled").headers["location"] == "/review/kchildren"
    assert client.get("/review?after=ktotal").headers["location"] == "/review/kkilled"


def test_two_people_are_not_given_one_claim_at_one_time(client: TestClient, desk: CaseDesk) -> None:
    client.get("/review/kkilled")
    coming = desk.next_claim("Karim")
    assert coming is not None
    assert coming.claim.id == "kchildren"
    assert desk.sit("kkilled", "Karim") == "Rana"


def test_reports_are_split_between_reviewers_each_to_one(desk: CaseDesk) -> None:
    for name in ("Ada", "Bo", "Cy"):
        desk.case.record(Agent("person", "Rana"), RoleGranted(person=name, role="reviewer"))
    given: dict[str, set[str]] = {}
    for name in ("Ada", "Bo", "Cy"):
        after = None
        while (coming := desk.next_claim(name, after, mine=True)) and coming.claim.id not in given.get(name, set()):
            given.setdefault(name, set()).add(coming.claim.id)
            after = coming.claim.id
    assert sorted(claim for held in given.values() for claim in held) == sorted(dossier().claims)


def test_a_script_in_a_report_or_a_title_is_words(client: TestClient) -> None:
    page = client.get("/review/kkilled").text
    assert "&lt;script&gt;document.title" in page
    assert "<b>market</b>" not in page
