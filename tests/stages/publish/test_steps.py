"""What is said of a figure or an origin has a form, so that no page in Arabic falls into English."""

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

import uncounted.stages
from uncounted.stages.publish.steps import origin_named, put
from uncounted.stages.publish.words import spoken

STAGES = Path(uncounted.stages.__file__).parent
SAYING = sorted(f"toll/{one.name}" for one in (STAGES / "toll").glob("*.py") if one.name not in ("why.py", "policy.py"))
"""Where the sentences of a published figure are made; a policy's are faults, the tree of ``why`` is the command's."""
TRIED = (
    "3", "3–5", "one origin", "2 origins", "origins", "at least", "at most 3", "confirmed or fair", "children killed",
    "children killed 3", "children killed 3 (k1, k2)", "",
    "the 3 incidents known in that place and time add up to 5",
    "only incidents graded fair count; of the whole case 3 are left out",
)  # fmt: skip
"""What may stand in the places of a sentence in the code."""
SCOPES = ("incidents and remainder",)
"""Strings that are names of a part of the toll and no sentences."""


def sentences(path: str) -> Iterator[list[str | None]]:
    """The strings of three words or more that a module makes, cut at their places; not its docstrings and faults."""
    tree = ast.parse((STAGES / path).read_text("utf-8"))
    left_out = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.Expr) for inner in _kept(node)}
    left_out |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            pieces = [one.value if isinstance(one, ast.Constant) else None for one in node.values]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            pieces = [node.value]
        else:
            continue
        words = "".join(str(piece or " ") for piece in pieces)
        if len(words.split()) >= 3 and words not in SCOPES:
            yield [None if piece is None else str(piece) for piece in pieces]


def _kept(node: ast.Raise | ast.Expr) -> Iterator[ast.AST]:
    """What of a statement is no sentence: all of a fault, the string that stands alone."""
    if isinstance(node, ast.Raise):
        yield from ast.walk(node)
    elif isinstance(node.value, ast.Constant):
        yield node.value


def has_a_form(pieces: list[str | None]) -> bool:
    """Whether some filling of the places is known to the table of Arabic."""
    places = sum(piece is None for piece in pieces)
    for filling in itertools.product(TRIED, repeat=places):
        parts = iter(filling)
        said = "".join(next(parts) if piece is None else piece for piece in pieces)
        if put(said, spoken("ar")) is not None:
            return True
    return False


@pytest.mark.parametrize("path", [*SAYING, "assess/origins.py"])
def test_every_sentence_that_is_made_of_a_figure_or_an_origin_has_a_form(path: str) -> None:
    assert [pieces for pieces in sentences(path) if not has_a_form(pieces)] == []


def test_the_sentences_are_found_where_they_are_made() -> None:
    assert sum(len(list(sentences(path))) for path in SAYING) > 15
    assert not has_a_form(["a sentence that nobody translated: ", None])


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("at least 9, because of children killed 4 or more, health_workers killed 5",
         "9 على الأقل، استنادًا إلى: قتلى (أطفال): 4 أو أكثر، قتلى (عاملون صحيون): 5"),
        ("sources contradict one another by 2, so the range was widened: "
         "children killed 7 (k1); people killed 5 (k2, k3)",
         "تتناقض المصادر بفارق 2، فوُسّع المدى: قتلى (أطفال): 7 (k1)؛ قتلى: 5 (k2, k3)"),
        ("Rana judged them one source: both quote him",
         "حكم \u2068Rana\u2069 بأنها مصدر واحد: \u2068both quote him\u2069"),
        ("only incidents graded confirmed or fair count; of the whole case 3 are left out",
         "لا تُحسب إلا الحوادث المصنّفة: مؤكدة أو مدعومة؛ واستُبعد من القضية كلها 3"),
    ],
)  # fmt: skip
def test_what_was_widened_joined_or_derived_is_told_in_arabic(english: str, arabic: str) -> None:
    assert put(english, spoken("ar")) == arabic


def test_an_origin_that_is_a_document_is_named_in_the_language_of_the_page_and_a_persons_name_stays() -> None:
    assert origin_named("document c12", spoken("ar")) == "التقرير \u2068c12\u2069"
    assert origin_named("document c12", spoken("en")) == "document c12"
    assert origin_named("one origin says 3", spoken("ar")) == "one origin says 3"
