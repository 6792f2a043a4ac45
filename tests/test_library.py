"""Uncounted from Python: the examples of the documentation run, and importing costs nothing."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import uncounted
from uncounted.case import Case, linking, reviewing
from uncounted.case import releasing as publishing
from uncounted.case.intake import add
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.facts import Agent
from uncounted.stages.capture import found

PAGE = Path(__file__).resolve().parent.parent / "docs" / "library.md"
EXAMPLES = re.findall(r"## ([^\n]+)\n[^#]*?```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
REPORT = "At least 14 villagers were killed when shells hit the market on Tuesday, the district hospital said.\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case ``river-week`` and its release ``site``, as the examples name them."""
    from uncounted.case.reading import read as read_all
    from uncounted.stages.locate.attach import LOCATOR, locate
    from uncounted.stages.locate.gazetteer import open_gazetteer
    from uncounted.stages.read.options import reader

    folder = tmp_path_factory.mktemp("library")
    report = folder / "report.txt"
    report.write_text("---\nPublisher: An Invented Wire\nPublished: 2031-05-07\nLanguage: en\n---\n" + REPORT)
    with Case.create(folder / "river-week", "A week (invented)", Agent("person", "Rana"), invented=True) as case:
        list(add(case, found(report), Agent("person", "Rana")))
        gazetteer = open_gazetteer()
        list(read_all(case, reader(), LOCATOR, lambda document, claims: locate(document, claims, gazetteer)))
        list(reviewing.accept_all(case, "Rana"))
        linking.match(case)
        publishing.publish(case, folder / "site", "Rana")
    return folder


def test_the_page_has_an_example_for_each_thing_it_speaks_of() -> None:
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize(("title", "example"), EXAMPLES, ids=[title for title, _ in EXAMPLES])
def test_every_example_of_the_documentation_runs(
    title: str, example: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    exec(compile(example, f"library.md, {title}", "exec"), {})


def test_a_release_and_a_case_are_told_apart(place: Path) -> None:
    assert uncounted.verify(place / "site").kind == "release"
    assert uncounted.verify(place / "river-week").kind == "case"
    with pytest.raises(NotFound, match="it is no case"):
        uncounted.verify(place)


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(BadInput, match="one length"):
        uncounted.estimate({"a": [1], "b": [1, 0]})


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, uncounted; print(sorted(m for m in sys.modules if m.partition('.')[0] in " \
           "{'numpy', 'scipy', 'duckdb', 'pyarrow', 'lxml', 'msgspec', 'click'}))"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert {"open", "read", "estimate", "verify"} <= set(dir(uncounted))


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'count'"):
        uncounted.count  # noqa: B018
