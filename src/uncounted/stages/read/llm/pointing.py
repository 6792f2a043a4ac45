"""From what a model said to claims in the public form: every word found in the document, or left out and told."""

from collections.abc import Callable, Sequence

import msgspec

from uncounted.model.claims import Claim, Count, Document, Named, Passage, Source
from uncounted.stages.read.grounding import grounded
from uncounted.stages.read.lexicon import lexicon_of
from uncounted.stages.read.llm.asking import Said
from uncounted.stages.read.llm.counting import Counting
from uncounted.stages.read.llm.quotes import Span, nearest, occurrences

SURE = 0.7
"""The confidence of a claim whose words were all found at once; a model's own is not asked for."""
DOUBTED = 0.5
"""… where something was left out or stands more than once."""

Fault = Callable[[str], None]


def pointed(
    document: Document, said: Sequence[Said | None], piece: Span, reader: str, first: int = 1
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """The claims of one piece of a document, numbered from ``first``, and the faults of what was said, in words.

    A claim is left out when its passage, victim or count is not the document's own words; an actor, a means or a source
    that is not is left out of its claim, which is then flagged. A passage that stands several times is the first of
    them for the first claim that says the same of it, the second for the second, and flagged ``repeated_passage``.
    """
    pointing = _Pointing(document, piece, reader)
    made: dict[int, Claim] = {}
    for number, one in enumerate(said, 1):
        claim = pointing.claim(one, number, f"{document.id}#{first + len(made)}") if one is not None else None
        if claim is not None:
            made[number] = claim
    for number, claim in made.items():
        whole = made.get(getattr(said[number - 1], "part_of", None) or 0)
        if whole is not None and whole is not claim:
            made[number] = msgspec.structs.replace(claim, subset_of=whole.id)
    return tuple(made.values()), tuple(pointing.faults)


class _Pointing:
    """One document while its claims are looked up; keeps which repeated passages were taken, and the faults."""

    def __init__(self, document: Document, piece: Span, reader: str) -> None:
        self.document, self.piece, self.reader = document, piece, reader
        self.faults: list[str] = []
        self._counting = Counting(document.text, lexicon_of(document.language))
        self._taken: dict[tuple[str, ...], int] = {}

    def claim(self, said: Said, number: int, name: str) -> Claim | None:
        def fault(what: str) -> None:
            self.faults.append(f"claim {number}: {what}")

        text, flags = self.document.text, list[str]()
        passage = self._passage(said, fault, flags)
        if passage is None:
            return None
        victim = self._inside(said.victim, passage, "victim", fault) if said.victim else None
        if said.victim and victim is None:
            return None
        count = self._count(said, passage, victim, fault, flags)
        if count is None:
            return None
        before = len(self.faults)
        actor, means = (self._named(words, what, passage, fault) for words, what in
                        ((said.actor, "actor"), (said.means, "means")))  # fmt: skip
        chain = self._chain(said, passage, fault)
        if len(self.faults) > before:
            flags.append("words_not_found")
        place = said.harm in ("attacked", "destroyed")  # nobody is counted, nobody is a victim
        made = Claim(
            document=self.document.id,
            id=name,
            harm=said.harm,
            group=said.group,
            passage=_quoted(text, passage),
            victim=_quoted(text, victim) if victim is not None and not place else None,
            count=Count() if place else count,
            scope=said.scope,
            modality=said.modality,
            attribution=chain,
            actor=actor,
            means=means,
            flags=tuple(flags),
            confidence=DOUBTED if flags else SURE,
            reader=self.reader,
        )
        held = grounded(text, made)
        if held is None:
            fault("it is not grounded")
        return held

    def _passage(self, said: Said, fault: Fault, flags: list[str]) -> Span | None:
        found = occurrences(self.document.text, said.passage, self.piece)
        if not found:
            fault(f"the report does not say {said.passage[:120]!r}")
            return None
        if len(found) == 1:
            return found[0]
        flags.append("repeated_passage")
        key = (said.passage, said.harm, said.victim or "", said.count or "", said.modality)
        turn = self._taken.get(key, 0)
        self._taken[key] = turn + 1
        return found[min(turn, len(found) - 1)]

    def _inside(self, words: str, passage: Span, what: str, fault: Fault) -> Span | None:
        """Words inside the passage, or else inside its sentence."""
        text = self.document.text
        found = occurrences(text, words, passage)
        if not found:
            found = occurrences(text, words, self._counting.sentence(passage))
        if not found:
            fault(f"its {what} {words[:120]!r} does not stand in the sentence of its passage")
        return nearest(found, passage)

    def _count(self, said: Said, passage: Span, victim: Span | None, fault: Fault, flags: list[str]) -> Count | None:
        if not said.count:
            return self._counting.implied(victim, said.unit) if victim else Count(unit=said.unit)
        span = None
        if victim is not None:
            span = nearest(occurrences(self.document.text, said.count, victim), victim)
        span = span or self._inside(said.count, passage, "count", fault)
        if span is None:
            return None
        count = self._counting.said(span, said.unit)
        if count is None:
            fault(f"its count {said.count[:60]!r} holds two numbers")
        elif count.low is None and count.high is None:
            flags.append("count_not_read")
        return count

    def _named(self, words: str | None, what: str, passage: Span, fault: Fault) -> Named | None:
        if not words:
            return None
        span = nearest(occurrences(self.document.text, words, self.piece), passage)
        if span is None:
            fault(f"the report does not say {words[:120]!r} (its {what})")
            return None
        slice_ = _quoted(self.document.text, span)
        return Named(name=" ".join(slice_.text.split()), text=slice_.text, start=slice_.start, end=slice_.end)

    def _chain(self, said: Said, passage: Span, fault: Fault) -> tuple[Source, ...]:
        publisher = self.document.publisher
        chain = [Source(name=publisher, kind="publisher")] if publisher else []
        for source in said.chain:
            named = self._named(source.quote, "source", passage, fault)
            if named is not None and named.name != publisher:
                chain.append(
                    Source(name=named.name, kind=source.kind, text=named.text, start=named.start, end=named.end)
                )
        if len(chain) == bool(publisher):
            chain.append(Source(name=publisher or self.document.id, kind="document"))
        return tuple(chain)


def _quoted(text: str, span: Span) -> Passage:
    return Passage(text[span[0] : span[1]], *span)
