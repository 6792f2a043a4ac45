"""The reasons of a figure, which the program words in English, put in the language of a page.

A reason is one of a few sentences with numbers in them. A language's table gives the sentence with its places
(``[steps]`` of ``wording/CODE.toml``); a sentence that no table knows stays English, and the page says so.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uncounted.stages.publish.words import Words

_RANGE = r"(?:no bound|up to \d+|\d+ or more|\d+–\d+|\d+)"
_WHO = r"[a-z_]+(?: [a-z_]+)? (?:killed|injured|casualties|missing|detained|displaced|trapped|orphaned|abused|attacked|destroyed)"  # noqa: E501
_FORMS = {"n": r"\d+|one", "r": _RANGE, "rs": rf"{_RANGE}(?:, {_RANGE})*", "who": _WHO}
"""What may stand in a place of a sentence, by the place's name without its number."""


@lru_cache(maxsize=20_000)
def put(said: str, language: "Words") -> str | None:
    """A reason in another language; ``None`` where the language has no sentence for it."""
    for pattern, sentence in _sentences(language):
        if found := pattern.fullmatch(said):
            return sentence.format(**{name: _filled(name, part, language) for name, part in found.groupdict().items()})
    return None


@lru_cache(maxsize=20)
def _sentences(language: "Words") -> tuple[tuple[re.Pattern[str], str], ...]:
    table: Mapping[str, str] = language.table.get("steps", {})
    return tuple((re.compile("".join(_pattern(english))), sentence) for english, sentence in table.items())


def _pattern(english: str) -> Iterator[str]:
    for at, piece in enumerate(re.split(r"\{(\w+)\}", english)):
        yield f"(?P<{piece}>{_FORMS[piece.rstrip('0123456789')]})" if at % 2 else re.escape(piece)


def _filled(name: str, part: str, words: "Words") -> str:
    match name.rstrip("0123456789"):
        case "n":
            return "1" if part == "one" else part
        case "who":
            group, _, harm = part.rpartition(" ")
            return words.who(group.replace(" ", "_"), harm)
        case _:
            comma = words.t(", ")
            return str(comma).join(_bounds(one, words) for one in part.split(", "))


def _bounds(said: str, words: "Words") -> str:
    numbers = [int(one) for one in re.findall(r"\d+", said)]
    if not numbers:
        return words.bounds(None, None)
    if said.startswith("up to"):
        return words.bounds(None, numbers[0])
    return words.bounds(numbers[0], None if said.endswith("or more") else numbers[-1])
