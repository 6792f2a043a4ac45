"""Which of the named persons a report says were killed."""

import bisect
import re
from collections.abc import Sequence

from uncounted.stages.read.roll.mentions import Mention
from uncounted.stages.read.roll.words import Words
from uncounted.text.view import View

_SMALL = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FARTHEST = 160
_OF = re.compile(r"\b(?:of|by|to|from|for|in|at|near|with)\s+$")


def dying(
    seen: View, spans: Sequence[tuple[int, int]], found: Sequence[Mention], killed: Sequence[tuple[int, int]],
    harmed: Sequence[tuple[int, bool]], words: Words,
) -> list[Mention]:  # fmt: skip
    """The mentions of persons that are said to be dead, in order.

    ``spans`` are the sentences, ``killed`` the stretches of the victims that the grammar reads as killed, ``harmed``
    where words of harm stand and whether each tells of killing. A name counts as dead inside such a victim, in a list
    that names the dead, or joined to a dead name in one list.
    """
    starts = [mention.start for mention in found]
    dead: dict[int, Mention] = {}
    listing = False
    for start, end in spans:
        inside = found[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]
        opened = _opened(seen, start, end, harmed, words)
        mine = [one for one in inside if any(first <= one.start < last for first, last in killed) and not one.owner]
        if opened is not None:
            mine += [one for one in inside if one.start >= opened and _free(seen, start, one)]
        elif listing and inside and _is_entry(seen, start, end, inside):
            mine += inside[:1]
        listing = (opened is not None and seen.text[end - 1] == ":") or (listing and bool(mine))
        mine = _joined(seen, inside, sorted(set(mine), key=lambda one: one.start), words)
        dead |= {one.start: one for one in mine}
    return [dead[at] for at in sorted(dead)]


def _opened(seen: View, start: int, end: int, harmed: Sequence[tuple[int, bool]], words: Words) -> int | None:
    """Where a list of the named dead opens in a sentence; ``None`` where the harm told of last is not killing."""
    cue = words.opens.search(seen.lower, start, end)
    if cue is None:
        return None
    at = bisect.bisect_right(harmed, (cue.end(), True))
    if at and harmed[at - 1][0] >= start:
        return cue.end() if harmed[at - 1][1] else None
    after = next((kills for where, kills in harmed[at : at + 1] if where < end), None)
    if after is False:
        return None
    return cue.end() if after or (at and harmed[at - 1][1]) else None


def _free(seen: View, start: int, mention: Mention) -> bool:
    """Whether a name stands for itself: it owns nothing, tells nothing, and is nobody's "wife of X"."""
    if mention.owner or mention.telling:
        return False
    return not _OF.search(seen.lower, max(start, mention.first - 8), mention.first)


def _is_entry(seen: View, start: int, end: int, inside: Sequence[Mention]) -> bool:
    """A line that holds one name and what belongs to it."""
    return len(inside) == 1 and inside[0].first - start <= 6 and end - inside[0].last <= 12


def _joined(seen: View, inside: Sequence[Mention], mine: list[Mention], words: Words) -> list[Mention]:
    """The dead with whoever is joined to one of them in the same list, to the right and to the left."""
    kept = list(mine)
    for step in (1, -1):
        row = list(inside)[::step]
        for one, other in zip(row, row[1:], strict=False):
            if one not in kept or other in kept or other.owner or other.telling:
                continue
            left, right = (one, other) if step == 1 else (other, one)
            if _one_list(seen.lower[left.last : right.first], words):
                kept.append(other)
    return sorted(kept, key=lambda one: one.start)


def _one_list(between: str, words: Words) -> bool:
    """Whether two names with such words between them stand in one list."""
    if len(between) > _FARTHEST or "." in between:
        return False
    plain = re.sub(r"\([^()]*\)|\"[^\"]*\"", " ", between)
    if not re.search(r"[,;&]|\band\b|\bwith\b|alongside", plain):
        return False
    return all(word in words.between for word in _SMALL.findall(plain))
