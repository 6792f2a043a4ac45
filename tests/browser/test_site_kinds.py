"""Each kind of page of a release in both languages: accessible, on a phone and on paper; and the choice on the map."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched
from tests.stages.publish.invented import dossier
from uncounted.model.release import Remembered
from uncounted.stages.coverage import covered
from uncounted.stages.publish import publish

pytestmark = pytest.mark.browser

KINDS = ("index.html", "incidents/index.html", "incidents/imarket.html", "map.html", "names.html",
         "captures/index.html", "captures/carabic.html", "claims/index.html", "coverage.html", "methodology.html",
         "downloads.html", "verify.html", "corrections.html", "cite.html")  # fmt: skip

COLOURED = ("index.html", "ar/incidents/imarket.html", "captures/carabic.html", "map.html")
"""Between them they have every colour of the style."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in which no page is empty."""
    made = dossier()
    named = Remembered(
        id="p1", name="Nobody Invented", others=("لا أحد",), age=40, died="2031-05-06", lists=("clinic",)
    )
    folder = tmp_path_factory.mktemp("whole")
    publish(msgspec.structs.replace(made, memorial=(named,), coverage=covered(made)), folder)
    return folder


@pytest.fixture
def reader(browser: Browser, whole: Path) -> Iterator[Page]:
    for context in watched(browser, (whole.as_uri() + "/",), viewport={"width": 390, "height": 800}, bypass_csp=True):
        yield context.new_page()


@pytest.fixture(scope="module")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def kinds(whole: Path) -> list[str]:
    toll = sorted(p.relative_to(whole).as_posix() for p in whole.glob("toll/*.html"))[0]
    return [prefix + name for prefix in ("", "ar/") for name in (*KINDS, toll)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault_of_access(reader: Page, whole: Path, axe: str, scheme: Any) -> None:
    reader.emulate_media(color_scheme=scheme)
    for name in kinds(whole) if scheme == "light" else COLOURED:
        reader.goto((whole / name).as_uri())
        reader.evaluate(axe)
        found = reader.evaluate(
            "axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => [v.impact, v.id, v.nodes[0].html]))"
        )
        assert [one for one in found if one[0] in ("serious", "critical")] == [], name


def test_every_page_is_in_its_language_and_direction(reader: Page, whole: Path) -> None:
    for name in kinds(whole):
        reader.goto((whole / name).as_uri())
        language = "ar" if name.startswith("ar/") else "en"
        assert reader.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
            language, "rtl" if language == "ar" else "ltr"
        ]  # fmt: skip


def test_a_reader_goes_to_the_other_language_and_back(reader: Page, whole: Path) -> None:
    reader.goto((whole / "incidents/imarket.html").as_uri())
    reader.get_by_role("link", name="العربية").click()
    expect(reader).to_have_url((whole / "ar/incidents/imarket.html").as_uri())
    reader.get_by_role("link", name="English").click()
    expect(reader).to_have_url((whole / "incidents/imarket.html").as_uri())


def test_an_arabic_page_has_no_english_message_left(reader: Page, whole: Path) -> None:
    """Words of the program stand in English only where the page says so with lang=en, or in the reports' own words."""
    for name in [one for one in kinds(whole) if one.startswith("ar/")]:
        reader.goto((whole / name).as_uri())
        said = reader.evaluate(
            """OURS => { const kept = document.body.cloneNode(true);
               kept.querySelectorAll(OURS)
                 .forEach(e => e.remove());
               return kept.textContent; }""",
            "[lang=en], .id, bdi, code, pre, .words, q, svg, .site-title, option, script, strong",
        )
        for english in ("Incidents", "Reports", "Toll", "killed", "Methods", "not known", "The "):
            assert english not in said, f"{english} in {name}"


def test_one_choice_filters_map_timeline_and_table(reader: Page, whole: Path) -> None:
    reader.goto((whole / "map.html").as_uri())
    expect(reader.locator("#rows tbody tr")).to_have_count(2)
    reader.get_by_label("Place").select_option("Tall al-Ward")
    expect(reader.locator("#rows tbody tr")).to_have_count(1)
    expect(reader.locator("#map .at:not(.off)")).to_have_count(1)
    expect(reader.locator("#f-count")).to_have_text("1 of 2 incidents")
    heights = reader.locator("#line .low").evaluate_all("bars => bars.map(bar => Number(bar.getAttribute('height')))")
    assert sorted(height > 0 for height in heights) == [False, True]
    reader.get_by_role("button", name="Show all").click()
    expect(reader.locator("#rows tbody tr")).to_have_count(2)
    reader.get_by_label("Words").fill("nothing like it")
    expect(reader.locator("#rows tbody tr")).to_have_count(0)


def test_without_a_script_the_map_page_shows_all_and_offers_pages(browser: Browser, whole: Path) -> None:
    for context in watched(browser, (whole.as_uri() + "/",), java_script_enabled=False):
        page = context.new_page()
        page.goto((whole / "map.html").as_uri())
        expect(page.locator("#choose")).to_be_hidden()
        expect(page.locator("#rows tbody tr")).to_have_count(2)
        page.get_by_role("link", name="May 2031").click()
        expect(page.locator("svg#line")).to_be_visible()
        expect(page.locator("svg#map")).to_be_visible()


def test_on_paper_every_reason_is_open_and_nothing_runs_over(reader: Page, whole: Path) -> None:
    reader.emulate_media(media="print")
    reader.set_viewport_size({"width": 720, "height": 1000})
    for name in ("index.html", "ar/index.html", "incidents/imarket.html", "ar/incidents/imarket.html"):
        reader.goto((whole / name).as_uri())
        assert reader.evaluate("document.documentElement.scrollWidth") <= 720, name
        assert reader.locator("header nav").first.is_hidden()
