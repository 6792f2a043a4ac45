"""Which of the named persons a report says were killed."""

from collections.abc import Iterable, Iterator

from uncounted.stages.read.roll.lists import joined, one_list, row
from uncounted.stages.read.roll.mention import Mention
from uncounted.stages.read.roll.scene import Scene
from uncounted.stages.read.roll.words import Words

_NEAR = 60


def dying(found: Iterable[Scene], words: Words) -> Iterator[Mention]:
    """The names of those said to be dead.

    A name counts as dead inside the words of a victim that the grammar reads as killed, right before "was killed", in
    a list that names the dead, beside whom somebody died, or joined to a dead name in one list.
    """
    listing = False
    for scene in found:
        told = [one for one in scene.names if _told(scene, one, words)]
        listed = _listed(scene, words)
        chosen = [*told, *listed]
        if chosen or scene.killed:
            chosen += _beside(scene, words)
        elif listing:
            chosen += _going_on(scene, words)
        ends_open = scene.seen.text[scene.end - 1] == ":"
        opens = ends_open and not scene.names and words.opens.search(scene.seen.lower, scene.start, scene.end)
        listing = bool(chosen) or bool(opens) or (listing and ends_open)
        yield from joined(scene, chosen, words)


def _told(scene: Scene, one: Mention, words: Words) -> bool:
    """Whether a name opens the words of a victim, stands right behind them, or right before "was killed"."""
    lower = scene.seen.lower
    if one.owner:
        return any(first <= one.start < last <= one.end + 1 for first, last in scene.killed)
    if one.telling:
        return False
    kin = words.apposed.match(lower, one.last, scene.end)
    last = kin.end() if kin else one.last
    if words.among.match(lower, last):
        return True
    for first, end in scene.killed:
        opens = first <= one.start < end and not words.of.search(lower, first, one.first)
        if opens or (one.known and end <= one.first < end + _NEAR and one_list(lower[end : one.first], words)):
            return True
    harm = scene.next_harm(last)
    if harm is None or not harm.kills or words.of.search(lower, max(scene.start, one.first - 5), one.first):
        return False
    verbal = lower[last : harm.start]
    passive = harm.befalls or bool(words.passive.search(verbal))
    return passive and bool(words.verbal.fullmatch(verbal)) and not words.undone.search(verbal)


def _listed(scene: Scene, words: Words) -> list[Mention]:
    """The names of the list of the dead that opens in a sentence; none where the harm told of last is not killing."""
    for cue in words.opens.finditer(scene.seen.lower, scene.start, scene.end):
        found = row(scene, cue.end(), words) if _of_killing(scene, cue.end()) else []
        if found:
            return found
    return []


def _of_killing(scene: Scene, at: int) -> bool:
    """Whether killing is what is told of at an offset: by the word of harm before it in the sentence, by the one after
    it, or in the sentences right before."""
    harm = scene.last_harm(at + 1) or scene.next_harm(at)
    if harm is not None:
        return harm.kills
    earlier = scene.earlier()
    return any(earlier) or not earlier


def _beside(scene: Scene, words: Words) -> list[Mention]:
    """ "X was killed alongside his wife Y": who is named behind such a word in a sentence that tells of a killing."""
    found: list[Mention] = []
    for cue in words.together.finditer(scene.seen.lower, scene.start, scene.end):
        harm = scene.last_harm(cue.start())
        if harm is not None and harm.kills:
            found += row(scene, cue.end(), words)[:1]
    return found


def _going_on(scene: Scene, words: Words) -> list[Mention]:
    """What goes on with a list: a line that holds one name and what belongs to it, or "As well as X and Y"."""
    names = scene.names
    if len(names) == 1 and names[0].first - scene.start <= 6 and scene.end - names[0].last <= 12:
        return list(names)
    after = words.together.match(scene.seen.lower, scene.start)
    return row(scene, after.end(), words) if after is not None else []
