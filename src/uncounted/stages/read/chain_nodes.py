"""The sources that one reported statement names, from the one who passes on to the one who told first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from uncounted.model.vocabulary import SourceKind
from uncounted.stages.read.attribution import Statement, agent_of_passive, is_passive, phrase_from, phrase_to
from uncounted.stages.read.attribution_sentence import Chunk, Clauses
from uncounted.stages.read.chain_kinds import FIRST_HAND, SourceWords, kind_of
from uncounted.stages.read.chain_phrases import whole
from uncounted.stages.read.lexicon import lexicon
from uncounted.text.tokens import tokens
from uncounted.text.view import View

_PASSED_ON = frozenset(
    {"quoted", "cited", "carried", "published", "broadcast", "reported", "relayed", "posted", "shared", "circulated"}
)
_ADDRESSED = frozenset(
    {"speaking", "interview", "comments", "remarks", "statement", "spoke", "statements", "told", "interviewed"}
)


_PASSING = _PASSED_ON | _ADDRESSED
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """A source as named in a text: its span in the view, its words, the kind of phrase and of source.

    ``others`` are named in one breath with it ("the hospital and witnesses") and told no less.
    """

    start: int
    end: int
    name: str
    phrase: str
    kind: SourceKind
    others: tuple[str, ...] = ()


def nodes(seen: View, told: Statement, words: SourceWords) -> list[Node]:
    """Return a statement's sources in the order outlet, speaker, those whom the speaker quotes."""
    said, found = told.said, list[Node]()
    if told.source is None or not _said_by_somebody(told, words):
        return []
    speaker = _speaker(seen, told, words)
    number_or_article = any(c.isdigit() for c in speaker.name) or speaker.name.lower() in words.articles
    own = speaker.name.lower().split()[0] in words.own and not told.said.quoted[told.source[0]]
    if own or (told.base == ":" and speaker.name.lower() in words.alerts):
        return []  # the document itself, or nobody
    if is_date(speaker.name) or (speaker.kind == "unknown" and number_or_article):
        return []  # a date or a law, not somebody
    if told.base in words.listeners:
        found += [node for node in _listener(seen, said, told.cue[1], words) if _outlet(node, words)]
    found += _passed_on_by(seen, told, words)
    found.append(speaker)
    if told.base in words.relays:
        found += _at(seen, said, told.cue[1], words)
    found += _citing(seen, told, words)
    return _without_doubles(found)


@lru_cache(maxsize=20_000)
def is_date(name: str) -> bool:
    """Whether a name is nothing but a date: "3 March", "on Monday", "March 3, 2025"."""
    time = lexicon("en")
    said = [token.word for token in tokens(name.lower()) if token.is_word or token.is_digits]
    dated = any(time.classes.get(word) == "W" or word in time.sets["month"] for word in said)
    small = frozenset({"the", "of", "on"})
    if len(said) == 1 and said[0] in time.sets["month"]:
        return False  # May, June, April are names as well
    return dated and all(
        word[0].isdecimal() or word in small or word in time.sets["month"] or time.classes.get(word) == "W"
        for word in said
    )


def _said_by_somebody(told: Statement, words: SourceWords) -> bool:
    """Whether the cue says that somebody told: not "did not say", not "the strike was reported to have …"."""
    said, at = told.said, told.at
    if any(said.word(i) in words.negations for i in range(max(0, at - 3), at)):
        return False
    quoted = told.base in words.relays or told.base in words.listeners
    return quoted or not is_passive(said, at) or agent_of_passive(said, at) is not None


def node(seen: View, said: Clauses, span: tuple[int, int], kind: str, words: SourceWords) -> Node:
    """Return the source that a span of tokens names."""
    start, end = said.tokens[span[0]].start, said.tokens[span[1] - 1].end
    name = " ".join(seen.text[start:end].split())
    return Node(start, end, name, kind, kind_of(name, words))


def _at(seen: View, said: Clauses, at: int, words: SourceWords) -> Iterator[Node]:
    """Yield the source that begins at a token, if a phrase begins there."""
    chunk = next((chunk for chunk in said.chunks if chunk.first == at), None)
    if chunk is not None and chunk.kind not in ("that", "who"):
        yield _first_hand(seen, said, phrase_from(said, chunk), chunk.kind, words)


def _listener(seen: View, said: Clauses, at: int, words: SourceWords) -> Iterator[Node]:
    """Yield who was told: "told X on condition of anonymity" is X alone."""
    chunk = next((chunk for chunk in said.chunks if chunk.first == at), None)
    if chunk is not None and chunk.kind not in ("that", "who"):
        span = (chunk.first, chunk.last) if said.word(chunk.last) == "on" else phrase_from(said, chunk)
        yield _first_hand(seen, said, span, chunk.kind, words)


def _outlet(found: Node, words: SourceWords) -> bool:
    return found.kind in ("press", "social") and found.name.lower() not in words.generic_listeners


def _passed_on_by(seen: View, told: Statement, words: SourceWords) -> Iterator[Node]:
    """Yield outlets that carried the words: "…, quoted by X", "in an interview with X", "speaking to X"."""
    said = told.said
    for at in range(len(said.tokens) - 2):
        word = said.tokens[at].word
        if word not in _PASSING and word not in words.approached:
            continue
        joint = said.tokens[at + 1].word
        passed = word in _PASSED_ON and joint == "by"
        addressed = (word in _ADDRESSED and joint in ("to", "with")) or (word in words.approached and joint == "by")
        if (passed or addressed) and not told.cue[0] <= at + 2 < told.cue[1]:
            yield from (n for n in _at(seen, said, at + 2, words) if passed or _outlet(n, words))


