"""Attribution by cue words alone, for languages that have word lists but no trained scorer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from uncounted.model.claims import Claim, Document, Source
from uncounted.model.vocabulary import SourceKind
from uncounted.stages.read.chain_nodes import Node
from uncounted.text.sentences import containing, sentences
from uncounted.text.view import View, fold, view

_LONGEST = 9
"""Words that a source has at most; a longer one is cut off."""


_Cued = tuple[tuple[int, int], list[Node]]


class CueWords(msgspec.Struct, frozen=True, kw_only=True):
    """The word lists of ``data/LANGUAGE/cues.json``."""

    about: str = ""
    says: tuple[str, ...]
    after: tuple[str, ...]
    relays: tuple[str, ...]
    from_: tuple[str, ...] = msgspec.field(name="from")
    ends: tuple[str, ...]
    then: tuple[str, ...] = ()
    """What follows a word of saying whose source stands before it ("the mayor said that"); empty where none does."""
    prefixes: tuple[str, ...] = ()
    kinds: Mapping[SourceKind, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class Cues:
    """The patterns made of them, over a view's ``lower``."""

    cue: re.Pattern[str]
    end: re.Pattern[str]
    joint: re.Pattern[str]
    relays: re.Pattern[str]
    preceded: re.Pattern[str] | None
    then: re.Pattern[str]
    kinds: tuple[tuple[SourceKind, re.Pattern[str]], ...]


@cache
def cues(language: str) -> Cues | None:
    """The patterns of a language; ``None`` where there is no data file for it."""
    if not re.fullmatch("[a-z]{2,3}", language):
        return None
    file = files("uncounted.stages.read") / "data" / language / "cues.json"
    if not file.is_file():
        return None
    words = msgspec.json.decode(file.read_bytes(), type=CueWords)
    prefix = f"(?:{'|'.join(map(re.escape, words.prefixes))})?" if words.prefixes else ""
    opening = _either((*words.says, *words.after, *words.relays))
    return Cues(
        cue=re.compile(rf"(?<!\w){prefix}(?:{opening})\s*(?=\w)"),
        end=re.compile(rf"\s+(?:{_either(words.ends)})(?!\w)|[,.:;\"«»()\n|]"),
        joint=re.compile(rf"\s+(?:{_either(words.from_)})\s+"),
        relays=re.compile(rf"{prefix}(?:{_either(words.relays)})\s*"),
        preceded=_preceded(words),
        then=re.compile(_either(words.then) if words.then else "(?!)"),
        kinds=tuple((kind, re.compile(rf"(?<!\w)(?:{_either(said)})(?!\w)")) for kind, said in words.kinds.items()),
    )


def _preceded(words: CueWords) -> re.Pattern[str] | None:
    """A source before its word of saying, from the beginning of its clause on."""
    if not words.then:
        return None
    opens = r"(?:^|(?<=[,;:.\"«(])\s*)"
    return re.compile(
        rf"{opens}(?P<source>[^,;:.\"«()\n]{{2,90}}?)\s+(?:{_either(words.says)})\s+(?:{_either(words.then)})"
    )


def _either(words: tuple[str, ...]) -> str:
    ordered = sorted(map(fold, words), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") + ("" if word.endswith(" ل") else r"\b") for word in ordered)


def with_cues(document: Document, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims with the sources that their sentence names by a cue, where their chain ends at the document."""
    language = (document.language or "en").lower()[:2]
    if not claims or cues(language) is None:
        return claims
    seen = view(document.text)
    found = list(cued(seen, language))
    spans = [span for span, _ in found]
    return tuple(_told(seen, claim, found, containing(spans, claim.passage.start)) for claim in claims)


def _told(seen: View, claim: Claim, found: list[_Cued], at: int | None) -> Claim:
    if at is None or (claim.attribution and claim.attribution[-1].kind != "document"):
        return claim
    chain = [source for source in claim.attribution if source.kind != "document"]
    for node in found[at][1]:
        passage = seen.passage(node.start, node.end)
        chain.append(Source(text=passage.text, start=passage.start, end=passage.end, name=node.name, kind=node.kind))
    return msgspec.structs.replace(claim, attribution=tuple(chain))


def cued(seen: View, language: str) -> Iterator[_Cued]:
    """The sentences that name who tells, as raw spans, each with its sources from outlet to speaker."""
    words = cues(language)
    if words is None:
        return
    for start, end in sentences(seen.text):
        named: list[Node] = []
        if words.preceded is not None:
            for match in words.preceded.finditer(seen.lower[start:end]):
                named += _node(seen, words, start + match.start("source"), start + match.end("source"))
        for match in words.cue.finditer(seen.lower, start, end):
            named += _sources(seen, words, match, end)
        if named:
            yield seen.span(start, end), named


def _sources(seen: View, words: Cues, match: re.Match[str], end: int) -> Iterator[Node]:
    first = match.end()
    if words.then.match(seen.lower, first):
        return  # "the mayor said that": its source stands before it
    last = _closing(seen, words, first, end)
    yield from _node(seen, words, first, last)
    joint = words.joint.match(seen.lower, last, end) if words.relays.fullmatch(match.group()) else None
    if joint:
        yield from _node(seen, words, joint.end(), _closing(seen, words, joint.end(), end))


def _closing(seen: View, words: Cues, first: int, end: int) -> int:
    found = words.end.search(seen.lower, first, end)
    return found.start() if found else end


def _node(seen: View, words: Cues, first: int, last: int) -> Iterator[Node]:
    run = [word.end() for word in re.finditer(r"\S+", seen.text[first:last])][:_LONGEST]
    if not run:
        return
    last = first + run[-1]
    said = seen.lower[first:last]
    kind: SourceKind = next((kind for kind, pattern in words.kinds if pattern.search(said)), "unknown")
    yield Node(first, last, " ".join(seen.passage(first, last).text.split()), "bare", kind)
