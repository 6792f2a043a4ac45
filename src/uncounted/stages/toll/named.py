"""Named victims: how many different people a report names. A list of names is a floor under the count."""

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

from uncounted.model.claims import Claim

_SAME = 85.0
"""Two names at least this alike (``token_set_ratio``, 0..100) may be one person's, so they count once."""

_NOT_A_NAME = frozenset(
    [
        "a",
        "an",
        "the",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "another",
        "other",
        "some",
        "several",
        "his",
        "her",
        "their",
        "my",
        "our",
        "this",
        "that",
        "its",
        "no",
        "every",
        "each",
        "young",
        "old",
        "elderly",
    ]
)


def folded(name: str) -> str:
    """A name without case, marks, Arabic vowel signs and punctuation, for comparing only."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(" " if not (c.isalnum() or c.isspace()) else c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def is_single(claim: Claim) -> bool:
    """Whether a claim speaks of one victim without a number word: a name, or "a shepherd"."""
    count = claim.count
    return count.low == 1 and count.high == 1 and count.text is None and claim.victim is not None


def name_of(claim: Claim) -> str | None:
    """The victim's name where the words for a single victim are one, else ``None``.

    A reader's flag ``named`` decides; without it, two or more capitalised words that do not begin with an article or
    a number word are taken for a name.
    """
    if not is_single(claim) or claim.victim is None:
        return None
    text = claim.victim.text.strip()
    if "named" in claim.flags:
        return folded(text)
    words = text.split()
    if not words or words[0].casefold() in _NOT_A_NAME:
        return None
    capitals = [word for word in words if word[0].isupper()]
    return folded(text) if len(capitals) >= 2 and len(capitals) * 2 > len(words) else None


def distinct(names: Iterable[str]) -> int:
    """A safe lower bound on how many people the names stand for: names that may be one person's count once."""
    kept: list[str] = []
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        if all(fuzz.token_set_ratio(name, other) < _SAME for other in kept):
            kept.append(name)
    return len(kept)
