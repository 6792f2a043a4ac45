"""The words that the roll of one language goes by, from ``lexicons/<language>/roll.toml``."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from uncounted.text.numbers import number_words
from uncounted.text.view import fold


@dataclass(frozen=True)
class Words:
    """Words beside names, folded; patterns run over the lower case of a view."""

    beside: dict[str, tuple[str, str]]
    particles: frozenset[str]
    never: frozenset[str]
    bodies: frozenset[str]
    telling: frozenset[str]
    between: frozenset[str]
    opens: re.Pattern[str]
    together: re.Pattern[str]
    lending: re.Pattern[str]
    kin_of: re.Pattern[str]
    owners: dict[str, str]
    undone: re.Pattern[str]
    passive: re.Pattern[str]
    alias: re.Pattern[str]
    among: re.Pattern[str]
    some_of: re.Pattern[str]
    number: str


@cache
def roll_words(language: str) -> Words | None:
    """The words for a language; ``None`` where it has no roll."""
    path = Path(__file__).parent.parent / "lexicons" / language / "roll.toml"
    if not path.exists():
        return None
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    beside = {}
    for told, said in data["beside"].items():
        sex, age = told.split()
        for word in said.split():
            beside.setdefault(fold(word), (sex.strip("-"), age.strip("-")))
    numbers = sorted(number_words(language).single, key=lambda word: -len(word))
    spelled = "|".join(map(re.escape, numbers))
    return Words(
        beside=beside,
        particles=_set(data["name"]["particles"]),
        never=_set(data["name"]["never"]),
        bodies=_set(data["name"]["bodies"]),
        telling=_set(data["name"]["telling"]),
        between=_set(data["telling_of"]["between"]) | frozenset(beside),
        opens=re.compile(data["telling_of"]["opens"]),
        together=re.compile(data["telling_of"]["together"]),
        lending=re.compile(rf"\b({'|'.join(sorted(_set(data['name']['lending'])))})\b[,:]?\s*$"),
        kin_of=re.compile(data["telling_of"]["kin_of"]),
        owners=data["owners"],
        undone=re.compile(data["telling_of"]["undone"]),
        passive=re.compile(data["telling_of"]["passive"]),
        among=re.compile(data["telling_of"]["among"]),
        some_of=re.compile(data["telling_of"]["some_of"]),
        alias=re.compile(data["telling_of"]["alias"]),
        number=rf"(?:\d{{1,3}}|(?:{spelled})(?:-(?:{spelled}))?)",
    )


def _set(said: str) -> frozenset[str]:
    return frozenset(map(fold, said.split()))
