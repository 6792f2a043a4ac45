"""The documentation as a site: it builds offline without a complaint, and asks nobody for anything."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", "-d", str(folder / "trees")]
    command += [str(ROOT / "docs"), str(folder / "html")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "html"


def test_every_part_is_there(site: Path) -> None:
    for page in ("index", "tutorial", "guide", "exchange", "methodology", "coverage", "threat-model", "commands",
                 "reference", "library", "extending", "decisions"):  # fmt: skip
        assert (site / f"{page}.html").is_file(), page


def test_no_page_loads_anything_from_outside(site: Path) -> None:
    loads = re.compile(
        r'<(?:script|img|iframe)[^>]+src="(https?:)?//|<link[^>]+rel="stylesheet"[^>]+href="(https?:)?//'
    )
    for path in site.rglob("*.html"):
        assert not loads.search(path.read_text("utf-8")), path.name
    for path in site.rglob("*.css"):
        assert not re.search(r"@import|url\((https?:)?//", path.read_text("utf-8")), path.name


def test_formulas_are_drawn_by_the_browser_itself(site: Path) -> None:
    """MathML in the page: no script draws it, and nothing stays as it was typed."""
    for name, blocks in (("methods-estimating", 8), ("methods-toll", 3)):
        text = (site / f"{name}.html").read_text("utf-8")
        shown = re.sub(r"<(pre|code)\b.*?</\1>", "", text, flags=re.DOTALL)
        assert text.count('<div class="formula"><math') >= blocks, name
        assert "MathJax" not in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
        assert "$" not in re.sub(r"<script.*?</script>", "", shown, flags=re.DOTALL), name


def test_a_formula_that_cannot_be_read_is_named() -> None:
    sys.path.insert(0, str(ROOT / "docs" / "_ext"))
    try:
        from mathml import mathml  # type: ignore[import-not-found]
        from sphinx.errors import ExtensionError

        assert "<mfrac>" in mathml(r"\frac{1}{2}")
        with pytest.raises(ExtensionError, match="nonsense"):
            mathml(r"\nonsense{1}")
    finally:
        sys.path.remove(str(ROOT / "docs" / "_ext"))


def test_the_reference_names_every_fact_and_every_form(site: Path) -> None:
    from typing import get_args

    from uncounted.model.facts import AnyFact
    from uncounted.stages.exchange import profiles
    from uncounted.stages.publish.formats import FORMATS

    text = (site / "reference.html").read_text("utf-8")
    for name in [*(fact.__name__ for fact in get_args(AnyFact)), *FORMATS, *profiles()]:
        assert name in text, name
