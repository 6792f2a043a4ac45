"""Copied text: passages of different documents that are nearly the same words.

Word runs (shingles) of the passage with its surroundings are compared as sets (Broder, *On the resemblance and
containment of documents*, 1997): exactly, since the texts of one incident are few; runs are indexed so that only
passages that share some are compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    """Return the pairs of claims that stand in copied text, sorted. ``texts`` maps a document to its text."""
    present = sorted(claims, key=lambda claim: claim.id)
    runs = [_runs(re.findall(r"\w+", _surroundings(claim, texts.get(claim.document)).casefold())) for claim in present]
    holders: dict[int, list[int]] = defaultdict(list)
    shared: Counter[tuple[int, int]] = Counter()
    for at, held in enumerate(runs):
        for run in held:
            for other in holders[run]:
                if present[other].document != present[at].document:
                    shared[other, at] += 1
            holders[run].append(at)
    found = []
    for (one, two), number in shared.items():
        share = number / min(len(runs[one]), len(runs[two]))
        left, right = present[one], present[two]
        if number < LEAST_RUNS or share < SHARE:
            continue
        if (
            left.harm == right.harm
            and fuzz.ratio(left.passage.text.casefold(), right.passage.text.casefold()) >= PASSAGES
        ):
            found.append(Copy(left.id, right.id, share))
    return tuple(sorted(found))
