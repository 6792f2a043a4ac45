"""Named victims: how many different people a report names. A list of names is a floor under the count."""

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

from uncounted.model.claims import Claim
from uncounted.names.told import victim_named

_SAME = 85.0
"""Two names at least this alike (``token_set_ratio``, 0..100) may be one person's, so they count once."""


def folded(name: str) -> str:
    """A name without case, marks, Arabic vowel signs and punctuation, for comparing only."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(" " if not (c.isalnum() or c.isspace()) else c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def name_of(claim: Claim) -> str | None:
    """The victim's name, folded, where the words for a single victim are one, else ``None``."""
    words = victim_named(claim)
    return None if words is None else folded(words)


def distinct(names: Iterable[str]) -> int:
    """A safe lower bound on how many people the names stand for: names that may be one person's count once."""
    kept: list[str] = []
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        if all(fuzz.token_set_ratio(name, other) < _SAME for other in kept):
            kept.append(name)
    return len(kept)
