"""Attachment: which noun phrase a word of harm speaks of.

Each word of harm opens one or two places for its victim (object, subject, complement of "of", possessor, the phrase
right before it). The noun phrases that could fill a place are scored by a few features; the weights are numbers in
``weights.json``, which a case may have changed. The best one wins, the others are kept as runners-up.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.quantities import Quantity
from uncounted.stages.read.wording import Trigger

_WINDOW = 30
_TO_COMPLEMENT = re.compile(r"(?:A|W|n|[Pt][NDUXMnWJGh]{1,6}){0,4}F")
_KIND_FEATURE = {
    "person": "person",
    "unit": "person",
    "name": "name",
    "other": "other",
    "thing": "thing",
    "group": "other",
    "age": "thing",
}


class Candidate(NamedTuple):
    """A noun phrase for a place, with its features and score."""

    phrase: NounPhrase
    place: str
    features: dict[str, float]
    score: float


class Attachment(NamedTuple):
    """The victim of a word of harm, by which rule, and who else stood for it, best first."""

    trigger: Trigger
    chosen: Candidate
    rule: str
    runners_up: tuple[Candidate, ...]


def attach(made: Clause, trigger: Trigger) -> Attachment | None:
    """The victim of a word of harm in its sentence; ``None`` where none is said."""
    if trigger.qualifying:
        return _holding(made, trigger)
    if "victims" in trigger.entry.parts and (counted := _counted_of(made, trigger)) is not None:
        return _single(made, trigger, counted, "object", "counted")
    multiple = _multiple(made, trigger) if "noun" in trigger.entry.parts else None
    if multiple is not None and made.classes[trigger.last : trigger.last + 1] != "F":
        return _single(made, trigger, multiple, "object", "counted")
    for parts, rule in _RULES:
        if trigger.entry.parts & parts:
            found = rule(made, trigger)
            if found or "act" in parts:
                return found
    return None


def _before(classes: str, first: int) -> int:
    """The index of the token before a word of harm, adverbs left out (-1: none)."""
    at = first - 1
    while at >= 0 and classes[at] in "A_":
        at -= 1
    return at


def _holding(made: Clause, trigger: Trigger) -> Attachment | None:
    for phrase in made.phrases:
        if phrase.first <= trigger.first < phrase.last:
            return _single(made, trigger, phrase, "object", "qualifier")
    return None


def _single(made: Clause, trigger: Trigger, phrase: NounPhrase, place: str, rule: str) -> Attachment | None:
    candidate = scored(made, phrase, place, trigger.first)
    return Attachment(trigger, candidate, rule, ()) if candidate.score > made.table["threshold"] else None


def scored(made: Clause, phrase: NounPhrase, place: str, anchor: int) -> Candidate:
    """A candidate's features and score; ``anchor`` is the token that the subject should stand before."""
    features: dict[str, float] = {"bias": 1.0, place: 1.0}
    if phrase.kind == "count":
        near = place != "subject" or made.flat[phrase.last : anchor].strip("A_") == ""
        features["counted" if near else "other"] = 1.0
    elif phrase.kind == "unit" and phrase.unit != "body" and phrase.quantity is None:
        features["other"] = 1.0
    else:
        features[_KIND_FEATURE.get(phrase.kind, "other")] = 1.0
    if phrase.quantity:
        features["quantity"] = 1.0
    if phrase.subset:
        features["subset"] = 1.0
    if place == "subject":
        between = made.flat[phrase.last : anchor].replace("_", "")
        if between.strip("A") == "":
            features["adjacent"] = 1.0
        features["gap"] = float(len(between))
        told = _relative(made, phrase, anchor)
        features["marks_between"] = float(sum(between.count(mark) for mark in ",–:("))
        features["verbs_between"] = 0.0 if told else float(sum(between.count(letter) for letter in "VEBHK"))
        features["joints_between"] = float(between.count("C"))
        if phrase.first and made.governs(phrase.first - 1):
            features["governed"] = 1.0 if made.classes[phrase.first - 1] == "F" else 1.5
            features["governed"] += _inside_a_relative(made, phrase)
        explains = phrase.quantity is None and made.tokens[phrase.first].word in made.summing
        if phrase.first >= anchor or (explains and made.flat[phrase.first - 1 : phrase.first] in (",", "–", "_")):
            features["aside"] = 1.0
    return Candidate(phrase, place, features, sum(made.table[name] * value for name, value in features.items()))


