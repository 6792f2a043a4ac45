"""Where the words that a model quotes stand in a document."""

import re
from collections.abc import Sequence
from itertools import islice

Span = tuple[int, int]

LONGEST = 2_000
"""Code points of a quote; whoever quotes more points at nothing."""
_MOST = 200
_BLANK = re.compile(r"\s+")
_MARKS = dict.fromkeys("'‘’‛`´", "['‘’‛`´]") | dict.fromkeys('"“”„‟″«»', '["“”„‟″«»]')


def occurrences(text: str, quote: str, within: Span | None = None) -> list[Span]:
    """Where a quote stands in a text, in order, at most 200 times; empty when it does not.

    Letter for letter, and cutting no word or number in two; only where that finds nothing may runs of blanks and line
    breaks, and the shapes of quotation marks, differ: models straighten both. What is taken is always the text's own
    slice.
    """
    start, end = within or (0, len(text))
    quote = quote.strip()
    if not quote or len(quote) > LONGEST:
        return []
    exact = _exact(text, quote, start, end)
    if exact or not (_BLANK.search(quote) or any(mark in _MARKS for mark in quote)):
        return exact
    loose = re.compile(r"\s+".join("".join(_MARKS.get(c) or re.escape(c) for c in word) for word in quote.split()))
    found = loose.finditer(text, start, end)
    return [span for one in islice(found, _MOST) if not _cut(text, *(span := one.span()))]


def _exact(text: str, quote: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = text.find(quote, start, end)
    while at >= 0 and len(found) < _MOST:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1, end)
    found = [one for one in found if not _cut(text, *one)]
    whole = [one for one in found if not (_joined(text, one[0]) or _joined(text, one[1]))]
    return whole or found


def _joined(text: str, at: int) -> bool:
    """Whether an index stands inside a word: of Arabic, whose small words are written together, that is no fault."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _cut(text: str, start: int, end: int) -> bool:
    """Whether a stretch cuts a number or a cased word in two: "4 men" is not what "14 men" says, nor "men" "women"."""
    for at in (start, end):
        if _joined(text, at):
            left, right = text[at - 1], text[at]
            if left.isdigit() == right.isdigit() and (left.isdigit() or left.lower() != left.upper()):
                return True
    opens = text[start].isdigit() and start > 0 and _grouped(text, start - 1)
    return bool(opens or (text[end - 1].isdigit() and end < len(text) and _grouped(text, end)))


def _grouped(text: str, at: int) -> bool:
    """Whether the mark at an index stands inside a number: ``1,200``."""
    return text[at] in ".,٬٫" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def nearest(found: Sequence[Span], to: Span) -> Span | None:
    """The span that stands nearest to another; the earlier of two as near; ``None`` of none."""
    return min(found, key=lambda one: (max(one[0] - to[1], to[0] - one[1], 0), one[0]), default=None)
