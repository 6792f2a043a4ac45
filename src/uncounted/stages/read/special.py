"""Victims that are said without an attachment to a verb: bodies, lives, tolls, and "the victims were ..."."""

import re
from collections.abc import Iterator

from uncounted.stages.read.apposition import Victim
from uncounted.stages.read.extension import victims
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.quantities import Quantity
from uncounted.stages.read.wording import Trigger

_OF_WHAT = re.compile(r"[FPt][DnJUXM]{1,5}")


def special(made: Clause, trigger: Trigger, lex: Lexicon) -> Iterator[tuple[Victim, str]]:
    """The victims that a word of harm tells of by such a form, each with the rule's name."""
    parts = trigger.entry.parts
    if "body" in parts:
        yield from _bodies(made, trigger, lex)
    if "noun" in parts and trigger.last - trigger.first == 1 and made.tokens[trigger.first].word in lex.sets["bare"]:
        yield from _bare(made, trigger, lex)
    if "state" in parts and trigger.entry.harm == "casualties" and lex.sets["both"] & set(trigger.entry.words):
        yield from _bare(made, trigger, lex)
    if "toll" in parts:
        yield from _toll(made, trigger, lex)
    elif "victims" in parts:
        yield from _listed(made, trigger, lex)
        yield from _put_at(made, trigger, lex)


def _bare(made: Clause, trigger: Trigger, lex: Lexicon) -> Iterator[tuple[Victim, str]]:
    """ "causing injuries": harm to more than one without a count and without a word for who they were."""
    counted = made.classes[trigger.first - 1 : trigger.first] == "F" and made.classes[: trigger.first - 1].endswith("n")
    told = counted or made.ending.get(trigger.first) or made.classes[trigger.last : trigger.last + 1] == "F"
    among = made.words(trigger.last, trigger.last + 1) in lex.sets["among"]
    opens = trigger.first == 0 and made.classes[trigger.last : trigger.last + 1] == "P"  # "Dead and wounded in a raid"
    if told or among or not (opens or lex.cues["cause.before"].search(made.words(trigger.first - 4, trigger.first))):
        return
    phrase = NounPhrase(trigger.first, trigger.last, "count", plural=True, head=trigger.first)
    yield Victim(phrase, trigger.first, trigger.last), "bare"


def _bodies(made: Clause, trigger: Trigger, lex: Lexicon) -> Iterator[tuple[Victim, str]]:
    """ "the bodies of three men were found", "12 bodies"."""
    phrase = next((one for one in made.phrases if one.first <= trigger.first < one.last), None)
    if phrase is None or phrase.kind != "unit" or not lex.cues["bodies.found"].search(made.words(0, len(made.tokens))):
        return
    if phrase.quantity is None and not phrase.plural and _owned(made, phrase, trigger):
        yield Victim(phrase, phrase.first, phrase.last), "bodies"
        return
    if phrase.quantity is None and not phrase.plural and made.tokens[phrase.first].word in lex.sets["indefinite"]:
        yield Victim(phrase, phrase.first, phrase.last), "bodies"
        return
    complement = phrase.last > trigger.last and made.classes[trigger.last] == "F"
    if (
        not complement
        and phrase.quantity is None
        and not (phrase.plural and "D" not in made.classes[phrase.first : phrase.first + 1])
    ):
        return
    rest = victims(made, phrase, "complement") if complement else [Victim(phrase, phrase.first, phrase.last)]
    for victim in rest:
        yield victim, "bodies"


def _owned(made: Clause, phrase: NounPhrase, trigger: Trigger) -> bool:
    """ "the driver's body": the body of one person, who is told by a noun or a name."""
    before = made.classes[phrase.first : trigger.first]
    return before.endswith("S") and any(letter in "GTU" for letter in before)


