"""The report page."""

import re

import pytest

from tests.estimate.published import SPINA, of
from uncounted.estimate.covariates import Persons
from uncounted.estimate.report import plots, sensitivity
from uncounted.estimate.report.page import page
from uncounted.estimate.tables import Table
from uncounted.model.errors import NotEnough


def _persons(table: Table) -> Persons:
    return Persons(table.lists, table.patterns, table.counts, {})


def test_the_page_shows_overlaps_engines_and_what_would_change_it_and_asks_for_nothing() -> None:
    text = page(_persons(SPINA), title="Spina <bifida>")
    assert "Spina &lt;bifida&gt;" in text
    assert text.index("What the lists share") < text.index("What each engine says") < text.index("What would change it")
    assert text.count("<svg") == 4
    assert SPINA.hash in text
    assert not re.search(r"(src|href)=[\"']?(https?:)?//|@import|<script", text)


def test_an_engine_that_refuses_stands_there_with_its_reason() -> None:
    text = page(_persons(of("a b", "10:171 01:121 11:29")), title="two")
    assert "needs at least 3" in text
    assert "chapman" in text


def test_when_all_engines_refuse_there_is_no_page() -> None:
    with pytest.raises(NotEnough, match="nobody is on two lists"):
        page(_persons(of("a b c", "100:9 010:8 001:7")), title="none")


def test_the_same_table_draws_the_same_picture() -> None:
    assert plots.overlaps(SPINA) == plots.overlaps(SPINA)


def test_leaving_out_lists_starts_with_all_and_names_each() -> None:
    points = sensitivity.without_each_list(SPINA, "chao")
    assert [name for name, *_ in points] == ["all lists", "without birth", "without death", "without medical"]
