"""Attacks on places that shelter people: "the clinic was shelled", "a shell struck the hospital".

A claim of this kind counts nobody: it says that a hospital, a school or a convoy was attacked or destroyed.
"""

from collections.abc import Iterator
from typing import cast

from uncounted.model.vocabulary import Harm
from uncounted.stages.read.apposition import Victim
from uncounted.stages.read.lexicon import Harming, Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.wording import Trigger

_HARMS = ("destroyed", "attacked")
_BACK = 12


def tells_of_places(lower: str, start: int, end: int, lex: Lexicon) -> bool:
    """Whether a stretch of folded text names both such a place and a word for an attack."""
    places = lex.cues.get("struck.places")
    if places is None or not places.search(lower, start, end):
        return False
    return any(lex.cues[f"struck.{harm}"].search(lower, start, end) for harm in _HARMS)


def struck(made: Clause, lex: Lexicon) -> Iterator[tuple[Trigger, Victim]]:
    """The places that a sentence says were attacked or destroyed, each with the word for it."""
    if "struck.places" not in lex.cues:
        return
    for at, token in enumerate(made.tokens):
        if made.classes[at] not in "VEIK":
            continue
        for harm in _HARMS:
            if not lex.cues[f"struck.{harm}"].fullmatch(token.word):
                continue
            place = _object(made, at, lex) or _subject(made, at, lex)
            if place is not None:
                entry = Harming((token.word,), cast(Harm, harm), frozenset({"act"}))
                yield Trigger(entry, at, at + 1), Victim(place, place.first, _end(made, place))
            break


def _object(made: Clause, at: int, lex: Lexicon) -> NounPhrase | None:
    phrase = made.starting.get(at + 1)
    if phrase is None or _passive(made, at) is not None:
        return None
    return phrase if _shelters(made, phrase, lex) else None


def _subject(made: Clause, at: int, lex: Lexicon) -> NounPhrase | None:
    opens = _passive(made, at)
    if opens is None:
        return None
    phrase = made.ending.get(opens)
    while phrase is not None and phrase.first and made.governs(phrase.first - 1) and opens - phrase.first < _BACK:
        outer = made.ending.get(phrase.first - 1)
        if outer is None:
            return None
        phrase = outer
    return phrase if phrase is not None and _shelters(made, phrase, lex) else None


def _passive(made: Clause, at: int) -> int | None:
    """Where the verb group of a passive that ends with a verb begins; ``None`` when it is not passive."""
    first = at
    while first > 0 and made.classes[first - 1] in "BHA":
        first -= 1
    return first if "B" in made.classes[first:at] else None


def _shelters(made: Clause, phrase: NounPhrase, lex: Lexicon) -> bool:
    words = [made.tokens[index].word for index in range(phrase.first, phrase.last)]
    heads = {words[-1], words[phrase.head - phrase.first] if phrase.head >= 0 else words[-1]}
    of = next((index for index, letter in enumerate(made.classes[phrase.first : phrase.last]) if letter == "F"), None)
    if of:
        heads = {words[of - 1]}
    return any(lex.cues["struck.places"].fullmatch(word) for word in heads)


def _end(made: Clause, place: NounPhrase) -> int:
    """The end of the place's words, its name after "of" with them: "the Hospital of the Lilies"."""
    beyond = made.starting.get(place.last + 1) if made.classes[place.last : place.last + 1] == "F" else None
    return beyond.last if beyond is not None else place.last
