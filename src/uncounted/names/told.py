"""Whether the words of a claim name its one victim: one rule for counting, for matching and for what is withheld.

Where a reader has not said so, letters do: names are written with capitals, apart from particles ("al-", "ibn", "de");
in a script without capitals the first word is a known given name whose vowels are written, or a particle of names says
so. "a shepherd" and "a Civil Defence volunteer" name nobody.
"""

import re
from collections.abc import Sequence

from uncounted.model.claims import Claim
from uncounted.names.fold import fold, script_of
from uncounted.names.sex import sex_of
from uncounted.names.tables import words as particles

_PARTS = re.compile(r"[-‐‑'’ʿʾ`]")


def is_single(claim: Claim) -> bool:
    """Whether a claim speaks of one victim without a number word: a name, or "a shepherd"."""
    count = claim.count
    return count.low == 1 and count.high == 1 and count.text is None and claim.victim is not None


def victim_named(claim: Claim) -> str | None:
    """Return the words for a single victim, as they stand, where they name that person, else ``None``.

    A reader's flag ``named`` decides; without it :func:`is_a_name` does.
    """
    if claim.victim is None or not is_single(claim):
        return None
    words = claim.victim.text.strip()
    return words if words and ("named" in claim.flags or is_a_name(words)) else None


def is_a_name(text: str) -> bool:
    """Whether words for one person hold that person's name.

    They do where two capitalised words or more open them, close them behind a common noun ("the journalist …"), or are
    most of them; a describing word in front of no noun ("the", "two") makes no name.
    """
    words = [word for word in (word.strip('.,;:()[]"“”«»') for word in text.split()) if word]
    if not words:
        return False
    if not any(letter.isupper() for letter in text):
        return script_of(text) == "arabic" and _known_in_arabic(words)
    capitals = [_capital(word) for word in words]
    if _first_run(words, capitals) >= 2 or _closing_name(words, capitals):
        return True
    bare = [at for at, word in enumerate(words) if word.casefold() not in particles("between")]
    written = sum(capitals[at] for at in bare)
    return words[0].casefold() not in particles("describing") and written >= 2 and written * 2 > len(bare)


def _capital(word: str) -> bool:
    """Whether a word, or what follows its article ("al-Mukhtara", "d'Arc"), begins with a capital."""
    return any(part[:1].isupper() for part in _PARTS.split(word))


def _first_run(words: Sequence[str], capitals: Sequence[bool]) -> int:
    """How many capitalised words open the text, particles between them passed over."""
    if words[0].casefold() in particles("describing"):
        return 0
    run = 0
    for word, capital in zip(words, capitals, strict=True):
        if not capital and word.casefold() not in particles("between"):
            break
        run += capital
    return run


def _closing_name(words: Sequence[str], capitals: Sequence[bool]) -> bool:
    """Whether two capitalised words or more close the text, behind a word for a person ("the journalist …")."""
    at = len(words)
    while at > 0 and (capitals[at - 1] or words[at - 1].casefold() in particles("between")):
        at -= 1
    if at == 0 or sum(capitals[at:]) < 2:
        return False
    before = words[at - 1].casefold()
    return len(before) > 3 and before not in particles("leading") and before not in particles("describing")


def _known_in_arabic(words: Sequence[str]) -> bool:
    folded = [fold(word) for word in words]
    joins = particles("servant") | particles("kunya") | particles("son")
    long_enough = all(len(word) > 2 or word in joins for word in folded)
    known = sex_of(words[0]) is not None and folded[0] not in particles("noun")
    return len(words) > 1 and long_enough and (known or any(word in joins for word in folded[:-1]))
