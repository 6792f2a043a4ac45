"""Puts a sentence that was written in English below the desk into a person's language, by the form that it has."""

from collections.abc import Callable
from functools import cache, lru_cache

from uncounted.stages.publish.steps import put as step_in
from uncounted.text.forms import END_ISOLATE, FIRST_ISOLATE, Forms
from uncounted.web.phrases import FORMS
from uncounted.web.tongue import catalogue, words_of

Say = Callable[[str], str]
AS_WRITTEN = frozenset({"who", "names", "name", "where", "one", "other", "share"})
"""Parts that are names, or words of a report: they stay as they were written."""
DEEPEST = 4
"""Sentences within sentences that are looked into."""


def because(said: str, tongue: str) -> str:
    """The sentence in a language of the desk; one whose form is not known stays as it is.

    The reasons of a figure have their words where releases have them; all else is in the desk's own catalogue.
    """
    if not said or tongue == "en":
        return said
    return step_in(said, words_of(tongue)) or _put(said, catalogue(tongue).gettext, 0)


@lru_cache(maxsize=4096)
def _put(said: str, say: Say, depth: int) -> str:
    plain = say(said)
    if plain != said or depth > DEEPEST:
        return plain
    if found := _forms().of(said):
        form, parts = found
        return say(form) % {
            name: _alone(value) if name in AS_WRITTEN else _part(value, say, depth) for name, value in parts.items()
        }
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
def _forms() -> Forms:
    return Forms(form for form in FORMS if "%(" in form)
