"""Facts about which things are the same: lists, links that a matcher proposes, audits of them."""

from typing import Literal

import msgspec

from uncounted.model.facts.base import Fact
from uncounted.model.incidents import Link
from uncounted.model.persons import ListEntry


class ListRead(Fact, frozen=True, kw_only=True):
    """Entries of a victim list, read from a capture; a long list takes several facts.

    ``version`` says which edition of the list this is (``2025-03-31``); a list without one has a single version. Each
    version is kept whole: what a later one no longer holds is not deleted.
    """

    list: str
    capture: str
    entries: tuple[ListEntry, ...]
    version: str | None = None


class LinksProposed(Fact, frozen=True, kw_only=True):
    """A matcher proposes that things of one kind are the same; it replaces that matcher's earlier proposals."""

    of: Literal["claims", "entries", "captures"]
    matcher: str
    links: tuple[Link, ...]


class DrawnRecord(msgspec.Struct, frozen=True):
    """A list entry (``LIST:ID``) drawn for an audit, and the stratum that it was drawn from."""

    entry: str
    stratum: str


class AuditDrawn(Fact, frozen=True, kw_only=True):
    """Records of list ``left`` were drawn at random, by stratum, for people to look up on list ``right``.

    ``sizes`` counts all records of each stratum; ``links`` is the SHA-256 of the links that the strata follow from.
    """

    audit: str
    left: str
    right: str
    sizes: dict[str, int]
    records: tuple[DrawnRecord, ...]
    seed: int
    links: str


class RecordAudited(Fact, frozen=True, kw_only=True):
    """A person looked a drawn record up: ``mate`` is the entry of the other list that is the same person, or ``None``.

    Two people answer each record, neither knowing what the other or the machine said.
    """

    audit: str
    entry: str
    mate: str | None = None
    reason: str = ""
