"""``grammar/1``: a reader that is a grammar over data-file lexicons."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from uncounted.model.claims import Claim, Count, Document
from uncounted.model.vocabulary import Group, Harm, Modality
from uncounted.stages.read.attachment import Attachment, attach
from uncounted.stages.read.circumstances import actor, means
from uncounted.stages.read.clause import Clause, NounPhrase, Trigger, clause
from uncounted.stages.read.extension import Part, Victim, parts, victims
from uncounted.stages.read.grounding import grounded
from uncounted.stages.read.lexicon import Lexicon, languages, lexicon
from uncounted.stages.read.modality import modality, scope
from uncounted.stages.read.special import special
from uncounted.text.sentences import sentences
from uncounted.text.view import View, view


@dataclass(frozen=True, slots=True)
class Reading:
    """One claim with what made it: the clause, the word of harm, the rule, and the attachment with its runners-up."""

    claim: Claim
    made: Clause
    trigger: Trigger
    rule: str
    attachment: Attachment | None


class GrammarReader:
    """Reads by grammar. Deterministic; the cost grows linearly with the length of the text."""

    name = "grammar/1"

    def read(self, document: Document) -> tuple[Claim, ...]:
        """The claims of a document in reading order; none for a language without lexicon."""
        return tuple(reading.claim for reading in self.readings(document))

    def readings(self, document: Document) -> list[Reading]:
        """The claims of a document with what made each of them."""
        language = (document.language or "en").split("-")[0].lower()
        lex = lexicon(language if language in languages() else "en")
        seen = view(document.text)
        found: list[Reading] = []
        for start, end in sentences(seen.text):
            if lex.harm_pattern.search(seen.lower, start, end):
                made = clause(seen, start, end, lex)
                found += _of_sentence(document, made, lex, len(found))
        return found


def _of_sentence(document: Document, made: Clause, lex: Lexicon, already: int) -> list[Reading]:
    inside = parts(made, lex)
    said_scope = scope(made, lex)
    drafts: list[tuple[Victim | None, Trigger, str, Attachment | None, Modality, Part | None]] = []
    taken: set[tuple[Harm, int]] = set()
    for trigger in made.triggers:
        for victim, rule, attachment in _victims(made, trigger, lex):
            held = modality(made, trigger, victim.phrase, lex)
            key = (trigger.entry.harm, victim.phrase.head if victim.phrase.head >= 0 else victim.first)
            if held is None or key in taken or not _plausible(made, victim):
                continue
            taken.add(key)
            drafts.append((victim, trigger, rule, attachment, held, None))
    drafts += _of_parts(made, inside, drafts, taken)
    drafts.sort(key=lambda draft: (draft[0].first if draft[0] else draft[1].first))
    readings = []
    names = {id(draft): f"{document.id}#{already + n}" for n, draft in enumerate(drafts, 1)}
    for draft in drafts:
        victim, trigger, rule, attachment, held, part = draft
        assert victim is not None
        whole = _whole(draft, drafts) if part else None
        claim = Claim(
            document=document.id,
            id=names[id(draft)],
            harm=trigger.entry.harm,
            group=group_of(made, victim.phrase, lex),
            passage=_passage(made, victim, trigger),
            victim=made.view.passage(made.tokens[victim.first].start, made.tokens[victim.last - 1].end),
            count=count_of(made, victim.phrase),
            subset_of=names[id(whole)] if whole else None,
            scope=said_scope,
            modality=held,
            actor=actor(made, trigger, victim.phrase, lex),
            means=means(made, trigger, lex),
            confidence=_confidence(attachment),
            reader=GrammarReader.name,
        )
        kept = grounded(document.text, claim)
        if kept is not None:
            readings.append(Reading(kept, made, trigger, rule, attachment))
    return readings


def _victims(made: Clause, trigger: Trigger, lex: Lexicon) -> Iterator[tuple[Victim, str, Attachment | None]]:
    for victim, rule in special(made, trigger, lex):
        yield victim, rule, None
    attachment = attach(made, trigger)
    if attachment is not None:
        for victim in victims(made, attachment.chosen.phrase, attachment.chosen.place):
            yield victim, attachment.rule, attachment


def _plausible(made: Clause, victim: Victim) -> bool:
    phrase = victim.phrase
    if phrase.kind in ("thing", "group"):
        return phrase.kind == "group" and phrase.quantity is not None
    return not phrase.subset


Draft = tuple[Victim | None, Trigger, str, Attachment | None, Modality, Part | None]


def _of_parts(made: Clause, inside: list[Part], drafts: list[Draft], taken: set[tuple[Harm, int]]) -> list[Draft]:
    """A claim for each part, of the harm whose victim or word stands nearest before the part."""
    found: list[Draft] = []
    for part in inside:
        wholes = [draft for draft in drafts if draft[0] and draft[0].first < part.opens and draft[5] is None]
        if not wholes:
            continue
        whole = max(wholes, key=lambda draft: max(_ends(draft, part.opens)))
        key = (whole[1].entry.harm, part.victim.phrase.head if part.victim.phrase.head >= 0 else part.victim.first)
        if key in taken:
            continue
        taken.add(key)
        found.append((part.victim, whole[1], "part", whole[3], whole[4], part))
    return found


def _ends(draft: Draft, limit: int) -> tuple[int, int]:
    victim, trigger = draft[0], draft[1]
    ends = [end for end in (victim.last if victim else 0, trigger.last) if end <= limit]
    return (max(ends, default=0), 0)


def _whole(draft: Draft, drafts: list[Draft]) -> Draft | None:
    part = draft[5]
    assert part is not None
    wholes = [
        one for one in drafts
        if one[5] is None and one[1] is draft[1] and one[0] and one[0].first < part.opens
    ]  # fmt: skip
    return max(wholes, key=lambda one: max(_ends(one, part.opens)), default=None)


def _passage(made: Clause, victim: Victim, trigger: Trigger):  # type: ignore[no-untyped-def]
    first, last = min(victim.first, trigger.first), max(victim.last, trigger.last)
    return made.view.passage(made.tokens[first].start, made.tokens[last - 1].end)


def count_of(made: Clause, phrase: NounPhrase) -> Count:
    """The count that a victim's phrase states; 1..1 without words for a single one, open for a bare plural."""
    quantity = phrase.quantity
    if quantity is not None:
        said = made.view.passage(made.tokens[quantity.first].start, made.tokens[quantity.last - 1].end)
        return Count(
            text=said.text, start=said.start, end=said.end, low=quantity.low, high=quantity.high,
            quantifier=quantity.quantifier, unit=phrase.unit,
        )  # fmt: skip
    if phrase.plural:
        return Count(quantifier="unquantified", unit=phrase.unit)
    return Count(low=1, high=1, quantifier="exact", unit=phrase.unit)


def group_of(made: Clause, phrase: NounPhrase, lex: Lexicon) -> Group:
    """The group that a victim's phrase names."""
    return phrase.group


def _confidence(attachment: Attachment | None) -> float:
    if attachment is None:
        return 0.7
    score = attachment.chosen.score
    return round(min(0.99, max(0.05, 0.5 + score / 12)), 2)


def read_view(seen: View) -> None:
    """Reserved."""


_ = msgspec
