"""What a stretch of classes is as a noun phrase: a person, a unit, a name, a count, a thing."""

import itertools
import re

from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.quantities import Quantity

_AGED = re.compile(r"[DnJ]*[NU]h?Xh?J")


def phrase_of(made: Clause, first: int, last: int, counted: dict[int, Quantity], lex: Lexicon) -> NounPhrase | None:
    """What a stretch of classes is as a noun phrase."""
    letters = made.classes[first:last]
    quantity = next((counted[at] for at in range(first, last) if at in counted), None)
    if quantity and quantity.last > last:
        quantity = None
    while letters and letters[-1] in "hM" and last - first > 1:
        last, letters = last - 1, letters[:-1]
    if letters == "D" and made.tokens[first].word in lex.sets["alone"]:
        return NounPhrase(first, last, "count", quantity=Quantity(1, 1, "exact", first, last), head=first)
    if not letters or (set(letters) <= {"D", "J", "k", "h", "S", "M"} and not quantity):
        return None
    words = [token.word for token in made.tokens[first:last]]
    phrase = NounPhrase(first, last, "other", quantity=quantity)
    phrase.definite = words[0] in lex.sets["definite"]
    phrase.owned = words[0] in lex.sets["possessive"]
    only_one = words[0] in lex.sets["one"] and not quantity
    aged = _AGED.match(letters)
    nouns = aged.end() if aged else 0
    heads = [at for at, letter in enumerate(letters) if letter in "GXYL" and letters[at + 1 : at + 2] != "S"]
    heads = [at for at in heads if at >= nouns]
    names = [at for at, letter in enumerate(letters) if letter in "UTM" and at >= nouns]
    if letters.endswith("S"):
        heads = [at for at, letter in enumerate(letters) if letter in "GXYL"]
    if lex.verb_first:
        heads = heads[:1]
    if heads:
        head = heads[-1]
        phrase.head = first + head
        _headed(phrase, letters, words, heads, lex)
        if only_one and letters[head] == "G":
            phrase.plural = False  # "a personnel"
        phrase.named = phrase.kind == "person" and any(at > head for at in names)
        if (
            phrase.kind == "thing"
            and not lex.verb_first
            and letters[0] not in "n"
            and sum(at > head for at in names) >= 1 + made.view.upper_case
        ):
            phrase.kind, phrase.named = "name", True
    elif names:
        _by_names(made, phrase, names, lex)
    elif quantity:
        phrase.kind = "count"
    elif aged and nouns == len(letters) and not lex.verb_first:
        phrase.kind, phrase.plural, phrase.head = "person", False, last - 1  # "a 15-year-old"
    return phrase


def _by_names(made: Clause, phrase: NounPhrase, names: list[int], lex: Lexicon) -> None:
    """What a phrase is that has names and no common noun at its head."""
    first, letters = phrase.first, made.classes[phrase.first : phrase.last]
    quantity, words = phrase.quantity, [token.word for token in made.tokens[phrase.first : phrase.last]]
    capital = not made.view.upper_case and all(
        made.view.text[made.tokens[first + at].start].isupper() for at in names if letters[at] != "M"
    )
    titled = "T" in letters
    phrase.kind = "name" if titled or capital or (made.view.upper_case and not quantity) else "other"
    if made.view.upper_case and len(names) == 1 and words[names[0]].endswith(tuple(lex.sets["plural_looks"])):
        phrase.kind = "other"
    phrase.named = phrase.kind == "name" and letters[0] not in "Dn"
    phrase.head = first + names[-1]
    last_word = words[names[-1]]
    phrase.plural = last_word.endswith("s") and not last_word.endswith(("ss", "us", "is")) and not phrase.named
    if phrase.kind == "name" and not phrase.named:
        phrase.kind = "other"


def _headed(phrase: NounPhrase, letters: str, words: list[str], heads: list[int], lex: Lexicon) -> None:
    head = heads[-1]
    letter, word = letters[head], words[head]
    if letter == "L" and word in lex.sets["pairs"]:
        phrase.kind, phrase.plural = "person", True
        phrase.inferred = None if phrase.quantity else 2
    elif letter == "X":
        phrase.kind = "thing"
        phrase.spell = word in lex.sets["spell"]
    elif letter == "L":
        phrase.kind = "group"
    elif letter == "Y":
        phrase.kind = "unit"
        phrase.unit, phrase.plural = lex.units[word]
    else:
        noun = lex.persons.get(word)
        phrase.kind = "person"
        if noun is None:
            return
        phrase.group, phrase.plural = noun
        if word in lex.sets["siblings"] and lex.sets["young"] & set(words[:head]):
            phrase.group = "children"
        pair = tuple(words[head : head + 2] if lex.verb_first else words[max(head - 1, 0) : head + 1])
        if "-" in words[head - 1 : head] and head >= 2:
            pair = (words[head - 2], word)
        if pair in lex.compounds:
            phrase.group = lex.compounds[pair]
        elif phrase.group == "people":
            beside = words[head + 1 :] if lex.verb_first else words[:head]
            beside = list(itertools.takewhile(lambda word: word not in lex.sets["parting"], beside))
            marked = [lex.modifiers[one] for one in beside if one in lex.modifiers]
            phrase.group = marked[-1] if marked else phrase.group
        if phrase.group == "people" and len(heads) > 1 and head == heads[-1]:
            former = lex.persons.get(words[heads[-2]])
            if former and former.group in ("civilians", "combatants") and heads[-2] == head - 1:
                phrase.group = former.group
