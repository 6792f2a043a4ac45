"""Ages told beside a person or several: they set the group, and are no counts."""

import itertools

from uncounted.stages.read.ages import all_young
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.text.numbers import numbers
from uncounted.text.tokens import tokens


def grow_up(made: Clause, phrase: NounPhrase, lex: Lexicon) -> None:
    """Sets the age of a single person where it is told, and with it the group of children and of grown sons."""
    if phrase.plural or phrase.quantity is not None:
        _grow_up_together(made, phrase, lex)
        return
    if phrase.kind not in ("person", "name"):
        return
    before = lex.age_before.search(made.view.lower, made.tokens[phrase.first].start, made.tokens[phrase.last - 1].end)
    end = made.tokens[phrase.last - 1].end
    told = before or lex.age_after.match(made.view.lower, end, end + 40)
    if told is None:
        return
    number = next(group for group in told.groups() if group)
    phrase.age = 0 if lex.months_old.search(told.group()) else _years(number, lex)
    if phrase.age is not None and phrase.age < 18 and phrase.group in ("people", "civilians", "men", "women"):
        phrase.group = "children"
    elif phrase.age is not None and phrase.age >= 18 and phrase.group == "children":
        phrase.group = "people"


def _grow_up_together(made: Clause, phrase: NounPhrase, lex: Lexicon) -> None:
    """ "two sons aged 4 and 6", "5-year-old twin girls": the group of several whose ages are told."""
    if phrase.kind != "person" or phrase.group not in ("people", "civilians", "children"):
        return
    young = all_young(made.tokens, phrase.last, lex)
    if young is None:
        first, last = made.tokens[phrase.first].start, made.tokens[phrase.last - 1].end
        told = lex.age_before.search(made.view.lower, first, last)
        years = 0 if told and lex.months_old.search(told.group()) else told and _years(told.group(1), lex)
        young = None if years is None else years < 18
    if young is not None:
        phrase.group = "children" if young else "people" if phrase.group == "children" else phrase.group


def _years(said: str, lex: Lexicon) -> int | None:
    read = numbers(tokens(said), lex.language)
    return read[0].low if len(read) == 1 else None


def mark_ages(made: Clause) -> None:
    """ "Ana Ruiz, 42,": a bare number between marks after one person is an age, not a count."""
    for before, phrase in itertools.pairwise(made.phrases):
        if (
            phrase.kind == "count"
            and phrase.first == before.last + 1
            and made.classes[before.last] in ",("
            and _closes(made, before, phrase)
            and before.quantity is None
            and (before.named or not before.plural)
            and before.kind in ("person", "name")
            and made.tokens[phrase.first].is_digits
        ):
            phrase.kind = "age"


def _closes(made: Clause, before: NounPhrase, age: NounPhrase) -> bool:
    """Whether an age ends at a mark; a name of a list may go on with its verb ("and his wife, Ana Orva, 21 were")."""
    after = made.classes[age.last : age.last + 1]
    joined = before.named and before.first > 0 and made.classes[before.first - 1] in ",C"
    return after in (",", ";", ".", ")", "") or (joined and after in ("B", "H"))
