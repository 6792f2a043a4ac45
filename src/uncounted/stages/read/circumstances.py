"""Who did it and by what means, as far as the clause of a harm says."""

from uncounted.model.claims import Named
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.wording import Trigger

_NEAR = 14


def means(made: Clause, trigger: Trigger, lex: Lexicon) -> Named | None:
    """The means that stands nearest to a word of harm in its sentence."""
    first, last = max(0, trigger.first - _NEAR), min(len(made.tokens), trigger.last + _NEAR)
    begin, end = made.tokens[first].start, made.tokens[last - 1].end
    anchor = made.tokens[trigger.first].start
    best, nearest = None, 0
    for match in lex.means_pattern.finditer(made.view.lower, begin, end):
        distance = abs(match.start() - anchor)
        if best is None or distance < nearest:
            best, nearest = match, distance
    if best is None:
        return None
    passage = made.view.passage(best.start(), best.end())
    return Named(name=lex.means[best.group()], text=passage.text, start=passage.start, end=passage.end)


def actor(made: Clause, trigger: Trigger, victim: NounPhrase | None, lex: Lexicon) -> Named | None:
    """Who did it: what follows "by", the subject of an active verb, the words before the means."""
    phrase = _by(made, trigger, lex) or _subject(made, trigger, victim)
    if phrase is None:
        return None
    first, last = phrase.first, phrase.last
    while first < last and made.classes[first] in "DnJ" and made.tokens[first].word not in lex.sets["forces"]:
        first += 1
    if phrase.kind == "thing":
        owner = _owner(made, first, last, lex)
        if owner is None:
            return None
        first, last = owner
    if first >= last:
        return None
    passage = made.view.passage(made.tokens[first].start, made.tokens[last - 1].end)
    return Named(name=" ".join(passage.text.split()), text=passage.text, start=passage.start, end=passage.end)


def _by(made: Clause, trigger: Trigger, lex: Lexicon) -> NounPhrase | None:
    for at in range(trigger.last, min(trigger.last + 10, len(made.tokens) - 1)):
        if made.classes[at] in ",;KV" and at > trigger.last:
            return None
        if made.tokens[at].word in lex.sets["agent"]:
            return made.starting.get(at + 1)
    return None


def _subject(made: Clause, trigger: Trigger, victim: NounPhrase | None) -> NounPhrase | None:
    """The subject of an active verb whose object is the victim."""
    if victim is None or victim.first < trigger.last or not trigger.entry.parts & {"act", "active"}:
        return None
    at = trigger.first
    while at > 0 and made.classes[at - 1] in "AHR":
        at -= 1
    phrase = made.ending.get(at)
    return phrase if phrase is not None and phrase.kind in ("person", "name", "thing", "other", "group") else None


def _owner(made: Clause, first: int, last: int, lex: Lexicon) -> tuple[int, int] | None:
    """The words before a means that name whose it was: "Coalition" of "Coalition airstrike"."""
    forces = lex.sets["forces"]
    text = made.view.lower[made.tokens[first].start : made.tokens[last - 1].end]
    match = lex.means_pattern.search(text)
    if match is None:
        return (first, last) if any(made.tokens[at].word in forces for at in range(first, last)) else None
    at = made.tokens[first].start + match.start()
    stop = next((index for index in range(first, last) if made.tokens[index].end > at), last)
    while stop > first and made.classes[stop - 1] in "hSJX" and made.tokens[stop - 1].word not in forces:
        stop -= 1
    return (first, stop) if stop > first and made.classes[stop - 1] in "UXMGJ" else None
