"""A newcomer's path by keyboard, what axe finds, two people at once, and every number led back to its words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import served, watched
from tests.web.invented_case import BY, accept_all, add_lists
from uncounted.case import Case, pairing
from uncounted.case.desk import CaseDesk
from uncounted.model.facts import Agent, ClaimReread
from uncounted.model.identity import incident_id
from uncounted.web.door import COOKIE, Door
from uncounted.web.tongue import COOKIE as TONGUE

pytestmark = pytest.mark.browser

MARKET, HAMLET = incident_id("kkilled"), incident_id("kseven")
PAGES = ("/", "/keys", "/review/kkilled", "/review/kseven?edit=1", "/claims", "/claims/kkilled", "/captures",
         "/captures/carabic", "/captures/ctotal/add", "/toll", "/toll?by=month", "/explore", "/explore?view=time",
         "/explore?view=table", "/search?q=villagers", "/incidents", f"/incidents/{MARKET}", "/pairs",
         "/pairs?of=entries", f"/pairs/incidents/{MARKET}/{HAMLET}", "/pairs/captures/carabic/cwire",
         "/pairs/entries/clinic:1/ministry:1", "/inbox", "/ledger", "/ledger/3", "/ledger?kind=claim_judged",
         "/ledger?as_of=7", "/agreement", "/second", "/people", "/sealed", "/publish", "/claims/knone",
         "/claims?harm=killed&group=people")  # fmt: skip


TELLING = [path for path in PAGES if path not in ("/keys", "/people", "/sealed", "/inbox", "/claims/knone")]
"""Pages that show numbers of the case: all but those on which none is."""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[CaseDesk]:
    folder = tmp_path / "empty"
    Case.create(folder, "An empty case, invented", Agent("person", BY), invented=True).close()
    (folder / "gazetteer.csv").write_text(
        "id,name,lat,lon,precision\n1,Port Halden,62.1,11.2,town\n2,Skarvik,62.6,11.9,town\n"
    )
    with Case(folder) as case:
        desk = CaseDesk(case)
        yield desk
        desk.close()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, name: str, most: int = 120) -> None:
    """Move the focus by Tab alone until it is on what has this accessible name, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(
            """() => { const e = document.activeElement;
               const label = e.labels && e.labels.length ? e.labels[0].textContent : "";
               const own = ["A", "BUTTON"].includes(e.tagName) ? e.textContent : "";
               return [e.getAttribute("aria-label") || "", label, own].join(" | "); }"""
        )
        if name in said:
            return
    raise AssertionError(f"{name!r} is not reached by Tab")


def bring(page: Page, text: str) -> None:
    """Paste a text into the inbox without a mouse, and wait until it is read."""
    done = page.locator("[data-state=done]")
    before = done.count()
    tab_to(page, "Or paste a text")
    page.keyboard.insert_text(text)
    tab_to(page, "Take them")
    press(page, "Enter")
    expect(done).to_have_count(before + 1, timeout=60_000)


def test_a_newcomer_comes_from_an_empty_case_to_a_published_site_by_keyboard_alone(
    browser: Browser, empty: CaseDesk
) -> None:
    """After the address in the terminal nothing is opened by address and nothing is clicked: keys alone."""
    door = Door(empty.people, BY)
    for address in served(empty, door):
        for context in watched(browser, (address + "/",)):
            page = context.new_page()
            page.goto(f"{address}/enter/{door.ticket}")
            press(page, "i")
            page.wait_for_url("**/inbox")
            bring(page, "At least 14 people were killed when shells hit Port Halden on 3 May 2031, the hospital said.")
            bring(page, "Nine people were killed in Skarvik on 9 May 2031, a witness said.")
            press(page, "Escape")
            press(page, "r")
            page.wait_for_url("**/review/k*")
            while "/review/k" in page.url:
                here = page.url
                press(page, "a")
                page.wait_for_function("here => location.href !== here", arg=here)
            expect(page.get_by_role("heading", name="Every claim is judged")).to_be_visible()
            assert empty.progress()["accepted"] >= 2
            press(page, "l")
            page.wait_for_url("**/pairs")
            one, two = (row.incident for row in empty.incidents().rows)
            for turn in range(2):
                tab_to(page, "Incidents")
                press(page, "Enter")
                page.wait_for_url("**/incidents")
                tab_to(page, one.title)
                press(page, "Enter")
                page.wait_for_url("**/incidents/i*")
                tab_to(page, "Another incident")
                page.keyboard.type(two.id)
                tab_to(page, "Compare them first")
                press(page, "Enter")
                page.wait_for_url("**/pairs/incidents/**")
                press(page, "m")
                page.wait_for_url("**/pairs?of=incidents")
                assert empty.index().count() == 1
                if turn == 0:
                    press(page, "u")
                    page.wait_for_url("**/pairs")
                    assert empty.index().count() == 2
            tab_to(page, "Publish")
            press(page, "Enter")
            page.wait_for_url("**/publish")
            press(page, "p")
            expect(page.get_by_role("link", name="Open the site")).to_be_visible(timeout=60_000)
            page.wait_for_load_state()  # keys are heard once the page's script has run
            press(page, "o")
            page.wait_for_url("**/site/**")
            assert "An empty case" in page.content()


def whole(desk: CaseDesk) -> None:
    """Let no page be empty: claims accepted, lists of persons, a claim read twice."""
    accept_all(desk)
    add_lists(desk)
    pairing.seen(desk, "entries", "clinic:1", "ministry:1")  # the matcher is loaded once, which takes its time
    desk.case.record(Agent("person", "Karim"), ClaimReread(claim="kkilled", verdict="rejected"))


