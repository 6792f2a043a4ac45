"""Persons: victims known by one or more entries on one or more lists."""

import msgspec

from uncounted.model.incidents import Link
from uncounted.model.review import Pair


class ListEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a victim list. ``name`` is as published, in any script; an unknown age is ``None``, never 0."""

    list: str
    id: str
    name: str
    sex: str | None = None
    age: int | None = None
    birth_date: str | None = None
    death_date: str | None = None
    place: str | None = None
    more: dict[str, str] = {}


class ListVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One edition of a victim list: the file it came in (``capture``), how many entries, and who recorded it when.

    ``version`` is a date or time (ISO 8601), ``None`` for a list that has only one edition.
    """

    list: str
    version: str | None
    capture: str
    entries: int
    by: str
    at: str


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A victim: the entries that are held to be one human being."""

    id: str
    entries: tuple[str, ...]
    name: str


class Level(msgspec.Struct, frozen=True):
    """One comparison of two entries, in words, and what it is worth as a logarithm of odds (0 says nothing)."""

    said: str
    weight: float


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why two entries (``LIST:ID``) are held to be one person, or not: a waterfall of log odds.

    ``start`` (how rarely two entries drawn at random are one person), the weights of ``levels`` and ``together`` (what
    a model makes of the levels jointly, and the rivals for either record) add up to the log odds of ``probability``.
    ``rivals`` are the next likeliest links of either entry. ``candidate`` is false where the two shared too little to
    be compared closely.
    """

    left: str
    right: str
    probability: float
    candidate: bool
    start: float
    levels: tuple[Level, ...]
    together: float
    rivals: tuple[Link, ...] = ()


class Effects(msgspec.Struct, frozen=True, kw_only=True):
    """What a verdict on two entries would change, before it is given.

    ``before`` and ``after`` are the persons whose entries move; ``against`` are machine links and ``verdicts`` people's
    own verdicts that would no longer hold.
    """

    before: tuple[Person, ...]
    after: tuple[Person, ...]
    against: tuple[Link, ...] = ()
    verdicts: tuple[Pair, ...] = ()
