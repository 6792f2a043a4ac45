"""Quantities: a number with the words around it that open, bound or soften it."""

from collections.abc import Container, Sequence
from typing import NamedTuple, cast

from uncounted.model.vocabulary import Quantifier
from uncounted.stages.read.ages import ages
from uncounted.stages.read.lexicon import Around, Lexicon, Phrase
from uncounted.text.numbers import Number, numbers
from uncounted.text.tokens import Token

_FORMER_YEARS = range(1900, 2100)


class Quantity(NamedTuple):
    """How many, as said: ``tokens[first:last]``. ``none`` for "no", ``further`` for "another five", ``estimated`` for
    "an estimated 50"."""

    low: int | None
    high: int | None
    quantifier: Quantifier
    first: int
    last: int
    further: bool = False
    estimated: bool = False
    none: bool = False


def quantities(found: Sequence[Token], lex: Lexicon) -> list[Quantity]:
    """The quantities among tokens, in order, without overlap. Dates, ages, measures, money and names are left out."""
    cardinals = _cardinals(found, lex)
    numbered: dict[int, Quantity] = {}
    floor = index = 0
    while index < len(cardinals):
        quantity = _numbered(found, cardinals, index, floor, lex)
        numbered[quantity.first] = quantity
        floor = quantity.last
        while index < len(cardinals) and cardinals[index].first < floor:
            index += 1
    read: list[Quantity] = []
    at = 0
    while at < len(found):
        said = numbered.get(at)
        if said is None and found[at].word in lex.worded:
            said = _worded(found, at, numbered, lex)
        if said:
            read.append(said)
        at = said.last if said else at + 1
    return read


def _cardinals(found: Sequence[Token], lex: Lexicon) -> list[Number]:
    read = numbers(found, lex.language)
    old = ages(found, read, lex) if len(read) > 1 else ()
    return [number for index, number in enumerate(read) if index not in old and _counts(found, number, lex)]


def _counts(found: Sequence[Token], number: Number, lex: Lexicon) -> bool:
    """Whether a cardinal may count people, by the words beside it."""
    before = found[number.first - 1].word if number.first else ""
    after = found[number.last].word if number.last < len(found) else ""
    measured = after in lex.sets["measure"] or after in lex.sets["month"] or after in lex.sets["currency"]
    tied = before in lex.sets["currency"] or before in lex.sets["numbered"] or _part_of_a_name(found, number, lex)
    if measured or tied or _hyphenated(found, number, lex) or _dated(found, number, lex):
        return False
    if number.low in _FORMER_YEARS and found[number.first].word.isdecimal():
        return after in lex.persons or lex.classes.get(after) == "F" or before in lex.sets["comparing"]
    return True


def _hyphenated(found: Sequence[Token], number: Number, lex: Lexicon) -> bool:
    """``5-year-old``, ``M-16``, ``5:30``: a mark that touches the number ties it to another word."""
    after = found[number.last] if number.last < len(found) else None
    later = found[number.last + 1].word if number.last + 1 < len(found) else ""
    if after is not None and after.start == number.end:
        if after.word in (":", "/", ".") and later[:1].isdecimal():
            return True
        worded = later.isalpha() and later not in lex.ranging["to"]
        if after.word == "-" and said_after(found, number.last, lex) is not None:
            return False  # "50-odd"
        if after.word == "-" and (later in lex.sets["measure"] or (worded and later not in lex.classes)):
            return True
    before = found[number.first - 1] if number.first >= 2 else None
    if before is None or before.word != "-" or before.start != found[number.first - 2].end:
        return False
    return not (found[number.first - 2].is_digits or found[number.first - 2].word == "-")


def _dated(found: Sequence[Token], number: Number, lex: Lexicon) -> bool:
    """``7 October``, ``October 7``, ``October 7, 2023``."""
    months = lex.sets["month"]
    if number.first and found[number.first - 1].word in months:
        return True
    if number.low not in _FORMER_YEARS or number.first < 2:
        return False
    return found[number.first - 1].word == "," and found[number.first - 2].word in months


def _part_of_a_name(found: Sequence[Token], number: Number, lex: Lexicon) -> bool:
    """``No. 4``, ``10:30``, ``3/4``: a mark before the number ties it to what stands before the mark."""
    if not number.first or found[number.first - 1].word not in (".", ":", "/"):
        return False
    former = found[number.first - 2] if number.first >= 2 else None
    touching = found[number.first - 1].end == number.start
    apart = found[number.first - 1].word == ":" and not touching  # "the attack on the unit: 20 soldiers"
    named = former is not None and former.word in lex.sets["numbered"] and not apart
    return named or (former is not None and touching and former.is_digits)


