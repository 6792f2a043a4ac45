"""A normalised view of a text with the way back to the raw offsets. The raw text itself is never changed."""

import re
from array import array
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from uncounted.model.claims import Passage

# Left out of the view: direction marks, zero-width marks, the soft hyphen, tatweel, Arabic vowel signs, combining
# accents. They never carry a word's identity in the lexicons, and posts sprinkle them freely.
_DROPPED = re.compile(
    # ... or pull a word apart with tatweel, blanks and dots: the marks between two tatweels go with them.
    # A run is looked at from its first sign alone, so that a long one costs its length and not the square of it.
    "(?<!\u0640)\u0640++(?:[ .*\u200b-\u200f]{1,3}\u0640++)+"
    "|[\u00ad\u0300-\u036f\u061c\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]"
    # Platforms hide words of harm from their filters with a mark inside the word: "kil*led", "de*ad".
    r"|(?<=[^\W\d_])\*+(?=[^\W\d_])"
)

_FOLDED = str.maketrans(
    {
        **{chr(0x660 + n): str(n) for n in range(10)},
        **{chr(0x6F0 + n): str(n) for n in range(10)},
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "،": ",",
        "؛": ";",
        "؟": "?",
        "٫": ".",
        "٬": ",",
        **dict.fromkeys("‘’‛ʼ`´", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‐‑‒−", "-"),
        **dict.fromkeys("―—", "–"),
        **dict.fromkeys("\t\x0b\x0c\r\x1c\x1d\x1e\x1f\xa0\u1680\u202f\u205f\u3000", " "),
        **{chr(code): " " for code in range(0x2000, 0x200B)},
        **dict.fromkeys("\x85\u2028\u2029", "\n"),
    }
)

_WIDEST_WRAP = 120
_RAGGED = 12


@dataclass(frozen=True, slots=True)
class View:
    """A text made easy to read by machine.

    ``text`` has lines joined where a line break only wraps (a break that ends a line on purpose stays ``\\n``), digits
    and marks folded to one form; ``lower`` is the same, code point for code point, in lower case. ``upper_case`` tells
    that the document is written in capitals throughout, so that case says nothing. Offsets into both lead back to
    ``raw`` through :meth:`span`.
    """

    raw: str
    text: str
    lower: str
    upper_case: bool
    back: "array[int] | None"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets of ``text[start:end]``; ``0 <= start < end <= len(text)``."""
        if self.back is None:
            return start, end
        return self.back[start], self.back[end - 1] + 1

    def passage(self, start: int, end: int) -> Passage:
        """The raw, verbatim passage behind ``text[start:end]``."""
        first, last = self.span(start, end)
        return Passage(self.raw[first:last], first, last)


@lru_cache(maxsize=2)
def view(raw: str) -> View:
    """The normalised view of ``raw``; time and space linear in its length."""
    kept = raw
    back: array[int] | None = None
    if not (raw.isascii() and "*" not in raw) and _DROPPED.search(raw):
        back, pieces, at = array("L"), [], 0
        for found in _DROPPED.finditer(raw):
            pieces.append(raw[at : found.start()])
            back.extend(range(at, found.start()))
            at = found.end()
        pieces.append(raw[at:])
        back.extend(range(at, len(raw)))
        kept = "".join(pieces)
    text = kept.translate(_FOLDED)
    if "\n" in text:
        text = _joined(text)
    return View(raw, text, lowered(text), _capitals(text), back)


def fold(words: str) -> str:
    """One phrase as it would stand in a view's ``lower``: for entries of lexicons and gazetteers."""
    return lowered(_DROPPED.sub("", words).translate(_FOLDED))


def lowered(text: str) -> str:
    """Lower case of equal length: the few letters that grow when lowered stay as they are."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _capitals(text: str) -> bool:
    """Whether a text is written in capitals: of its first words with two letters or more, at most a tenth has small
    ones."""
    if sum(map(str.islower, text[:800])) > 400:
        return False  # more small letters than not: nothing needs to be looked at more closely
    sample = re.findall(r"[^\W\d_]{2,}", text[:4000])
    others = [word for word in sample if not (word.isascii() and word.isupper())]
    small = sum(not word.isupper() for word in others)
    cased = len(sample) - len(others) + sum(word.upper() != word.lower() for word in others)
    return cased >= 4 and cased >= len(sample) / 2 and small <= len(sample) / 10


def _joined(text: str) -> str:
    """The text with every line break that only wraps turned into a space.

    In a text that keeps to a width throughout, a break wraps unless its line is short or the next one is indented;
    elsewhere, when the next line goes on in lower case after a line without closing mark.
    """
    lines = text.split("\n")
    widths = sorted(len(line.rstrip()) for line, after in pairwise(lines) if line.strip() and after.strip())
    width = widths[-1 - len(widths) // 50] if len(widths) >= 2 else 0
    wrapped = bool(widths) and 30 <= width <= _WIDEST_WRAP and widths[len(widths) // 2] >= width - _RAGGED
    pieces = [lines[0]]
    for line, after in pairwise(lines):
        pieces.append(" " if _wraps(line, after, width if wrapped else 0) else "\n")
        pieces.append(after)
    return "".join(pieces)


def _wraps(line: str, after: str, width: int) -> bool:
    start = after.lstrip()
    shown = line.rstrip()
    if not start or not shown or start[0] in "-•*·–":
        return False
    if width and len(shown) >= 0.6 * width and not after.startswith("  "):
        return True
    return start[0].islower() and shown[-1] not in ".!?:;" and len(shown) > 20
