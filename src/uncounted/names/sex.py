"""Which sex a given name tells, by a table of names; a guess to be marked as one, never a fact about a person."""

import functools
from typing import Literal

from uncounted.names.fold import fold
from uncounted.names.parse import parse
from uncounted.names.sound import sound
from uncounted.names.tables import rows

Sex = Literal["f", "m"]

_MOTHER_OF = ("um", "umm", "om", "em")
_FATHER_OF = ("abu", "abo", "abou")


@functools.lru_cache(maxsize=1 << 14)
def sex_of(name: str) -> Sex | None:
    """The sex that the first word of a personal name tells; ``None`` for a name of both sexes or an unknown one.

    A name of the table is met as it is spelled, or else by its sound ("Mohamed", "Muhammad"); titles and articles
    before the name are left out. "Abu" and "Umm" tell a father and a mother; "Abd" and "-uddin" make a man's name.
    """
    words = fold(name).split()
    opening = next((word for word in words if word not in _articles()), "")
    if opening in _FATHER_OF or opening in _MOTHER_OF:
        return "m" if opening in _FATHER_OF else "f"
    given = parse(name).words
    if not given:
        return None
    if given[0].startswith("abd") or given[0].endswith("aldin"):
        return "m"
    by_spelling, by_sound = _tables()
    return by_spelling.get(given[0]) or by_sound.get(_key(given[0]))


@functools.cache
def _articles() -> frozenset[str]:
    return frozenset(word for kind, word in rows("particles") if kind in ("article", "title"))


@functools.cache
def _tables() -> tuple[dict[str, Sex | None], dict[str, Sex | None]]:
    """The sex by folded name and by its sound; ``None`` where names of both sexes meet."""
    by_spelling: dict[str, Sex | None] = {}
    by_sound: dict[str, Sex | None] = {}
    for sex, names in rows("given"):
        told: Sex = "f" if sex == "f" else "m"
        for name in names.split():
            for table, key in ((by_spelling, fold(name)), (by_sound, _key(name))):
                table[key] = told if table.get(key, told) == told else None
    return by_spelling, by_sound


def _key(word: str) -> str:
    return sound(fold(word)).removesuffix("h")
