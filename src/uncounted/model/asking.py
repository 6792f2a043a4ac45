"""Questions to a case: which incidents are meant, and what a page of a list holds."""

from typing import Generic, TypeVar

import msgspec

from uncounted.model.incidents import Incident

T = TypeVar("T")


class Filter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which incidents are meant; a field that is ``None`` asks nothing.

    ``since`` and ``until`` are days (ISO 8601): an incident fits whose time overlaps them. ``month``, ``place`` and
    ``actor`` are labels as a toll gives them. With ``harm`` or ``group`` an incident fits that has a figure for them.
    ``words`` are looked for in titles and places. ``west … north`` bound a map, in degrees.
    """

    since: str | None = None
    until: str | None = None
    month: str | None = None
    place: str | None = None
    actor: str | None = None
    grade: str | None = None
    harm: str | None = None
    group: str | None = None
    words: str | None = None
    incident: str | None = None
    west: float | None = None
    south: float | None = None
    east: float | None = None
    north: float | None = None


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A part of a list: its ``rows``, how many there are in all, the part's number from 1 and the rows of a part."""

    rows: tuple[T, ...]
    total: int
    number: int = 1
    size: int = 100

    @property
    def pages(self) -> int:
        """How many parts there are; an empty list is one."""
        return max(1, -(-self.total // self.size))


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An incident in a list: with its headline figure (``low``, ``high``) and how many tell of it."""

    incident: Incident
    low: int | None
    high: int | None
    figured: bool
    """Whether any source gives the headline figure; without one both bounds are open and it adds nothing."""
    origins: int
    claims: int


class Summed(msgspec.Struct, frozen=True, kw_only=True):
    """A sum over incidents: bounds as a toll adds them up, with what they rest on.

    ``of`` incidents have these labels, ``incidents`` of them a figure; ``no_low`` and ``no_high`` have an open bound;
    ``alone`` of the lower bound rest on one origin each.
    """

    labels: dict[str, str]
    low: int | None
    high: int | None
    incidents: int
    of: int
    no_low: int
    no_high: int
    alone: int
    known_high: int
    origins: int
    claims: int = 0
    """Claims that set these bounds, each once an incident, harm and group."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a search found: what it is, its id, and its words around what was looked for.

    In ``excerpt`` what was found stands between ``\\x02`` and ``\\x03``, which no text of a case holds.
    """

    kind: str
    ref: str
    title: str
    excerpt: str
    facets: dict[str, str]


class Found(Page[Hit], frozen=True, kw_only=True):
    """A part of what a search found. With ``more`` there is more than ``total``, which is all that was ranked.

    ``facets`` tell how often each facet has each value among what was ranked, the fullest first.
    """

    more: bool = False
    facets: dict[str, tuple[tuple[str, int], ...]] = {}


class Searchable(msgspec.Struct, frozen=True, kw_only=True):
    """A text to be searched: ``said`` as written, ``folded`` in the forms in which names and words are compared."""

    kind: str
    ref: str
    title: str
    said: str
    folded: str
    facets: dict[str, str]