def _matched(found: Sequence[Token], at: int, phrases: Sequence[Phrase]) -> Phrase | None:
    for phrase in phrases:
        if len(phrase) + at > len(found):
            continue
        for n, word in enumerate(phrase):
            if found[at + n].word != word:
                break
        else:
            return phrase
    return None


def _numbered(found: Sequence[Token], cardinals: Sequence[Number], index: int, floor: int, lex: Lexicon) -> Quantity:
    """The quantity built on a cardinal: range, words before, words after."""
    number = cardinals[index]
    low, high, first, last = number.low, number.high, number.first, number.last
    quantifier: Quantifier = "vague" if number.vague else "exact"
    follower = cardinals[index + 1] if index + 1 < len(cardinals) else None
    if follower and not number.vague and _ranges(found, number, follower, lex):
        low, high, last, quantifier = number.low, follower.low, follower.last, "range"
        for length in (2, 1):
            opening = " ".join(token.word for token in found[max(floor, first - length) : first])
            if first - length >= floor and opening in lex.ranging["between"]:
                first -= length
                break
    before, first = _before(found, first, floor, lex)
    after = said_after(found, last, lex)
    if after:
        last += len(after.words)
    roles = [around.quantifier for around in (*before, after) if around]
    if quantifier == "exact":
        for role in roles:
            if role in ("at_least", "more_than"):
                quantifier, low, high = cast(Quantifier, role), number.low, None
            elif role in ("at_most", "less_than"):
                quantifier, high = cast(Quantifier, role), number.low
                low = None  # type: ignore[assignment]
            elif role in ("about", "estimated"):
                quantifier = "about"
            if quantifier != "exact":
                break
    elif quantifier == "range" and "at_least" in roles:
        pass
    none = number.low == 0 and high == 0
    return Quantity(low, high, quantifier, first, last, "further" in roles, "estimated" in roles, none)


def _ranges(found: Sequence[Token], number: Number, follower: Number, lex: Lexicon) -> bool:
    """Whether two cardinals are the ends of one range."""
    joint = " ".join(token.word for token in found[number.last : follower.first])
    opened = number.first and found[number.first - 1].word in lex.ranging["between"]
    joined = joint in lex.ranging["to"] or (opened and joint in lex.ranging["and"])
    return bool(joined and number.low < follower.low and not follower.vague)


def _before(found: Sequence[Token], first: int, floor: int, lex: Lexicon) -> tuple[list[Around], int]:
    """The phrases that stand directly before a number, nearest first, and where they begin."""
    roles: list[Around] = []
    going = True
    while going and len(roles) < 3:
        going = False
        for start in range(max(floor, first - 5), first):
            entry = next(
                (
                    around
                    for around in lex.before.get(found[start].word, ())
                    if len(around.words) == first - start
                    and all(found[start + n].word == word for n, word in enumerate(around.words))
                ),
                None,
            )
            if entry:
                roles.append(entry)
                first, going = start, True
                break
    return roles, first


def said_after(found: Sequence[Token], last: int, lex: Lexicon) -> Around | None:
    """The phrase that stands right at ``last`` and bounds or softens the number before it."""
    if last >= len(found):
        return None
    for around in lex.after.get(found[last].word, ()):
        words = around.words
        if last + len(words) <= len(found) and all(found[last + n].word == word for n, word in enumerate(words)):
            if len(words) == 1 and words[0] in lex.persons:
                return None
            return around
    return None


def _worded(found: Sequence[Token], at: int, numbered: Container[int], lex: Lexicon) -> Quantity | None:
    """A count without a number: "several", "a number of", "no", "both"."""
    word = found[at].word
    for phrase, low in lex.vague.get(word, ()):
        if _matched(found, at, (phrase,)) and not any(at + n in numbered for n in range(len(phrase) + 1)):
            return Quantity(low, None, "vague", at, at + len(phrase))
    for phrase, value in lex.exactly.get(word, ()):
        if _matched(found, at, (phrase,)):
            return Quantity(value, value, "exact", at, at + len(phrase))
    none = _matched(found, at, lex.none.get(word, ()))
    if none:
        return Quantity(0, 0, "exact", at, at + len(none), none=True)
    return None