def _toll(made: Clause, trigger: Trigger, lex: Lexicon) -> Iterator[tuple[Victim, str]]:
    """ "the death toll rose to 25", "a toll of 25 dead"."""
    best = None
    for phrase in made.phrases:
        if phrase.first < trigger.last or phrase.quantity is None:
            continue
        if phrase.first - trigger.last > 24 or set(made.classes[trigger.last : phrase.first]) & set(";K."):
            break
        if best is not None and any(token.word in lex.sets["turns"] for token in made.tokens[best.last : phrase.first]):
            break
        if phrase.quantity.quantifier == "vague" and phrase.kind == "person":
            continue
        if phrase.kind in ("count", "person") and made.tokens[phrase.first - 1].word in lex.sets["rising"]:
            best = phrase
        risen = _risen(made, phrase, lex)
        if risen is not None:
            best = risen
    if best is not None and best.quantity is not None and not best.quantity.none and not _dead(made, trigger, best):
        yield Victim(best, best.first, best.last), "toll"


def _dead(made: Clause, trigger: Trigger, phrase: NounPhrase) -> bool:
    """ "the number of victims rose to 43 dead": the noun of the number says that they are the dead, not all victims."""
    inside = [one for one in made.triggers if one is not trigger and phrase.first <= one.first < phrase.last]
    return trigger.entry.harm == "casualties" and any(one.entry.harm == "killed" for one in inside)


def _risen(made: Clause, phrase: NounPhrase, lex: Lexicon) -> NounPhrase | None:
    """ "rose from 19 to 43": of two numbers that look like a range, the new one."""
    quantity = phrase.quantity
    if (
        quantity is None
        or quantity.quantifier != "range"
        or made.tokens[phrase.first - 1].word not in lex.sets["risen"]
    ):
        return None
    first = quantity.last - 1
    new = Quantity(quantity.high, quantity.high, "exact", first, quantity.last)
    return NounPhrase(first, quantity.last, "count", plural=True, quantity=new, head=first)


def _listed(made: Clause, trigger: Trigger, lex: Lexicon) -> Iterator[tuple[Victim, str]]:
    """ "among the dead were two nurses", "the victims were identified as X and Y", "the dead include a child"."""
    opener = made.tokens[trigger.first - 1] if trigger.first else None
    if opener is not None and made.classes[trigger.first - 1] not in "DF.;":
        return
    at = _past_link(made, trigger.last, lex)
    phrase = made.starting.get(at) if at is not None else None
    if lex.cues["verb_group.denied"].search(made.words(trigger.last, at or trigger.last)):
        return
    if phrase is None or phrase.kind not in ("person", "name"):
        return
    among = trigger.first >= 2 and made.tokens[trigger.first - 2].word in lex.sets["among"]
    if phrase.kind == "name" and not (among or phrase.named):
        return
    for victim in victims(made, phrase, "complement"):
        yield victim, "listed"


def _put_at(made: Clause, trigger: Trigger, lex: Lexicon) -> Iterator[tuple[Victim, str]]:
    """ "put the number of dead at 26 and the wounded at 117": the number of those harmed, without a verb between."""
    phrase = made.starting.get(trigger.last + 1)
    if made.words(trigger.last, trigger.last + 1) not in lex.sets["put_at"] or phrase is None:
        return
    if (
        made.classes[trigger.first - 1 : trigger.first] == "D"
        and phrase.kind == "count"
        and phrase.quantity is not None
    ):
        yield Victim(phrase, phrase.first, phrase.last), "toll"


def _past_link(made: Clause, at: int, lex: Lexicon) -> int | None:
    """The index after what links "the victims" to who they were: "were", "include", "were identified by X as:"."""
    while made.classes[at : at + 1] == "A":
        at += 1
    inner = _OF_WHAT.match(made.classes, at)
    at = inner.end() if inner else at
    if at >= len(made.tokens) or made.tokens[at].word not in lex.sets["listing"]:
        return None
    at += 1
    while made.classes[at : at + 1] == "A":
        at += 1
    if at < len(made.tokens) and made.tokens[at].word in lex.sets["identified"]:
        named = next(
            (n for n in range(at + 1, min(at + 9, len(made.tokens))) if made.tokens[n].word in lex.sets["as"]), None
        )
        if named is None or "K" in made.classes[at:named]:
            return None
        at = named + 1
    elif made.classes[at : at + 1] in ("E", "K", "V"):
        return None
    while made.classes[at : at + 1] in (":", "A"):
        at += 1
    return at
