"""What kind of source a phrase names: ``data/LANGUAGE/sources.json``."""

import re
from functools import cache, cached_property
from importlib.resources import files

import msgspec

from uncounted.model.vocabulary import SourceKind
from uncounted.text.view import fold

FIRST_HAND: tuple[SourceKind, ...] = (
    "medical", "witness", "relative", "monitor", "agency", "official", "belligerent", "document", "social", "press",
    "anonymous", "unknown", "publisher",
)  # fmt: skip
"""Who of several that are named together stands nearest to the dead: those before whose eyes it happened or through
whose hands they went, then who counted, then the authorities and parties, then who passes on."""


class SourceWords(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Names and head words by kind, words that point back, and the words by which a claim of harm is passed on."""

    about: str = ""
    order: tuple[SourceKind, ...]
    names: dict[SourceKind, tuple[str, ...]]
    heads: dict[SourceKind, tuple[str, ...]]
    people: frozenset[str] = frozenset()
    anaphora: dict[str, tuple[str, ...]] = {}
    pointing: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    anonymity: str = "(?!)"
    tells: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    relays: frozenset[str] = frozenset()
    listeners: frozenset[str] = frozenset()
    generic_listeners: frozenset[str] = frozenset()
    wires: frozenset[str] = frozenset()
    wire_heads: frozenset[str] = frozenset()
    carrying: frozenset[str] = frozenset()
    before_speakers: frozenset[str] = frozenset()
    """Words that look like words of telling and belong to the speaker behind them: "state media"."""
    approached: frozenset[str] = frozenset()
    """How a speaker was reached, behind its name: "witnesses contacted by phone"."""
    own: frozenset[str] = frozenset()
    """Words that open a phrase by which a document speaks of itself: "our volunteers"."""
    alerts: frozenset[str] = frozenset()
    """Words before a colon that are nobody: "BREAKING:"."""

    @cached_property
    def by_name(self) -> dict[str, SourceKind]:
        """Each name of several words or none but one, folded, with its kind."""
        return {fold(name): kind for kind in reversed(self.order) for name in self.names.get(kind, ())}

    @cached_property
    def by_head(self) -> dict[str, SourceKind]:
        """Each head word with its kind; the earlier kind of the order wins."""
        return {fold(head): kind for kind in reversed(self.order) for head in self.heads.get(kind, ())}

    @cached_property
    def known(self) -> dict[str, SourceKind]:
        """Kinds of phrases already decided."""
        return {}

    @cached_property
    def unnamed(self) -> re.Pattern[str]:
        """Words that say that a source speaks under protection."""
        return re.compile(self.anonymity, re.IGNORECASE)


@cache
def source_words(language: str = "en") -> SourceWords:
    """Return the words of a language."""
    file = files("uncounted.stages.read") / "data" / language / "sources.json"
    return msgspec.json.decode(file.read_bytes(), type=SourceWords)


_PARTS = re.compile(r"\b(?:of|for|at|in|from|with|by|near|who|which)\b|'s\b|,")
_ASIDE = re.compile(r"\s(?:close|familiar|loyal|opposed|linked|allied|sympathetic)\s(?:to|with)\b.*")
"""Whom a source stands near to says nothing of what it is: "sources close to the families"."""
_WORDS = re.compile(r"@?[^\W_]+(?:['’.-][^\W_]+)*\.?")


def kind_of(phrase: str, words: SourceWords) -> SourceKind:
    """Return the kind of a source by the words for it.

    The head (what stands before "of", "for", a comma) decides unless it is a mere spokesman or source: then who it
    speaks for does ("a spokesman for the army" is the army). A person by name alone is ``unknown``.
    """
    kind = words.known.get(phrase)
    if kind is None:
        kind = _kind(fold(phrase), words)
        if len(words.known) < _MOST_KNOWN:
            words.known[phrase] = kind
    return kind


_MOST_KNOWN = 20_000


def _kind(said: str, words: SourceWords) -> SourceKind:
    if said.startswith("@"):
        return "social"
    said = _ASIDE.sub("", said)
    whole = _longest_name(said, words, least=3)
    parts = [part.strip() for part in _PARTS.split(said) if part.strip()]
    kinds = [kind for part in parts if (kind := _of_part(part, words))]
    if whole:
        return whole
    named = _longest_name(said, words)
    if not kinds:
        return named or "unknown"
    mere = re.search(r"\b(?:spokes\w+|sources?|officials?|head|director|chief|report|statement|office|members?|group|"
                     r"team|figures|data|tally|record|records|list|count)\b", parts[0])  # fmt: skip
    if mere and len(kinds) > 1 and kinds[0] in ("official", "anonymous", "document", "press"):
        return kinds[1]
    if mere and named and kinds[0] in ("official", "anonymous", "document"):
        return named
    return kinds[0]


def _longest_name(said: str, words: SourceWords, least: int = 1) -> SourceKind | None:
    tokens = _WORDS.findall(said)
    for length in range(min(7, len(tokens)), least - 1, -1):
        for start in range(len(tokens) - length + 1):
            kind = words.by_name.get(" ".join(tokens[start : start + length]))
            if kind:
                return kind
    return None


def _of_part(part: str, words: SourceWords) -> SourceKind | None:
    named = _longest_name(part, words)
    if named:
        return named
    for token in reversed(_WORDS.findall(part)):
        kind = words.by_head.get(token) or words.by_head.get(token.removesuffix("."))
        if kind:
            return kind
    return "monitor" if words.people & set(_WORDS.findall(part)) else None
