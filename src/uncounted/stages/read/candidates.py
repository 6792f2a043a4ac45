"""Candidates for the victim of a word of harm: noun phrases with the features by which they are scored.

The weights are numbers in ``weights.json``, which a case may have changed.
"""

import re
from typing import NamedTuple

from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.wording import Trigger

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


def single(made: Clause, trigger: Trigger, phrase: NounPhrase, place: str, rule: str) -> Attachment | None:
    """The attachment of the one phrase that a rule points to; ``None`` where its score is too low."""
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


_RELATIVE = re.compile(r"R[BH]{1,2}A*[VEI]?A*(?:t[VU]A*)?(?:[Pt][^RVKHBC,;]+)*$")


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


def token_before(classes: str, first: int) -> int:
    """The index of the token before a word of harm, adverbs left out (-1: none)."""
    at = first - 1
    while at >= 0 and classes[at] in "A_":
        at -= 1
    return at
