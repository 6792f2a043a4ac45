"""Words, numbers and marks of a text, each with its offsets."""

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""https?://\S+
      | @\w+
      | \d+(?:[.,]\d+)*
      | [^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*
      | '\ ?s\b
      | \n
      | [^\w\s]
      | _""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """One token: its lower-case form and where it stands in the view's text."""

    word: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.word[0].isalpha()

    @property
    def is_digits(self) -> bool:
        """Whether it is a number in digits (``12``, ``1,200``, ``3.5``)."""
        return self.word[0].isdecimal()


_new = tuple.__new__


def tokens(lower: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``lower[start:end]`` in order, blanks left out, line breaks kept as ``"\\n"``.

    ``lower`` is a view's lower-case text. A hyphen is a token of its own, as is a possessive ``'s``; links and account
    names are one token each.
    """
    stop = len(lower) if end is None else end
    # The tuple's own constructor: a token is made for every word of every report, several times.
    return [_new(Token, (found[0], *found.span())) for found in _TOKEN.finditer(lower, start, stop)]
