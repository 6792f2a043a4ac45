"""Names of persons in a text, each with the age, the sex and the kin that the words beside it tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from uncounted.names import fold
from uncounted.names.sex import Sex, sex_of
from uncounted.stages.read.roll.words import Words
from uncounted.text.numbers import numbers
from uncounted.text.tokens import tokens
from uncounted.text.view import View

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+|'(?!s\b)[^\W\d_]+)*")
_BEFORE = 70
_AFTER = 60
_MOST_WORDS = 9
_GROWN = 18


@dataclass(slots=True, eq=False)
class Mention:
    """A name ``view.text[start:end]``; the words that belong to it reach from ``first`` to ``last``.

    ``age`` in years, ``sex``, ``years`` (``child``, ``adult``, ``kin`` for a son or daughter of unsaid age, or ``""``),
    ``lent`` when sex or years come from a noun before a whole list ("their children: A, B and C").
    """

    name: str
    start: int
    end: int
    first: int
    last: int
    age: int | None = None
    sex: Sex | None = None
    years: str = ""
    lent: tuple[str, str] | None = None
    owner: bool = False
    telling: bool = False


def mentions(seen: View, start: int, end: int, words: Words, language: str) -> list[Mention]:
    """The names of persons in a stretch of a view, in order. Organisations and places are left out where their words
    tell them apart; a single capital word counts only when something beside it tells of a person."""
    found: list[Mention] = []
    for first, last in _names(seen.text, start, end, words):
        mention = _read(seen, first, last, start, end, words, language)
        if mention is not None:
            _lend(seen, found, mention, words)
            found.append(mention)
    return found


def _names(text: str, start: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    """Runs of capital words and particles: where each begins and ends."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text, start, end):
        capital = word.group()[0].isupper() and not (len(word.group()) > 1 and word.group().isupper())
        joined = bool(run) and text[run[-1].end() : word.start()] == " "
        if run and not (joined and (capital or word.group() in words.particles) and len(run) < _MOST_WORDS):
            yield from _trimmed(text, run, words)
            run = []
        if capital or (run and word.group() in words.particles):
            run.append(word)
    yield from _trimmed(text, run, words)


def _trimmed(text: str, run: list[re.Match[str]], words: Words) -> Iterator[tuple[int, int]]:
    while run and (run[0].group().lower() in words.never or run[0].group().lower() in words.beside):
        run = run[1:]
    while run and run[-1].group() in words.particles:
        run = run[:-1]
    lowered = [word.group().lower() for word in run]
    if run and not any(word in words.bodies or word in words.never for word in lowered):
        yield run[0].start(), run[-1].end()


def _read(
    seen: View, first: int, last: int, start: int, end: int, words: Words, language: str
) -> Mention | None:
    lower = seen.lower
    before, after = lower[max(start, first - _BEFORE) : first], lower[last : min(end, last + _AFTER)]
    following = re.match(r"[\s,]*([^\W\d_]+)", after)
    if following and following.group(1) in words.bodies and "," not in following.group():
        return None
    mention = Mention(seen.text[first:last], first, last, first, last)
    mention.owner = bool(re.match(r"'s?\b|s'", after)) or after.startswith("'")
    mention.telling = bool(following and following.group(1) in words.telling)
    _aged_after(mention, after, words, language)
    _aged_before(mention, before, words, language)
    _beside_before(mention, before, words)
    _beside_after(mention, seen.text[last : min(end, last + _AFTER)], after, words)
    if mention.age is not None:
        mention.years = "child" if mention.age < _GROWN else "adult"
    told = mention.age is not None or mention.sex is not None or bool(mention.years)
    guessed = sex_of(mention.name)
    mention.sex = mention.sex or guessed
    if " " not in mention.name and not told and guessed is None:
        return None
    return mention


