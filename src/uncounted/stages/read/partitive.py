"""A count with the whole that it is a part of, as one phrase: "seven of them", "four of the wounded"."""

import re

from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase

_OF_THEM = re.compile(r"F[OD](?=A*[BHKtE])")
_OF_THE_HARMED = re.compile(r"FD+n*K(?=A*[BH]*A*K)")

_HARMED = re.compile(r"K(?=A*[BH]*A*K)")


def take_in_wholes(made: Clause, lex: Lexicon) -> None:
    """Let a count that opens "seven of them died" be a phrase that ends before the verb.

    In "four of the wounded died" the first word of harm only says who they are, so it is no word of harm of its own.
    """
    pointing = lex.sets["pointing"]
    for phrase in list(made.phrases):
        if phrase.kind != "count" or phrase.quantity is None:
            continue
        them = _OF_THEM.match(made.classes, phrase.last)
        if them and made.tokens[phrase.last + 1].word in pointing:
            phrase.last, phrase.plural = them.end(), True
            continue
        if _of_the_displaced(made, phrase):
            continue
        harmed = _OF_THE_HARMED.match(made.classes, phrase.last)
        if harmed is None and "F" in made.classes[phrase.first : phrase.last]:
            harmed = _HARMED.match(made.classes, phrase.last)  # "two of the five wounded died"
        if harmed:
            inside = [one for one in made.triggers if phrase.last <= one.first < harmed.end()]
            if all(one.last <= harmed.end() and one.entry.parts & {"victims", "act"} for one in inside):
                made.triggers = [one for one in made.triggers if one not in inside]
                phrase.last, phrase.plural = harmed.end(), True


def _of_the_displaced(made: Clause, phrase: NounPhrase) -> bool:
    """ "dozens of displaced people were killed": a state that only says who they are, where another harm follows."""
    at = phrase.last + 1
    state = next((one for one in made.triggers if one.first == at), None)
    inner = next((one for one in made.phrases if one.first in (at, at + 1) and one.last > at + 1), None)
    follows = any(one.first > at + 1 for one in made.triggers)
    if made.classes[phrase.last : at + 1] != "FK" or state is None or inner is None or not follows:
        return False
    if "state" not in state.entry.parts or state.last != at + 1 or inner.kind != "person" or inner.quantity is not None:
        return False
    made.triggers = [one for one in made.triggers if one is not state]
    made.phrases = [one for one in made.phrases if one is not inner]
    phrase.kind, phrase.group, phrase.plural, phrase.head, phrase.last = (
        "person",
        inner.group,
        True,
        inner.head,
        inner.last,
    )
    return True
