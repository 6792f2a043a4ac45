"""Names that stand in one list, by the words between them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from uncounted.stages.read.roll.mention import Mention
from uncounted.stages.read.roll.scene import Scene
from uncounted.stages.read.roll.words import Words

_SMALL = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"")
_FARTHEST = 160


def one_list(between: str, words: Words) -> bool:
    """Whether two names with such words between them stand in one list: joints, ages, kin and other small words."""
    if len(between) > _FARTHEST or "." in between:
        return False
    plain = _ASIDE.sub(" ", between)
    if not words.joint.search(plain):
        return False
    return all(word in words.between for word in _SMALL.findall(words.some_of.sub(" ", plain)))


def row(scene: Scene, opened: int, words: Words) -> list[Mention]:
    """The names of a list that opens at an offset, until somebody tells something."""
    found: list[Mention] = []
    last = opened
    for one in (name for name in scene.names if name.start >= opened):
        between = scene.seen.lower[last : one.first]
        said = set(_SMALL.findall(between.rpartition(":")[2]))
        if said & words.telling or (not found and ":" not in between and not said <= words.between):
            break
        last = one.last + _ending(scene, one)
        if not one.owner and not one.telling and not words.of.search(scene.seen.lower, opened, one.first):
            found.append(one)
        if one.telling:
            break
    return found


def joined(scene: Scene, chosen: Sequence[Mention], words: Words) -> list[Mention]:
    """The chosen names with whoever is joined to one of them in the same list, to the right and to the left."""
    kept = list(dict.fromkeys(chosen))
    names = [one for one in scene.names if not one.owner or one in kept]
    for step in (1, -1):
        for one, other in pairwise(names[::step]):
            if one not in kept or other in kept or other.owner or other.telling or not other.known:
                continue
            left, right = (one, other) if step == 1 else (other, one)
            if one_list(_between(scene, left, right), words):
                kept.append(other)
    return kept


def _between(scene: Scene, left: Mention, right: Mention) -> str:
    """The words between two names, without owners ("Ana and Ben's daughter Cleo")."""
    lower, text, at = scene.seen.lower, "", left.last
    for one in scene.names:
        if one.owner and left.last <= one.first and one.last <= right.first:
            text += lower[at : one.first]
            at = one.last + _ending(scene, one)
    return text + lower[at : right.first]


def _ending(scene: Scene, one: Mention) -> int:
    """The length of what makes a name an owner: "'s" or "'"."""
    if not one.owner:
        return 0
    return 2 if scene.seen.lower.startswith("'s", one.last) else 1
