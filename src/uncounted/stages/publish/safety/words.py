"""Words taken out of texts: the text is made anew, and every claim's words move with it.

Nothing is overlaid. A redacted text is another text, shorter or longer, in which what was taken out is not; spans are
counted again, so that each quoted part is still the text's own slice.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, TypeVar

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.quoting import spans
from uncounted.names import fold

WITHHELD = "[name withheld]"
LEFT_OUT = " […] "
T = TypeVar("T")
_WORD = re.compile(r"\w+")


class Cut(NamedTuple):
    """A span of a text, in code points, and what stands in its place."""

    start: int
    end: int
    instead: str


class Redacted:
    """A text with cuts made, and where each place of the old text lies in the new."""

    def __init__(self, text: str, cuts: Iterable[Cut]) -> None:
        """Cuts that touch one another become one."""
        merged: list[Cut] = []
        for cut in sorted(cuts):
            if merged and cut.start < merged[-1].end:
                merged[-1] = merged[-1]._replace(end=max(merged[-1].end, cut.end))
            else:
                merged.append(cut)
        self.cuts = merged
        pieces, at = [], 0
        for cut in merged:
            pieces += [text[at : cut.start], cut.instead]
            at = cut.end
        self.text = "".join([*pieces, text[at:]])
        self._shift = list(accumulate((len(cut.instead) - (cut.end - cut.start) for cut in merged), initial=0))

    def place(self, at: int, *, end: bool) -> int:
        """Where a place lies now: one within a cut at the edge of what stands in its place."""
        for number, cut in enumerate(self.cuts):
            if at <= cut.start:
                return at + self._shift[number]
            if at < cut.end or (end and at == cut.end):
                return cut.start + self._shift[number] + (len(cut.instead) if end else 0)
        return at + self._shift[-1]

    def moved(self, quoted: T) -> T:
        """A quoted part of a claim with the words and places of the new text; one that quotes nothing stays."""
        start, end = getattr(quoted, "start", None), getattr(quoted, "end", None)
        if start is None or end is None:
            return quoted
        begin, stop = self.place(start, end=False), self.place(end, end=True)
        return msgspec.structs.replace(quoted, text=self.text[begin:stop], start=begin, end=stop)  # type: ignore[type-var]

    def claim(self, claim: Claim) -> Claim:
        """A claim of the old text as one of the new."""
        parts = ("passage", "victim", "count", "place", "time", "actor", "means")
        held = {part: self.moved(getattr(claim, part)) for part in parts if getattr(claim, part) is not None}
        return msgspec.structs.replace(claim, **held, attribution=tuple(self.moved(one) for one in claim.attribution))


def beyond(text: str, claims: Iterable[Claim]) -> list[Cut]:
    """The cuts that leave only what the claims quote."""
    kept = sorted(
        (start, end) for claim in claims for _, _, start, end in spans(claim) if start is not None and end is not None
    )
    cuts, at = [], 0
    for start, end in kept:
        if start > at:
            cuts.append(Cut(at, start, LEFT_OUT))
        at = max(at, end)
    if at < len(text):
        cuts.append(Cut(at, len(text), LEFT_OUT))
    return cuts


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    return fold(word).replace(" ", "")


class Names:
    """Names that may not be shown, to be found in any text in any of the ways in which they are written out."""

    def __init__(self, names: Iterable[str]) -> None:
        """A name is also known by its first and last word, and by its first two; one word alone must have 3 letters."""
        self.by_first: dict[str, set[tuple[str, ...]]] = {}
        for name in names:
            words = tuple(_folded(word) for word in _WORD.findall(name))
            words = tuple(word for word in words if word)
            if not words or (len(words) == 1 and len(words[0]) < 3):
                continue
            for form in {words, (words[0], words[-1]), words[:2]} if len(words) > 1 else {words}:
                self.by_first.setdefault(form[0], set()).add(form)

    def cuts(self, text: str) -> list[Cut]:
        """Where names stand in a text: the longest at each place."""
        if not self.by_first:
            return []
        found = list(_WORD.finditer(text))
        words = [_folded(match.group()) for match in found]
        cuts, at = [], 0
        while at < len(words):
            length = max(
                (len(form) for form in self.by_first.get(words[at], ()) if tuple(words[at : at + len(form)]) == form),
                default=0,
            )
            if length:
                cuts.append(Cut(found[at].start(), found[at + length - 1].end(), WITHHELD))
            at += max(length, 1)
        return cuts

    def hidden(self, said: str) -> str:
        """A text without the names."""
        return Redacted(said, self.cuts(said)).text


def without_names(value: T, names: Names) -> T:
    """A value in which no string holds one of the names: any struct, however deep."""
    kind = type(value)
    return msgspec.convert(_walked(msgspec.to_builtins(value), names), kind)


def _walked(value: object, names: Names) -> object:
    if isinstance(value, str):
        return names.hidden(value)
    if isinstance(value, Mapping):
        return {key: _walked(inner, names) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_walked(inner, names) for inner in value]
    return value
