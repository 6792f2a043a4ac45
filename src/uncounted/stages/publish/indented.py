"""Templates are indented for whoever reads them; pages are not."""

import re

from jinja2.ext import Extension


class Indented(Extension):
    """Takes the white space away with which the lines of a template begin.

    A line's end stays, as the white space that it is in HTML. A template must therefore hold no words whose indentation
    matters, such as a program in ``<pre>``; those come to it as a value.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template without its indentation."""
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)
