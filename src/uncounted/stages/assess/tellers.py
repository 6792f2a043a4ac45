"""Who told it first: the last named teller of an attribution chain, in a form that can be compared.

Independence is that of first-hand sources, not of articles (Every Casualty Counts, *Standards for Casualty Recording*,
2016, on corroboration). A nameless teller ("residents", "a medical source") cannot be told apart from another, so the
chain is followed back to whoever carries the words: the agency, the outlet, at last the document.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from uncounted.model.claims import Claim, Source

_NAMELESS_KINDS = frozenset({"witness", "relative", "anonymous", "unknown", "document"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)?")


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Empty and nameless words of every language, folded as names are."""
    lists = tomllib.loads((resources.files(__package__) / "nameless.toml").read_text("utf-8")).values()
    empty = frozenset(_folded(word) for words in lists for word in words["empty"])
    return empty, frozenset(_folded(word) for words in lists for word in words["nameless"])


def _folded(word: str) -> str:
    """Without case, accents and the Arabic article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return plain[2:] if plain.startswith("ال") and len(plain) > 4 else plain


class Teller(NamedTuple):
    """A teller: the words of its name (sorted, without empty ones), its kind and the name as first written."""

    words: tuple[str, ...]
    kind: str
    name: str


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words that tell a name apart, folded and sorted: "the Ministry of Health" and "Health Ministry" agree."""
    plain = unicodedata.normalize("NFC", re.sub(r"['’]s\b", "", name))
    return tuple(sorted({folded for word in re.findall(r"\w+", plain) if (folded := _folded(word)) not in _words()[0]}))


def is_named(source: Source) -> bool:
    """Whether a node of a chain names someone who could be found again."""
    words = words_of(source.name)
    if not words or all(word in _words()[1] or _ORDINAL.fullmatch(word) for word in words):
        return False
    if source.kind in _NAMELESS_KINDS:
        # "a woman in the market" against "Amal Darwish": a script without capitals gets the benefit of the doubt.
        cased = [c for c in source.name if c.upper() != c.lower()]
        capital = [word for word in source.name.split() if word[0].isupper() and _folded(word) not in _words()[0]]
        return source.kind != "document" and (not cased or bool(capital))
    return True


def teller_of(claim: Claim, publisher: str | None) -> Teller:
    """The last named teller of a claim's chain; else its document's publisher; else the document itself.

    ``publisher`` is what is known of the document beside its text.
    """
    for source in reversed(claim.attribution):
        if is_named(source):
            return Teller(words_of(source.name), source.kind, source.name)
    if publisher and words_of(publisher):
        return Teller(words_of(publisher), "publisher", publisher)
    return Teller((claim.document,), "document", f"document {claim.document}")


def ends_with_carrier(claim: Claim) -> bool:
    """Whether the chain names no first-hand teller, so that the words could be anybody's, copied ones too."""
    last = claim.attribution[-1] if claim.attribution else None
    return last is None or not is_named(last) or last.kind in ("publisher", "press", "agency", "document")


def is_short_for(short: Teller, long: Teller) -> bool:
    """Whether one name is the other's initials ("SMH" for the Syrian Medical House)."""
    letters = re.sub(r"[^A-Z]", "", short.name)
    if not 3 <= len(letters) <= 6 or short.name.replace(".", "").strip() != letters:
        return False
    parts = [word for word in re.findall(r"\w+", long.name) if word.casefold() not in ("the", "a", "an")]
    every = "".join(word[0] for word in parts).upper()
    return letters in (every, "".join(word[0] for word in parts if _folded(word) not in _words()[0]).upper())


_INSTITUTIONS = frozenset({"official", "belligerent", "medical", "monitor", "agency", "press", "publisher"})


def agree(left: Teller, right: Teller) -> str | None:
    """Why two tellers count as one, in words, or ``None``.

    An institution's shorter name counts as one with a longer that holds it ("Health Ministry", "Gaza Health Ministry");
    that may undercount origins, never overcount them, and a person can part them again.
    """
    if left.words == right.words:
        return f"both end at {left.name!r}"
    if is_short_for(left, right) or is_short_for(right, left):
        return f"{left.name!r} and {right.name!r} are one name and its initials"
    if left.kind in _INSTITUTIONS and right.kind in _INSTITUTIONS:
        fewer, more = sorted((set(left.words), set(right.words)), key=len)
        if len(fewer) >= 2 and fewer < more:
            return f"{left.name!r} and {right.name!r} are one institution's shorter and longer name"
    return None