def _citing(seen: View, told: Statement, words: SourceWords) -> Iterator[Node]:
    """Yield those whom the speaker cites in the same sentence: "the ministry, citing hospitals, said"."""
    said = told.said
    for at, token in enumerate(said.tokens):
        if token.word in ("citing", "quoting") and not told.cue[0] <= at < told.cue[1]:
            opened = next((chunk for chunk in said.chunks if chunk.first == at < chunk.last - 1), None)
            if opened is not None:  # "Citing hospital officials, the newspaper said"
                rest = Chunk(at + 1, opened.last, opened.kind)
                yield _first_hand(seen, said, phrase_from(said, rest), rest.kind, words)
            else:
                yield from _at(seen, said, at + 1, words)


def _speaker(seen: View, told: Statement, words: SourceWords) -> Node:
    said = told.said
    source = whole(said, _subject(said, told.source or (0, 0)), told.cue[0], words)
    chunk = next((c for c in said.chunks if source[0] <= c.first < source[1]), None)
    kind = chunk.kind if chunk else "bare"
    found = _first_hand(seen, said, source, kind, words)
    apposed = _apposition(said, source, told.at)
    if apposed is not None:
        (first, last), all_ = apposed
        name = node(seen, said, (first, last), "name", words)
        described = kind_of(_text(seen, said, all_), words)
        found = Node(name.start, name.end, name.name, "name", described if name.kind == "unknown" else name.kind)
    if words.unnamed.search(seen.text, said.start, said.end):
        found = Node(found.start, found.end, found.name, found.phrase, "anonymous", found.others)
    return found


def _subject(said: Clauses, source: _Span) -> _Span:
    """Return whom a clause or a bracket beside the cue belongs to: "one who asked for X said", "Name (N) said"."""
    if said.word(source[0] - 1) == "(":
        before = _chunk_ending(said, source[0] - 1)
        return phrase_to(said, before) if before else source
    if said.kind(source[0]) == "who":
        before = _chunk_ending(said, source[0]) or _chunk_ending(said, source[0] - 1)
        return phrase_to(said, before) if before else source
    if said.kind(source[0] - 1) in ("prep", "to"):
        for at in range(source[0] - 1, 0, -1):
            if said.kind(at) == "who":
                before = _chunk_ending(said, at) or _chunk_ending(said, at - 1)
                return phrase_to(said, before) if before else source
            if said.kind(at) in ("quote", "stop"):
                break
    return source


def _text(seen: View, said: Clauses, span: tuple[int, int]) -> str:
    return seen.text[said.tokens[span[0]].start : said.tokens[span[1] - 1].end]


def _apposition(said: Clauses, source: _Span, at: int) -> tuple[_Span, _Span] | None:
    """Return the name and the whole of "Name, her office at X," where the source is either part of it."""
    before = _chunk_ending(said, source[0] - 1)
    closes = source[1] <= at and (said.kind(source[1]) == "comma" or source[1] == at)
    turned = before is not None and before.first == at + 1
    if (closes or turned) and said.kind(source[0] - 1) == "comma" and before and before.kind == "name":
        opens = turned or said.kind(before.first - 1) in ("^", "quote", "comma", "conj", "that", "dash", "cue")
        return ((before.first, before.last), (before.first, source[1])) if opens else None
    described = said.kind(source[1]) == "comma" and any(c.first == source[1] + 1 for c in said.chunks)
    if described and all(said.kind(i) != "cue" for i in range(*source)):
        last = source[1] + 1
        limit = at if source[1] <= at else len(said.tokens)
        while last < limit and said.kind(last) not in ("comma", "quote", "cue", "stop"):
            last += 1
        closed = last == len(said.tokens) or said.kind(last) in ("comma", "stop") or last == at
        if closed and said.kind(source[1] + 1) in ("det", "word", "name", "cue", "pronoun"):
            return source, (source[0], last)
    return None


def _chunk_ending(said: Clauses, at: int) -> Chunk | None:
    return next((chunk for chunk in said.chunks if chunk.last == at), None)


_AND = re.compile(r"\s*,\s+and\s+(?:also\s+)?|\s+and\s+(?:also\s+)?|\s*,\s+|\s+as well as\s+|\s*/\s*")


def _first_hand(seen: View, said: Clauses, span: _Span, kind: str, words: SourceWords) -> Node:
    """Return the first-hand one of sources named together, the others with it; a single source as it is."""
    together = node(seen, said, span, kind, words)
    text = seen.text[together.start : together.end]
    cuts, at = list[tuple[int, int]](), 0
    for joint in _AND.finditer(text):
        cuts.append((at, joint.start()))
        at = joint.end()
    cuts.append((at, len(text)))
    parts = [(together.start + first, together.start + last) for first, last in cuts]
    named = [Node(a, b, " ".join(seen.text[a:b].split()), kind, kind_of(seen.text[a:b], words)) for a, b in parts]
    if len(named) < 2 or any(part.kind == "unknown" or part.name.split()[0] in ("of", "in") for part in named):
        return together
    best = min(named, key=lambda part: (FIRST_HAND.index(part.kind), part.start))
    others = tuple(part.name for part in named if part is not best)
    return Node(best.start, best.end, best.name, best.phrase, best.kind, others)


def _without_doubles(found: list[Node]) -> list[Node]:
    kept = list[Node]()
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return kept
