"""The age of a named person, from the words before or behind the name."""

import re
from functools import cache
from typing import NamedTuple

from uncounted.stages.read.roll.mention import Around, Mention
from uncounted.stages.read.roll.words import Words
from uncounted.text.numbers import numbers
from uncounted.text.tokens import tokens

GROWN = 18
"""From this age (years) on nobody is a child (UN Convention on the Rights of the Child, article 1)."""

_OLDEST = 120
_NEXT = re.compile(r" (?:(?!and\b)[a-z]+ ){0,2}[^\W\d_a-z]")
_SMALL = re.compile(r"[a-zà-ÿ-]+")


class _Patterns(NamedTuple):
    """Ages in brackets behind a name, behind it without brackets, right before it, and before it with a noun."""

    bracketed: re.Pattern[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    introducing: re.Pattern[str]


@cache
def _patterns(number: str) -> _Patterns:
    unit = r"(years?|months?|weeks?|days?)"
    bracketed = rf"\s*(?:\"[^\"]{{1,30}}\"\s*)?\([^()]{{0,30}}?\b({number}|a)\b(?:[ -]{unit})?[^()]{{0,30}}\)"
    behind = (
        rf"(?:\s*\"[^\"]{{1,30}}\")?,?\s*(?:who (?:was|is) |was (?:just |only )?|aged |age |an? |just )*"
        rf"({number})(?:[ -]{unit}(?:[ -](?:old|of age))?|(?=\s*(?:[,;.)]|(?:and|was|were|has|have|is)\b|$)))"
    )
    before = rf"\b({number}|an?)[ -]{unit}[ -]olds?\s+(?:(?:[a-z.'-]+)\s+){{0,4}}$"
    introducing = rf"\b(?:an? )?({number})[ -]{unit}[ -]olds?((?:\s+[a-zà-ÿ-]+){{1,4}}?)[,:]?\s+$"
    return _Patterns(*map(re.compile, (bracketed, behind, before, introducing)))


def read_age(mention: Mention, around: Around, former: Mention | None, words: Words) -> None:
    """Sets the age of a mention where one is told, and stretches it over the words that tell it; ``former`` is the
    mention before it in the sentence."""
    ages = _patterns(words.number)
    if found := ages.before.search(around.before):
        mention.age = _years(found, words)
        mention.first = mention.start - len(around.before) + found.start()
    if mention.age is None and (found := ages.introducing.search(around.before)):
        _introduce(mention, found, around, former, words)
    if mention.age is not None:
        return
    found = ages.bracketed.match(around.after)
    if found is None:
        found = ages.behind.match(around.after)
        if found is None or _NEXT.match(around.written, found.end()):
            return  # "Ana Orva, 23-year-old Ben Semi": the age is that of who comes next
    mention.age = _years(found, words)
    if mention.age is not None:
        mention.last = mention.end + found.end()


def _introduce(mention: Mention, found: re.Match[str], around: Around, former: Mention | None, words: Words) -> None:
    """ "an 11-year-old girl, Ana Orva": a name behind what is told of it, in a list that has begun so."""
    begins = mention.start - len(around.before) + found.start()
    if former is not None and not former.introduced and begins - former.last <= 3:
        return  # "Ben Orva, an 11-year-old boy, Ana Semi": the age is that of who came before
    mention.age = _years(found, words)
    mention.first, mention.introduced = begins, True
    for word in _SMALL.findall(found.group(3)):
        if word in words.beside:
            mention.tell(*words.beside[word])


def _years(found: re.Match[str], words: Words) -> int | None:
    """The age in whole years of a number (first group) and a unit (second); months, weeks and days are none."""
    said, unit = found.group(1), found.group(2)
    if unit is not None and not unit.startswith("year"):
        return 0
    if said in ("a", "an"):
        return 1 if unit else None
    read = numbers(tokens(said), words.language)
    value = read[0].low if len(read) == 1 else None
    return value if value is not None and value < _OLDEST else None
