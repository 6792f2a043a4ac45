"""The reasons of a figure, which the program words in English, put in the language of a page.

A reason is one of a few sentences with numbers in them. A language's table gives each form of them with its words
(``[steps]`` of ``wording/CODE.toml``); a sentence that no table knows stays English, and the page says so.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from uncounted.stages.publish.words import Words
from uncounted.text.forms import END_ISOLATE, FIRST_ISOLATE, PLACES, Forms, kind

NUMBERED = {**PLACES, "n": r"\d+|one"}
"""What may stand in the places of these sentences: numbers in ``n``, all else as in any sentence."""


_FIGURE = re.compile(rf"({PLACES['counted']}) ({PLACES['range']})")


@lru_cache(maxsize=20_000)
def put(said: str, words: Words) -> str | None:
    """A reason in a language; ``None`` where it is only worded in English."""
    if words.language == "en":
        return said
    found = _forms(words).of(said)
    if found is None:
        return None
    form, parts = found
    sentence: str = words.table["steps"][form]
    return sentence % {name: _filled(kind(name), part, words) for name, part in parts.items()}


def origin_named(name: str, words: Words) -> str:
    """The name of an origin in a language: that of a document which names no source, else as it was written."""
    return (put(name, words) or name) if name.startswith("document ") else name


@lru_cache(maxsize=20)
def _forms(words: Words) -> Forms:
    return Forms(words.table.get("steps", {}), NUMBERED)


def _who(said: str, words: Words) -> str:
    """What a figure counts: ``health workers killed``."""
    group, _, harm = said.rpartition(" ")
    return words.who(group.replace(" ", "_"), harm)


def _figure(said: str, words: Words) -> str:
    """A figure with what it counts: ``children killed 5``."""
    found = _FIGURE.fullmatch(said)
    assert found is not None  # the place that it stood in holds nothing else
    counted, figure = found.groups()
    return str(words.table["forms"]["statement"].format(what=_who(counted, words), n=_bounds(figure, words)))


def _side(said: str, words: Words) -> str:
    """A figure with the claims behind it: ``children killed 5 (k1, k2)``."""
    figure, _, claims = said.rstrip(")").partition(" (")
    return f"{_figure(figure, words)} ({claims})"


def _bounds(said: str, words: Words) -> str:
    """A range: ``14``, ``14–20``, ``14 or more``, ``up to 20``, ``no bound``."""
    numbers = [int(one) for one in re.findall(r"\d+", said)]
    if not numbers:
        return words.bounds(None, None)
    if said.startswith("up to"):
        return words.bounds(None, numbers[0])
    return words.bounds(numbers[0], None if said.endswith("or more") else numbers[-1])


def _listed(part: str, between: str, words: Words, put_one: Callable[[str, Words], str]) -> str:
    return str(words.t(between)).join(put_one(one, words) for one in part.split(between))


_FILLED: Mapping[str, Callable[[str, Words], str]] = {
    "n": lambda part, _: "1" if part == "one" else part,
    "counted": _who,
    "range": _bounds,
    "ranges": lambda part, words: _listed(part, ", ", words, _bounds),
    "causes": lambda part, words: _listed(part, ", ", words, _figure),
    "sides": lambda part, words: _listed(part, "; ", words, _side),
    "grades": lambda part, words: _listed(part, " or ", words, lambda one, of: of.GRADES.get(one, one)),
}
"""What a kind of place holds in a language; in every other place stand names and people's words, which stay."""


def _filled(place: str, part: str, words: Words) -> str:
    """What stood in a place, in a language; ``place`` is its kind."""
    return _FILLED[place](part, words) if place in _FILLED else f"{FIRST_ISOLATE}{part}{END_ISOLATE}"
