"""Attachment: which noun phrase a word of harm speaks of.

Each word of harm opens one or two places for its victim (object, subject, complement of "of", possessor, the phrase
right before it). The noun phrases that could fill a place are scored by a few features; the weights are numbers in
``weights.json``, which a case may have changed. The best one wins, the others are kept as runners-up.
"""

import dataclasses
import re
from collections.abc import Callable

from uncounted.stages.read.candidates import Attachment, single, token_before
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.quantities import Quantity
from uncounted.stages.read.subjects import subject
from uncounted.stages.read.wording import Trigger

_TO_COMPLEMENT = re.compile(r"(?:A|W|n|[Pt][NDUXMnWJGh]{1,6}){0,4}F")


def attach(made: Clause, trigger: Trigger) -> Attachment | None:
    """The victim of a word of harm in its sentence; ``None`` where none is said."""
    if trigger.qualifying:
        return _holding(made, trigger)
    if "victims" in trigger.entry.parts and (counted := _counted_of(made, trigger)) is not None:
        return single(made, trigger, counted, "object", "counted")
    multiple = _multiple(made, trigger) if "noun" in trigger.entry.parts else None
    if multiple is not None and made.classes[trigger.last : trigger.last + 1] != "F":
        return single(made, trigger, multiple, "object", "counted")
    for parts, rule in _RULES:
        if trigger.entry.parts & parts:
            found = rule(made, trigger)
            if found or "act" in parts:
                return found
    return None


def _holding(made: Clause, trigger: Trigger) -> Attachment | None:
    for phrase in made.phrases:
        if phrase.first <= trigger.first < phrase.last:
            return single(made, trigger, phrase, "object", "qualifier")
    return None


def _object(made: Clause, trigger: Trigger) -> Attachment | None:
    at = trigger.last
    skipped = "A" if "noun" in trigger.entry.parts else "A:"  # "massacre: The mother": no victim of it
    while at < len(made.classes) and made.classes[at] in skipped:
        at += 1
    phrase = made.starting.get(at)
    if phrase is None:
        return None
    return single(made, trigger, phrase, "object", "object")


def _of_active(made: Clause, trigger: Trigger) -> Attachment | None:
    before = token_before(made.flat, trigger.first)
    if "noun" in trigger.entry.parts and made.classes[before : before + 1] in ("S", "D"):
        return None
    return _object(made, trigger)


def _complement(made: Clause, trigger: Trigger) -> Attachment | None:
    """ "the death of X", "the murder in Ostrava on 5 May of X"."""
    match = _TO_COMPLEMENT.match(made.classes, trigger.last, trigger.last + 20)
    phrase = made.starting.get(match.end()) if match else None
    if phrase is None and made.words(trigger.last, trigger.last + 1) in made.among:
        phrase = made.starting.get(trigger.last + 1)
        phrase = phrase if phrase is not None and phrase.plural else None
    if match and match.end() - trigger.last > 1 and made.classes[match.end() - 2] == "X":
        return None  # "the killings in the district of Orvale"
    counted = made.ending.get(trigger.first)
    if phrase is not None and counted is not None and counted.quantity is not None and phrase.kind == "name":
        return None  # "three deaths in the raid of Orvale"
    return single(made, trigger, phrase, "complement", "complement") if phrase else None


