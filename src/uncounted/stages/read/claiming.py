"""From a draft to a claim in the public form, behind the grounding gate."""

from uncounted.model.claims import Claim, Count, Passage
from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.stages.read.circumstances import actor, means
from uncounted.stages.read.generic import in_general
from uncounted.stages.read.grounding import grounded
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.sentence import Draft

_IN_GENERAL = 0.3
"""The confidence of a claim whose words tell of harm in general, not of an event."""


def claimed(draft: Draft, document: str, name: str, reader: str, lex: Lexicon) -> Claim | None:
    """The claim that a draft makes, named ``name``; ``None`` when it is not grounded. Its whole is left open."""
    made, phrase = draft.made, draft.victim.phrase
    place = draft.harm in ("attacked", "destroyed")  # nobody is counted, nobody is a victim
    claim = Claim(
        document=document,
        id=name,
        harm=draft.harm,
        group=phrase.group,
        passage=_passage(draft),
        victim=None if place else _span(made, draft.victim.first, draft.victim.last),
        count=Count(quantifier="unquantified") if place else _count(made, phrase),
        scope=draft.scope,
        modality=draft.modality,
        actor=actor(made, draft.trigger, phrase, lex),
        means=means(made, draft.trigger, lex),
        flags=_flags(draft),
        confidence=_confidence(draft, lex),
        reader=reader,
    )
    return grounded(made.view.raw, claim)


def _flags(draft: Draft) -> tuple[str, ...]:
    """``named`` for a name of a list, ``group_inferred`` for a group that a given name or an age told, not a noun."""
    named = ("named",) if draft.rule == "roll" else ()
    return (*named, "group_inferred") if draft.victim.phrase.guessed else named


def _span(made: Clause, first: int, last: int) -> Passage:
    return made.view.passage(made.tokens[first].start, made.tokens[last - 1].end)


def _passage(draft: Draft) -> Passage:
    """The stretch from the victim to the word of harm, whichever comes first; of a part, from the whole on."""
    if draft.reach is not None:
        return draft.made.view.passage(*draft.reach)
    first = min(draft.victim.first, draft.trigger.first)
    last = max(draft.victim.last, draft.trigger.last)
    return _span(draft.made, first, last)


def _count(made: Clause, phrase: NounPhrase) -> Count:
    """The count that a victim's phrase states; 1..1 without words for a single one, open for a bare plural."""
    quantity = phrase.quantity
    if quantity is not None:
        said = _span(made, quantity.first, quantity.last)
        return Count(
            text=said.text, start=said.start, end=said.end, low=quantity.low, high=quantity.high,
            quantifier=quantity.quantifier, unit=phrase.unit,
        )  # fmt: skip
    if phrase.inferred is not None:
        return Count(low=phrase.inferred, high=phrase.inferred, quantifier="exact", unit=phrase.unit)
    if phrase.plural:
        return Count(quantifier="unquantified", unit=phrase.unit)
    return Count(low=1, high=1, quantifier="exact", unit=phrase.unit)


def _confidence(draft: Draft, lex: Lexicon) -> float:
    attachment = draft.attachment
    if draft.modality in HELD_MODALITIES and in_general(
        draft.made, draft.trigger, draft.victim.phrase, attachment, lex
    ):
        return _IN_GENERAL
    if attachment is None:
        return 0.7
    return round(min(0.99, max(0.05, 0.5 + attachment.chosen.score / 12)), 2)
