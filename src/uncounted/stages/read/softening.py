"""Words that bound a number from behind its noun: "5 مدنيين على الأقل", "12 people or more"."""

from collections.abc import Sequence

from uncounted.stages.read.lexicon import Around, Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.quantities import Quantity, said_after
from uncounted.text.tokens import Token


def soften(phrases: Sequence[NounPhrase], found: Sequence[Token], lex: Lexicon) -> None:
    """Opens the exact counts of phrases that "at least" or "about" stands right behind."""
    for phrase in phrases:
        if phrase.quantity is None or phrase.quantity.none:
            continue
        phrase.quantity = _bounded(phrase.quantity, said_after(found, phrase.last, lex)) or phrase.quantity


def take_in_bounds(made: Clause, lex: Lexicon) -> None:
    """ "12 people or more", "50 people or so": a bound of several words behind the noun belongs to the number before
    it, and becomes a part of the phrase."""
    for phrase in made.phrases:
        quantity = phrase.quantity
        if quantity is None or quantity.last >= phrase.last:
            continue
        after = said_after(made.tokens, phrase.last, lex)
        bounded = _bounded(quantity, after)
        if after is None or bounded is None or len(after.words) < 2:
            continue
        first, phrase.last = phrase.last, phrase.last + len(after.words)
        made.classes = made.classes[:first] + "G" * len(after.words) + made.classes[phrase.last :]
        phrase.quantity = bounded._replace(last=phrase.last)


def _bounded(quantity: Quantity, after: Around | None) -> Quantity | None:
    """An exact number as the words behind it bound it; ``None`` where they do not."""
    if after is None or quantity.quantifier != "exact":
        return None
    if after.quantifier == "at_least":
        return quantity._replace(quantifier="at_least", high=None)
    return quantity._replace(quantifier="about") if after.quantifier == "about" else None
