"""Cardinal numbers in a text, in digits and in words: ``1,200``, ``1.2 million``, ``twenty-three``, ``a dozen``.

The number words of a language are data (``data/<language>/numbers.toml``). Ordinals, decimals without a scale and
digits that are part of a name or a measure (``23rd``, ``M16``, ``1990s``, ``5km``) are not cardinals. Whether a
cardinal counts people is not decided here.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from uncounted.text.tokens import Token
from uncounted.text.view import fold

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){1,3}")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_LARGEST = 2**53 - 1


class Number(NamedTuple):
    """A cardinal: ``tokens[first:last]`` say it, ``text[start:end]`` are its words.

    ``low == high`` unless it is a vague many ("dozens"), which has ``vague`` set, its literal lower bound, and no
    upper one.
    """

    low: int
    high: int | None
    vague: bool
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class NumberWords:
    """One language's number words, folded as in a view's ``lower``."""

    single: dict[str, tuple[str, int]]
    plural: dict[str, int]
    article: frozenset[str]
    joining: frozenset[str]
    of: frozenset[str]
    half: frozenset[str]
    quarters: frozenset[str]
    ordinal: frozenset[str]
    unit_before_ten: bool = False
    joining_prefix: str = ""
    bare_scale: bool = False
    ten_joins_unit: bool = False
    half_more: frozenset[str] = field(default=frozenset())
    scale_again: frozenset[str] = field(default=frozenset())
    known: frozenset[str] = field(default=frozenset())

    def look(self, word: str) -> tuple[str, int] | None:
        """Kind (unit, teen, ten, scale) and value of a number word."""
        return self.single.get(word)


@cache
def number_words(language: str = "en") -> NumberWords:
    """The number words of a language; ``FileNotFoundError`` where there are none."""
    path = Path(__file__).parent / "data" / language / "numbers.toml"
    return _number_words(tomllib.loads(path.read_text(encoding="utf-8")))


def _number_words(data: dict[str, Any]) -> NumberWords:
    single = {
        fold(word): (kind, value)
        for kind in ("unit", "teen", "ten", "hundreds", "scale")
        for word, value in data.get(kind, {}).items()
    }
    plural = {fold(word): value for word, value in data.get("plural", {}).items()}
    article, half = _folded(data, "article"), _folded(data, "half")
    return NumberWords(
        single, plural, article, _folded(data, "and"), _folded(data, "of"), half, _folded(data, "quarters"),
        _folded(data, "ordinal"),
        data.get("unit_before_ten", False), fold(data.get("joining_prefix", "")),
        data.get("bare_scale", False), data.get("ten_joins_unit", False),
        _folded(data, "half_more"), _folded(data, "scale_again"),
        frozenset(single) | frozenset(plural) | article | half,
    )  # fmt: skip


def _folded(data: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(fold(word) for word in data.get(key, ()))


def numbers(found: Sequence[Token], language: str = "en") -> list[Number]:
    """The cardinals among tokens in order, without overlap; linear in the number of tokens."""
    words = number_words(language)
    read: list[Number] = []
    prefix = words.joining_prefix
    at = 0
    while at < len(found):
        word = found[at].word
        likely = word in words.known or word[0].isdecimal() or (prefix and word.startswith(prefix))
        number = _number(found, at, words) if likely else None
        if number is None:
            at += 1
            continue
        low, high, last = number
        if last < len(found) and _goes_on_as_ordinal(found, last, words):
            at = last + 1
            continue
        if low <= _LARGEST:
            read.append(Number(low, high, high is None, at, last, found[at].start, found[last - 1].end))
        at = last
    return read


def _number(found: Sequence[Token], at: int, words: NumberWords) -> tuple[int, int | None, int] | None:
    """The number that begins at a token: its bounds and the index after it."""
    word = found[at].word
    if found[at].is_digits:
        return _digits(found, at, words)
    if (mixed := _with_a_half(found, at, words)) is not None:
        return mixed
    for opening, rule in ((words.plural, _vague), (words.half, _half), (words.article, _after_article)):
        if word in opening:
            return rule(found, at, words)
    return _words(found, at, words)


def _digits(found: Sequence[Token], at: int, words: NumberWords) -> tuple[int, int | None, int] | None:
    token, value = found[at], None
    if at and found[at - 1].end == token.start and (found[at - 1].word[-1].isascii() and found[at - 1].is_word):
        return None
    after = found[at + 1] if at + 1 < len(found) else None
    scale = words.look(after.word) if after else None
    scaled = scale[1] if scale and scale[0] == "scale" else None
    if after and after.end - after.start <= 4 and after.start == token.end and after.is_word and scaled is None:
        return None
    if token.word.isdecimal():
        value = int(token.word) if len(token.word) <= 15 else None
    elif _GROUPED.fullmatch(token.word):
        value = int(re.sub(r"[.,]", "", token.word))
    elif _DECIMAL.fullmatch(token.word) and scaled:
        whole, part = re.split(r"[.,]", token.word)
        value = int(whole) * scaled + int(part) * scaled // 10 ** len(part)
        return value, value, at + 2
    if value is None:
        return None
    return (value, value, at + 1) if scaled is None else (value * scaled, value * scaled, at + 2)


def _vague(found: Sequence[Token], at: int, words: NumberWords) -> tuple[int, int | None, int] | None:
    """``dozens``, ``hundreds``, ``tens of thousands``, ``hundreds and hundreds``."""
    low, last = words.plural[found[at].word], at + 1
    if not words.of and last < len(found) and found[last].word in words.plural:
        # "عشرات الآلاف": the greater follows at once where the language has no "of".
        low, last = low * words.plural[found[last].word] // 2, last + 1
    while last + 1 < len(found) and found[last + 1].word in words.plural:
        if found[last].word in words.of:
            low = low * words.plural[found[last + 1].word] // 2
        elif found[last].word not in words.joining:
            break
        last += 2
    return low, None, last


def _after_article(found: Sequence[Token], at: int, words: NumberWords) -> tuple[int, int | None, int] | None:
    """``a dozen``, ``a hundred and five``."""
    scale = words.look(found[at + 1].word) if at + 1 < len(found) else None
    if scale is None or scale[0] not in ("scale", "hundreds"):
        return None
    return _words(found, at + 1, words, first=scale[1], scaled=True)


def _with_a_half(found: Sequence[Token], at: int, words: NumberWords) -> tuple[int, int | None, int] | None:
    """``one and a half million``, ``three quarters of a million``: a small number, then a part of a scale."""
    whole = words.look(found[at].word)
    if whole is None or whole[0] != "unit" or at + 2 >= len(found):
        return None
    last, parts = at + 1, 0
    if found[last].word in words.joining:
        last += 1
        last += last < len(found) and found[last].word in words.article
        parts = 2 * whole[1] + 1 if last < len(found) and found[last].word in words.half else 0
    elif found[last].word in words.quarters:
        last += 1
        parts = whole[1] if found[last].word in words.of else 0
        last += last + 1 < len(found) and found[last + 1].word in words.article
    quarter = 2 if found[at + 1].word in words.joining else 4
    scale = words.look(found[last + 1].word) if parts and last + 1 < len(found) else None
    if scale is None or scale[0] != "scale":
        return None
    value = scale[1] * parts // quarter
    return value, value, last + 2


def _half(found: Sequence[Token], at: int, words: NumberWords) -> tuple[int, int | None, int] | None:
    """``half a dozen``, ``half a million``."""
    last = at + 1
    if last < len(found) and found[last].word in words.article:
        last += 1
    scale = words.look(found[last].word) if last < len(found) else None
    if scale is None or scale[0] != "scale":
        return None
    return scale[1] // 2, scale[1] // 2, last + 1


def _words(
    found: Sequence[Token], at: int, words: NumberWords, first: int | None = None, scaled: bool = False
) -> tuple[int, int | None, int] | None:
    """A number in words, built from its parts from left to right."""
    total, group, kind, last = 0, first or 0, "hundred" if scaled else "", at
    if first is not None:
        last = at + 1
        if first >= 1000:
            total, group, kind = first, 0, "thousand"
    while last < len(found):
        step, joined = _skip_joint(found, last, words, started=bool(kind))
        if step >= len(found):
            break
        word = found[step].word
        entry = words.look(word)
        if entry is None and words.joining_prefix and word.startswith(words.joining_prefix):
            entry, joined = words.look(word[len(words.joining_prefix) :]), True
        if entry is None or not _fits(kind, entry, joined, words) or (joined and group == 12):
            break  # "a dozen and twenty" is no number
        name, value = entry
        if name == "scale" and value >= 1000:
            total, group, kind = (total + group * value if group else value), 0, "thousand"
        elif name == "scale":
            group, kind = max(group, 1) * value, "hundred"
        else:
            group, kind = group + value, "hundred" if name == "hundreds" else name
        last = step + 1
    if last == at:
        return None
    value, last = _half_more(found, last, words, total + group)
    return value, value, last


def _half_more(found: Sequence[Token], last: int, words: NumberWords, value: int) -> tuple[int, int]:
    """ "مليونين ونصف المليون": half of the scale that a number ends with; the value and where it ends."""
    entry = words.look(found[last - 1].word)
    if not words.half_more or entry is None or entry[0] != "scale":
        return value, last
    joined = last < len(found) and found[last].word in words.joining
    word = found[last + joined].word if last + joined < len(found) else ""
    prefix = "" if joined else words.joining_prefix
    if not (joined or prefix) or not word.startswith(prefix) or word[len(prefix) :] not in words.half_more:
        return value, last
    after = last + joined + 1
    again = after < len(found) and found[after].word in words.scale_again
    unit = 10 ** (len(str(entry[1])) - 1)  # "two million" in one word still has a million for its scale
    return value + unit // 2, after + again


def _skip_joint(found: Sequence[Token], at: int, words: NumberWords, started: bool) -> tuple[int, bool]:
    """The index of the next part, past a hyphen or a joining word, and whether a joining word stood there."""
    if started and at + 1 < len(found):
        if found[at].word == "-" and found[at].start == found[at - 1].end and found[at + 1].start <= found[at].end + 1:
            return at + 1, False
        if found[at].word in words.joining:
            return at + 1, True
    return at, False


def _fits(kind: str, entry: tuple[str, int], joined: bool, words: NumberWords) -> bool:
    """Whether a part may follow a part of another kind within one number."""
    name, value = entry
    if not kind:
        return name != "scale" or words.bare_scale
    if name == "scale":
        return not joined and not (kind == "hundred" and value < 1000) and kind != "thousand"
    if kind == "unit":
        return (words.unit_before_ten and joined and name == "ten") or (
            name == "teen" and value == 10 and words.unit_before_ten
        )
    if kind == "ten":
        return name == "unit" and joined == words.ten_joins_unit and not words.unit_before_ten
    if kind == "hundred":
        return name in ("unit", "teen", "ten")
    return kind == "thousand"


def _goes_on_as_ordinal(found: Sequence[Token], at: int, words: NumberWords) -> bool:
    """``twenty-third``, ``23 rd``: what follows makes an ordinal of the number."""
    joint = at + 1 if found[at].word == "-" and at + 1 < len(found) else at
    touching = found[joint].start == found[at - 1].end or joint > at
    return touching and found[joint].word in words.ordinal
