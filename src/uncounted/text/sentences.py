"""Sentences and quoted regions of a text, as spans."""

import re
from bisect import bisect_right
from functools import lru_cache

_LONGEST = 2_000
"""No sentence is longer (code points), so that whatever is done to a sentence costs a bounded amount."""

_STOP = re.compile(r"""([.!?…]+)(["')\]»]*)(?=\s|["(\[«]|$)|\n+""")

# A full stop after these does not end a sentence (nor after a single letter, as in "J. Ruiz" or "U.S.").
_SHORT_WORDS = """
    mr mrs ms dr prof gen lt col maj capt sgt cpl pvt cmdr adm brig hon rev fr sen rep gov pres st mt ft no nos art dept
    jr sr vs approx est inc ltd co corp bros jan feb mar apr jun jul aug sept sep oct nov dec km kg p pp vol fig al
    e.g i.e u.s u.n u.k a.m p.m
"""
_SHORT = frozenset(re.findall(r"\S+", _SHORT_WORDS))
_MAY_END = frozenset(re.findall(r"\S+", "co inc ltd corp jr sr a.m p.m u.s u.n u.k al etc dec mar st"))
_LAST_WORD = re.compile(r"[\w.]+$")
_BULLET = re.compile(r"\s*(?:[-•*·–]|\d{1,2}[.)])\s+")


@lru_cache(maxsize=2)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a view's text as ``(start, end)``, in order, without overlap and without blank ends.

    A line break left in a view ends a sentence: it closes a paragraph, a bullet, or a line of a post without
    punctuation.
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for stop in _STOP.finditer(text):
        if stop.start() < begin or not (stop.group(1) is None or _ends(text, begin, stop)):
            continue
        _add(text, begin, stop.end(), spans)
        begin = stop.end()
    _add(text, begin, len(text), spans)
    return tuple(spans)


def _ends(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether a closing mark ends the sentence that began at ``begin``."""
    after = text[stop.end() : stop.end() + 8].lstrip()
    if not after:
        return True
    if stop.group(1) != ".":
        # "... he said" goes on in lower case after the mark of a quotation.
        return not after[0].islower()
    if after[0].islower() or after[0] in ",;":
        return False
    word = _LAST_WORD.search(text, max(begin, stop.start() - 24), stop.start())
    last = word.group().lower() if word else ""
    if last in _SHORT:
        return last in _MAY_END and (after[0] in "\"'[(" or text[stop.end() : stop.end() + 2].isspace())
    return not (len(last) == 1 and last.isalpha() and last != "i")


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = start + _LONGEST if cut < 0 else cut
        _add(text, start, cut, spans)
        start = cut
    bullet = _BULLET.match(text, start, end)
    if bullet:
        start = bullet.end()
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if start < end:
        spans.append((start, end))


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a view's text as ``(start, end)``: what stands between its remaining line breaks."""
    return [(found.start(), found.end()) for found in re.finditer(r"[^\n]+", text) if found.group().strip()]


def quotations(text: str) -> list[tuple[int, int]]:
    """Quoted regions of a view's text as ``(start, end)``, marks included, in order, without overlap.

    An opening mark without its closing mark quotes to the end of its paragraph. A mark of inches, a single word in
    quotation marks and an apostrophe quote nobody: regions of fewer than two words are left out.
    """
    return [
        (found.start(), found.end())
        for found in re.finditer(r'"[^"\n]*(?:"|(?=\n)|$)|«[^»\n]*(?:»|(?=\n)|$)', text)
        if " " in found.group().strip('"«» ')
    ]


def containing(spans: list[tuple[int, int]], at: int) -> int | None:
    """The index of the span that holds offset ``at``, among ordered spans without overlap; ``None`` if none does."""
    index = bisect_right(spans, (at, float("inf"))) - 1
    return index if index >= 0 and spans[index][0] <= at < spans[index][1] else None
