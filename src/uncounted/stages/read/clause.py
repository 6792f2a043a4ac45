"""One sentence made ready for the grammar: tokens, their classes, quantities, words of harm and noun phrases."""

import dataclasses
import re

from uncounted.stages.read.clitics import apart
from uncounted.stages.read.fractions import worked_out
from uncounted.stages.read.growing import grow_up, mark_ages
from uncounted.stages.read.households import take_in_members
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.losing import settled
from uncounted.stages.read.partitive import take_in_wholes
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.phrasing import phrase_of
from uncounted.stages.read.quantities import quantities
from uncounted.stages.read.softening import soften, take_in_bounds
from uncounted.stages.read.wording import Marks, classed, harm_words, with_qualifiers, without_asides
from uncounted.text.tokens import tokens
from uncounted.text.view import View

# A noun phrase over classes: determiners and a quantity, then qualifiers, then nouns and names.
_NOUN_PHRASE = re.compile(
    r"(?:D+n*D*|n+D*|)(?:[UJXA]h[VEI]|N(?:h[XUJ])+|Nh?Xh?J|[Jk]|(?<=[DnJk])E(?=[JkEUGTXYLI])|(?<=[DnJkE])I(?=[JUGTXYL])|(?<=[JkEIU])h)*"
    r"(?:[GUTXYLMJSh]|Nh?Xh?J|(?<=h)N)*"
)


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
        turned=lex.sets["turned"], saying=lex.sets["saying"], owning=lex.sets["owning"], multiple=lex.multiple,
        of_one=lex.sets["of_one"], of_many=lex.sets["of_many"], offices=lex.sets["offices"],
    )  # fmt: skip
    by_first = {quantity.first: quantity for quantity in counted}
    for match in _NOUN_PHRASE.finditer(made.classes):
        if match.end() > match.start():
            phrase = phrase_of(made, match.start(), match.end(), by_first, lex)
            if phrase:
                made.phrases.append(phrase)
    made.phrases = _with_complements(made, lex)
    take_in_bounds(made, lex)
    take_in_members(made, lex)
    take_in_wholes(made, lex)
    mark_ages(made)
    for phrase in made.phrases:
        grow_up(made, phrase, lex)
    if lex.verb_first:
        soften(made.phrases, found, lex)
    made.ending = {phrase.last: phrase for phrase in made.phrases}
    made.starting = {phrase.first: phrase for phrase in made.phrases}
    return made


def _with_complements(made: Clause, lex: Lexicon) -> list[NounPhrase]:
    """Noun phrases with what follows "of" taken in: "members of the council", "a group of ten farmers"."""
    joined: list[NounPhrase] = []
    for phrase in made.phrases:
        before = joined[-1] if joined else None
        if before is not None and _naming(made, before, phrase, lex):
            before.last, before.named = phrase.last, True
            continue
        if before is not None and _described(made, before, phrase):
            group = phrase.group if phrase.group != "people" else before.group
            joined[-1] = dataclasses.replace(
                before, last=phrase.last, group=group, plural=True, named=phrase.named, head=phrase.head
            )
            continue
        linked = before is not None and phrase.first == before.last + 1 and made.classes[before.last] == "F"
        if before is None or not linked or before.last - before.first + phrase.last - phrase.first > 24:
            joined.append(phrase)
            continue
        holds = before.kind == "unit" and (before.unit == "body" or (phrase.quantity and not before.quantity))
        worked = worked_out(made.tokens, before, phrase.quantity, lex.parts, lex.all_but)
        if worked is not None:
            joined[-1] = dataclasses.replace(
                phrase, first=worked.first, quantity=None, inferred=worked.number, plural=True, named=False
            )
        elif before.kind in ("group", "count") or holds:
            joined[-1] = _taken(before, phrase)
        elif before.kind == "person" and phrase.kind in ("thing", "name", "other", "person", "unit", "group"):
            before.last = phrase.last
            pair = (made.tokens[before.head].word, made.tokens[phrase.head].word)
            before.group = lex.compounds.get(pair, before.group)  # "prisoners of war"
        else:
            joined.append(phrase)
    return joined


def _naming(made: Clause, before: NounPhrase, phrase: NounPhrase, lex: Lexicon) -> bool:
    """ "a boy named X": a name given after the noun."""
    if before.kind != "person" or before.plural or phrase.first != before.last + 1 or phrase.quantity:
        return False
    return made.tokens[before.last].word in lex.sets["naming"] and (phrase.named or phrase.kind == "name")


def _described(made: Clause, before: NounPhrase, phrase: NounPhrase) -> bool:
    """ "three paramilitary, border guard officers": a single noun behind a number of several describes the next."""
    quantity = before.quantity
    several = quantity is not None and quantity.quantifier != "vague" and (quantity.low or quantity.high or 0) > 1
    if not several or before.kind != "person" or before.plural is not False or before.named:
        return False
    beside = phrase.first == before.last + 1 and made.classes[before.last] == ","
    return (
        beside and phrase.kind == "person" and phrase.plural is True and phrase.quantity is None and not phrase.definite
    )


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
