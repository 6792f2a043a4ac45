"""What people have said of what machines proposed, as it stands after all entries are folded."""

from typing import Literal

import msgspec

from uncounted.model.claims import Claim

Status = Literal["proposed", "accepted", "rejected"]


class ReviewedClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as it stands.

    ``claim`` is the present form (a person's edit, else as read, with place and time as located); ``read`` is what the
    reader proposed, ``None`` for a claim that a person added. ``entry`` numbers the judgement in force, ``None`` while
    proposed. ``readers`` are all that read it, those included whose own claim says the same and is folded into
    this one. ``agreed`` tells that two readers were compared and agree on it: a quick look is enough.
    """

    claim: Claim
    read: Claim | None
    status: Status
    readers: tuple[str, ...] = ()
    by: str | None = None
    entry: int | None = None
    reason: str = ""
    agreed: bool = False


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A person's verdict on a pair, as it stands (``left`` < ``right``)."""

    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    by: str
    entry: int
    reason: str = ""
