"""A release read from disk, as from a USB stick."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.stages.publish.invented import TEXTS, dossier

pytestmark = pytest.mark.browser


def test_every_page_opens_from_disk_in_its_style_and_fits_a_phone(paper: Page, release: Path) -> None:
    for path in sorted(release.rglob("*.html")):
        paper.goto(path.as_uri())
        assert paper.evaluate("document.querySelector('main').getBoundingClientRect().left") == 20, path.name
        assert paper.evaluate("document.documentElement.scrollWidth") <= 390, path.name
        assert paper.evaluate("document.querySelectorAll('main h1').length") == 1, path.name


def test_a_number_leads_to_its_words_in_two_clicks(paper: Page, release: Path) -> None:
    paper.goto((release / "index.html").as_uri())
    paper.get_by_role("link", name="21 or more").first.click()
    expect(paper.get_by_role("heading", name="Why this number")).to_be_visible()
    paper.get_by_role("link", name="14 or more people killed").click()
    expect(paper.locator("#kkilled + mark")).to_be_in_viewport()
    passage = dossier().claims["kkilled"].passage.text
    assert passage.startswith(paper.locator("#kkilled + mark").inner_text())


def test_what_a_reader_sees_of_a_report_is_the_report(paper: Page, release: Path) -> None:
    for name, text in TEXTS.items():
        paper.goto((release / "captures" / f"{name}.html").as_uri())
        assert paper.locator(".words.whole").evaluate("e => e.textContent") == text


def test_a_script_in_a_report_is_inert(paper: Page, release: Path) -> None:
    paper.goto((release / "captures" / "cwire.html").as_uri())
    assert "taken over" not in paper.title()
