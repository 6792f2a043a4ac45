"""Incidents, origins, grades and the toll: what claims add up to."""

from typing import Literal

import msgspec

from uncounted.model.claims import Place, Time
from uncounted.model.vocabulary import Grade, Harm


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal that two things of one kind are the same. ``probability`` lies in 0..1."""

    left: str
    right: str
    probability: float
    reasons: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    """What each reason is worth as a logarithm of odds, where the matcher says so."""


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One event at one place and time, and the claims that speak of it.

    ``id`` is derived from ``anchor``, the earliest claim, so it survives later links. Place and time are those of the
    most precise claim; ``None`` stays unknown.
    """

    id: str
    anchor: str
    claims: tuple[str, ...]
    title: str
    place: Place | None = None
    time: Time | None = None
    actors: tuple[str, ...] = ()
    grade: Grade | None = None
    titled: tuple[Harm, ...] = ()
    """The harms that a working title names, so that it can be put in any language; empty where a person titled it."""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The claims that go back to one first-hand source. ``reasons`` say why they count as one."""

    id: str
    name: str
    kind: str
    claims: tuple[str, ...]
    reasons: tuple[str, ...] = ()


class OriginNode(msgspec.Struct, frozen=True, kw_only=True):
    """A node of an origin's tree: who told whom.

    ``kind`` is ``origin`` for the first teller at the root, ``source`` for one who passed it on, ``document`` for a
    report, ``claim`` for a leaf; ``id`` names an origin, a capture or a claim. ``reasons`` say why what hangs below is
    held to be one origin.
    """

    kind: Literal["origin", "source", "document", "claim"]
    name: str
    id: str | None = None
    source_kind: str | None = None
    reasons: tuple[str, ...] = ()
    children: tuple["OriginNode", ...] = ()


class TollCell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of a toll: a bound with the policy that made it, never a confidence interval.

    ``low`` and ``high`` count persons; ``None`` is an open bound. ``why`` holds the steps that led there, in words.
    """

    cell: dict[str, str]
    low: int | None
    high: int | None
    policy: str
    incidents: tuple[str, ...] = ()
    origins: int = 0
    claims: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    without: int = 0
    """Incidents under the same labels that have no figure for this harm and group; they add nothing."""
    alone: int | None = 0
    """How many of ``low`` rest on one origin only; ``None`` where a release withholds it."""
    best: int | None = None
    """The single figure within the range that the policy holds likeliest; ``None`` where it names none."""
    contradictions: tuple[str, ...] = ()
    """Where sources contradict one another, with the claims; such a range was widened."""

    @property
    def share_alone(self) -> float | None:
        """The share of ``low`` that rests on one origin only, 0..1; ``None`` where ``low`` is open, 0 or held back."""
        return self.alone / self.low if self.low and self.alone is not None else None


Axis = Literal["happened", "responsible", "victims", "count"]
