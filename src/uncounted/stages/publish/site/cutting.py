"""How long things are cut into pages: lists by number, a report by its length and its claims."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from uncounted.model.claims import Claim

T = TypeVar("T")

LETTERS = 40_000
"""Code points of a report on one page, about; a longer report goes on on further pages."""

CLAIMS = 120
"""Claims marked on one page of a report."""


class Part(msgspec.Struct, frozen=True):
    """A stretch of a report that one page shows, and the claims whose passages begin in it."""

    number: int
    start: int
    end: int
    claims: tuple[Claim, ...]


def parts_of(text: str, claims: Sequence[Claim], letters: int = LETTERS, most: int = CLAIMS) -> tuple[Part, ...]:
    """A report's text in stretches that touch, each cut at a line or a word and never inside a passage.

    ``claims`` are the report's, in the order of their words. A text that fits is one part.
    """
    if len(text) <= letters and len(claims) <= most:
        return (Part(1, 0, len(text), tuple(claims)),)
    found: list[Part] = []
    start, waiting = 0, list(claims)
    while start < len(text) or not found:
        end = min(len(text), start + letters)
        if len(waiting) > most:
            end = min(end, max(waiting[most].passage.start, start + 1))
        if end < len(text):
            end = _edge(text, start, end)
        for claim in waiting:
            if claim.passage.start < end < claim.passage.end and claim.passage.end - start <= 2 * letters:
                end = claim.passage.end
        here = tuple(claim for claim in waiting if claim.passage.start < end)
        waiting = waiting[len(here) :]
        found.append(Part(len(found) + 1, start, end, here))
        start = end
    if waiting:
        found[-1] = msgspec.structs.replace(found[-1], claims=(*found[-1].claims, *waiting))
    return tuple(found)


def _edge(text: str, start: int, end: int) -> int:
    """The nearest end of a paragraph, line or word before ``end``; ``end`` itself when there is none near."""
    for gap in ("\n\n", "\n", " "):
        at = text.rfind(gap, start + (end - start) // 2, end)
        if at > start:
            return at + len(gap)
    return end


def chunks(of: Sequence[T], size: int) -> list[Sequence[T]]:
    """A sequence in parts of a size; an empty one is one empty part."""
    return [of[at : at + size] for at in range(0, len(of), size)] or [of]


def numbered(name: str, number: int) -> str:
    """The page of a numbered part: ``captures/c1.html``, then ``captures/c1.2.html``.

    No id holds a dot, so no part can be taken for another thing's page.
    """
    return f"{name}.html" if number == 1 else f"{name}.{number}.html"


def listed(folder: str, number: int) -> str:
    """The page of a numbered part of a list: ``incidents/index.html``, then ``incidents/page-2.html``."""
    return f"{folder}/index.html" if number == 1 else f"{folder}/page-{number}.html"
