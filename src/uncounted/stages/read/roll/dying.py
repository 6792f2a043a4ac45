"""Which of the named persons a report says were killed."""

import bisect
import re
from collections.abc import Sequence
from typing import NamedTuple

from uncounted.stages.read.roll.mentions import Mention
from uncounted.stages.read.roll.words import Words
from uncounted.text.view import View

_SMALL = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FARTHEST = 160
_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"")
_RECALLED = 400
_VERBAL = re.compile(r"[\s,]*(?:(?:who|and|reported|named|having|being|confirmed|found|as|was|were|is|has|have|had|been|both|all|also|[a-z]+ly)[\s,]+){1,6}")
_OF = re.compile(r"\b(?:of|by|to|from|for|in|at|near)\s+(?:[\w'-]+\s+){0,3}$")


class Harmed(NamedTuple):
    """A word of harm at an offset: whether it tells of killing, and whether it befalls its subject ("died")."""

    start: int
    kills: bool
    befalls: bool


def dying(
    seen: View, spans: Sequence[tuple[int, int]], found: Sequence[Mention], killed: Sequence[tuple[int, int]],
    harmed: Sequence[Harmed], words: Words,
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
        mine = [one for one in inside if _told(seen, one, killed, harmed, words)]
        opened = _opened(seen, start, end, inside, harmed, words)
        mine += opened
        if mine or any(start <= first < end for first, _ in killed):
            mine += _beside(seen, start, end, inside, harmed, words)
        elif listing and inside and _is_entry(seen, start, end, inside):
            mine += inside[:1]
        elif listing and (after := words.together.match(seen.lower, start)) is not None:
            mine += _row(seen, after.end(), inside, words)
        listing = (bool(opened) or bool(mine)) or (listing and seen.text[end - 1] == ":")
        if not inside and seen.text[end - 1] == ":" and words.opens.search(seen.lower, start, end):
            listing = True
        mine = _joined(seen, inside, sorted(set(mine), key=lambda one: one.start), words)
        dead |= {one.start: one for one in mine}
    return [dead[at] for at in sorted(dead)]


def _told(
    seen: View, one: Mention, killed: Sequence[tuple[int, int]], harmed: Sequence[Harmed], words: Words
) -> bool:
    """Whether a name opens the words of a victim, stands right behind them, or right before "was killed"."""
    if one.owner:
        return any(first <= one.start < last <= one.end + 1 for first, last in killed)
    if one.telling:
        return False
    if words.among.match(seen.lower, one.last):
        return True
    for first, last in killed:
        opens = first <= one.start < last and not _OF.search(seen.lower, first, one.first)
        if opens or (one.known and last <= one.first < last + 60 and _one_list(seen.lower[last : one.first], words)):
            return True
    at = bisect.bisect_left(harmed, one.last, key=lambda word: word.start)
    if at == len(harmed) or not harmed[at].kills:
        return False
    verbal = seen.lower[one.last : harmed[at].start]
    passive = harmed[at].befalls or bool(words.passive.search(verbal))
    return passive and bool(_VERBAL.fullmatch(verbal)) and not words.undone.search(verbal)


def _opened(
    seen: View, start: int, end: int, inside: Sequence[Mention], harmed: Sequence[Harmed], words: Words
) -> list[Mention]:
    """The names of the list of the dead that opens in a sentence; none where the harm told of last is not killing."""
    for cue in words.opens.finditer(seen.lower, start, end):
        if _of_killing(start, end, cue.end(), harmed):
            row = _row(seen, cue.end(), inside, words)
            if row:
                return row
    return []


def _of_killing(start: int, end: int, at: int, harmed: Sequence[Harmed]) -> bool:
    """Whether killing is what is told of at an offset: by the word of harm before it in the sentence, by the one after
    it, or in the sentences right before."""
    here = bisect.bisect_right(harmed, at, key=lambda word: word.start)
    if here and harmed[here - 1].start >= start:
        return harmed[here - 1].kills
    if here < len(harmed) and harmed[here].start < end:
        return harmed[here].kills
    near = [word.kills for word in harmed[max(0, here - 4) : here] if word.start > start - _RECALLED]
    return any(near) or not near


def _beside(
    seen: View, start: int, end: int, inside: Sequence[Mention], harmed: Sequence[Harmed], words: Words
) -> list[Mention]:
    """ "X was killed alongside his wife Y": the names behind such a word in a sentence that tells of a killing."""
    row: list[Mention] = []
    for cue in words.together.finditer(seen.lower, start, end):
        here = bisect.bisect_right(harmed, cue.start(), key=lambda word: word.start)
        if here and harmed[here - 1].start >= start and harmed[here - 1].kills:
            row += _row(seen, cue.end(), inside, words)[:1]
    return row


def _row(seen: View, opened: int, inside: Sequence[Mention], words: Words) -> list[Mention]:
    """The names of a list that opens at an offset, until somebody tells something or another harm is told of."""
    row: list[Mention] = []
    last = opened
    for one in (mention for mention in inside if mention.start >= opened):
        between = seen.lower[last : one.first]
        said = set(_SMALL.findall(between.rpartition(":")[2]))
        if said & words.telling or (not row and ":" not in between and not said <= words.between):
            break
        last = one.last
        if not one.owner and not one.telling and not _OF.search(seen.lower, opened, one.first):
            row.append(one)
        if one.telling:
            break
    return row


def _is_entry(seen: View, start: int, end: int, inside: Sequence[Mention]) -> bool:
    """A line that holds one name and what belongs to it."""
    return len(inside) == 1 and inside[0].first - start <= 6 and end - inside[0].last <= 12


def _joined(seen: View, inside: Sequence[Mention], mine: list[Mention], words: Words) -> list[Mention]:
    """The dead with whoever is joined to one of them in the same list, to the right and to the left."""
    kept = list(mine)
    row = [one for one in inside if not one.owner or one in kept]
    for step in (1, -1):
        turned = row[::step]
        for one, other in zip(turned, turned[1:], strict=False):
            if one not in kept or other in kept or other.owner or other.telling or not other.known:
                continue
            left, right = (one, other) if step == 1 else (other, one)
            if _one_list(_between(seen, left, right, inside), words):
                kept.append(other)
    return sorted(kept, key=lambda one: one.start)


def _between(seen: View, left: Mention, right: Mention, inside: Sequence[Mention]) -> str:
    """The words between two names, without owners ("Ana and Ben's daughter Cleo")."""
    text, at = "", left.last
    for one in inside:
        if one.owner and left.last <= one.first and one.last <= right.first:
            text += seen.lower[at : one.first]
            at = one.last
            at += 2 if seen.lower.startswith("'s", at) else 1
    return text + seen.lower[at : right.first]


def _one_list(between: str, words: Words) -> bool:
    """Whether two names with such words between them stand in one list."""
    if len(between) > _FARTHEST or "." in between:
        return False
    plain = _ASIDE.sub(" ", between)
    if not re.search(r"[,;&]|\band\b|\bwith\b|alongside", plain):
        return False
    return all(word in words.between for word in _SMALL.findall(words.some_of.sub(" ", plain)))
