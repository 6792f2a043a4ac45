"""Phrases that mean one victim, or a whole and its parts: "Ana Orva, a nurse", "her sons, A and B"."""

import dataclasses
from typing import NamedTuple

from uncounted.stages.read.phrase import Clause, NounPhrase


class Victim(NamedTuple):
    """Who was harmed: ``tokens[first:last]`` and the phrase that tells group and number."""

    phrase: NounPhrase
    first: int
    last: int


def apposed(made: Clause, run: list[NounPhrase]) -> list[Victim]:
    """The victims of a list of phrases in order: a name and a role beside it are one person, the others one each."""
    found: list[Victim] = []
    at = 0
    while at < len(run):
        phrase, first, last = run[at], run[at].first, run[at].last
        phrase = _shared_role(made, phrase, run[at + 1 :])
        after = run[at + 1] if at + 1 < len(run) else None
        if after is not None and made.classes[last : after.first] == "," and apposition(phrase, after):
            last, at = after.last, at + 1
            if after.named or after.kind == "name":
                group = phrase.group if after.group == "people" and phrase.group != "children" else after.group
                if after.age is None and after.group == "people":
                    group = phrase.group
                phrase = dataclasses.replace(after, group=group)
            while at + 1 < len(run) and _undetermined_role(made, run[at + 1]):
                last, at = run[at + 1].last, at + 1
        elif after is not None and (_two_roles(made, phrase, after) or _two_offices(made, phrase, after)):
            last, phrase, at = after.last, after, at + 1
        elif after is not None and _two_kinds(made, phrase, after):
            phrase, last, at = dataclasses.replace(after, first=phrase.first), after.last, at + 1
        elif after is not None and _one_population(made, phrase, after):
            merged = phrase.group if phrase.group == after.group else "people"
            phrase = dataclasses.replace(phrase, last=after.last, kind="person", group=merged, plural=True, named=False)
            last, at = after.last, at + 1
        found.append(Victim(phrase, first, last))
        at += 1
    _summed_up(made, found)
    return _spelled_out(made, found)


def _shared_role(made: Clause, phrase: NounPhrase, rest: list[NounPhrase]) -> NounPhrase:
    """ "farmers Ana Orva and Ben Semi": a plural noun before the first of several names is that of each of them."""
    after = rest[0] if rest else None
    named = phrase.kind == "person" and phrase.named and phrase.plural and phrase.quantity is None
    if not named or after is None or not single(after) or not (after.named or after.kind == "name"):
        return phrase
    joined = set(made.classes[phrase.last : after.first]) <= set(",CnN")
    return dataclasses.replace(phrase, plural=False) if joined else phrase


def apposition(one: NounPhrase, other: NounPhrase) -> bool:
    """Whether two phrases beside a comma name one person: a name and what that person is."""
    if not (_of_one(one) and single(other)):
        return False
    role, name = (one, other) if one.kind == "person" and not one.named else (other, one)
    if role is other and role.owned:
        return False  # "Ana, her mother": two persons
    return role.kind == "person" and not role.named and (name.named or name.kind == "name")


def single(phrase: NounPhrase) -> bool:
    """Whether a phrase speaks of one, without a number."""
    return phrase.quantity is None and not phrase.plural


def _of_one(phrase: NounPhrase) -> bool:
    """ "one man", "another of her daughters" beside "Ana Orva"."""
    quantity = phrase.quantity
    counted = quantity is not None and (quantity.low, quantity.quantifier) == (1, "exact") and not phrase.named
    return single(phrase) or (counted and phrase.kind == "person")


def _undetermined_role(made: Clause, phrase: NounPhrase) -> bool:
    return phrase.kind == "person" and single(phrase) and not phrase.named and made.classes[phrase.first] not in "D"


def _a_role(made: Clause, phrase: NounPhrase) -> bool:
    """A role without article, or with one that goes for the next as well: "the senator and candidate Ana Ruiz"."""
    definite = phrase.definite and not phrase.owned and phrase.kind == "person" and single(phrase) and not phrase.named
    return definite or _undetermined_role(made, phrase)


def _two_roles(made: Clause, phrase: NounPhrase, after: NounPhrase) -> bool:
    """ "senator and candidate Ana Ruiz": two roles of one named person."""
    return (
        _a_role(made, phrase)
        and made.classes[phrase.last : after.first] == "C"
        and single(after)
        and after.named
        and after.kind == "person"
        and made.classes[after.first] != "D"
    )


def _two_offices(made: Clause, phrase: NounPhrase, after: NounPhrase) -> bool:
    """ "Social leader and member of the council": two offices of one person, both without an article."""
    both = _undetermined_role(made, phrase) and _undetermined_role(made, after)
    joined = made.classes[phrase.last : after.first] == "C" and after.head >= 0
    return (
        both
        and joined
        and made.tokens[after.head].word in made.offices
        and "F" in made.classes[after.head : after.last]
    )


def _two_kinds(made: Clause, phrase: NounPhrase, after: NounPhrase) -> bool:
    """ "Kenyan and Ugandan soldiers": a bare adjective of nation shares the plural that follows it."""
    return (
        phrase.last - phrase.first == 1
        and phrase.kind == "person"
        and not phrase.plural
        and phrase.quantity is None
        and made.classes[phrase.last : after.first] == "C"
        and after.kind == "person"
        and bool(after.plural)
        and after.quantity is None
        and made.classes[after.first] not in "D"
        and after.last - after.first > 1
    )


def _one_population(made: Clause, phrase: NounPhrase, after: NounPhrase) -> bool:
    """ "1,200 women and children": one count of a mixed population."""
    return (
        phrase.quantity is not None
        and phrase.quantity.low != 1
        and after.quantity is None
        and after.kind == "person"
        and bool(after.plural)
        and made.classes[phrase.last : after.first] == "C"
        and not after.definite
    )


def _summed_up(made: Clause, found: list[Victim]) -> None:
    """ "three reporters, two Swedes and a Finn": those whose numbers add up to the first one's belong to it."""
    counts = [_exactly(victim.phrase) for victim in found]
    rest = counts[1:]
    if (
        len(rest) < 2
        or counts[0] is None
        or None in rest
        or made.classes[found[0].last : found[0].last + 1] not in (",", ":", "–")
    ):
        return
    if sum(count or 0 for count in rest) == counts[0]:
        for victim in found[1:]:
            victim.phrase.within = found[0].phrase


def _exactly(phrase: NounPhrase) -> int | None:
    if phrase.quantity is not None:
        return phrase.quantity.low if phrase.quantity.quantifier == "exact" else None
    return None if phrase.plural else 1


def _spelled_out(made: Clause, found: list[Victim]) -> list[Victim]:
    """ "her children, A, B and C": names that spell out a plural belong to it and give it its number."""
    for at, whole in enumerate(found):
        if (
            not whole.phrase.plural
            or whole.phrase.quantity is not None
            or made.classes[whole.last : whole.last + 1] not in (",", ":", "–")
        ):
            continue
        names = []
        for victim in found[at + 1 :]:
            named = victim.phrase.named or victim.phrase.kind == "name"
            if not (single(victim.phrase) and named) or victim.phrase.owned:  # "their sons, A and B, their daughter C"
                break
            names.append(victim)
        if len(names) < 2:
            continue
        whole.phrase.inferred = len(names)
        for victim in names:
            victim.phrase.within = whole.phrase
            if victim.phrase.group == "people" and victim.phrase.age is None:
                victim.phrase.group = whole.phrase.group
    return found
