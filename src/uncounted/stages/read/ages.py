"""Ages of several people: "two sons aged 4 and 6", "her daughters (6 and 9)": numbers that count nobody."""

from collections.abc import Sequence
from itertools import takewhile

from uncounted.stages.read.lexicon import Lexicon
from uncounted.text.numbers import Number, numbers
from uncounted.text.tokens import Token

_ADULT = 18
_OLDEST = 110
_FARTHEST = 16
_BEFORE_NOUNS = frozenset("GUJTYLXn")
"""Classes that a number may count: before one of them it is no age."""


def ages(found: Sequence[Token], cardinals: Sequence[Number], lex: Lexicon) -> set[int]:
    """The indices of the cardinals that go on with the ages of several, behind "aged 4"; the first of them is known
    by the word before it."""
    aged = lex.sets["aged"]
    going: set[int] = set()
    for index in range(1, len(cardinals)):
        former, number = cardinals[index - 1], cardinals[index]
        before = [token.word for token in found[max(0, former.first - 2) : former.first]]
        between = len(before) == 2 and before[0] in aged and before[1] in lex.ranging["between"]
        opened = between or (before and before[-1] in aged)
        if (opened or index - 1 in going) and _goes_on(found, former, number, lex):
            going |= {index - 1, index} if between else {index}
    return going


def aside(found: Sequence[Token], at: int, lex: Lexicon) -> int:
    """The index after the ages that begin at "aged" in ``tokens[at]``; ``at`` itself where none are told there."""
    read = numbers(found[at + 1 : at + _FARTHEST], lex.language)
    last = at + 1
    for number in read:
        first, end = number.first + at + 1, number.last + at + 1
        between = found[last:first]
        joints = lex.sets["aged_joint"] | lex.ranging["between"]
        after = found[end].word if end < len(found) else ""
        loose = len(between) > 2 or any(token.word not in joints for token in between)
        if loose or number.low >= _OLDEST or lex.classes.get(after, "") in _BEFORE_NOUNS:
            break
        last = end
    return last if last > at + 1 else at


def _goes_on(found: Sequence[Token], former: Number, number: Number, lex: Lexicon) -> bool:
    between = found[former.last : number.first]
    joined = 0 < len(between) <= 2 and all(token.word in lex.sets["aged_joint"] for token in between)
    after = found[number.last].word if number.last < len(found) else ""
    return joined and number.low < _OLDEST and lex.classes.get(after, "") not in _BEFORE_NOUNS


def all_young(found: Sequence[Token], last: int, lex: Lexicon) -> bool | None:
    """Whether all of those told of up to ``tokens[last]`` are younger than eighteen, by their ages behind it;
    ``None`` where no ages of several are told."""
    at = last
    opened = False
    while at < len(found) and at - last < 3:
        word = found[at].word
        if word in lex.sets["aged"]:
            opened = True
        elif word not in (",", "("):
            break
        opened = opened or word == "("
        at += 1
    if not opened:
        return None
    joints = lex.sets["aged_joint"]
    run = list(takewhile(lambda token: token.word in joints or _number(token, lex), found[at:]))
    years = [number.low for number in numbers(run, lex.language)]
    after = found[at + len(run)].word if at + len(run) < len(found) else ""
    if len(years) < 2 or max(years) >= _OLDEST or lex.classes.get(after, "") in _BEFORE_NOUNS:
        return None
    return max(years) < _ADULT


def _number(token: Token, lex: Lexicon) -> bool:
    return token.is_digits or bool(numbers([token], lex.language))
