"""One sentence made ready for the grammar: tokens, their classes, quantities, words of harm and noun phrases."""

import itertools
import re
from dataclasses import dataclass, field

from uncounted.model.vocabulary import Group, Unit
from uncounted.stages.read.ages import all_young
from uncounted.stages.read.clitics import apart
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.losing import settled
from uncounted.stages.read.partitive import take_in_wholes
from uncounted.stages.read.quantities import Quantity, quantities, said_after
from uncounted.stages.read.scorer import weights
from uncounted.stages.read.softening import soften
from uncounted.stages.read.wording import Marks, Trigger, classed, harm_words, with_qualifiers, without_asides
from uncounted.text.numbers import numbers
from uncounted.text.tokens import Token, tokens
from uncounted.text.view import View

# A noun phrase over classes: determiners and a quantity, then qualifiers, then nouns and names.
_AGED = re.compile(r"[DnJ]*[NU]h?Xh?J")
_NOUN_PHRASE = re.compile(
    r"(?:D+n*D*|n+D*|)(?:[UJXA]h[VEI]|N(?:h[XUJ])+|Nh?Xh?J|[Jk]|(?<=[DnJk])E(?=[JkEUGTXYLI])|(?<=[DnJkE])I(?=[JUGTXYL])|(?<=[JkEIU])h)*"
    r"(?:[GUTXYLMJSh]|Nh?Xh?J|(?<=h)N)*"
)


@dataclass(slots=True, eq=False)
class NounPhrase:
    """A noun phrase ``tokens[first:last]`` and what it can be: person, unit, name, count, thing, other, age.

    ``owned`` is for "his mother", ``age`` in years where told, ``inferred`` the number of names that a plural without
    count is spelled out by ("her children, A, B and C"), ``within`` the phrase that spells this one out.
    """

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
    owned: bool = False
    age: int | None = None
    inferred: int | None = None
    within: "NounPhrase | None" = None
    spell: bool = False
    guessed: bool = False


@dataclass(slots=True)
class Clause:
    """A sentence of a view with everything the grammar looks at. ``classes`` has one letter a token; ``flat`` is
    the same with asides as ``_``.
    """

    view: View
    tokens: list[Token]
    classes: str
    triggers: list[Trigger]
    phrases: list[NounPhrase]
    flat: str = ""
    table: dict[str, float] = field(default_factory=weights)
    subordinating: frozenset[str] = frozenset()
    among: frozenset[str] = frozenset()
    summing: frozenset[str] = frozenset()
    ending: dict[int, NounPhrase] = field(default_factory=dict)
    starting: dict[int, NounPhrase] = field(default_factory=dict)
    whole: str | None = None
    turned: frozenset[str] = frozenset()
    saying: frozenset[str] = frozenset()
    owning: frozenset[str] = frozenset()

    def governs(self, at: int) -> bool:
        """Whether the token puts what follows it into a phrase of its own; "after" before a clause does not.

        What is joined to a governed phrase is governed as well: "from the Orva and Semi families".
        """
        if self.classes[at] == "C":
            before = self.ending.get(at)
            return (
                before is not None and before.first > 0 and before.quantity is None and self.governs(before.first - 1)
            )
        return self.classes[at] in "PtF" and self.tokens[at].word not in self.subordinating

    def words(self, first: int, last: int) -> str:
        """The tokens of a stretch joined by blanks."""
        if first <= 0 and last >= len(self.tokens):
            if self.whole is None:
                self.whole = " ".join([token.word for token in self.tokens])
            return self.whole
        return " ".join([token.word for token in self.tokens[max(first, 0) : last]])


def clause(seen: View, start: int, end: int, lex: Lexicon) -> Clause:
    """The sentence ``seen.text[start:end]`` made ready."""
    found = without_asides(apart(tokens(seen.lower, start, end), lex.clitics), lex)
    counted = quantities(found, lex)
    triggers, nothing = harm_words(found, lex)
    triggers = settled(found, triggers, lex)
    classes, triggers = with_qualifiers(classed(seen, found, Marks(counted, triggers, nothing), lex), triggers)
    made = Clause(
        seen, found, "".join(classes), triggers, [], subordinating=lex.sets["subordinating"],
        among=lex.sets["among"], summing=lex.sets["summing"],
        turned=lex.sets["turned"], saying=lex.sets["saying"], owning=lex.sets["owning"],
    )  # fmt: skip
    by_first = {quantity.first: quantity for quantity in counted}
    for match in _NOUN_PHRASE.finditer(made.classes):
        if match.end() > match.start():
            phrase = _phrase(made, match.start(), match.end(), by_first, lex)
            if phrase:
                made.phrases.append(phrase)
    made.phrases = _with_complements(made, lex)
    for phrase in made.phrases:
        _bounded_behind(made, phrase, lex)
    take_in_wholes(made, lex)
    _mark_ages(made)
    for phrase in made.phrases:
        _grow_up(made, phrase, lex)
    if lex.verb_first:
        soften(made.phrases, found, lex)
    made.ending = {phrase.last: phrase for phrase in made.phrases}
    made.starting = {phrase.first: phrase for phrase in made.phrases}
    return made


