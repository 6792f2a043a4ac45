"""Formulas as MathML, which browsers draw themselves: no script and no font is fetched for them.

The translator is docutils' own. A formula that it can't read fails the build with the formula named.
"""

import re

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator


_APPLIED = re.compile(r"<mo>&ApplyFunction;</mo>\s*(?!<mo[^>]*>\()")
"""Where a function's name is followed by no bracket: browsers leave no space there, printers a thin one."""


def mathml(formula: str, *, block: bool = False) -> str:
    """MathML of a formula in LaTeX, on a line of its own where it is a ``block``; ``ExtensionError`` where it is none."""
    try:
        return _APPLIED.sub('<mspace width="0.17em"/>', tex2mathml(formula, as_block=block))
    except MathError as fault:
        raise ExtensionError(f"formula {formula!r} can't be typeset: {fault}") from fault


def within(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    translator.body.append(mathml(node.astext()))
    raise nodes.SkipNode


def apart(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own, in a box that scrolls where the window is narrow."""
    translator.body.append(f'<div class="formula">{mathml(node.astext(), block=True)}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the renderer as ``mathml``."""
    app.add_html_math_renderer("mathml", (within, None), (apart, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
