"""Modality and scope: whether a harm is said to have happened, and over what stretch of time it is counted."""

from uncounted.model.vocabulary import Modality, Scope
from uncounted.stages.read.clause import Clause, NounPhrase, Trigger
from uncounted.stages.read.lexicon import Lexicon

_REACH = 18
_TURNS = frozenset({"but", "while", "although", "though", "whereas", ";", "–", "however"})
_MANAGED = frozenset({"managed", "able", "succeeded", "said", "reported", "claimed", "claims", "alleged", "admitted", "seen"})


def modality(made: Clause, trigger: Trigger, victim: NounPhrase | None, lex: Lexicon) -> Modality | None:
    """How the harm is said; ``None`` for a mere attempt, which tells of no harm."""
    first = _opening(made, trigger)
    before = made.words(first, trigger.first)
    group = made.words(max(first, trigger.first - 4), trigger.first)
    after = made.words(trigger.last, trigger.last + 8)
    cues = lex.cues
    if victim is not None and victim.quantity is not None and victim.quantity.none:
        return "denied"
    if cues["before.no_estimate"].search(before):
        return "no_estimate"
    if trigger.entry.parts & {"noun", "act", "active"} and cues["after.attempted"].match(after):
        return None
    if cues["before.ordered"].search(before):
        return "ordered"
    if cues["before.threatened"].search(before):
        return "threatened"
    infinitive = "active" in trigger.entry.parts and group.endswith(" to")
    if cues["before.attempted"].search(made.words(max(first, trigger.first - 7), trigger.first)):
        return None
    if cues["verb_group.denied"].search(group) or cues["before.denied"].search(before):
        return "denied"
    if cues["before.possible"].search(before) or cues["verb_group.possible"].search(group):
        return "possible"
    if infinitive and not _MANAGED & set(before.split()):
        return "possible"
    if cues["before.presumed"].search(before) or cues["after.presumed"].match(after):
        return "presumed"
    estimated = victim is not None and victim.quantity is not None and victim.quantity.estimated
    if estimated or cues["before.estimated"].search(before):
        return "estimated"
    return "asserted"


def _opening(made: Clause, trigger: Trigger) -> int:
    """Where the clause of a word of harm opens: after the last turn of the sentence, or another harm that is over."""
    first = max(0, trigger.first - _REACH)
    for at in range(trigger.first - 1, first - 1, -1):
        if made.tokens[at].word in _TURNS:
            return at + 1
    for other in made.triggers:
        if first < other.last <= trigger.first and set(made.classes[other.last : trigger.first]) - set("CKA,"):
            first = other.last
    return first


def scope(made: Clause, lex: Lexicon) -> Scope:
    """Whether a sentence counts one incident, a stretch of time, or everything since a beginning."""
    text = made.words(0, len(made.tokens))
    if lex.cues["scope.cumulative"].search(text):
        return "cumulative"
    return "period" if lex.cues["scope.period"].search(text) else "incident"