_RELATIVE = re.compile(r"R[BH]{1,2}A*[VEI]?A*(?:[Pt][^RVKHBC,;]+)*$")


def _relative(made: Clause, phrase: NounPhrase, anchor: int) -> bool:
    """ "three judges who were in charge of cases against dealers [have been killed]": whether all that stands between a
    phrase and the verb is a clause about it."""
    between = made.flat[phrase.last : anchor]
    return phrase.kind in ("person", "name", "count") and _RELATIVE.fullmatch(between) is not None


def _inside_a_relative(made: Clause, phrase: NounPhrase) -> float:
    """One for a phrase inside such a clause."""
    opened = made.flat.rfind("R", max(0, phrase.first - 12), phrase.first)
    head = made.ending.get(opened) if opened > 0 else None
    if head is None or head.kind not in ("person", "name", "count"):
        return 0.0
    return 1.0 if _RELATIVE.fullmatch(made.flat[opened : phrase.last]) else 0.0


def _object(made: Clause, trigger: Trigger) -> Attachment | None:
    at = trigger.last
    skipped = "A" if "noun" in trigger.entry.parts else "A:"  # "massacre: The mother": no victim of it
    while at < len(made.classes) and made.classes[at] in skipped:
        at += 1
    phrase = made.starting.get(at)
    if phrase is None:
        return None
    return _single(made, trigger, phrase, "object", "object")


def _of_active(made: Clause, trigger: Trigger) -> Attachment | None:
    before = _before(made.flat, trigger.first)
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
    return _single(made, trigger, phrase, "complement", "complement") if phrase else None


def _of_act(made: Clause, trigger: Trigger) -> Attachment | None:
    """ "X killed Y", "Y was killed", "Y, killed by X", "five killed"."""
    before = _before(made.flat, trigger.first)
    if before > 0 and made.classes[before] == "J" and made.classes[before - 1] == "B":
        before -= 1  # "were presumed killed"
    letter = made.classes[before] if before >= 0 else ""
    follows = _object_follows(made, trigger)
    passive = _passive(made.classes, before, follows)
    if passive is not None:
        return _subject(made, trigger, passive)
    turned = _inverted(made, trigger) if follows is None else None
    if turned is not None:
        return _single(made, trigger, turned, "object", "inverted")
    directly = made.ending.get(before + 1) if before >= 0 and letter not in "RH" else None
    if directly is not None and follows is None:
        directly = _headline(made, directly) or directly
    if follows is not None:
        headline = directly is not None and directly.quantity is not None and follows.kind == "count"
        if not headline:
            return _single(made, trigger, follows, "object", "object")
    if directly is None and letter == "," and before >= 1:
        directly = made.ending.get(before)
    if directly is None or letter in ("H", "R") or made.classes[trigger.last : trigger.last + 1] == "O":
        return None
    if _acts_on_a_thing(made, trigger, directly):
        return None
    return _single(made, trigger, directly, "object", "reduced")


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
    back = _before(classes, at)
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


