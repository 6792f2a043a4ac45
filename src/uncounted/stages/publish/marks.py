"""Words of a report with some of them marked, as HTML that shows exactly those words and nothing else."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

import msgspec
from markupsafe import Markup, escape

from uncounted.model.claims import Claim

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ckb", "ps", "sd", "ug", "yi", "dv", "syr", "arc"})


class Mark(msgspec.Struct, frozen=True):
    """A span of a text and what it is: ``start`` and ``end`` in code points, ``role`` a CSS class."""

    start: int
    end: int
    role: str
    anchor: str | None = None


def marks_of(claim: Claim, *, anchor: bool = False) -> tuple[Mark, ...]:
    """The words of one claim: passage, victim, count, attribution, place, time, actor and means."""
    found = [Mark(claim.passage.start, claim.passage.end, "passage", claim.id if anchor else None)]
    if claim.victim:
        found.append(Mark(claim.victim.start, claim.victim.end, "victim"))
    parts = [
        ("count", claim.count), ("place", claim.place), ("time", claim.time), ("actor", claim.actor),
        ("means", claim.means), *(("attribution", source) for source in claim.attribution),
    ]  # fmt: skip
    for role, part in parts:
        if part is not None and part.start is not None and part.end is not None:
            found.append(Mark(part.start, part.end, role))
    return tuple(found)


def marked(
    text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None, labels: Mapping[str, str] | None = None
) -> Markup:
    """``text[start:end]`` as HTML with its marks; the text content is that slice to the letter.

    Marks may nest and overlap: the slice is cut at each edge, and each piece carries the roles of all marks over it.
    A mark with an anchor puts an empty element with that id before its first letter. ``labels`` gives roles a label
    (``data-label``, for a style to show) on their first piece.
    """
    end = len(text) if end is None else end
    within = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    edges = sorted({start, end, *(e for m in within for e in (m.start, m.end) if start < e < end)})
    out: list[Markup] = []
    for left, right in pairwise(edges):
        covering = [mark for mark in within if mark.start <= left and mark.end >= right]
        begun = [mark for mark in covering if max(mark.start, start) == left]
        for mark in begun:
            if mark.anchor:
                out.append(Markup('<span class="anchor" id="{}"></span>').format(mark.anchor))
        roles = sorted({mark.role for mark in covering})
        said = [labels[role] for role in sorted({mark.role for mark in begun}) if role in labels] if labels else []
        label = Markup(' data-label="{}"').format(", ".join(said)) if said else Markup("")
        words = _letters(text[left:right])
        if roles:
            out.append(Markup('<mark class="{}"{}>{}</mark>').format(" ".join(roles), label, words))
        else:
            out.append(words)
    return Markup("").join(out)


def _letters(words: str) -> Markup:
    """Words as HTML text of the same length: a parser would join CR LF to one letter and drop a NUL."""
    return Markup(str(escape(words)).replace("\r", "&#13;").replace("\0", "\ufffd"))  # noqa: S704


def context(text: str, start: int, end: int, reach: int = 240) -> tuple[int, int]:
    """Where to cut a text so that a passage stands in its surroundings: at a line's or word's edge, ``reach`` away."""
    left, right = max(0, start - reach), min(len(text), end + reach)
    if left > 0:
        paragraph = text.rfind("\n\n", left, start)
        space = text.find(" ", left, start)
        left = paragraph + 2 if paragraph >= 0 else (space + 1 if space >= 0 else left)
    if right < len(text):
        paragraph = text.find("\n\n", end, right)
        space = text.rfind(" ", end, right)
        right = paragraph if paragraph >= 0 else (space if space >= 0 else right)
    return left, right


LONGEST_WHOLE = 500_000
"""Code points of the longest report that a page shows whole."""


def windows(text: str, marks: Iterable[Mark], longest: int = LONGEST_WHOLE) -> list[tuple[int, int]]:
    """What a page shows of a report: all, or of a very long one the beginning and each mark's surroundings.

    Parts are in order and do not touch; every mark lies within one.
    """
    if len(text) <= longest:
        return [(0, len(text))]
    reach = 2_000
    parts = sorted([context(text, 0, 0, reach), *(context(text, mark.start, mark.end, reach) for mark in marks)])
    joined = parts[:1]
    for start, end in parts[1:]:
        if start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def direction(language: str | None) -> str:
    """The ``dir`` of a text in a language; ``auto`` where the language is not known."""
    if not language:
        return "auto"
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"
