"""Names of persons in a text, each with the age, the sex and the kin that the words beside it tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from uncounted.names import parse
from uncounted.names.sex import Sex, sex_of
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.roll.words import Words
from uncounted.text.numbers import numbers
from uncounted.text.tokens import tokens
from uncounted.text.view import View

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+|'(?!s\b)[^\W\d_]+)*")
_ARTICLED = re.compile(r"[^\W\d_]{1,3}-[^\W\d_]")
_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"")
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
    introduced: bool = False

    @property
    def known(self) -> bool:
        """Whether something besides capital letters tells of a person."""
        return self.age is not None or self.sex is not None or bool(self.years)


_NEXT = re.compile(r" (?:(?!and\b)[a-z]+ ){0,2}[^\W\d_a-z]")
_NICKNAME = re.compile(r"\s*[(\"][^()]{0,12}")
_KIN_OF = re.compile(r"\s*\((?:the )?[a-z]+ (?:of|to) [^()]*$")
_WITHIN = re.compile(r" (?:\([^()]{1,20}\) )?")


def mentions(seen: View, start: int, end: int, words: Words, lex: Lexicon) -> list[Mention]:
    """The names of persons in a stretch of a view, in order. Organisations and places are left out where their words
    tell them apart; a single capital word counts only when something beside it tells of a person."""
    found: list[Mention] = []
    for first, last in _names(seen.text, start, end, words, lex):
        between = seen.lower[found[-1].last : first] if found else ""
        if found and (_NICKNAME.fullmatch(seen.lower[found[-1].end : first]) or _KIN_OF.match(between) or words.alias.fullmatch(between)):
            continue
        mention = _read(seen, first, last, start, end, words, lex.language, found)
        if mention is not None:
            _lend(seen, found, mention, words)
            found.append(mention)
    return found


def _names(text: str, start: int, end: int, words: Words, lex: Lexicon) -> Iterator[tuple[int, int]]:
    """Runs of capital words and particles: where each begins and ends."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text, start, end):
        said = word.group()
        capital = said[0].isupper() and not (len(said) > 1 and said.isupper())
        if run and text[run[-1].end() : word.start()] == " (" and text[word.end() : word.end() + 2] == ") ":
            continue  # another spelling of the word before
        joined = bool(run) and _WITHIN.fullmatch(text[run[-1].end() : word.start()]) is not None
        tied = said in words.particles or (_ARTICLED.match(said) is not None)
        if run and not (joined and (capital or tied) and len(run) < _MOST_WORDS):
            yield from _trimmed(run, start, words, lex)
            run = []
        if capital or (run and tied):
            run.append(word)
    yield from _trimmed(run, start, words, lex)


def _trimmed(run: list[re.Match[str]], start: int, words: Words, lex: Lexicon) -> Iterator[tuple[int, int]]:
    if run and run[0].start() == start and run[0].group().lower() in lex.classes:
        run = run[1:]  # a common word, large because it begins the sentence
    while run and (run[0].group().lower() in words.never or run[0].group().lower() in words.beside):
        run = run[1:]
    while run and run[-1].group() in words.particles:
        run = run[:-1]
    lowered = [word.group().lower() for word in run]
    if run and not any(word in words.bodies or word in words.never for word in lowered):
        yield run[0].start(), run[-1].end()


def _read(
    seen: View, first: int, last: int, start: int, end: int, words: Words, language: str, found: list[Mention]
) -> Mention | None:
    lower = seen.lower
    before, after = lower[max(start, first - _BEFORE) : first], lower[last : min(end, last + _AFTER)]
    following = re.match(r"[\s,]*([^\W\d_]+)", after)
    if following and following.group(1) in words.bodies and "," not in following.group():
        return None
    mention = Mention(seen.text[first:last], first, last, first, last)
    mention.owner = bool(re.match(r"'s?\b|s'", after)) or after.startswith("'")
    mention.telling = bool(following and following.group(1) in words.telling)
    _aged_before(mention, before, words, language)
    _introduced(mention, before, words, language, found)
    _aged_after(mention, after, seen.text[last : min(end, last + _AFTER)], words, language)
    _beside_before(mention, before, words)
    _beside_after(mention, seen.text[last : min(end, last + _AFTER)], after, words)
    guessed = sex_of(mention.name)
    told = mention.age is not None or mention.sex is not None or bool(mention.years)
    mention.sex = mention.sex or guessed
    _with_kin(mention, lower[mention.last : min(end, mention.last + _AFTER)], words)
    if mention.age is not None:
        mention.years = "child" if mention.age < _GROWN else "adult"
    if " " not in mention.name and not told and guessed is None:
        return None
    return mention