def axe(page: Page, where: str) -> list[str]:
    """What axe-core calls serious or critical on a page."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    return [
        f"{where}: {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found.response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("tongue", ["en", "ar"])
def test_axe_finds_nothing_serious_on_any_page(
    page: Page, address: str, desk: CaseDesk, door: Door, tongue: str
) -> None:
    whole(desk)
    page.context.add_cookies([{"name": TONGUE, "value": tongue, "url": address}])
    found = []
    for path in PAGES:
        page.goto(address + path)
        assert page.locator("html").get_attribute("dir") == ("rtl" if tongue == "ar" else "ltr")
        found += axe(page, path)
    desk.people.begin(BY, "four words in a row")
    door.tokens.make("archive", "reader", BY)
    page.context.add_cookies([{"name": COOKIE, "value": door.open(BY), "url": address}])
    for path in ("/people", "/password"):
        page.goto(address + path)
        found += axe(page, path)
    page.context.clear_cookies(name=COOKIE)
    page.goto(address + "/sign-in")
    found += axe(page, "/sign-in")
    assert found == []


def test_no_page_is_wider_than_a_phone_in_arabic(page: Page, address: str, desk: CaseDesk) -> None:
    whole(desk)
    page.context.add_cookies([{"name": TONGUE, "value": "ar", "url": address}])
    page.set_viewport_size({"width": 360, "height": 740})
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.parametrize("tongue", ["en", "ar"])
def test_any_number_leads_to_its_words_in_at_most_two_clicks(
    page: Page, address: str, desk: CaseDesk, tongue: str
) -> None:
    whole(desk)
    page.context.add_cookies([{"name": TONGUE, "value": tongue, "url": address}])
    passages = {" ".join(r.claim.passage.text.split())[:30] for r in desk.claims(size=1000).rows}
    known: dict[str, tuple[bool, list[str]]] = {}

    def look(path: str) -> tuple[bool, list[str]]:
        """Whether a page shows words of a report, and where it leads."""
        if path not in known:
            page.goto(address + path)
            text = " ".join(page.locator("main").inner_text().split())
            links = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
            inside = [
                link.split("#")[0] for link in links if link.startswith("/") and not re.search(r"\.(json|csv)", link)
            ]
            known[path] = any(said in text for said in passages), inside
        return known[path]

    checked = 0
    for path in TELLING:
        page.goto(address + path)
        numbers = page.eval_on_selector_all(
            "main td.n a[href], main td.big a[href], main dl.toll dd a[href], main .figure a[href], main svg a[href]",
            "all => all.map(e => [e.textContent, e.getAttribute('href')])",
        )
        bare = page.eval_on_selector_all(
            "main td.n, main td.big, main dl.toll dd, main .figure, main p > strong",
            "all => all.filter(e => /[0-9]/.test(e.textContent) && !e.closest('a') && !e.querySelector('a'))"
            ".map(e => e.outerHTML)",
        )
        assert bare == [] or look(path)[0], (path, "numbers that lead nowhere", bare)
        for said, href in numbers:
            target = path if href.startswith("#") else href.split("#")[0]
            shown, further = look(target)
            assert shown or any(look(link)[0] for link in further[:60]) or said.strip() == "0", (path, said, href)
            checked += 1
    assert checked > 30


def test_two_people_at_once_lose_no_judgement(browser: Browser, desk: CaseDesk) -> None:
    desk.people.begin("Rana", "four words in a row")
    desk.people.give("Karim", ["reviewer"], "Rana")
    door = Door(desk.people, BY)
    for address in served(desk, door):
        for context in watched(browser, (address + "/",)):
            for other in watched(browser, (address + "/",)):
                pages = [context.new_page(), other.new_page()]
                for seat, name in zip((context, other), ("Rana", "Karim"), strict=True):
                    seat.add_cookies([{"name": COOKIE, "value": door.open(name), "url": address}])
                for page in pages:
                    page.goto(address + "/review")
                assert pages[0].url != pages[1].url, "each is given a claim of their own"
                pages[1].goto(pages[0].url)
                expect(pages[1].get_by_text("Rana is looking at this claim too.")).to_be_visible()
                press(pages[0], "a")
                pages[0].wait_for_url("**/review/kdenied")
                press(pages[1], "x")
                expect(pages[1].get_by_role("alert")).to_contain_text("Rana judged it in the meantime")
                assert (desk.claim("kkilled").status, desk.claim("kkilled").by) == ("accepted", "Rana")


def test_a_desk_that_is_left_alone_clears_its_page_and_asks_who_is_there(browser: Browser, desk: CaseDesk) -> None:
    door = Door(desk.people, BY, idle=2)
    for address in served(desk, door):
        for context in watched(browser, (address + "/",)):
            page = context.new_page()
            page.goto(f"{address}/enter/{door.ticket}")
            page.goto(f"{address}/review/kkilled")
            page.wait_for_url("**/sign-in?next=%2Freview%2Fkkilled")
            assert "villagers" not in page.content()


def test_the_pages_print_without_forms_and_read_in_the_dark(page: Page, address: str, desk: CaseDesk) -> None:
    accept_all(desk)
    page.goto(f"{address}/incidents/{MARKET}")
    page.emulate_media(media="print")
    assert page.locator("form:visible").count() == 0
    page.emulate_media(media="screen", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(22, 24, 27)"
    assert axe(page, "dark") == []
