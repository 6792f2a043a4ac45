"""Which sentences can tell of harm at all: one cheap look at their words before a sentence is made ready.

The look may let a sentence through that tells of none; it never keeps one back from which a claim could be read.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from uncounted.stages.read.lexicon import Lexicon, lexicon

_LETTERS = re.compile(r"[^\W\d_]+")


class Phrases(NamedTuple):
    """Phrases as words without order: those of one word, and the words of each other one under its longest."""

    single: frozenset[str]
    several: dict[str, tuple[frozenset[str], ...]]

    def any_in(self, said: set[str]) -> bool:
        """Whether all the words of one of the phrases are among the words said."""
        if not said.isdisjoint(self.single):
            return True
        return any(words <= said for key in said & self.several.keys() for words in self.several[key])


class Sieve(NamedTuple):
    """What a claim cannot be without: a phrase of harm; a place that shelters people and a word for an attack on it;
    behind another claim, a word that points back with one for "of", or a phrase for its figure."""

    harms: Phrases
    places: Phrases
    attacks: Phrases
    pointing: frozenset[str]
    of: frozenset[str]
    figures: Phrases


def may_tell(lower: str, start: int, end: int, lex: Lexicon, *, after_claims: bool) -> bool:
    """Whether ``lower[start:end]`` can yield a claim; ``after_claims`` says that an earlier sentence did.

    Where a language writes small words together with others, every sentence may.
    """
    if lex.clitics is not None:
        return True
    said = set(_LETTERS.findall(lower, start, end))
    known = _sieve(lex.language)
    if known.harms.any_in(said) or (known.places.any_in(said) and known.attacks.any_in(said)):
        return True
    if not after_claims:
        return False
    return not (said.isdisjoint(known.pointing) or said.isdisjoint(known.of)) or known.figures.any_in(said)


@cache
def _sieve(language: str) -> Sieve:
    lex = lexicon(language)
    said = lex.cued.get
    return Sieve(
        harms=_phrases(" ".join(entry.words) for row in lex.harming.values() for entry in row),
        places=_phrases(said("struck.places", ())),
        attacks=_phrases((*said("struck.destroyed", ()), *said("struck.attacked", ()))),
        pointing=lex.sets["pointing"],
        of=frozenset(word for word, letter in lex.classes.items() if letter == "F"),
        figures=_phrases(said("subset.figure", ())),
    )


def _phrases(phrases: Iterable[str]) -> Phrases:
    single: set[str] = set()
    several: dict[str, list[frozenset[str]]] = {}
    for phrase in phrases:
        words = _LETTERS.findall(phrase)
        if len(words) == 1:
            single.add(words[0])
        else:
            several.setdefault(max(words, key=len), []).append(frozenset(words))
    return Phrases(frozenset(single), {key: tuple(found) for key, found in several.items()})
