"""The core of a joined word: what is left of it where a spelling leaves a particle out.

Nur al-Din is Nur to a neighbour, Abu Zahr's family is written Zahr, and Abd al-Nasir's father Nasir.
"""

import functools

from uncounted.names.parse import bare
from uncounted.names.tables import words as particles

_ENOUGH = 3
"""Letters that a core has at least."""


@functools.lru_cache(maxsize=1 << 18)
def core(word: str) -> str:
    """Return a folded and joined ``word`` without "of the faith", "of God", "father of" or "servant of".

    The word itself where nothing of that kind is in it, or where too little would be left, as of Abdallah.
    """
    suffixes, prefixes = _particles()
    if word.endswith(suffixes):
        rest = next(word.removesuffix(suffix) for suffix in suffixes if word.endswith(suffix))
        if len(rest) >= _ENOUGH and rest not in prefixes:
            return rest
    elif word.startswith(prefixes):
        rest = bare(next(word.removeprefix(prefix) for prefix in prefixes if word.startswith(prefix)))
        if len(rest) >= _ENOUGH and rest not in suffixes:
            return rest
    return word


@functools.cache
def _particles() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Suffixes of a word of their own, the longest first, and what stands before a word and may be left out."""
    suffixes = (word for word in particles("suffix") if len(word) > _ENOUGH)
    return tuple(sorted(suffixes, key=lambda word: (-len(word), word))), tuple(sorted(particles("shell")))
