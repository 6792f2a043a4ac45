"""What the record refuses, whichever backend keeps it."""

from collections.abc import Mapping, Sequence

from uncounted.ledger.protocol import Act
from uncounted.model.errors import Refused
from uncounted.model.facts import (
    AxisJudged,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    ClaimReread,
    ConsentStated,
    CorrectionAsked,
    CorrectionDecided,
    DeviceEnrolled,
    DeviceRetired,
    EntriesSigned,
    FieldErased,
    FieldSealed,
    HandedOver,
    IncidentNamed,
    JudgementUndone,
    OverlapStated,
    PairJudged,
    PolicyAdopted,
    RecipientAdmitted,
    RecipientLeft,
    RoleGranted,
    RoleRevoked,
    ScorerLearned,
)

JUDGEMENTS = (
    ClaimJudged, ClaimEdited, ClaimAdded, ClaimReread, PairJudged, IncidentNamed, AxisJudged, JudgementUndone,
    PolicyAdopted, OverlapStated, CorrectionAsked, CorrectionDecided, ConsentStated, RecipientAdmitted, RecipientLeft,
    DeviceEnrolled, DeviceRetired, EntriesSigned, HandedOver, RoleGranted, RoleRevoked, ScorerLearned,
)  # fmt: skip
"""Facts that only a person states: machines propose, people judge."""


def admit(acts: Sequence[Act], boxes: Mapping[str, bytes]) -> None:
    """Raise ``Refused`` if one of the facts may not be appended by its agent in this way."""
    sealed = {fact.sealed.commitment for _, fact in acts if isinstance(fact, FieldSealed)}
    if sealed != set(boxes):
        rule = "a commitment and its encrypted value are recorded together or not at all"
        raise Refused("sealed fields", rule, "Seal values with uncounted.ledger.sealed.Vault")
    for by, fact in acts:
        if isinstance(fact, JUDGEMENTS) and by.kind != "person":
            kind = type(fact).__name__
            raise Refused(f"{kind} by the machine {by.name}", "only a person judges", "Record it under a person's name")
        if isinstance(fact, FieldErased):
            rule = "an erasure is recorded only by erasing"
            raise Refused(f"erasure of {fact.commitment}", rule, "Use the ledger's erase")