@cache
def _ages(number: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    unit = r"(years?|months?|weeks?|days?)"
    inside = rf"\s*(?:\"[^\"]{{1,30}}\"\s*)?\([^()]{{0,30}}?\b({number}|a)\b(?:[ -]{unit})?[^()]{{0,30}}\)"
    behind = (
        rf"(?:\s*\"[^\"]{{1,30}}\")?,?\s*(?:who (?:was|is) |was (?:just |only )?|aged |age |an? |just )*"
        rf"({number})(?:[ -]{unit}(?:[ -](?:old|of age))?|(?=\s*(?:[,;.)]|and\b|$)))"
    )
    ahead = rf"\b({number}|an?)[ -]{unit}[ -]olds?,?\s+(?:(?:[a-z.'-]+)\s+){{0,4}}$"
    return re.compile(inside), re.compile(behind), re.compile(ahead)


def _years(said: str, unit: str | None, language: str) -> int | None:
    if unit is not None and not unit.startswith("year"):
        return 0
    if said in ("a", "an"):
        return 1 if unit else None
    read = numbers(tokens(said), language)
    value = read[0].low if len(read) == 1 else None
    return value if value is not None and value < 120 else None


def _aged_after(mention: Mention, after: str, words: Words, language: str) -> None:
    inside, behind, _ = _ages(words.number)
    found = inside.match(after) or behind.match(after)
    if found is None:
        return
    mention.age = _years(found.group(1), found.group(2), language)
    if mention.age is not None:
        mention.last = mention.end + found.end()


def _aged_before(mention: Mention, before: str, words: Words, language: str) -> None:
    found = _ages(words.number)[2].search(before)
    if found is not None and mention.age is None:
        mention.age = _years(found.group(1), found.group(2), language)
        mention.first = mention.start - len(before) + found.start()


def _beside_before(mention: Mention, before: str, words: Words) -> None:
    """What the small words right before a name tell: "his wife", "their young son", "Dr."."""
    clause = re.split(r"[,;:()]|\band\b|'s\b", before)[-1]
    for word in reversed(re.findall(r"[a-zà-ÿ-]+", clause)[-5:]):
        if word in words.beside:
            _tell(mention, *words.beside[word])
            if mention.sex and mention.years:
                break
        elif word not in words.between and not word.isdigit():
            break


def _beside_after(mention: Mention, text: str, after: str, words: Words) -> None:
    """What an aside right after a name tells: "(a child)", ", his wife,", ", female"."""
    found = re.match(r"[^(),;.]{0,3}(?:\([^()]{0,30}\))?\s*[,(–-]\s*((?:[a-z0-9à-ÿ'-]+\s*){1,6})(?=[),;.]|$|\bwho\b)", text)
    inside = re.match(r"\s*\(([^()]{1,40})\)", after)
    for said in (found.group(1).lower() if found else "", inside.group(1) if inside else ""):
        said = re.split(r"\bof\b|\bto\b|\band\b", said)[0]
        for word in re.findall(r"[a-zà-ÿ-]+", said):
            if word in words.beside:
                _tell(mention, *words.beside[word])


def _tell(mention: Mention, sex: str, years: str) -> None:
    if sex and mention.sex is None:
        mention.sex = "f" if sex == "f" else "m"
    if years and not mention.years:
        mention.years = years


def _lend(seen: View, found: list[Mention], mention: Mention, words: Words) -> None:
    """Gives a name of a list what a plural noun before the list tells: "their children: A, B and C"."""
    plural = words.lending.search(seen.lower, max(0, mention.first - _BEFORE), mention.first)
    if plural is not None:
        mention.lent = words.beside[plural.group(1)]
    elif found and found[-1].lent and is_listed(seen.lower[found[-1].last : mention.first]):
        mention.lent = found[-1].lent
    if mention.lent is not None:
        _tell(mention, *mention.lent)


_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"")
_JOINT = re.compile(r"[\s,;&]*(?:and\b)?[\s,]*")


def is_listed(between: str) -> bool:
    """Whether nothing but the joints of a list and asides stands between two names."""
    return _JOINT.fullmatch(_ASIDE.sub("", between)) is not None


def bare(name: str) -> tuple[str, ...]:
    """The words of a name for comparing: folded, without articles."""
    return tuple(word for word in fold(name).split() if word not in ("al", "el", "bin", "ibn", "abu", "abo", "um", "umm"))
