"""The report: the overlaps first, then what can be told, then the numbers and what moves them."""

import re
from pathlib import Path

import pytest

from tests.estimate.published import SPINA, of
from uncounted.estimate.covariates import Persons
from uncounted.estimate.report import plots, sensitivity, write
from uncounted.estimate.report.content import Content, gather
from uncounted.estimate.report.page import page
from uncounted.estimate.report.pdf import pdf
from uncounted.estimate.tables import Table
from uncounted.model.errors import NotEnough


def _persons(table: Table) -> Persons:
    return Persons(table.lists, table.patterns, table.counts, {})


@pytest.fixture(scope="module")
def spina() -> Content:
    return gather(_persons(SPINA), title="Spina <bifida>", linkages=[_persons(SPINA), _persons(SPINA)])


def test_the_page_shows_overlaps_before_any_number_and_asks_for_nothing(spina: Content) -> None:
    text = page(spina)
    assert "Spina &lt;bifida&gt;" in text
    parts = ["What the lists share", "What these lists can tell", "The answer", "What would change it", "To make this"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert text.count("<svg") == 3 + len(spina.curves)
    assert SPINA.hash in text
    assert not re.search(r"(src|href)=[\"']?(https?:)?//|@import|<script", text)


def test_what_moves_the_answer_is_drawn(spina: Content) -> None:
    assert [curve.name for curve in spina.curves] == ["shift", "xi", "links", "cap"]


def test_the_recommended_engine_foretells_the_overlaps_it_has_seen(spina: Content) -> None:
    assert [told["what"] for told in spina.predictive][:1] == ["birth & death"]
    assert all(told["low"] <= told["observed"] <= told["high"] for told in spina.predictive)


def test_the_pdf_holds_the_same_words_and_is_the_same_twice(spina: Content) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    data = pdf(spina)
    pages = [one.extract_text() for one in PdfReader(BytesIO(data)).pages]
    words = " ".join(" ".join(pages).split())
    assert "What these lists can tell" in words
    assert "people in all, between" in words
    assert SPINA.hash in words.replace(" ", "")
    assert pdf(spina) == data


def test_the_ending_of_the_file_decides_the_form(tmp_path: Path) -> None:
    two = _persons(of("a b", "10:171 01:121 11:29"))
    write(tmp_path / "two.pdf", two, title="two")
    assert (tmp_path / "two.pdf").read_bytes().startswith(b"%PDF")
    write(tmp_path / "two.html", two, title="two")
    text = (tmp_path / "two.html").read_text("utf-8")
    assert "needs at least 3" in text
    assert "chapman" in text
    assert "No number by the recommended engine" in text


def test_when_all_engines_refuse_there_is_no_page() -> None:
    with pytest.raises(NotEnough, match="nobody is on two lists"):
        gather(_persons(of("a b c", "100:9 010:8 001:7")), title="none")


def test_the_same_table_draws_the_same_picture() -> None:
    assert plots.svg(plots.overlaps(SPINA)) == plots.svg(plots.overlaps(SPINA))


def test_leaving_out_lists_starts_with_all_and_names_each() -> None:
    points = sensitivity.without_each_list(SPINA, "chao")
    assert [name for name, *_ in points] == ["all lists", "without birth", "without death", "without medical"]
