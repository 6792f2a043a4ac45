"""One sentence as the roll looks at it: its names, the victims and the words of harm in it."""

import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from uncounted.stages.read.roll.mention import Mention
from uncounted.text.view import View


class Harmed(NamedTuple):
    """A word of harm at an offset: whether it tells of killing, and whether it befalls its subject ("died")."""

    start: int
    kills: bool
    befalls: bool


class Scene(NamedTuple):
    """A sentence ``view.text[start:end]``, the names in it, the stretches of the victims killed in it, and the words
    of harm in it and shortly before it."""

    seen: View
    start: int
    end: int
    names: Sequence[Mention]
    killed: Sequence[tuple[int, int]]
    harmed: Sequence[Harmed]

    def next_harm(self, at: int) -> Harmed | None:
        """The word of harm from an offset on, in this sentence."""
        return next((word for word in self.harmed if word.start >= at), None)

    def last_harm(self, at: int) -> Harmed | None:
        """The word of harm before an offset, in this sentence."""
        return next((word for word in reversed(self.harmed) if self.start <= word.start < at), None)

    def earlier(self) -> list[bool]:
        """Of the words of harm shortly before the sentence, whether each tells of killing."""
        return [word.kills for word in self.harmed if word.start < self.start]


_RECALLED = 400
_MOST = 4


def scenes(
    seen: View, spans: Sequence[tuple[int, int]], names: Sequence[Mention], killed: Sequence[tuple[int, int]],
    harmed: Sequence[Harmed],
) -> Iterator[Scene]:  # fmt: skip
    """The sentences of a view one by one; ``names``, ``killed`` and ``harmed`` are in the order of their offsets."""
    at = [one.start for one in names]
    victims = [first for first, _ in killed]
    words = [word.start for word in harmed]
    for start, end in spans:
        inside = names[bisect.bisect_left(at, start) : bisect.bisect_left(at, end)]
        here = killed[bisect.bisect_left(victims, start) : bisect.bisect_left(victims, end)]
        first = bisect.bisect_left(words, start)
        recalled = max(first - _MOST, bisect.bisect_left(words, start - _RECALLED))
        yield Scene(seen, start, end, inside, here, harmed[recalled : bisect.bisect_left(words, end)])
