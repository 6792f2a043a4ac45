"""Counts of some of those harmed: one family, another five. They are no rival to a count of all."""

import re
import tomllib
from functools import cache
from importlib import resources

from uncounted.model.claims import Claim


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    lists = tomllib.loads((resources.files(__package__) / "partial.toml").read_text("utf-8")).values()
    return (
        frozenset(word for one in lists for word in one["any"]),
        frozenset(word for one in lists for word in one["first"]),
    )


def is_partial(claim: Claim) -> bool:
    """Whether the words for the victims say that they are some of those harmed."""
    if claim.victim is None:
        return False
    words = re.findall(r"\w+", claim.victim.text.casefold())
    anywhere, first = _words()
    return bool(words) and (words[0] in first or not anywhere.isdisjoint(words))


def is_gathered(claim: Claim) -> bool:
    """Whether a count was added up by a reader from victims told of one by one, which may tell of one twice."""
    return "inferred_sum" in claim.flags
