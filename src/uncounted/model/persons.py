"""Persons: victims known by one or more entries on one or more lists."""

import msgspec


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
