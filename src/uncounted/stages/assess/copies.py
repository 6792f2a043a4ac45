"""Copied text: passages of different documents that are nearly the same words.

Word runs (shingles) of the passage with its surroundings are compared as sets (Broder, *On the resemblance and
containment of documents*, 1997). The texts of one incident are few and are compared exactly: runs are indexed so that
only passages that share some meet. Very many are first sketched, and only those whose sketches meet are compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from rapidfuzz import fuzz

from uncounted.model.claims import Claim

RUN = 4
"""Words in a run."""
AROUND = 240
"""Code points of surrounding text on either side of a passage."""
LEAST_RUNS = 12
"""Fewer shared runs than this say nothing: "at least five people were killed" is nobody's own wording."""
SHARE = 0.6
"""Share of the shorter text's runs that the other must hold."""
MANY = 3000
"""Claims from which on texts are sketched first, where arrays are at hand."""
PASSAGES = 80.0
"""How alike the passages themselves must be (``ratio``, 0..100): neighbours in one article share surroundings."""


class Copy(NamedTuple):
    """Two claims of different documents in nearly the same words; ``share`` of the shorter's runs, 0..1."""

    left: str
    right: str
    share: float


def _runs(words: Sequence[str]) -> frozenset[int]:
    return frozenset(hash(tuple(words[at : at + RUN])) for at in range(len(words) - RUN + 1))


def _surroundings(claim: Claim, text: str | None) -> str:
    passage = claim.passage
    if text is None:
        return passage.text
    return text[max(passage.start - AROUND, 0) : passage.end + AROUND]


def copies(claims: Iterable[Claim], texts: Mapping[str, str]) -> tuple[Copy, ...]:
    """Return the pairs of claims that stand in copied text, sorted. ``texts`` maps a document to its text.

    Among very many claims a text that many copied is paired with some of its copies, enough to join them all.
    """
    present = sorted(claims, key=lambda claim: claim.id)

    def words(at: int) -> list[str]:
        claim = present[at]
        return re.findall(r"\w+", _surroundings(claim, texts.get(claim.document)).casefold())

    found = []
    sketch = len(present) > MANY and find_spec("numpy") is not None
    for one, two, number, share in _many(present, words) if sketch else _few(present, words):
        left, right = present[one], present[two]
        if number < LEAST_RUNS or share < SHARE:
            continue
        if (
            left.harm == right.harm
            and fuzz.ratio(left.passage.text.casefold(), right.passage.text.casefold()) >= PASSAGES
        ):
            found.append(Copy(left.id, right.id, share))
    return tuple(sorted(found))


Met = tuple[int, int, int, float]
"""Two claims by number, how many runs they share, and which share of the shorter's runs that is."""
Words = Callable[[int], list[str]]


def _few(present: Sequence[Claim], words: Words) -> Iterator[Met]:
    runs = [_runs(words(at)) for at in range(len(present))]
    holders: dict[int, list[int]] = defaultdict(list)
    shared: Counter[tuple[int, int]] = Counter()
    for at, held in enumerate(runs):
        for run in held:
            for other in holders[run]:
                if present[other].document != present[at].document:
                    shared[other, at] += 1
            holders[run].append(at)
    for (one, two), number in shared.items():
        yield one, two, number, number / min(len(runs[one]), len(runs[two]))


def _many(present: Sequence[Claim], words: Words) -> Iterator[Met]:
    from uncounted.stages.assess.sketches import meeting, sketched

    last = -1
    held: frozenset[int] = frozenset()
    for one, two in meeting(sketched((words(at) for at in range(len(present))), RUN, LEAST_RUNS)):
        if present[one].document == present[two].document:
            continue
        if one != last:
            held, last = _runs(words(one)), one
        other = _runs(words(two))
        number = len(held & other)
        yield one, two, number, number / max(min(len(held), len(other)), 1)
