"""What one claim's count says under a policy: a lower and an upper bound in persons."""

import re
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from uncounted.model.claims import Claim, Count
from uncounted.stages.toll.partial import is_gathered
from uncounted.stages.toll.policy import Bound, Policy

Bounds = tuple[int | None, int | None]
"""Lower and upper bound in persons, both included; ``None`` is open."""


def _bounds(pair: tuple[int, Bound]) -> Bounds:
    return pair[0], None if pair[1] == "open" else pair[1]


@lru_cache(maxsize=256)
def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:ال)?{re.escape(word.casefold())}(?!\w)")


def _vague(count: Count, policy: Policy) -> Bounds:
    """The longest of the policy's words in the count's text, and the interval recorded, in the policy's order."""
    recorded = count.low is not None or count.high is not None
    if recorded and policy.vague_from == "record":
        return count.low, count.high
    text = (count.text or "").casefold()
    said = [word for word in policy.vague if _word(word).search(text)]
    if said:
        return _bounds(policy.vague[max(said, key=lambda word: (len(word), word))])
    return (count.low, count.high) if recorded else _bounds(policy.plural)


def _in_units(count: Count, policy: Policy) -> Bounds | None:
    low, high = count.low, count.high
    match count.quantifier:
        case "at_least":
            high = low if policy.at_least == "closed" else None
        case "more_than":
            low = None if low is None else low + 1
            high = low if policy.more_than == "closed" else None
        case "less_than":
            high = None if high is None else max(high - 1, 0)
        case "about":
            share = Fraction(str(policy.about))  # as the policy writes it, so that a count is exact
            low = None if low is None else floor(low * (1 - share))
            high = None if high is None else ceil(high * (1 + share))
        case "vague":
            low, high = _vague(count, policy)
        case "unquantified" if low is None and high is None:
            low, high = _bounds(policy.plural)
        case _:
            pass
    return None if low is None and high is None else (low, high)


def bounds(claim: Claim, policy: Policy) -> Bounds | None:
    """The bounds in persons that a claim sets under a policy, or ``None`` where it sets none.

    A count of households or families has bounds only under a policy that states how many persons one of them is; a
    count of bodies is one of persons. "more than 30" arrives as ``low=30`` and is 31 or more.
    """
    found = _in_units(claim.count, policy)
    unit = claim.count.unit
    if found is None or unit in ("person", "body"):
        return found
    if unit not in policy.units:
        return None
    least, most = policy.units[unit]
    low, high = found
    return None if low is None else low * least, None if high is None or most == "open" else high * most


def has_figure(claim: Claim) -> bool:
    """Whether the source gives a number or word for how many, not a bare plural or one victim after another."""
    return claim.count.quantifier != "unquantified" and not is_gathered(claim)
