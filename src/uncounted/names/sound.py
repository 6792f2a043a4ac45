"""What a word sounds like, in letters that Arabic, Latin and Cyrillic spellings share.

Short vowels are not written in Arabic, so two spellings of one name meet in the consonants alone (the *skeleton*);
long vowels, where both write them, tell Mahmud from Muhammad (the *sound*).
"""

import functools
import re

from uncounted.names.tables import rows

_SCRIPTS = ("arabic", "latin", "cyrillic")


@functools.cache
def _table() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for script in _SCRIPTS for row in rows(script)}


@functools.cache
def _grapheme() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _table()), key=len, reverse=True)))


@functools.lru_cache(maxsize=1 << 18)
def skeleton(word: str) -> str:
    """Return the consonants of a folded word: vowels, final h and doubles dropped, w and y kept only at its start.

    Emphatic and plain letters fall together, as Latin spellings do not tell them apart. Digits stay. A word without
    consonants keeps its sound, so the skeleton of a word that has letters is never empty.
    """
    parts = [_skeletal(grapheme[0], grapheme.start()) for grapheme in _grapheme().finditer(word)]
    bare = _single("".join(parts))
    if len(bare) > 1 and bare[-1] == "h":
        bare = bare[:-1]
    return bare or sound(word)


@functools.lru_cache(maxsize=1 << 18)
def sound(word: str) -> str:
    """Return consonants and vowels (a, i, u) of a folded word, doubles collapsed; letters of no table stay."""
    written = _grapheme().sub(lambda grapheme: _table()[grapheme[0]][1].replace("-", ""), word)
    return _single(written) or word


def _skeletal(grapheme: str, start: int) -> str:
    letters = _table()[grapheme][0]
    if letters == "-":
        return ""
    if letters.startswith("^"):
        return letters[1:] if start == 0 else ""
    return letters


def _single(letters: str) -> str:
    return re.sub(r"(.)\1+", r"\1", letters)
