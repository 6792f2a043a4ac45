"""How the documentation is built (Sphinx): Markdown in, plain pages out, nothing fetched."""

import sys
from pathlib import Path

from uncounted import __version__

sys.path.insert(0, str(Path(__file__).resolve().parent / "_ext"))

project = "Uncounted"
author = "The Uncounted contributors"
release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "mathml"]
exclude_patterns = ["_build", "_ext", "measurements/*"]
source_suffix = {".md": "markdown"}
html_theme = "furo"
html_title = "Uncounted"
html_show_copyright = False
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
# A block of formulas is fenced as ```math, which code hosts draw too.
myst_fence_as_directive = ["math"]
html_math_renderer = "mathml"
html_static_path = ["_static"]
html_css_files = ["formulas.css"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header", "myst.xref_missing", "toc.not_included", "misc.highlighting_failure"]
autodoc_typehints = "description"
nitpicky = False