def _of_act(made: Clause, trigger: Trigger) -> Attachment | None:
    """ "X killed Y", "Y was killed", "Y, killed by X", "five killed"."""
    before = token_before(made.flat, trigger.first)
    if before > 0 and made.classes[before] == "J" and made.classes[before - 1] == "B":
        before -= 1  # "were presumed killed"
    letter = made.classes[before] if before >= 0 else ""
    follows = _object_follows(made, trigger)
    passive = _passive(made.classes, before, follows)
    if passive is not None:
        return subject(made, trigger, passive)
    turned = _inverted(made, trigger) if follows is None else None
    if turned is not None:
        return single(made, trigger, turned, "object", "inverted")
    directly = made.ending.get(before + 1) if before >= 0 and letter not in "RH" else None
    if directly is not None and follows is None:
        directly = _headline(made, directly) or directly
    if follows is not None:
        headline = directly is not None and directly.quantity is not None and follows.kind == "count"
        if not headline:
            return single(made, trigger, follows, "object", "object")
    if directly is None and letter == "," and before >= 1:
        directly = made.ending.get(before)
    if directly is None or letter in ("H", "R") or made.classes[trigger.last : trigger.last + 1] == "O":
        return None
    if _acts_on_a_thing(made, trigger, directly):
        return None
    return single(made, trigger, directly, "object", "reduced")


def _headline(made: Clause, phrase: NounPhrase) -> NounPhrase | None:
    """ "Taxi driver on feeder route murdered": who opens a headline, where a place stands before the participle."""
    first = made.starting.get(0)
    if first is None or first is phrase or first.kind != "person" or phrase.kind not in ("thing", "other", "name"):
        return None
    between = made.classes[first.last : phrase.first]
    return first if between in ("P", "PD") and "D" not in made.classes[:1] else None


_TO_BE = re.compile(r"(?:A|[PtF][DnJUXMnWJGNh]{1,8}|W){0,4}BA*")


def _inverted(made: Clause, trigger: Trigger) -> NounPhrase | None:
    """ "Also killed in the raid were two nurses": who was harmed, behind the verb of a sentence that the harm opens."""
    if made.classes[: trigger.first].strip("A,C"):
        return None
    match = _TO_BE.match(made.classes, trigger.last)
    return made.starting.get(match.end()) if match else None


_TO_NEXT_OBJECT = re.compile(r"C[EVK]")


def _acts_on_a_thing(made: Clause, trigger: Trigger, actor: NounPhrase) -> bool:
    """ "The frost killed the vines", "the fighters annihilated and destroyed that position", "ten men machine-gunned a
    bus": the word of harm has an object, though no person. Behind a counted actor the object has an article."""
    joined = _TO_NEXT_OBJECT.match(made.classes, trigger.last)
    at = joined.end() if joined else trigger.last
    determined = made.classes[at : at + 1] in ("D", "R")  # "that position"
    phrase = made.starting.get(at) or made.starting.get(at + 1)
    if phrase is None or phrase.kind != "thing" or phrase.spell:
        return False
    return determined or (actor.quantity is None and phrase.first == at)


def _passive(classes: str, before: int, follows: NounPhrase | None) -> int | None:
    """Where the verb group of a passive ends before its harm word; ``None`` when it is not passive."""
    if before < 0:
        return None
    if classes[before] == "B" or (classes[before] in "VE" and _before_is_be(classes, before)):
        return before
    if classes[before] in "C," and follows is None:
        return _shared_be(classes, before)
    return None


def _before_is_be(classes: str, at: int) -> bool:
    back = token_before(classes, at)
    return back >= 0 and classes[back] == "B"


def _shared_be(classes: str, at: int) -> int | None:
    """ "was kidnapped, tortured and killed": where the shared "was" stands."""
    for back in range(at, max(at - 10, -1), -1):
        if classes[back] == "B":
            return back
        if classes[back] not in "CEKVA,":
            return None
    return None


def _object_follows(made: Clause, trigger: Trigger) -> NounPhrase | None:
    at = trigger.last
    while at < len(made.classes) and (made.classes[at] == "A" or (made.classes[at] == ":" and trigger.first == 0)):
        at += 1
    phrase = made.starting.get(at)
    if phrase is None or phrase.kind in ("thing", "group"):
        return None
    return phrase


def _of_happening(made: Clause, trigger: Trigger) -> Attachment | None:
    if made.tokens[trigger.last - 1].word in made.turned and trigger.last in made.starting:
        return _object(made, trigger)  # "murieron tres personas"
    return subject(made, trigger, token_before(made.flat, trigger.first))


