"""Puts a sentence that was written in English below the desk into a person's language, by the form that it has."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import get_args

from uncounted.model.vocabulary import Group, Harm
from uncounted.web.phrases import FORMS

Say = Callable[[str], str]
_PART = re.compile(r"%\((\w+)\)s")
CLOSED = {"harm": "|".join(get_args(Harm)), "group": "|".join(get_args(Group))}
"""Parts that are one of the field's words."""
AS_WRITTEN = frozenset({"who", "names", "name", "where", "one", "other", "share"})
"""Parts that are names, or words of a report: they stay as they were written."""
DEEPEST = 4
"""Sentences within sentences that are looked into."""
FIRST_ISOLATE, END_ISOLATE = "\u2068", "\u2069"
"""Around a part in another script, so that it does not turn the sentence round (Unicode bidirectional isolates)."""


def because(said: str, say: Say) -> str:
    """The sentence in the language of ``say`` (gettext); one whose form is not known stays as it is."""
    return _put(said, say, 0) if said and say(FORMS[0]) != FORMS[0] else said


@lru_cache(maxsize=4096)
def _put(said: str, say: Say, depth: int) -> str:
    plain = say(said)
    if plain != said or depth > DEEPEST:
        return plain
    for form, pattern in _patterns():
        found = pattern.fullmatch(said)
        if found:
            parts = {
                name: _alone(value) if name in AS_WRITTEN else _part(value, say, depth)
                for name, value in found.groupdict().items()
            }
            return say(form) % parts
    return say("; ").join(_put(one, say, depth + 1) for one in said.split("; ")) if "; " in said else said


def _part(value: str, say: Say, depth: int) -> str:
    """A part of a sentence: itself a sentence, words of the field, or a name, which stays as it was written."""
    if ", " in value:
        return say(", ").join(_part(one, say, depth) for one in value.split(", "))
    told = _put(value, say, depth + 1)
    if told == value:
        told = say(value.replace("_", " "))
    return told if told != value and told != value.replace("_", " ") else _alone(value)


def _alone(value: str) -> str:
    return f"{FIRST_ISOLATE}{value}{END_ISOLATE}"


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each form with parts and what finds it, those with the most words of their own first."""
    with_parts = [form for form in FORMS if "%(" in form]
    ordered = sorted(with_parts, key=lambda form: (-len(_PART.sub("", form)), form))
    return tuple((form, re.compile(_matching(form), re.DOTALL)) for form in ordered)


def _matching(form: str) -> str:
    pieces = _PART.split(form)
    return "".join(
        f"(?P<{piece}>{CLOSED.get(piece, '.+?')})" if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)
    )
