"""Relatives who are told of without a name: "his wife", "Nour's mother"."""

import re

from uncounted.model.claims import Claim
from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.stages.read.roll.words import roll_words
from uncounted.stages.read.sentence import Draft

_NAMED = re.compile(r"[,:]? (?:(?:\d\S*|or|year|month|old) ){0,5}(?!I )[A-ZÀ-Þ]")
"""A name behind a noun, an age before it or not: "his wife, 58-year-old Ana"."""

_PRESUPPOSING = frozenset({"complement", "possessor"})
"""Rules that take a death for granted ("mourned the death of his uncle")."""


def unnamed_kin(claim: Claim, draft: Draft) -> bool:
    """Whether a claim is of one person killed, told by whose kin it is and without a name of its own.

    A claim that repeats an earlier one is left out, and so is one whose name follows, or whose teller is the kin
    ("the death of my uncle"): these are on the roll by their names.
    """
    phrase, made = draft.victim.phrase, draft.made
    held = claim.harm == "killed" and claim.modality in HELD_MODALITIES and claim.scope == "incident"
    single = phrase.kind == "person" and phrase.quantity is None and not phrase.plural and phrase.inferred is None
    if not held or not single or phrase.named or any(relation.kind == "same_as" for relation in claim.relations):
        return False
    beyond = draft.victim.last > phrase.last or _NAMED.match(made.view.text, made.tokens[phrase.last - 1].end)
    if beyond or draft.rule in _PRESUPPOSING:
        return False
    owned = made.tokens[phrase.first].word in _owners(draft)
    return owned or "S" in made.classes[phrase.first : max(phrase.head, phrase.first)]


def _owners(draft: Draft) -> frozenset[str]:
    words = roll_words(draft.lexicon.language)
    return frozenset(words.owners) if words else frozenset()
