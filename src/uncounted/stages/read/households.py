"""A noun that holds people, with those whom it holds: "عائلة من خمسة أفراد", "جثث 5 أشخاص".

Where the noun stands before its count the members follow it at once; the noun alone would be read as one family, or as
bodies without a number.
"""

from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase


def take_in_members(made: Clause, lex: Lexicon) -> None:
    """Let a family be counted by its members, and bodies by those whose they are."""
    if not lex.verb_first:
        return
    for phrase in list(made.phrases):
        if phrase.kind != "unit" or phrase.quantity is not None:
            continue
        inside = next((one for one in made.phrases if one.first == phrase.last), None)
        counted = inside is not None and inside.kind == "person" and inside.quantity is not None
        if phrase.unit == "body":
            if inside is not None and counted and phrase.plural:
                _counted(made, phrase, inside)
        elif not phrase.plural and (of := _of(made, phrase, lex)):
            if inside is not None and counted and of == phrase.last:
                _counted(made, phrase, inside)
                phrase.kind, phrase.unit, phrase.head = "person", "person", inside.head
            elif of + 1 == phrase.last and (member := lex.persons.get(made.tokens[of].word)) and not member[1]:
                phrase.kind, phrase.unit, phrase.group, phrase.head = "person", "person", member[0], of


def _of(made: Clause, phrase: NounPhrase, lex: Lexicon) -> int:
    """The index after the last "of" within a phrase; 0 where there is none."""
    places = [at for at in range(phrase.first, phrase.last) if made.tokens[at].word in lex.sets["holding_of"]]
    return places[-1] + 1 if places else 0


def _counted(made: Clause, phrase: NounPhrase, inside: NounPhrase) -> None:
    """Give a phrase the number of the one that follows it, and its words."""
    made.phrases = [one for one in made.phrases if one is not inside]
    phrase.quantity, phrase.group, phrase.last, phrase.plural = inside.quantity, inside.group, inside.last, True
