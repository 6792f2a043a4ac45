"""Names of persons in a text: runs of capital words, less what the words show to be a house, an office or a place."""

import re
from collections.abc import Iterator

from uncounted.names.sex import sex_of
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.roll.ages import GROWN, read_age
from uncounted.stages.read.roll.beside import lend, read_kin, read_nouns
from uncounted.stages.read.roll.mention import Around, Mention
from uncounted.stages.read.roll.words import Words
from uncounted.text.view import View

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+|'(?!s\b)[^\W\d_]+)*")
_ARTICLED = re.compile(r"[^\W\d_]{1,3}-[^\W\d_]")
_NICKNAME = re.compile(r"\s*[(\"][^()]{0,12}")
_KIN_OF = re.compile(r"\s*\((?:the )?[a-z]+ (?:of|to) [^()]*$")
_WITHIN = re.compile(r" (?:\([^()]{1,20}\) )?")
_FOLLOWING = re.compile(r"[\s,]*([^\W\d_]+)")
_BEFORE = 70
_AFTER = 60
_MOST_WORDS = 9


def mentions(seen: View, start: int, end: int, words: Words, lex: Lexicon) -> list[Mention]:
    """The names of persons in a sentence of a view, in order.

    A single capital word counts only when something beside it tells of a person; a nickname in brackets and the owner
    of a wife or son belong to the name before them.
    """
    found: list[Mention] = []
    for first, last in _names(seen.text, start, end, words, lex):
        former = found[-1] if found else None
        if former is not None and _belongs(seen, former, first, words):
            continue
        mention = Mention(seen.text[first:last], first, last, first, last)
        if _read(seen, mention, (start, end), former, words):
            found.append(mention)
    return found


def _belongs(seen: View, former: Mention, first: int, words: Words) -> bool:
    between = seen.lower[former.last : first]
    nickname = _NICKNAME.fullmatch(seen.lower, former.end, first)
    return bool(nickname or _KIN_OF.match(between) or words.alias.fullmatch(between))


def _names(text: str, start: int, end: int, words: Words, lex: Lexicon) -> Iterator[tuple[int, int]]:
    """Runs of capital words and particles: where each begins and ends."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text, start, end):
        said = word.group()
        capital = said[0].isupper() and not (len(said) > 1 and said.isupper())
        if run:
            if text[run[-1].end() : word.start()] == " (" and text[word.end() : word.end() + 2] == ") ":
                continue  # another spelling of the word before
            tied = capital or said in words.particles or _ARTICLED.match(said) is not None
            if tied and len(run) < _MOST_WORDS and _WITHIN.fullmatch(text, run[-1].end(), word.start()):
                run.append(word)
                continue
            yield from _trimmed(run, start, words, lex)
            run = []
        if capital:
            run = [word]
    if run:
        yield from _trimmed(run, start, words, lex)


def _trimmed(run: list[re.Match[str]], start: int, words: Words, lex: Lexicon) -> Iterator[tuple[int, int]]:
    """Where a run begins and ends without roles and small words; nothing for a run that names no person."""
    said = [word.group().lower() for word in run]
    # A common word may be large only because it begins the sentence.
    first = int(run[0].start() == start and said[0] in lex.classes and said[0] not in words.particles)
    last = len(run)
    while first < last and (said[first] in words.never or said[first] in words.beside):
        first += 1
    while first < last and run[last - 1].group() in words.particles:
        last -= 1
    inside = said[first:last]
    if inside and words.bodies.isdisjoint(inside) and words.never.isdisjoint(inside):
        yield run[first].start(), run[last - 1].end()


def _read(seen: View, mention: Mention, sentence: tuple[int, int], former: Mention | None, words: Words) -> bool:
    """Fills in what the words around a name tell; whether it is taken for a person's."""
    (start, end), last = sentence, mention.end
    stop = min(end, last + _AFTER)
    before = seen.lower[max(start, mention.start - _BEFORE) : mention.start]
    around = Around(before, seen.lower[last:stop], seen.text[last:stop])
    following = _FOLLOWING.match(around.after)
    if following and following.group(1) in words.bodies and "," not in following.group():
        return False
    mention.owner = around.after.startswith("'")
    mention.telling = bool(following and following.group(1) in words.telling)
    read_age(mention, around, former, words)
    read_nouns(mention, around, former, words)
    told, guessed = mention.known, sex_of(mention.name)
    owner = read_kin(mention, seen.lower[mention.last : min(end, mention.last + _AFTER)], words)
    mention.sex = mention.sex or guessed or owner
    if mention.age is not None:
        mention.years = "child" if mention.age < GROWN else "adult"
    before = seen.lower[max(start, mention.first - _BEFORE) : mention.first]
    lend(mention, former, before, seen.lower[former.last : mention.first] if former else "", words)
    return " " in mention.name or told or guessed is not None