@cache
def _ages(number: str) -> tuple[re.Pattern[str], ...]:
    """Ages in brackets behind a name, behind it without brackets, right before it, and before it with a noun."""
    unit = r"(years?|months?|weeks?|days?)"
    inside = rf"\s*(?:\"[^\"]{{1,30}}\"\s*)?\([^()]{{0,30}}?\b({number}|a)\b(?:[ -]{unit})?[^()]{{0,30}}\)"
    behind = (
        rf"(?:\s*\"[^\"]{{1,30}}\")?,?\s*(?:who (?:was|is) |was (?:just |only )?|aged |age |an? |just )*"
        rf"({number})(?:[ -]{unit}(?:[ -](?:old|of age))?|(?=\s*(?:[,;.)]|(?:and|was|were|has|have|is)\b|$)))"
    )
    ahead = rf"\b({number}|an?)[ -]{unit}[ -]olds?\s+(?:(?:[a-z.'-]+)\s+){{0,4}}$"
    noun = rf"\b(?:an? )?({number})[ -]{unit}[ -]olds?((?:\s+[a-zà-ÿ-]+){{1,4}}?)[,:]?\s+$"
    return re.compile(inside), re.compile(behind), re.compile(ahead), re.compile(noun)


def _years(said: str, unit: str | None, language: str) -> int | None:
    if unit is not None and not unit.startswith("year"):
        return 0
    if said in ("a", "an"):
        return 1 if unit else None
    read = numbers(tokens(said), language)
    value = read[0].low if len(read) == 1 else None
    return value if value is not None and value < 120 else None


def _aged_after(mention: Mention, after: str, text: str, words: Words, language: str) -> None:
    inside, behind = _ages(words.number)[:2]
    found = inside.match(after)
    if found is None and (found := behind.match(after)) and _NEXT.match(text, found.end()):
        return  # "Ana Orva, 23-year-old Ben Semi": the age is that of who comes next
    if found is None or mention.age is not None:
        return
    mention.age = _years(found.group(1), found.group(2), language)
    if mention.age is not None:
        mention.last = mention.end + found.end()


def _aged_before(mention: Mention, before: str, words: Words, language: str) -> None:
    found = _ages(words.number)[2].search(before)
    if found is not None and mention.age is None:
        mention.age = _years(found.group(1), found.group(2), language)
        mention.first = mention.start - len(before) + found.start()


def _introduced(mention: Mention, before: str, words: Words, language: str, found: list[Mention]) -> None:
    """ "an 11-year-old girl, Ana Orva": a name behind what is told of it, in a list that has begun so."""
    told = _ages(words.number)[3].search(before)
    if told is None or mention.age is not None:
        return
    begins = mention.start - len(before) + told.start()
    if found and not found[-1].introduced and begins - found[-1].last <= 3:
        return  # "Ben Orva, an 11-year-old boy, Ana Semi": the age is that of who came before
    mention.age = _years(told.group(1), told.group(2), language)
    mention.first, mention.introduced = begins, True
    for word in re.findall(r"[a-zà-ÿ-]+", told.group(3)):
        if word in words.beside:
            _tell(mention, *words.beside[word])


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


def _with_kin(mention: Mention, after: str, words: Words) -> None:
    """ "X and his wife", "Y (34), her children": whoever has a spouse or children is grown."""
    found = words.kin_of.match(_ASIDE.sub("", after))
    if found is not None:
        _tell(mention, words.owners.get(found.group(1), ""), "adult")


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


_JOINT = re.compile(r"[\s,;&]*(?:and\b)?[\s,]*")


def is_listed(between: str) -> bool:
    """Whether nothing but the joints of a list and asides stands between two names."""
    return _JOINT.fullmatch(_ASIDE.sub("", between)) is not None


def bare(name: str) -> tuple[str, ...]:
    """The words of a name for comparing: folded, without titles and articles, "Umm Ahmed" as one word."""
    return parse(name).words
