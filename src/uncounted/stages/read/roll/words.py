"""The words that the roll of one language goes by, from ``lexicons/<language>/roll.toml``."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from uncounted.text.numbers import number_words
from uncounted.text.view import fold


@dataclass(frozen=True)
class Words:
    """Words beside names, folded; patterns run over the lower case of a view. The data file says what each is for."""

    language: str
    beside: dict[str, tuple[str, str]]
    particles: frozenset[str]
    never: frozenset[str]
    bodies: frozenset[str]
    telling: frozenset[str]
    young: frozenset[str]
    between: frozenset[str]
    opens: re.Pattern[str]
    together: re.Pattern[str]
    lending: re.Pattern[str]
    kin_of: re.Pattern[str]
    owners: dict[str, str]
    wed: frozenset[str]
    undone: re.Pattern[str]
    passive: re.Pattern[str]
    apposed: re.Pattern[str]
    alias: re.Pattern[str]
    among: re.Pattern[str]
    some_of: re.Pattern[str]
    owned: re.Pattern[str]
    of: re.Pattern[str]
    joint: re.Pattern[str]
    verbal: re.Pattern[str]
    number: str


@cache
def roll_words(language: str) -> Words | None:
    """The words for a language; ``None`` where it has no roll."""
    path = Path(__file__).parent.parent / "lexicons" / language / "roll.toml"
    if not path.exists():
        return None
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    beside: dict[str, tuple[str, str]] = {}
    for told, said in data["beside"].items():
        sex, age = told.split()
        for word in said.split():
            beside.setdefault(fold(word), (sex.strip("-"), age.strip("-")))
    numbers = sorted(number_words(language).single, key=lambda word: -len(word))
    spelled = "|".join(map(re.escape, numbers))
    name = data["name"]
    sets: dict[str, Any] = {
        table: _set(name[table]) for table in ("particles", "never", "bodies", "telling", "young", "wed")
    }
    cues: dict[str, Any] = {cue: re.compile(said) for cue, said in data["cues"].items()}
    return Words(
        language=language,
        beside=beside,
        between=_set(name["between"]) | frozenset(beside),
        lending=re.compile(rf"\b({'|'.join(sorted(_set(name['lending'])))})\b[,:]?\s*$"),
        verbal=re.compile(rf"[\s,]*(?:(?:{'|'.join(sorted(_set(name['verbal'])))}|[a-z]+ly)[\s,]+){{1,8}}"),
        owners=data["owners"],
        number=rf"(?:\d{{1,3}}|(?:{spelled})(?:-(?:{spelled}))?)",
        **sets,
        **cues,
    )


def _set(said: str) -> frozenset[str]:
    return frozenset(map(fold, said.split()))
