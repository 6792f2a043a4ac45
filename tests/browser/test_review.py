"""The review page by keyboard alone, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.stages.publish.invented import TEXTS
from tests.web.invented_case import add_report, judgements
from uncounted.case.desk import CaseDesk

pytestmark = pytest.mark.browser


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_accept_reject_undo_and_walk_by_key(page: Page, address: str, desk: CaseDesk) -> None:
    page.goto(address + "/review")
    press(page, "a")
    page.wait_for_url("**/review/kchildren")
    press(page, "x")
    page.wait_for_url("**/review/kdenied")
    assert (desk.claim("kkilled").status, desk.claim("kchildren").status) == ("accepted", "rejected")
    press(page, "u")
    page.wait_for_url("**/review/kchildren")
    assert desk.claim("kchildren").status == "proposed"
    press(page, "k")
    page.wait_for_url("**/review/kkilled")
    press(page, "j")
    page.wait_for_url("**/review/kchildren")
    press(page, "?")
    page.wait_for_url("**/keys")


def test_edit_by_key_sets_words_from_the_source(page: Page, address: str, desk: CaseDesk) -> None:
    page.goto(address + "/review/kkilled")
    press(page, "e")
    page.wait_for_url("**/review/kkilled?edit=1")
    press(page, "/")
    expect(page.locator("#source")).to_be_focused()
    press(page, "ArrowRight", "ArrowRight", "ArrowRight", "v")
    expect(page.locator("[data-part=victim] output")).to_have_text("villagers")
    press(page, "Home", "Shift+ArrowRight", "Shift+ArrowRight", "c", "Control+Enter")
    page.wait_for_url("**/review/kchildren")
    now = desk.claim("kkilled").claim
    assert now.victim is not None
    assert (now.victim.text, now.count.text) == ("villagers", "At least 14")


def test_words_of_an_arabic_report_are_set_exactly(page: Page, address: str, desk: CaseDesk) -> None:
    page.goto(address + "/review/kseven?edit=1")
    press(page, "/", "ArrowLeft", "v", "Control+Enter")
    page.wait_for_url("**/review/ktotal")
    victim = desk.claim("kseven").claim.victim
    assert victim is not None
    start = TEXTS["carabic"].index("مدنيين")
    assert (victim.text, victim.start, victim.end) == ("مدنيين", start, start + 6)


def test_words_behind_letters_outside_the_basic_plane_are_set_exactly(page: Page, address: str, desk: CaseDesk) -> None:
    text = "\U0001f54a\U0001f54a " + TEXTS["ctotal"]
    add_report(desk, "bird", text, "310 people")
    page.goto(address + "/review/kbird?edit=1")
    press(page, "/", "ArrowRight", "v", "Control+Enter")
    page.wait_for_url("**/review/kkilled")
    victim = desk.claim("kbird").claim.victim
    assert victim is not None
    assert (victim.text, text[victim.start : victim.end]) == ("people", "people")


def test_a_missed_claim_is_added_by_key(page: Page, address: str, desk: CaseDesk) -> None:
    page.goto(address + "/captures/ctotal")
    press(page, "n")
    page.wait_for_url("**/captures/ctotal/add")
    press(page, "/", "Home", "Shift+ArrowRight", "p", "Control+Enter")
    page.wait_for_url("**/captures/ctotal")
    (added,) = [r.claim for r in desk.claims_of("ctotal") if r.claim.id != "ktotal"]
    assert added.passage.text == "The monitor"


def test_words_in_a_very_long_report_are_set_exactly(page: Page, address: str, desk: CaseDesk) -> None:
    text = "\U0001f54a of peace. " * 20_000 + TEXTS["ctotal"]
    add_report(desk, "long", text, "310 people")
    page.goto(address + "/review/klong?edit=1")
    press(page, "/", "ArrowRight", "v", "Control+Enter")
    page.wait_for_url("**/review/kkilled")
    victim = desk.claim("klong").claim.victim
    assert victim is not None
    assert (victim.text, victim.start) == ("people", text.index("310 people") + 4)


def test_escape_leaves_the_form_and_records_nothing(page: Page, address: str, desk: CaseDesk) -> None:
    page.goto(address + "/review/kkilled?edit=1")
    press(page, "Escape")
    page.wait_for_url("**/review/kkilled")
    assert judgements(desk) == []


def test_letters_typed_into_a_field_judge_nothing(page: Page, address: str, desk: CaseDesk) -> None:
    page.goto(address + "/review/kkilled")
    page.get_by_label("Reason").focus()
    page.keyboard.type("axujke")
    expect(page.get_by_label("Reason")).to_have_value("axujke")
    assert judgements(desk) == []


def test_a_conflict_is_told_and_not_overwritten(page: Page, address: str, desk: CaseDesk) -> None:
    page.goto(address + "/review/kkilled")
    desk.judge("kkilled", "rejected", "Karim")
    press(page, "a")
    expect(page.get_by_role("alert")).to_contain_text("Karim judged it in the meantime")
    assert desk.claim("kkilled").status == "rejected"


def test_a_script_in_a_report_is_inert(page: Page, address: str) -> None:
    page.goto(address + "/review/kkilled")
    expect(page.locator("#source")).to_contain_text("<script>document.title")
    assert "taken over" not in page.title()
    assert page.locator("#source").evaluate("e => e.textContent") == TEXTS["cwire"]


def test_every_link_on_the_desks_pages_leads_somewhere(page: Page, address: str) -> None:
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.split("?")[0].endswith((".json", ".csv", "/original")):
            continue
        seen.add(path)
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.ok, path
        hrefs = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href').split('#')[0])")
        waiting += [href for href in hrefs if href.startswith("/")]
    assert len(seen) > 20


def test_without_scripting_claims_are_read_and_judged_by_buttons(
    plain_page: Page, address: str, desk: CaseDesk
) -> None:
    plain_page.goto(address + "/review")
    plain_page.get_by_role("button", name="Accept").click()
    plain_page.wait_for_url("**/review/kchildren")
    plain_page.get_by_role("link", name="Edit").click()
    plain_page.get_by_role("spinbutton", name="At most").fill("6")
    plain_page.get_by_role("button", name="Accept as corrected").click()
    plain_page.wait_for_url("**/review/kdenied")
    assert desk.claim("kchildren").claim.count.high == 6


@pytest.mark.parametrize("path", ["/", "/review/kkilled", "/review/kseven?edit=1", "/claims", "/captures/cwire",
                                  "/incidents", "/keys"])  # fmt: skip
def test_no_page_is_wider_than_a_phone(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
