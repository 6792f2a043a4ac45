"""What every fact is: a struct of one kind, stated by a person or a machine."""

from typing import Literal

import msgspec


def _snake(name: str) -> str:
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")


class Agent(msgspec.Struct, frozen=True):
    """Who acted: a person by their name in the case, or a machine by its part and version (``grammar/1``)."""

    kind: Literal["person", "machine"]
    name: str


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="fact", tag=_snake):
    """Base of the union; its members are listed in :data:`AnyFact`.

    A field called ``object``, ``record``, ``diff``, ``chain`` or ``index`` names an object that is kept, by its
    SHA-256: bundles carry it, and their verifiers want it there.
    """
