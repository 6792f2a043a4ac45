"""A count with the whole that it is a part of, as one phrase: "seven of them", "four of the wounded"."""

import re
from typing import TYPE_CHECKING

from uncounted.stages.read.lexicon import Lexicon

if TYPE_CHECKING:
    from uncounted.stages.read.clause import Clause

_OF_THEM = re.compile(r"F[OD](?=A*[BHKtE])")
_OF_THE_HARMED = re.compile(r"FD+K(?=A*[BH]*A*K)")


def take_in_wholes(made: "Clause", lex: Lexicon) -> None:
    """Let a count that opens "seven of them died" be a phrase that ends before the verb.

    In "four of the wounded died" the first word of harm only says who they are, so it is no word of harm of its own.
    """
    pointing = lex.sets["pointing"]
    for phrase in made.phrases:
        if phrase.kind != "count" or phrase.quantity is None:
            continue
        them = _OF_THEM.match(made.classes, phrase.last)
        if them and made.tokens[phrase.last + 1].word in pointing:
            phrase.last, phrase.plural = them.end(), True
            continue
        harmed = _OF_THE_HARMED.match(made.classes, phrase.last)
        if harmed:
            inside = [one for one in made.triggers if phrase.last <= one.first < harmed.end()]
            if all(one.last <= harmed.end() and one.entry.parts & {"victims", "act"} for one in inside):
                made.triggers = [one for one in made.triggers if one not in inside]
                phrase.last, phrase.plural = harmed.end(), True
