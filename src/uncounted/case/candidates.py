"""The likeliest pairs on which nobody has spoken: of incidents, of reports and of entries of lists."""

from itertools import combinations
from typing import Literal

import msgspec

from uncounted.case.desk import CaseDesk
from uncounted.model.asking import Page
from uncounted.model.evidence import Capture
from uncounted.model.persons import ListEntry

Of = Literal["incidents", "captures", "entries"]
KINDS: tuple[Of, ...] = ("incidents", "captures", "entries")
SIZE = 25
"""Pairs that a page lists."""
TWINS = 200
"""Groups of reports with one text that are looked at before people have judged some."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Two things that may be one. ``probability`` is a matcher's, ``None`` where only the sameness of text speaks."""

    of: Of
    left: str
    right: str
    left_title: str
    right_title: str
    probability: float | None
    reasons: tuple[str, ...] = ()


Ends = tuple[str, str]
Open = dict[Ends, tuple[float | None, tuple[str, ...]]]
"""Pairs on which nobody has spoken, the likeliest first, each with its probability and the reasons for it."""


def candidates(desk: CaseDesk, of: Of, number: int = 1, size: int = SIZE) -> Page[Candidate]:
    """A part of the pairs on which nobody has spoken, the likeliest first."""
    if of == "incidents":
        index = desk.index()
        rows = tuple(
            Candidate(
                of="incidents", left=lead.one, right=lead.other, left_title=title, right_title=other,
                probability=lead.probability, reasons=lead.reasons,
            )
            for lead, title, other in index.leads(size, (number - 1) * size)
        )  # fmt: skip
        return Page(rows=rows, total=index.lead_count(), number=number, size=size)
    waiting = _captures(desk) if of == "captures" else _entries(desk)
    part = list(waiting)[(number - 1) * size : number * size]
    named = _titles(desk, of, [name for ends in part for name in ends])
    rows = tuple(
        Candidate(
            of=of, left=left, right=right, left_title=named[left], right_title=named[right],
            probability=waiting[left, right][0], reasons=waiting[left, right][1],
        )
        for left, right in part
        if left in named and right in named
    )  # fmt: skip
    return Page(rows=rows, total=len(waiting), number=number, size=size)


def following(desk: CaseDesk, of: Of, left: str, right: str) -> Ends | None:
    """The pair behind one in that order, the first behind the last; ``None`` when no other is open."""
    here = (left, right) if left < right else (right, left)
    if of == "incidents":
        return desk.index().lead_after(*here)
    waiting = list(_captures(desk) if of == "captures" else _entries(desk))
    at = waiting.index(here) if here in waiting else -1
    coming = waiting[(at + 1) % len(waiting)] if waiting else here
    return None if coming == here else coming


def title_of(found: Capture) -> str:
    """What a report is called in a list."""
    return found.title or found.publisher or found.id


def _captures(desk: CaseDesk) -> Open:
    views = desk.case.views
    spoken = views.spoken_of("captures")
    found: Open = {}
    for group in views.twins(TWINS + len(spoken)):
        for ends in combinations(group, 2):
            if ends not in spoken:
                found[ends] = None, ("their texts are the same to the letter",)
    return found | _proposed(desk, "captures", spoken - found.keys())


def _entries(desk: CaseDesk) -> Open:
    return _proposed(desk, "entries", desk.case.views.spoken_of("entries"))


def _proposed(desk: CaseDesk, of: Literal["captures", "entries"], without: set[Ends]) -> Open:
    links = desk.proposals(of).all()
    return {
        (link.left, link.right): (link.probability, link.reasons)
        for link in links
        if (link.left, link.right) not in without
    }


def _titles(desk: CaseDesk, of: Of, names: list[str]) -> dict[str, str]:
    if of == "captures":
        return {name: title_of(one) for name, one in desk.captures_named(names).items()}
    listed: dict[str, ListEntry] = desk.case.views.listed(names)
    return {name: entry.name for name, entry in listed.items()}
