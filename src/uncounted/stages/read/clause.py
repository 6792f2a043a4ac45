"""One sentence made ready for the grammar: tokens, their classes, quantities, words of harm and noun phrases."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from uncounted.model.vocabulary import Group, Unit
from uncounted.stages.read.lexicon import Harming, Lexicon
from uncounted.stages.read.quantities import Quantity, quantities
from uncounted.text.tokens import Token, tokens
from uncounted.text.view import View

# A noun phrase over classes: determiners and a quantity, then qualifiers, then nouns and names.
_NOUN_PHRASE = re.compile(
    r"(?:D+n*D*|n+D*|)(?:[Jk]|(?<=[DnJk])E(?=[JkEUGTXYLI])|(?<=[DnJkE])I(?=[JUGTXYL])|(?<=[JkEIU])h)*[GUTXYLMJSh]*"
)
_MARKS = {",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", "–": "–", ".": ".", "\n": ";", "!": ".", "?": ".", "…": "."}


class Trigger(NamedTuple):
    """A word or phrase of harm where it stands: ``tokens[first:last]``."""

    entry: Harming
    first: int
    last: int
    qualifying: bool = False


@dataclass(slots=True, eq=False)
class NounPhrase:
    """A noun phrase ``tokens[first:last]`` and what it can be: person, unit, name, count, thing, other."""

    first: int
    last: int
    kind: str
    group: Group = "people"
    plural: bool | None = None
    unit: Unit = "person"
    quantity: Quantity | None = None
    definite: bool = False
    named: bool = False
    head: int = -1
    subset: bool = False


@dataclass(slots=True)
class Clause:
    """A sentence of a view with everything the grammar looks at. ``classes`` has one letter a token."""

    view: View
    tokens: list[Token]
    classes: str
    triggers: list[Trigger]
    phrases: list[NounPhrase]
    ending: dict[int, NounPhrase] = field(default_factory=dict)
    starting: dict[int, NounPhrase] = field(default_factory=dict)

    def words(self, first: int, last: int) -> str:
        """The tokens of a stretch joined by blanks."""
        return " ".join(token.word for token in self.tokens[max(first, 0) : last])


def clause(seen: View, start: int, end: int, lex: Lexicon) -> Clause:
    """The sentence ``seen.text[start:end]`` made ready."""
    found = _without_asides(tokens(seen.lower, start, end))
    counted = quantities(found, lex)
    triggers, named_nothing = _triggers(found, lex)
    classes = _classes(seen, found, counted, triggers, named_nothing, lex)
    classes, triggers = _qualifying(classes, triggers)
    made = Clause(seen, found, "".join(classes), triggers, [])
    by_first = {quantity.first: quantity for quantity in counted}
    for match in _NOUN_PHRASE.finditer(made.classes):
        if match.end() > match.start():
            phrase = _phrase(made, match.start(), match.end(), by_first, lex)
            if phrase:
                made.phrases.append(phrase)
    made.phrases = _with_complements(made, lex)
    made.ending = {phrase.last: phrase for phrase in made.phrases}
    made.starting = {phrase.first: phrase for phrase in made.phrases}
    return made


def _without_asides(found: list[Token]) -> list[Token]:
    """Tokens without quotation marks and without asides in square brackets, or in round ones that tell no count."""
    kept: list[Token] = []
    depth_from = -1
    for token in found:
        if token.word in "\"'*_«»":
            continue
        if token.word in ("[", "("):
            depth_from = len(kept)
        kept.append(token)
        if token.word in ("]", ")") and depth_from >= 0:
            inside = kept[depth_from + 1 : -1]
            telling = kept[depth_from].word == "(" and len(inside) > 1 and any(one.is_digits or one.word in ("including", "two", "three", "one", "a") for one in inside)
            if not telling:
                del kept[depth_from:]
            depth_from = -1
    return kept


def _triggers(found: list[Token], lex: Lexicon) -> tuple[list[Trigger], set[int]]:
    """Words of harm, longest first, and the tokens of set phrases that tell of none."""
    triggers: list[Trigger] = []
    nothing: set[int] = set()
    at = 0
    while at < len(found):
        word = found[at].word
        for phrase in lex.nothing.get(word, ()):
            if all(at + n < len(found) and found[at + n].word == part for n, part in enumerate(phrase)):
                nothing.update(range(at, at + len(phrase)))
                at += len(phrase)
                break
        else:
            for entry in lex.harming.get(word, ()):
                words = entry.words
                if at + len(words) <= len(found) and all(found[at + n].word == part for n, part in enumerate(words)):
                    triggers.append(Trigger(entry, at, at + len(words)))
                    at += len(words)
                    break
            else:
                at += 1
    return triggers, nothing


def _classes(
    seen: View, found: list[Token], counted: list[Quantity], triggers: list[Trigger], nothing: set[int], lex: Lexicon
) -> list[str]:
    look = lex.classes
    classes: list[str] = []
    for token in found:
        word = token.word
        letter = look.get(word)
        if letter is None:
            if word[0].isalpha():
                letter = "E" if word.endswith("ed") and len(word) > 4 else "I" if word.endswith("ing") and len(word) > 5 else "U"
                if letter != "U" and not seen.upper_case and seen.text[token.start].isupper() and classes and classes[-1] not in ".;":
                    letter = "U"
            elif word[0].isdigit():
                letter = "N"
            elif word[0] == "'":
                letter = "S"
            elif word == "-":
                letter = "h"
            else:
                letter = _MARKS.get(word, "U" if word[0] == "@" else "z")
        classes.append(letter)
    for index, letter in enumerate(classes):
        if letter == "h" and not _adjoins(found, index):
            classes[index] = "–"
    for quantity in counted:
        for at in range(quantity.first, quantity.last):
            classes[at] = "n"
    for at in nothing:
        classes[at] = "X"
    for trigger in triggers:
        letter = "Y" if "body" in trigger.entry.parts else "K"
        for at in range(trigger.first, trigger.last):
            classes[at] = letter
    return classes


def _adjoins(found: list[Token], at: int) -> bool:
    return 0 < at < len(found) - 1 and found[at - 1].end == found[at].start and found[at].end == found[at + 1].start


def _qualifying(classes: list[str], triggers: list[Trigger]) -> tuple[list[str], list[Trigger]]:
    """Marks harm words that qualify a noun: "two wounded soldiers", "the dead man"."""
    made = []
    for trigger in triggers:
        at = trigger.first
        qualifies = (
            trigger.last == at + 1
            and trigger.entry.parts & {"act", "state"}
            and at > 0
            and classes[at - 1] in "DnJ"
            and trigger.last < len(classes)
            and classes[trigger.last] in "GUJT"
            and "killed" not in trigger.entry.words
        )
        if qualifies:
            classes[at] = "k"
        made.append(trigger._replace(qualifying=bool(qualifies)))
    return classes, made


def _phrase(made: Clause, first: int, last: int, counted: dict[int, Quantity], lex: Lexicon) -> NounPhrase | None:
    """What a stretch of classes is as a noun phrase."""
    letters = made.classes[first:last]
    quantity = next((counted[at] for at in range(first, last) if at in counted), None)
    if quantity and quantity.last > last:
        quantity = None
    while letters and letters[-1] in "hM" and last - first > 1:
        last, letters = last - 1, letters[:-1]
    if not letters or set(letters) <= {"D", "J", "k", "h", "S", "M"} and not quantity:
        return None
    words = [token.word for token in made.tokens[first:last]]
    phrase = NounPhrase(first, last, "other", quantity=quantity)
    phrase.definite = words[0] in lex.definite
    heads = [
        at for at, letter in enumerate(letters) if letter in "GXYL" and not letters[at + 1 : at + 2] == "S"
    ]
    names = [at for at, letter in enumerate(letters) if letter in "UTM"]
    if letters.endswith("S"):
        heads = [at for at, letter in enumerate(letters) if letter in "GXYL"]
    if heads:
        head = heads[-1]
        phrase.head = first + head
        _headed(phrase, letters, words, head, heads, lex)
        phrase.named = phrase.kind == "person" and any(at > head for at in names)
        if phrase.kind == "thing" and names and names[-1] > head and letters[0] not in "Dn" and not made.view.upper_case:
            phrase.kind, phrase.named = "name", True
    elif names:
        capital = not made.view.upper_case and all(
            made.view.text[made.tokens[first + at].start].isupper() for at in names if letters[at] != "M"
        )
        titled = "T" in letters
        phrase.kind = "name" if titled or capital or (made.view.upper_case and not quantity) else "other"
        phrase.named = phrase.kind == "name" and letters[0] not in "Dn"
        phrase.head = first + names[-1]
        last_word = words[names[-1]]
        phrase.plural = last_word.endswith("s") and not last_word.endswith(("ss", "us", "is")) and not phrase.named
        if phrase.kind == "name" and not phrase.named:
            phrase.kind = "other"
    elif quantity:
        phrase.kind = "count"
    return phrase


def _headed(phrase: NounPhrase, letters: str, words: list[str], head: int, heads: list[int], lex: Lexicon) -> None:
    letter, word = letters[head], words[head]
    if letter == "X":
        phrase.kind = "thing"
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
        pair = tuple(words[max(head - 1, 0) : head + 1])
        if "-" in words[head - 1 : head] and head >= 2:
            pair = (words[head - 2], word)
        if pair in lex.compounds:
            phrase.group = lex.compounds[pair]
        elif phrase.group == "people":
            marked = [lex.modifiers[one] for one in words[:head] if one in lex.modifiers]
            phrase.group = marked[-1] if marked else phrase.group
        if phrase.group == "people" and len(heads) > 1 and head == heads[-1]:
            former = lex.persons.get(words[heads[-2]])
            if former and former.group in ("civilians", "combatants") and heads[-2] == head - 1:
                phrase.group = former.group


def _with_complements(made: Clause, lex: Lexicon) -> list[NounPhrase]:
    """Noun phrases with what follows "of" taken in: "members of the council", "a group of ten farmers"."""
    joined: list[NounPhrase] = []
    for phrase in made.phrases:
        before = joined[-1] if joined else None
        linked = before is not None and phrase.first == before.last + 1 and made.classes[before.last] == "F"
        if before is None or not linked or before.last - before.first + phrase.last - phrase.first > 24:
            joined.append(phrase)
            continue
        if before.kind in ("group", "count") or (before.kind == "unit" and before.unit == "body"):
            joined[-1] = _taken(before, phrase)
        elif before.kind == "person" and phrase.kind in ("thing", "name", "other", "person", "unit", "group"):
            before.last = phrase.last
        else:
            joined.append(phrase)
    return joined


def _taken(before: NounPhrase, phrase: NounPhrase) -> NounPhrase:
    """A phrase whose first noun only counts or holds what the second names."""
    quantity = before.quantity
    inner = phrase.quantity
    if before.kind == "group" and inner:
        quantity = inner
    if before.kind == "unit" and not quantity and inner:
        quantity = inner
    kind = phrase.kind if phrase.kind in ("person", "name", "other", "thing", "unit") else before.kind
    if before.kind == "unit":
        kind = "unit"
    plural = True if quantity is not None or before.kind == "group" else phrase.plural
    unit = before.unit if before.kind == "unit" else phrase.unit
    return NounPhrase(
        before.first, phrase.last, kind, phrase.group, plural, unit, quantity, before.definite,
        phrase.named and before.kind == "unit", phrase.head, False,
    )  # fmt: skip