def _phrase(made: Clause, first: int, last: int, counted: dict[int, Quantity], lex: Lexicon) -> NounPhrase | None:
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
        pair = tuple(words[max(head - 1, 0) : head + 1])
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


def _with_complements(made: Clause, lex: Lexicon) -> list[NounPhrase]:
    """Noun phrases with what follows "of" taken in: "members of the council", "a group of ten farmers"."""
    joined: list[NounPhrase] = []
    for phrase in made.phrases:
        before = joined[-1] if joined else None
        if before is not None and _naming(made, before, phrase, lex):
            before.last, before.named = phrase.last, True
            continue
        linked = before is not None and phrase.first == before.last + 1 and made.classes[before.last] == "F"
        if before is None or not linked or before.last - before.first + phrase.last - phrase.first > 24:
            joined.append(phrase)
            continue
        holds = before.kind == "unit" and (before.unit == "body" or (phrase.quantity and not before.quantity))
        if before.kind in ("group", "count") or holds:
            joined[-1] = _taken(before, phrase)
        elif before.kind == "person" and phrase.kind in ("thing", "name", "other", "person", "unit", "group"):
            before.last = phrase.last
            pair = (made.tokens[before.head].word, made.tokens[phrase.head].word)
            before.group = lex.compounds.get(pair, before.group)  # "prisoners of war"
        else:
            joined.append(phrase)
    return joined


def _bounded_behind(made: Clause, phrase: NounPhrase, lex: Lexicon) -> None:
    """ "12 people or more", "50 people or so": a bound that stands behind the noun belongs to the number before it."""
    quantity = phrase.quantity
    if quantity is None or quantity.quantifier != "exact" or quantity.last >= phrase.last:
        return
    after = said_after(made.tokens, phrase.last, lex)
    if after is None or len(after.words) < 2 or after.quantifier not in ("at_least", "about"):
        return
    first, phrase.last = phrase.last, phrase.last + len(after.words)
    made.classes = made.classes[:first] + "G" * len(after.words) + made.classes[phrase.last :]
    if after.quantifier == "at_least":
        phrase.quantity = quantity._replace(high=None, quantifier="at_least", last=phrase.last)
    else:
        phrase.quantity = quantity._replace(quantifier="about", last=phrase.last)


def _grow_up(made: Clause, phrase: NounPhrase, lex: Lexicon) -> None:
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


def _naming(made: Clause, before: NounPhrase, phrase: NounPhrase, lex: Lexicon) -> bool:
    """ "a boy named X": a name given after the noun."""
    if before.kind != "person" or before.plural or phrase.first != before.last + 1 or phrase.quantity:
        return False
    return made.tokens[before.last].word in lex.sets["naming"] and (phrase.named or phrase.kind == "name")


def _mark_ages(made: Clause) -> None:
    """ "Ana Ruiz, 42,": a bare number between marks after one person is an age, not a count."""
    for before, phrase in itertools.pairwise(made.phrases):
        if (
            phrase.kind == "count"
            and phrase.first == before.last + 1
            and made.classes[before.last] in ",("
            and made.classes[phrase.last : phrase.last + 1] in (",", ";", ".", ")", "")
            and before.quantity is None
            and (before.named or not before.plural)
            and before.kind in ("person", "name")
            and made.tokens[phrase.first].is_digits
        ):
            phrase.kind = "age"


def _taken(before: NounPhrase, phrase: NounPhrase) -> NounPhrase:
    """A phrase whose first noun only counts or holds what the second names."""
    quantity = before.quantity
    inner = phrase.quantity
    if before.kind == "group" and inner:
        quantity = inner
    if before.kind == "unit" and not quantity and inner:
        quantity = inner
    kind = phrase.kind if phrase.kind in ("person", "name", "other", "thing", "unit") else before.kind
    if before.kind == "unit" and before.unit == "body":
        kind = "unit"
    plural = True if quantity is not None or before.kind == "group" else phrase.plural
    unit = before.unit if kind == "unit" else phrase.unit
    return NounPhrase(
        before.first, phrase.last, kind, phrase.group, plural, unit, quantity, before.definite,
        phrase.named and before.kind == "unit", phrase.head, False,
    )  # fmt: skip
