"""How the documentation is built (Sphinx): Markdown in, plain pages out, nothing fetched."""

from uncounted import __version__

project = "Uncounted"
author = "The Uncounted contributors"
release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "measurements/*"]
source_suffix = {".md": "markdown"}
html_theme = "furo"
html_title = "Uncounted"
html_show_copyright = False
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header", "myst.xref_missing", "toc.not_included", "misc.highlighting_failure"]
autodoc_typehints = "description"
nitpicky = False
