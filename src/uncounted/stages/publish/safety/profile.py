"""Redaction profiles: named rules of what a release may show, kept as data files."""

from importlib import resources
from typing import Literal

import msgspec

from uncounted.model.vocabulary import PlacePrecision
from uncounted.text import rulebook

SHIPPED = resources.files(__package__) / "profiles"


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a release may show.

    - ``texts``: of a report its ``whole`` working text, or only the ``passages`` that claims rest on.
    - ``names``: victims as ``reported``, or only with ``consent`` to be published.
    - ``authors``, ``addresses``: whether the writers and the web addresses of reports are shown.
    - ``least``: figures of fewer people than this are merged, and so are differences between releases; 0 for none.
    - ``coordinates``: decimals of a degree that a point keeps, by how precisely its place is known.
    """

    name: str
    title: str
    description: str
    source: str
    texts: Literal["whole", "passages"] = "whole"
    names: Literal["reported", "consent"] = "reported"
    authors: bool = True
    addresses: bool = True
    least: int = 0
    coordinates: dict[PlacePrecision, int] = {}


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that ship with the package, sorted."""
    return rulebook.names(SHIPPED)


def load_profile(name: str) -> Profile:
    """Return the shipped profile of that name, or raise ``NotFound``."""
    return parse_profile(rulebook.shipped(SHIPPED, "profile", name), name)


def parse_profile(data: bytes, name: str = "profile") -> Profile:
    """Read a profile from the bytes of a TOML file, or raise ``BadInput`` with what is wrong."""
    return rulebook.parsed(data, Profile, "profile", name, "See docs/methods-toll.md for the fields.")
