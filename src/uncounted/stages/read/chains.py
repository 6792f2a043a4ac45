"""The chain behind each claim: publisher, outlet, speaker, and who told it first."""

import re
from collections.abc import Sequence

import msgspec

from uncounted.model.claims import Claim, Document, Source
from uncounted.stages.read.attribution import Statement
from uncounted.stages.read.chain_carriers import carried, head_carrier, same_name
from uncounted.stages.read.chain_kinds import kind_of, source_words
from uncounted.stages.read.chain_nodes import Node
from uncounted.stages.read.chain_tellings import Tellings, Told
from uncounted.text.sentences import containing, quotations
from uncounted.text.view import View, view


def chains(document: Document, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return the claims with their attribution filled, in their order.

    A chain begins with the document's publisher (when known; no words say it) and runs over outlet and speaker to the
    first-hand source. Where the publisher names itself as the speaker, its node has those words and is not repeated. A
    wire agency that carried the words stands between publisher and speaker. Where the text names nobody the chain ends
    with a node of kind ``document``. Pronouns and phrases that point back carry the name that they stand for, with the
    span of their own words. Of sources named together the first-hand one is in the chain; each other is a flag
    ``co-source: …`` of the claim.
    """
    if not claims:
        return claims
    seen, words = view(document.text), source_words("en")
    quotes = quotations(seen.text)
    told = Tellings(seen, quotes) if (document.language or "en").lower()[:2] == "en" else None
    raw = [seen.span(start, end) for start, end in quotes]
    head = head_carrier(seen, words)
    if head is not None and same_name(head.name, document.publisher):
        head = None  # its own dateline names nobody else
    chained = list[Claim]()
    for claim in claims:
        start, end = claim.passage.start, claim.passage.end
        quoted = containing(raw, start) is not None
        near = told.near(start, end, _GOES_ON if quoted else 0) if told is not None else []
        chained.append(_chained(document, claim, seen, near, head, quoted=quoted))
    return tuple(chained)


def _chained(
    document: Document, claim: Claim, seen: View, told: Sequence[Told], head: Node | None, *, quoted: bool
) -> Claim:
    words = source_words("en")
    covering = [one for one in told if _covers(one[1], claim)]
    covering = covering or [one for one in told if _goes_on(one[0], claim, seen)][-1:]
    # The wider content is the outer statement: "X reported that [Y said that [...]]".
    covering.sort(key=lambda one: (one[1][0] - one[1][1], one[0].said.start))
    named = _joined(carried([(one, found) for one, _, found in covering], head, words))
    if not covering and quoted:
        named = _joined([*named, *_same_speaker(seen, claim, told)])
    if not named:
        named = _headline_source(seen, claim)
    itself = next((node for node in named if same_name(node.name, document.publisher)), None)
    chain = [_publisher(document.publisher, seen, itself)] if document.publisher else []
    for node in named:
        if same_name(node.name, document.publisher):
            continue
        passage = seen.passage(node.start, node.end)
        chain.append(Source(text=passage.text, start=passage.start, end=passage.end, name=node.name, kind=node.kind))
    if not named:
        chain.append(Source(name=document.publisher or document.id, kind="document"))
    others = dict.fromkeys(f"co-source: {other}" for node in named for other in node.others)
    flags = (*claim.flags, *(flag for flag in others if flag not in claim.flags))
    return msgspec.structs.replace(claim, attribution=tuple(chain), flags=flags)


def _publisher(name: str, seen: View, itself: Node | None) -> Source:
    """The publisher's node, with the words by which it names itself as the one who says so."""
    if itself is None:
        return Source(name=name, kind="publisher")
    passage = seen.passage(itself.start, itself.end)
    return Source(text=passage.text, start=passage.start, end=passage.end, name=name, kind="publisher")


_GOES_ON = 600


def _same_speaker(seen: View, claim: Claim, told: Sequence[Told]) -> list[Node]:
    """The speaker of a quotation that goes on after its cue: "…," said X. "…"."""
    before = [one for one in told if 0 < claim.passage.start - one[1][1] < _GOES_ON and one[0].cue[0] >= 0]
    quoting = [one for one in before if one[0].content and '"' in seen.text[one[0].content[0] : one[0].content[1] + 1]]
    return list(quoting[-1][2]) if quoting and quoting[-1] is before[-1] else []


def _covers(content: tuple[int, int], claim: Claim) -> bool:
    """Whether a content holds the better half of a claim's passage."""
    start, end = claim.passage.start, claim.passage.end
    return 2 * (min(end, content[1]) - max(start, content[0])) > end - start


_TO_MORE = re.compile(
    r"(?:\s+(?:on|in|at|late|early|earlier|today|yesterday)\b[^,.;:\"]{0,40})?\s*,\s+(?:after|when|as|while|and|including|adding)\b",
    re.IGNORECASE,
)


def _goes_on(one: Statement, claim: Claim, seen: View) -> bool:
    """ "Nine died, the hospital said on Thursday, after four of the wounded died": a speaker told between two marks
    speaks for what its sentence goes on with."""
    if one.content is None or one.source is None:
        return False
    first = min(one.cue[0], one.source[0])
    last = max(one.cue[1], one.source[1])
    start, end = one.said.tokens[first].start, one.said.tokens[last - 1].end
    if one.said.kind(first - 1) != "comma" or one.content[1] > start:
        return False
    inside = seen.span(end, one.said.end)
    return inside[0] <= claim.passage.start < inside[1] and _TO_MORE.match(seen.text, end, one.said.end) is not None


def _joined(found: Sequence[Node]) -> list[Node]:
    kept = list[Node]()
    for node in found:
        same = [
            other for other in kept if other.name == node.name or (node.start < other.end and other.start < node.end)
        ]
        if not same:
            kept.append(node)
    return kept


_HEADLINE = re.compile(r"(?:\s[-–|]\s|:\s|,\s(?:say|says)\s)(?P<source>[^\n:.\"–|]{2,48})$")


def _headline_source(seen: View, claim: Claim) -> list[Node]:
    """The source that closes a headline: "Shelling kills nine in X: monitor"."""
    words = source_words("en")
    for line in re.finditer(r"[^\n]+", seen.text[:600]):
        first, last = seen.span(line.start(), line.end())
        close = _HEADLINE.search(line[0].rstrip())
        if first <= claim.passage.start and claim.passage.end <= last and close:
            start = line.start() + close.start("source")
            end = line.start() + close.end("source")
            kind = kind_of(seen.text[start:end], words)
            if kind != "unknown" and seen.span(start, end)[0] >= claim.passage.end:
                return [Node(start, end, " ".join(seen.text[start:end].split()), "bare", kind)]
    return []
