"""The words of time expressions of one language, from its data file ``data/times.LANGUAGE.json``.

A language is added by such a file alone: word lists, and forms (regular expressions over the lists) each with the
name of what it means; :mod:`uncounted.stages.locate.times` knows the meanings.
"""

import re
from functools import cache
from importlib.resources import files

import msgspec


class TimeWords(msgspec.Struct, frozen=True, kw_only=True):
    """A language's word lists and forms. Every list but the forms may be left out."""

    about: str = ""
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    days: dict[str, int] = {}
    spells: dict[str, tuple[int, int]] = {}
    numbers: dict[str, int] = {}
    vague: tuple[str, ...] = ()
    units: dict[str, str] = {}
    holidays: dict[str, tuple[int, int]] = {}
    which: dict[str, int] = {}
    beside: dict[str, int] = {}
    aside: dict[str, int] = {}
    parts: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    """Letters that are written together with the next word, as Arabic ``و`` (and)."""
    forms: tuple[tuple[str, str], ...] = ()
    before_month: tuple[str, ...] = ()
    before_year: tuple[str, ...] = ()
    after_year_not: str = ""
    never_before: tuple[str, ...] = ()
    names_after: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    hopes: tuple[str, ...] = ()
    """Words that point ahead for a date without a year ("by 3 March"), too weak to turn a weekday around."""
    passive: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    intent: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    past_ending: str | None = None


class TimeGrammar(msgspec.Struct, frozen=True, kw_only=True):
    """A language ready for use: one pattern for all forms, and the words that can begin or hold an expression."""

    words: TimeWords
    forms: tuple[tuple[str, re.Pattern[str]], ...]
    any_form: re.Pattern[str]
    """All forms at once: most places where one could begin are dismissed by one look."""
    triggers: frozenset[str]
    longest: int
    """How many words an expression may begin before its trigger."""


def _either(words: object) -> str:
    listed = sorted(words, key=len, reverse=True)  # type: ignore[call-overload]
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in listed) or r"(?!)"


def _slots(words: TimeWords) -> dict[str, str]:
    # A month whose name is a common word ("may", "march") counts without a day only when written as a name.
    months = [m for m in words.months if len(m) > 3 or m in ("may",)]
    named = "|".join(
        f"{re.escape(m.capitalize())}|{re.escape(m.upper())}" for m in sorted(months, key=len, reverse=True)
    )
    weekday = "|".join(
        f"(?-i:{re.escape(w.capitalize())}|{re.escape(w.upper())})" if w.endswith(".") else rf"{re.escape(w)}\b"
        for w in sorted(words.weekdays, key=len, reverse=True)
    )
    month = _either(words.months)
    number = rf"\d{{1,3}}|{_either(words.numbers)}"
    return {
        "m": rf"(?P<m>{month})\b", "m2": rf"(?P<m2>{month})\b", "mcap": rf"(?-i:(?P<m>{named or '(?!)'}))\b",
        "w": rf"(?P<w>{weekday or '(?!)'})", "w2": rf"(?P<w2>{weekday or '(?!)'})",
        "d": r"(?P<d>[0-3]?\d)(?!\d)", "d2": r"(?P<d2>[0-3]?\d)(?!\d)",
        "y": r"(?P<y>[12]\d{3}|\d\d)(?![\d:])(?!,\d)", "y4": r"(?P<y>(?:19|20)\d\d)(?!\d)(?!,\d)",
        "mm": r"(?P<mm>[01]\d)", "a": r"(?P<a>\d{1,2})", "b": r"(?P<b>\d{1,2})",
        "n": rf"(?P<n>{number})", "vague": rf"(?P<vague>{_either(words.vague)})",
        "unit": rf"(?P<unit>{_either(words.units)})\b", "day": rf"(?P<day>{_either(words.days)})\b",
        "spell": rf"(?P<spell>{_either(words.spells)})\b", "which": rf"(?P<which>{_either(words.which)})\b",
        "beside": rf"(?P<beside>{_either(words.beside)})\b", "aside": rf"(?P<aside>{_either(words.aside)})\b",
        "holiday": rf"(?P<holiday>{_either(words.holidays)})\b", "part": rf"(?:{_either(words.parts)})\b",
    }  # fmt: skip


def compile_words(words: TimeWords) -> TimeGrammar:
    """Make a language's lists and forms ready for use."""
    slots = _slots(words)
    forms, sources = [], []
    for meaning, form in words.forms:
        filled = re.sub(r"\{([a-z]\w*)\}", lambda slot: slots[slot[1]], form.replace(" ", r"\s+"))
        # A blank may be one line break with the next line's indent, never an empty line.
        filled = filled.replace(r"\s+", r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)")
        sources.append(re.sub(r"\(\?P=\w+\)", ".{1,9}?", re.sub(r"\(\?P<\w+>", "(?:", filled)))
        forms.append((meaning, re.compile(filled + r"(?!\w)", re.IGNORECASE)))
    lists = (words.months, words.weekdays, words.days, words.spells, words.units, words.holidays, words.parts)
    triggers = frozenset(
        part.lower().rstrip(".") for one in lists for word in one for part in re.findall(r"\w+", word)[:1]
    ) | frozenset(part for word in words.days for part in word.split()[-1:])
    any_form = re.compile(rf"(?:{'|'.join(sources) or '(?!)'})(?!\w)", re.IGNORECASE)
    return TimeGrammar(words=words, forms=tuple(forms), any_form=any_form, triggers=triggers - {"a", "the"}, longest=6)


@cache
def time_grammar(language: str) -> TimeGrammar | None:
    """Return the grammar of a language by its code (``en``), or ``None`` where there is no data file for it."""
    if not re.fullmatch(r"[a-z]{2,3}", language):
        return None
    file = files("uncounted.stages.locate") / "data" / f"times.{language}.json"
    if not file.is_file():
        return None
    return compile_words(msgspec.json.decode(file.read_bytes(), type=TimeWords))
