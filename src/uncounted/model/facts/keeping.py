"""Facts about who keeps the record: recipients of what is sealed, devices, signatures, anchors, roles, drills."""

from uncounted.model.custody import AnchorKind, RecipientRole
from uncounted.model.facts.base import Fact
from uncounted.model.roles import Role


class RecipientAdmitted(Fact, frozen=True, kw_only=True):
    """From now on what is sealed can be opened with this age key too: somebody's, or the one kept offline."""

    key: str
    holder: str
    role: RecipientRole = "member"


class RecipientLeft(Fact, frozen=True, kw_only=True):
    """From now on nothing is sealed to this key; what was sealed before is encrypted anew (:class:`SealsRenewed`)."""

    key: str
    reason: str = ""


class SealsRenewed(Fact, frozen=True, kw_only=True):
    """Every sealed value was encrypted anew to these age keys, and to no other."""

    recipients: tuple[str, ...]
    boxes: int


class DrillHeld(Fact, frozen=True, kw_only=True):
    """A copy of the case was restored and verified, and its sealed values were opened with this key alone."""

    key: str
    entries: int
    root: str
    opened: int


class DeviceEnrolled(Fact, frozen=True, kw_only=True):
    """What ``person`` records is from now on signed on their device with this key (a C2SP verifier key)."""

    person: str
    key: str


class DeviceRetired(Fact, frozen=True, kw_only=True):
    """This key signs no more: lost, replaced, or its owner left. What it signed before stays signed."""

    key: str
    reason: str = ""


class EntriesSigned(Fact, frozen=True, kw_only=True):
    """The entries ``first`` to ``last`` were signed on the device of the person who recorded them.

    ``note`` is a C2SP signed note over the case's nonce, the two numbers and the RFC 6962 root of those lines.
    """

    first: int
    last: int
    key: str
    note: str


class CheckpointAnchored(Fact, frozen=True, kw_only=True):
    """Somebody outside vouches that the ledger had this root at a time.

    ``object`` is the SHA-256 of what they gave: an RFC 3161 reply, an OpenTimestamps file, a cosigned checkpoint.
    ``chain`` is the SHA-256 of what their word is checked with (certificates and revocation lists, PEM; a verifier
    key). ``root`` is in hex; ``at`` the time that they state (RFC 3339, UTC), ``None`` where no time is shown yet.
    """

    size: int
    root: str
    kind: AnchorKind
    object: str
    chain: str | None = None
    by: str
    at: str | None = None


class RoleGranted(Fact, frozen=True, kw_only=True):
    """A person may act in this role from now on."""

    person: str
    role: Role


class RoleRevoked(Fact, frozen=True, kw_only=True):
    """A person may not act in this role any more; what they did before stands."""

    person: str
    role: Role