def _of_state(made: Clause, trigger: Trigger) -> Attachment | None:
    """ "X is dead", "12 people dead", "was found dead"."""
    classes, before = made.classes, token_before(made.flat, trigger.first)
    if before > 0 and classes[before] == "J" and classes[before - 1] == "B":
        before -= 1  # "were presumed dead"
    letter = classes[before] if before >= 0 else ""
    if letter == "B" or (letter in ("V", "E") and before and _before_is_be(classes, before)):
        return subject(made, trigger, before)
    if letter in ("V", "E"):
        return None
    directly = made.ending.get(before + 1) if before >= 0 else None
    if directly is not None and not (directly.kind == "other" and directly.quantity is None):
        return single(made, trigger, directly, "object", "state")
    return None


def _of_noun(made: Clause, trigger: Trigger) -> Attachment | None:
    """ "12 deaths", "X's murder", "civilian casualties"."""
    directly = _counted_beside(made, trigger) or made.ending.get(trigger.first) or _counted_of(made, trigger)
    if directly is None:
        return None
    if made.classes[directly.last - 1] == "S":
        return single(made, trigger, directly, "possessor", "possessor")
    if directly.quantity is not None and not _many_of_one(made, trigger, directly):
        return single(made, trigger, directly, "object", "counted")
    return None


def _counted_beside(made: Clause, trigger: Trigger) -> NounPhrase | None:
    """ "43 mine deaths", "17 stabbing deaths": the number of a plural noun of harm, where another noun describes it."""
    if not made.tokens[trigger.last - 1].word.endswith("s"):
        return None
    at = trigger.first - (made.classes[trigger.first - 1 : trigger.first] == "I")
    beside = made.ending.get(at)
    quantity = beside.quantity if beside is not None else None
    described = beside is not None and (beside.kind in ("thing", "other") or at < trigger.first)
    if beside is None or quantity is None or quantity.none or not described or beside.first != quantity.first:
        return None
    return dataclasses.replace(beside, last=quantity.last, kind="count", plural=True, head=quantity.first)


def _many_of_one(made: Clause, trigger: Trigger, counted: NounPhrase) -> bool:
    """ "the multiple assassination": a vague number before a single noun of harm counts nobody."""
    vague = counted.kind == "count" and counted.quantity is not None and counted.quantity.quantifier == "vague"
    return vague and counted.definite and not made.tokens[trigger.last - 1].word.endswith("s")


def _multiple(made: Clause, trigger: Trigger) -> NounPhrase | None:
    """ "a triple murder": how many, told by the word before a noun of harm."""
    at = trigger.first - 1
    number = made.multiple.get(made.tokens[at].word) if at >= 0 else None
    if number is None:
        return None
    return NounPhrase(at, at + 1, "count", plural=True, quantity=Quantity(number, number, "exact", at, at + 1), head=at)


def _counted_of(made: Clause, trigger: Trigger) -> NounPhrase | None:
    """ "dozens of deaths": a count that is no exact number, joined to the harm by "of"."""
    if made.classes[trigger.first - 1 : trigger.first] != "F":
        return None
    counted = made.ending.get(trigger.first - 1)
    if counted is None or counted.kind != "count" or counted.quantity is None or counted.quantity.high is not None:
        return None
    return counted


# Which rule serves which part that a harm word can play, in the order they are tried.
_RULES: tuple[tuple[frozenset[str], Callable[[Clause, Trigger], Attachment | None]], ...] = (
    (frozenset({"lives"}), _object),
    (frozenset({"noun", "ing"}), _complement),
    (frozenset({"act"}), _of_act),
    (frozenset({"active", "ing"}), _of_active),
    (frozenset({"happen"}), _of_happening),
    (frozenset({"state"}), _of_state),
    (frozenset({"noun"}), _of_noun),
)
