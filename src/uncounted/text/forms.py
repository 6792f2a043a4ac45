"""Sentences that the program says in English, found again by their form, so that they can be said in another language.

A form is a sentence with named places: ``%(n)s origins say %(ranges)s``. Facts keep the English sentence for good;
whoever shows it finds its form, puts the form into a language and fills the places with what stood in them.
"""

import re
from collections.abc import Iterable, Mapping
from typing import get_args

from uncounted.model.vocabulary import Group, Harm

PLACE = re.compile(r"%\((\w+)\)s")
ANYTHING = ".+?"
FIRST_ISOLATE, END_ISOLATE = "\u2068", "\u2069"
"""Around a part in another script, so that it does not turn the sentence round (Unicode bidirectional isolates)."""

_GROUP, _HARM = "|".join(get_args(Group)).replace("_", "[_ ]"), "|".join(get_args(Harm))
_RANGE = r"(?:no bound|up to \d+|\d+ or more|\d+–\d+|\d+)"
_COUNTED = rf"(?:{_GROUP}) (?:{_HARM})"
_CAUSE, _SIDE = rf"{_COUNTED} {_RANGE}", rf"{_COUNTED} {_RANGE} \([^()]*\)"

PLACES: Mapping[str, str] = {
    "group": _GROUP,
    "harm": _HARM,
    "range": _RANGE,
    "ranges": rf"{_RANGE}(?:, {_RANGE})*",
    "counted": _COUNTED,
    "causes": rf"{_CAUSE}(?:, {_CAUSE})*",
    "sides": rf"{_SIDE}(?:; {_SIDE})*",
}
"""What may stand in a place, by its name without the digits that tell two of a kind apart; anything elsewhere."""


class Forms:
    """Forms, and the finding of the form of a sentence: those with the most words of their own are tried first."""

    def __init__(self, forms: Iterable[str], places: Mapping[str, str] = PLACES) -> None:
        ordered = sorted(forms, key=lambda form: (-len(PLACE.sub("", form)), form))
        self._patterns = [(form, re.compile(_pattern(form, places), re.DOTALL)) for form in ordered]

    def of(self, said: str) -> tuple[str, dict[str, str]] | None:
        """The form of a sentence and what stands in its places, by their names; ``None`` where it has none of these."""
        for form, pattern in self._patterns:
            if found := pattern.fullmatch(said):
                return form, found.groupdict()
        return None


def kind(place: str) -> str:
    """The kind of a place by its name: ``n2`` is an ``n``."""
    return place.rstrip("0123456789")


def _pattern(form: str, places: Mapping[str, str]) -> str:
    pieces = PLACE.split(form)
    return "".join(
        f"(?P<{piece}>{places.get(kind(piece), ANYTHING)})" if at % 2 else re.escape(piece)
        for at, piece in enumerate(pieces)
    )
