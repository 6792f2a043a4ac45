"""Facts about reading: what readers and locators propose, and how two of them differ."""

import msgspec

from uncounted.model.claims import Claim, Place, Time
from uncounted.model.facts.base import Fact


class ClaimsRead(Fact, frozen=True, kw_only=True):
    """A reader read a capture's text (named by its SHA-256) and proposes these claims, perhaps none."""

    capture: str
    text: str
    reader: str
    claims: tuple[Claim, ...]


class Whereabouts(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when one claim's harm happened, as a locator resolved it."""

    claim: str
    place: Place | None = None
    time: Time | None = None


class ClaimsLocated(Fact, frozen=True, kw_only=True):
    """A locator resolved places and dates of claims of one capture."""

    capture: str
    locator: str
    found: tuple[Whereabouts, ...]


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Two claims, each of another reader, that say the same of the same words."""

    left: str
    right: str


class ReadingsCompared(Fact, frozen=True, kw_only=True):
    """The claims of two readers on one capture were laid side by side.

    In each of ``agreed`` the right claim is the left one said again, so one of them is enough to review; ``apart`` are
    the claims of either reader for which the other has no equal. It replaces what an earlier comparison of the same two
    readers said of these claims.
    """

    capture: str
    left: str
    right: str
    agreed: tuple[Agreement, ...] = ()
    apart: tuple[str, ...] = ()


class ScorerLearned(Fact, frozen=True, kw_only=True):
    """A person let a reader of this case learn from what was accepted and rejected, or forget it again.

    ``object`` is the SHA-256 of the changes to its weights, ``None`` for the weights that were shipped. ``before`` and
    ``after`` are the cross-validated log loss per judgement without and with them.
    """

    reader: str
    object: str | None
    judgements: int = 0
    before: float | None = None
    after: float | None = None
    reason: str = ""