def _subject(made: Clause, trigger: Trigger, before: int) -> Attachment | None:
    """The phrase that stands as subject of the verb group that ends at ``before``."""
    end = _verb_group(made.flat, before + 1)
    if end > 0 and made.flat[end - 1] == "O" and end not in made.ending:
        return None
    anchor = end
    if end > 1 and made.flat[end - 1] == ",":
        anchor = end - 1
        if not made.flat[end : before + 1].startswith("R"):
            opened = made.flat.rfind(",", max(0, end - _WINDOW), end - 1)
            anchor = opened if opened > 0 and "K" not in made.flat[opened:end] else anchor
    candidates = []
    for phrase in reversed(made.phrases):
        if phrase.last > end:
            continue
        if end - phrase.last > _WINDOW * 2 or ";" in made.flat[phrase.last : end]:
            break
        candidates.append(scored(made, phrase, "subject", anchor))
    candidates.sort(key=lambda candidate: -candidate.score)
    if not candidates or candidates[0].score <= made.table["threshold"]:
        shared = _shared_subject(made, end)
        candidates[:0] = [shared] if shared is not None else []
    if not candidates or candidates[0].score <= made.table["threshold"]:
        return None
    return Attachment(trigger, candidates[0], "subject", tuple(candidates[1:4]))


def _shared_subject(made: Clause, end: int) -> Candidate | None:
    """ "The man fell off the roof and was killed": the subject of the verb that is joined to the one of harm."""
    joint = end - 1
    while joint > 0 and made.flat[joint] in "A_":
        joint -= 1
    if joint < 1 or made.flat[joint] != "C":
        return None
    for phrase in reversed(made.phrases):
        if phrase.last > joint or phrase.kind not in ("person", "name"):
            continue
        between = made.flat[phrase.last : joint].lstrip("A_")
        if joint - phrase.last > _WINDOW or set(between) & set(";RK"):
            return None
        governed = phrase.first > 0 and made.governs(phrase.first - 1)
        if between[:1] in ("V", "E", "H", "B") and not governed and _agrees(made, phrase, end):
            candidate = scored(made, phrase, "subject", phrase.last)
            features = {**candidate.features, "shared": 1.0}
            return candidate._replace(features=features, score=candidate.score + made.table["shared"])
    return None


def _agrees(made: Clause, phrase: NounPhrase, end: int) -> bool:
    """Whether a subject is one of several as the verb says: not "the men ... and was killed"."""
    verb = made.tokens[end].word if end < len(made.tokens) else ""
    single = phrase.quantity is None and not phrase.plural
    return verb not in made.of_many if single else verb not in made.of_one


def _verb_group(flat: str, end: int) -> int:
    """Where a verb group that ends before ``end`` begins, relative pronouns and asides before it included."""
    while end > 0 and (flat[end - 1] in "BHA_" or (flat[end - 1] in "VE" and flat[end - 2 : end - 1] == "B")):
        end -= 1
    while end > 0 and flat[end - 1] in "RA_":
        end -= 1
    return end


def _of_happening(made: Clause, trigger: Trigger) -> Attachment | None:
    if made.tokens[trigger.last - 1].word in made.turned and trigger.last in made.starting:
        return _object(made, trigger)  # "murieron tres personas"
    return _subject(made, trigger, _before(made.flat, trigger.first))


def _of_state(made: Clause, trigger: Trigger) -> Attachment | None:
    """ "X is dead", "12 people dead", "was found dead"."""
    classes, before = made.classes, _before(made.flat, trigger.first)
    if before > 0 and classes[before] == "J" and classes[before - 1] == "B":
        before -= 1  # "were presumed dead"
    letter = classes[before] if before >= 0 else ""
    if letter == "B" or (letter in ("V", "E") and before and _before_is_be(classes, before)):
        return _subject(made, trigger, before)
    if letter in ("V", "E"):
        return None
    directly = made.ending.get(before + 1) if before >= 0 else None
    if directly is not None and not (directly.kind == "other" and directly.quantity is None):
        return _single(made, trigger, directly, "object", "state")
    return None


def _of_noun(made: Clause, trigger: Trigger) -> Attachment | None:
    """ "12 deaths", "X's murder", "civilian casualties"."""
    directly = made.ending.get(trigger.first) or _counted_of(made, trigger)
    if directly is None:
        return None
    if made.classes[directly.last - 1] == "S":
        return _single(made, trigger, directly, "possessor", "possessor")
    if directly.quantity is not None and not _many_of_one(made, trigger, directly):
        return _single(made, trigger, directly, "object", "counted")
    return None


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
