from pathlib import Path

import pytest

from tests.stages.capture.make import LINE, PAGE, one
from uncounted.model.errors import BadInput
from uncounted.stages.capture.html import MOST, read_html


def test_main_text_and_metadata_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    report = one(tmp_path / "a.html")
    capture = report.capture
    assert LINE in (report.text or "")
    assert "All rights" not in (report.text or "")
    assert (capture.title, capture.publisher) == ("Four killed in Smalltown", "The Smalltown Courier")
    assert (capture.author, capture.published, capture.language) == ("Jo Invented", "2025-03-04", "en")


def test_a_date_in_the_text_is_no_date_of_publication() -> None:
    page = f"<html><body><article><p>{LINE} It was 3 March 2025.</p><p>{LINE}</p></article></body></html>"
    assert read_html("a", page.encode()).published is None


def test_a_page_in_its_declared_charset() -> None:
    page = '<html><head><meta charset="windows-1252"></head><body><article><p>Café “Nord” was hit, and four people '
    page += "died there on Monday, the invented clinic said.</p></article></body></html>"
    assert "Café “Nord”" in (read_html("a", page.encode("cp1252")).text or "")


def test_a_page_without_text_is_partial(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><head><script>go()</script></head><body></body></html>")
    report = one(tmp_path / "a.html")
    assert report.text is None
    assert report.capture.partial == ("no main text was found in the page",)


def test_a_script_is_never_text() -> None:
    page = PAGE.replace("<article>", "<article><script>alert('four killed')</script>")
    assert "alert" not in (read_html("a", page.encode()).text or "")


def test_a_page_over_the_limit_is_refused() -> None:
    with pytest.raises(BadInput, match="Save its text alone"):
        read_html("a", b"<p>" * (MOST // 3 + 1))


def test_a_page_of_a_few_words_is_read_whole_and_called_partial() -> None:
    draft = read_html("a", b"<div>Two dead.</div><script>go()</script>")
    assert draft.text == "Two dead."
    assert "all its words" in draft.partial[0]


@pytest.mark.parametrize("page", ["<div>" * 50_000 + "x", "<" * 100_000, "<!--" * 50_000, "<table>" * 20_000])
def test_a_page_made_to_break_a_parser_breaks_nothing(page: str) -> None:
    assert read_html("a", page.encode()).form == "html"
