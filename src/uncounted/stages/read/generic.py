"""Harm in general: "murderers of priests", "they kill peasants" tell of a habit or a threat, not of an event.

A claim of such words could neither be dated nor counted. It keeps its place among the drafts with a low confidence, so
that a reader leaves it out, and ``--explain`` can say why.
"""

from uncounted.stages.read.candidates import Attachment
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.wording import Trigger


def in_general(made: Clause, trigger: Trigger, victim: NounPhrase, attachment: Attachment | None, lex: Lexicon) -> bool:
    """Whether a word of harm and its victim tell of no event: a bare plural without number, name or article, harmed by
    a form that says neither when nor that it happened (infinitive, gerund, plural noun, qualifier)."""
    if lex.verb_first or attachment is None or not _bare_plural(victim):
        return False
    parts = trigger.entry.parts
    if attachment.rule == "qualifier" or "lives" in parts:
        return attachment.rule == "qualifier" or trigger.entry.words[0] in lex.sets["doers"]
    if victim.definite or victim.owned:
        return False
    if "ing" in parts and attachment.chosen.place == "object":
        return not _closes_a_clause(made, trigger)
    if "noun" in parts:
        return not _caused(made, trigger, lex)
    return "active" in parts and not _has_subject(made, trigger)


def _bare_plural(victim: NounPhrase) -> bool:
    return bool(victim.plural) and victim.quantity is None and not victim.named and victim.inferred is None


def _closes_a_clause(made: Clause, trigger: Trigger) -> bool:
    """ "..., killing villagers": a gerund after a mark, or after "and" behind another such, tells what came of it."""
    before = trigger.first - 1
    while before >= 0 and made.classes[before] in "A_":
        before -= 1
    if before >= 0 and made.classes[before] == "C":
        return any(other.last <= before and "ing" in other.entry.parts for other in made.triggers)
    return before >= 0 and made.classes[before] in ",–)"


def _caused(made: Clause, trigger: Trigger, lex: Lexicon) -> bool:
    """ "resulting in the death of villagers", "investigate the murder of villagers"."""
    before = made.words(trigger.first - 4, trigger.first)
    looked_into = lex.cues.get("cause.looked_into")
    return bool(lex.cues["cause.before"].search(before) or (looked_into and looked_into.search(before)))


def _has_subject(made: Clause, trigger: Trigger) -> bool:
    """ "rebels kill villagers": who does it stands right before the verb, and it is no pronoun."""
    before = trigger.first - 1
    while before >= 0 and made.classes[before] in "A_":
        before -= 1
    return made.ending.get(before + 1) is not None
