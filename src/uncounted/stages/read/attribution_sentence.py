"""A sentence as attribution looks at it: tokens with a class each, and the chunks that can be a source."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uncounted.stages.read.attribution_words import Reporting
from uncounted.text.sentences import quotations, sentences
from uncounted.text.tokens import Token, tokens
from uncounted.text.view import View

_TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "maj",
        "sen",
        "rep",
        "gov",
        "prof",
        "st",
        "jr",
        "sr",
        "rev",
    }
)
_MARKS = {
    ",": "comma",
    '"': "quote",
    "«": "quote",
    "»": "quote",
    ":": "colon",
    ".": "stop",
    ";": "comma",
    "-": "hyphen",
}
_DASHES = frozenset("–—")
_MOST_TOKENS = 160


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of tokens ``first:last`` (indices into the sentence) that can be a noun phrase; ``kind`` is pronoun, who,
    that, name, det, number or bare."""

    first: int
    last: int
    kind: str


@dataclass(frozen=True, slots=True)
class Clauses:
    """One sentence: its tokens, their classes, which stand in a quotation, and its chunks in order.

    ``quote_start`` tells that a quotation opened in an earlier sentence still runs at its beginning.
    """

    start: int
    end: int
    tokens: Sequence[Token]
    classes: Sequence[str]
    quoted: Sequence[bool]
    chunks: Sequence[Chunk]

    def word(self, at: int) -> str:
        """The lower-case word at an index, empty beyond the sentence."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def kind(self, at: int) -> str:
        """The class at an index: ``^`` before the sentence, ``$`` after it."""
        return "^" if at < 0 else self.classes[at] if at < len(self.classes) else "$"


_WORD = re.compile(r"[^\W\d_]+|[\":«]")


def clauses(seen: View, known: Reporting) -> Iterator[Clauses]:
    """Yield the sentences of a view, ready for attribution. Linear in the text's length."""
    quotes = quotations(seen.text)
    for span in sentences(seen.text):
        made = clause(seen, span, quotes, known)
        if made.tokens:
            yield made


def holding(seen: View, words: frozenset[str]) -> list[tuple[int, int]]:
    """Return the spans of the sentences that hold one of these words, quotation marks and colons among them."""
    return [
        (start, end)
        for start, end in sentences(seen.text)
        if not words.isdisjoint(_WORD.findall(seen.lower, start, end))
    ]


def clause(seen: View, span: tuple[int, int], quotes: list[tuple[int, int]], known: Reporting) -> Clauses:
    """Return one sentence ready for attribution; ``quotes`` are the quotations of the whole view, in order."""
    start, end = span
    found = [token for token in tokens(seen.lower, start, end) if token.word != "\n"][:_MOST_TOKENS]
    classes = _classes(seen, found, known)
    return Clauses(start, end, found, classes, _quoted(found, quotes), _chunks(found, classes))


def _quoted(found: Sequence[Token], quotes: list[tuple[int, int]]) -> list[bool]:
    """Whether each token begins in one of the quotations."""
    quoted = [False] * len(found)
    if not (found and quotes):
        return quoted
    opened = bisect_right(quotes, (found[0].start, sys.maxsize)) - 1
    for first, last in quotes[max(opened, 0) :]:
        if first > found[-1].start:
            break
        for at, token in enumerate(found):
            if first <= token.start < last:
                quoted[at] = True
    return quoted


def _classes(seen: View, found: Sequence[Token], known: Reporting) -> list[str]:
    """The class of each token; that of most words in small letters hangs on nothing else."""
    text, alone, cased, classes = seen.text, known.alone, not seen.upper_case, list[str]()
    for at, (word, start, _) in enumerate(found):
        large = cased and text[start].isupper()
        name = None if large else alone.get(word)
        if name is None:
            name = _class(seen, found, at, known)
            if not large and (word.isalpha() or word in _STEADY) and len(alone) < _MOST_ALONE:
                alone[word] = name
        classes.append(name)
    return classes


_STEADY = frozenset({*_MARKS, *_DASHES, "'s"}) - {"."}
_MOST_ALONE = 50_000


def _class(seen: View, found: Sequence[Token], at: int, known: Reporting) -> str:  # noqa: PLR0911, PLR0912
    word, words = found[at].word, known.words
    capital = seen.text[found[at].start].isupper()
    if not capital and (fixed := known.classes.get(word)) is not None:
        return fixed
    if word in _MARKS:
        return "title-stop" if word == "." and at and found[at - 1].word in _TITLES else _MARKS[word]
    if word in _DASHES:
        return "dash"
    if word == "'s" or (word == "'" and at and found[at - 1].end == found[at].start and found[at - 1].word[-1] == "s"):
        return "poss"
    if not word[0].isalnum() and word[0] != "@":
        return "mark"
    if word[0].isdigit():
        return "number"
    if capital and len(word) > 1 and not seen.upper_case and seen.text[found[at].start : found[at].end].isupper():
        return "name"  # US, WHO, IT: initials, whatever the word would be
    capital = capital and not seen.upper_case
    if word in known.classes:
        return known.classes[word]
    if capital and at:
        return "name"
    if word in known.forms and not capital:
        return "cue"
    if capital and word.endswith("ly") and len(word) > 5 and not _named_twice(found, seen):
        return "adverb"
    if capital and word in words.openings:
        return "adverb"
    if capital and (word not in known.forms or known.forms[word][1] in ("noun", "other")):
        return "name" if at == 0 and _named_twice(found, seen) else "first"
    if word.endswith("ly") and len(word) > 4:
        return "adverb"
    return "word"


def _named_twice(found: Sequence[Token], seen: View) -> bool:
    return len(found) > 1 and found[1].word[0].isalpha() and seen.text[found[1].start].isupper()


_INSIDE = frozenset({"name", "first", "word", "number", "hyphen", "title-stop", "poss"})


def _chunks(found: Sequence[Token], classes: Sequence[str]) -> list[Chunk]:
    chunks, at = list[Chunk](), 0
    while at < len(found):
        name = classes[at]
        if name in ("pronoun", "who", "that"):
            chunks.append(Chunk(at, at + 1, name))
            at += 1
            continue
        if name not in _INSIDE and name != "det" and found[at].word[0] != "@":
            at += 1
            continue
        last, kind = at + 1, "det" if name == "det" else ""
        while last < len(found) and (classes[last] in _INSIDE or _noun_after_det(classes, last)):
            last += 1
        if not kind:
            inside = classes[at:last]
            kind = (
                "name"
                if "name" in inside or set(inside) == {"first"}
                else "number"
                if inside[0] == "number"
                else "bare"
            )
        elif "name" in classes[at:last]:
            kind = "det-name"
        chunks.append(Chunk(at, last, kind))
        at = last
    return [chunk for chunk in chunks if re.search(r"\w", found[chunk.first].word)]


def _noun_after_det(classes: Sequence[str], at: int) -> bool:
    """A word of reporting right after a determiner or a possessive is a noun ("the report")."""
    return classes[at] == "cue" and classes[at - 1] in ("det", "poss")
