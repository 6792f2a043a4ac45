"""The closed union of facts: all that a case remembers, each appended once and never changed.

A fact is recorded in an :class:`Entry` that says when and by whom. Everything a case shows is a fold over entries. Old
entries must stay readable for ever: a field is only added with a default, and a fact is never removed or renamed.
"""

import msgspec

from uncounted.model.facts.base import Agent, Fact
from uncounted.model.facts.counting import (
    CorrectionAsked,
    CorrectionDecided,
    EstimateMade,
    OverlapStated,
    PolicyAdopted,
    ReleaseMade,
)
from uncounted.model.facts.evidence import (
    CaptureDescribed,
    CaptureTaken,
    CaseOpened,
    ConsentStated,
    CopyMade,
    FieldErased,
    FieldSealed,
    HandedOver,
)
from uncounted.model.facts.importing import ColumnsMapped, TableImported
from uncounted.model.facts.judging import (
    AxisJudged,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    ClaimReread,
    IncidentNamed,
    JudgementUndone,
    PairJudged,
)
from uncounted.model.facts.keeping import (
    CheckpointAnchored,
    DeviceEnrolled,
    DeviceRetired,
    DrillHeld,
    EntriesSigned,
    RecipientAdmitted,
    RecipientLeft,
    RoleGranted,
    RoleRevoked,
    SealsRenewed,
)
from uncounted.model.facts.matching import AuditDrawn, DrawnRecord, LinksProposed, ListRead, RecordAudited
from uncounted.model.facts.reading import (
    Agreement,
    ClaimsLocated,
    ClaimsRead,
    ReadingsCompared,
    ScorerLearned,
    Whereabouts,
)

AnyFact = (
    CaseOpened
    | CaptureTaken
    | CaptureDescribed
    | FieldSealed
    | FieldErased
    | ConsentStated
    | RecipientAdmitted
    | RecipientLeft
    | SealsRenewed
    | DrillHeld
    | DeviceEnrolled
    | DeviceRetired
    | EntriesSigned
    | CheckpointAnchored
    | CopyMade
    | HandedOver
    | ClaimsRead
    | ClaimsLocated
    | ReadingsCompared
    | ScorerLearned
    | ClaimJudged
    | ClaimEdited
    | ClaimAdded
    | JudgementUndone
    | LinksProposed
    | PairJudged
    | AuditDrawn
    | RecordAudited
    | IncidentNamed
    | AxisJudged
    | ListRead
    | PolicyAdopted
    | OverlapStated
    | CorrectionAsked
    | CorrectionDecided
    | ReleaseMade
    | EstimateMade
    | ClaimReread
    | RoleGranted
    | RoleRevoked
    | ColumnsMapped
    | TableImported
)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the ledger: the fact, who recorded it and when (UTC, RFC 3339), and its number from 0."""

    number: int
    at: str
    by: Agent
    fact: AnyFact
    version: int = 1


__all__ = [
    "Agent",
    "Agreement",
    "AnyFact",
    "AuditDrawn",
    "AxisJudged",
    "CaptureDescribed",
    "CaptureTaken",
    "CaseOpened",
    "CheckpointAnchored",
    "ClaimAdded",
    "ClaimEdited",
    "ClaimJudged",
    "ClaimReread",
    "ClaimsLocated",
    "ClaimsRead",
    "ColumnsMapped",
    "ConsentStated",
    "CopyMade",
    "CorrectionAsked",
    "CorrectionDecided",
    "DeviceEnrolled",
    "DeviceRetired",
    "DrawnRecord",
    "DrillHeld",
    "EntriesSigned",
    "Entry",
    "EstimateMade",
    "Fact",
    "FieldErased",
    "FieldSealed",
    "HandedOver",
    "IncidentNamed",
    "JudgementUndone",
    "LinksProposed",
    "ListRead",
    "OverlapStated",
    "PairJudged",
    "PolicyAdopted",
    "ReadingsCompared",
    "RecipientAdmitted",
    "RecipientLeft",
    "RecordAudited",
    "ReleaseMade",
    "RoleGranted",
    "RoleRevoked",
    "ScorerLearned",
    "SealsRenewed",
    "TableImported",
    "Whereabouts",
]
