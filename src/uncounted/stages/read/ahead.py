"""Attachment where the victim follows its word of harm ("مقتل 4 مدنيين"), or is the word of harm itself ("5 شهداء").

For languages whose lexicon says ``verb_first``.
"""

import dataclasses
from collections.abc import Iterator

from uncounted.stages.read.apposition import Victim
from uncounted.stages.read.candidates import Attachment, Candidate, scored
from uncounted.stages.read.extension import victims
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.wording import Trigger

_WINDOW = 18
_BARRIERS = frozenset(";.KRV(")
_SKIPPED = frozenset("AWD,:J–")


def ahead(made: Clause, trigger: Trigger, lex: Lexicon) -> Iterator[tuple[Victim, str, Attachment]]:
    """The victims of a word of harm, each with the rule that found it and its attachment."""
    parts = trigger.entry.parts
    if "body" in parts:
        phrase = _from_its_noun(made, trigger, _holding(made, trigger), lex)
        if phrase is not None and _found_body(made, phrase, lex):
            yield _alone(made, trigger, phrase, "body")
    elif "person" in parts:
        phrase = _from_its_noun(made, trigger, _holding(made, trigger), lex)
        between = made.classes[phrase.first : trigger.first] if phrase else ""
        if phrase and (phrase.quantity or "F" not in between) and not _title(made, trigger, phrase, lex):
            yield _alone(made, trigger, phrase, "own")
    elif "trailing" in parts and (phrase := _preceding(made, trigger.first)) is not None:
        if any(_before(made, other, phrase) and "act" in other.entry.parts for other in made.triggers):
            return
        yield _alone(made, trigger, phrase, "trailing")
    elif "act" in parts:
        yield from _acted(made, trigger)


def _acted(made: Clause, trigger: Trigger) -> Iterator[tuple[Victim, str, Attachment]]:
    candidates = list(_following(made, trigger))
    if not candidates:
        phrase = _preceding(made, trigger.first)
        suffered = trigger.entry.harm not in ("detained", "abused")  # what stands before these is who did it
        if suffered and phrase is not None and phrase.kind in ("person", "count", "name") and not _own(made, phrase):
            attachment = _alone(made, trigger, phrase, "before")[2]
            for victim in victims(made, phrase, "subject"):
                yield victim, "before", attachment
        return
    found = Attachment(trigger, candidates[0], "ahead", tuple(candidates[1:4]))
    for index, victim in enumerate(victims(made, candidates[0].phrase, "object")):
        if index and (_own(made, victim.phrase, ("person", "act")) or _another_harm(made, trigger, victim)):
            continue
        yield victim, "ahead", found


def _following(made: Clause, trigger: Trigger) -> Iterator[Candidate]:
    """The phrases that may be the victim, nearest first."""
    for phrase in made.phrases:
        if phrase.first < trigger.last:
            continue
        between = made.classes[trigger.last : phrase.first]
        if phrase.first - trigger.last > _WINDOW or _BARRIERS & set(between):
            return
        if between[-1:] in ("P", "F", "C") or phrase.subset or phrase.kind == "thing":
            continue
        near = set(between) <= _SKIPPED
        if (
            phrase.kind in ("person", "count", "unit")
            or phrase.quantity is not None
            or (phrase.kind == "name" and near)
        ):
            yield scored(made, phrase, "object", trigger.first)


def _title(made: Clause, trigger: Trigger, phrase: NounPhrase, lex: Lexicon) -> bool:
    """Whether the word of harm is a title ("الشهيد فلان") or stands in a complement: it tells of no harm done now."""
    if phrase.quantity is not None:
        return False
    definite = made.tokens[trigger.first].word in lex.sets["definite"]
    return (definite and not phrase.plural) or "F" in made.classes[phrase.first : trigger.first]


def _holding(made: Clause, trigger: Trigger) -> NounPhrase | None:
    return next((phrase for phrase in made.phrases if phrase.first <= trigger.first < phrase.last), None)


def _from_its_noun(made: Clause, trigger: Trigger, phrase: NounPhrase | None, lex: Lexicon) -> NounPhrase | None:
    """The phrase of a noun of harm, cut free of what stands before it when that is no noun for a person or body."""
    if phrase is None or phrase.head < 0 or set(made.classes[phrase.head : trigger.first + 1]) <= set("GYJ"):
        return phrase
    noun = lex.persons.get(made.tokens[trigger.first].word)
    if phrase.quantity is not None or noun is None:
        return phrase
    return dataclasses.replace(
        phrase,
        first=trigger.first,
        kind="person",
        head=trigger.first,
        group=noun.group,
        plural=noun.plural,
        named=False,
    )


def _found_body(made: Clause, phrase: NounPhrase, lex: Lexicon) -> bool:
    told = lex.cues["bodies.found"].search(made.words(0, len(made.tokens)))
    return bool(told) and phrase.quantity is None and not phrase.plural and not phrase.definite


def _before(made: Clause, other: Trigger, phrase: NounPhrase) -> bool:
    """Whether a word of harm stands right before a phrase."""
    return other.last <= phrase.first and set(made.classes[other.last : phrase.first]) <= _SKIPPED


def _preceding(made: Clause, first: int) -> NounPhrase | None:
    while first and made.classes[first - 1] in "A,":
        first -= 1
    return made.ending.get(first)


def _alone(made: Clause, trigger: Trigger, phrase: NounPhrase, rule: str) -> tuple[Victim, str, Attachment]:
    candidate = scored(made, phrase, "object", trigger.first)
    return Victim(phrase, phrase.first, phrase.last), rule, Attachment(trigger, candidate, rule, ())


def _own(made: Clause, phrase: NounPhrase, parts: tuple[str, ...] = ("person",)) -> bool:
    """Whether a phrase holds a word of harm of its own, of one of the parts ("20 جريحا")."""
    return any(
        phrase.first <= trigger.first < phrase.last and trigger.entry.parts & set(parts) for trigger in made.triggers
    )


def _another_harm(made: Clause, trigger: Trigger, victim: Victim) -> bool:
    """Whether another harm is said right after a phrase: "و 5 آخرين ب جروح"."""
    return any(
        victim.last <= other.first <= victim.last + 1
        and "trailing" in other.entry.parts
        and other.entry.harm != trigger.entry.harm
        for other in made.triggers
    )
