"""Numbers that a phrase leaves to be worked out: "half of the 60 detainees", "all but two of the 14 passengers"."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from uncounted.stages.read.phrase import NounPhrase
from uncounted.stages.read.quantities import Quantity
from uncounted.text.tokens import Token


class Worked(NamedTuple):
    """How many a phrase makes, where it makes a whole number (``None`` where it does not), and the token at which its
    words begin."""

    number: int | None
    first: int


def worked_out(
    found: Sequence[Token], before: NounPhrase, inner: Quantity | None, parts: Mapping[str, int], all_but: Sequence[str]
) -> Worked | None:
    """The number of a phrase of which ``before`` stands in front of "of" and ``inner`` counts what follows it; ``None``
    where nothing has to be worked out. ``parts`` are the words for a part of one with their divisors ("third": 3)."""
    if inner is None or inner.low is None or inner.low != inner.high:
        return None
    outer = before.quantity
    left = tuple(token.word for token in found[max(0, before.first - len(all_but)) : before.first])
    if all_but and left == tuple(all_but) and outer is not None and outer.low is not None:
        return Worked(inner.low - outer.low if outer.low < inner.low else None, before.first - len(all_but))
    divisor = parts.get(found[before.head].word) if before.head >= 0 else None
    if divisor is None:
        return None
    times = outer.low if outer is not None and outer.quantifier == "exact" and outer.low is not None else 1
    whole, rest = divmod(inner.low * times, divisor)
    bounded = outer is not None and outer.quantifier != "exact"
    return Worked(whole if not rest and not bounded else None, before.first)
