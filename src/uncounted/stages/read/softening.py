"""Words that bound a number from behind its noun: "5 مدنيين على الأقل"."""

from collections.abc import Sequence

from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import NounPhrase
from uncounted.stages.read.quantities import said_after
from uncounted.text.tokens import Token


def soften(phrases: Sequence[NounPhrase], found: Sequence[Token], lex: Lexicon) -> None:
    """Opens the exact counts of phrases that "at least" or "about" stands right behind."""
    for phrase in phrases:
        quantity = phrase.quantity
        if quantity is None or quantity.quantifier != "exact" or quantity.none:
            continue
        after = said_after(found, phrase.last, lex)
        if after is not None and after.quantifier == "at_least":
            phrase.quantity = quantity._replace(quantifier="at_least", high=None)
        elif after is not None and after.quantifier == "about":
            phrase.quantity = quantity._replace(quantifier="about")
