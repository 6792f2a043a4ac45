"""Whatever a report, a name or a rule says, it stays words."""

import csv
import json
from pathlib import Path

import pytest

from tests.stages.publish.hostile import PAYLOADS, hostile
from tests.stages.publish.test_release import Page
from uncounted.stages.publish import publish

OUR_TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "a",
        "aside",
        "strong",
        "header",
        "nav",
        "ul",
        "li",
        "main",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "dl",
        "div",
        "dt",
        "dd",
        "section",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
        "ol",
        "figure",
        "svg",
        "desc",
        "line",
        "text",
        "rect",
        "path",
        "circle",
        "g",
        "figcaption",
        "footer",
        "code",
        "pre",
        "article",
        "blockquote",
        "mark",
        "bdi",
        "q",
        "br",
        "details",
        "summary",
    ]
)
CHOICE = frozenset(["form", "label", "input", "select", "option", "output", "button", "script"])
"""Tags of the page of map and time alone."""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_markup_or_an_address(payload: str, tmp_path: Path) -> None:
    publish(hostile(payload), tmp_path)
    for path in tmp_path.rglob("*.html"):
        page = Page(path.read_text())
        assert set(page.tags) <= (OUR_TAGS | CHOICE if path.name == "map.html" else OUR_TAGS), path.name
        assert not any(name.startswith("on") for name, _ in page.attributes), path.name
        assert not any(":" in to or to.startswith("//") for to in page.resources), path.name


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_leaves_the_list_that_the_script_reads(payload: str, tmp_path: Path) -> None:
    publish(hostile(payload), tmp_path)
    said = (tmp_path / "explore-data.js").read_text()
    assert "<" not in said
    assert said.startswith("uncountedIncidents = ")
    assert any(payload in str(cell) for row in json.loads(said[21:-2]) for cell in row)


@pytest.mark.parametrize("payload", ['=HYPERLINK("http://evil.example")', "@SUM(1)", "+1", "-1+1", "\t=1"])
def test_no_cell_becomes_a_formula(payload: str, tmp_path: Path) -> None:
    publish(hostile(payload), tmp_path)
    for name in ("claims.csv", "incidents.csv"):
        with (tmp_path / name).open(newline="", encoding="utf-8") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        assert any(payload in cell for cell in cells)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
