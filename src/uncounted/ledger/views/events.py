"""What an entry says of each thing it touches: the pieces that views are folded from."""

import msgspec

from uncounted.model.claims import Claim, Place, Time
from uncounted.model.facts import (
    Agent,
    AuditDrawn,
    AxisJudged,
    CaptureDescribed,
    CaptureTaken,
    CheckpointAnchored,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    ClaimReread,
    ClaimsLocated,
    ClaimsRead,
    ColumnsMapped,
    ConsentStated,
    CorrectionAsked,
    CorrectionDecided,
    DeviceEnrolled,
    DeviceRetired,
    Entry,
    Fact,
    FieldErased,
    FieldSealed,
    HandedOver,
    IncidentNamed,
    JudgementUndone,
    LinksProposed,
    OverlapStated,
    PairJudged,
    PolicyAdopted,
    ReadingsCompared,
    RecipientAdmitted,
    RecipientLeft,
    RecordAudited,
    RoleGranted,
    RoleRevoked,
    ScorerLearned,
    TableImported,
)

Key = tuple[str, ...]
"""A thing that events are about: ``("claim", id)``, ``("pair", of, left, right)``, …"""


class Reading(Fact, frozen=True, kw_only=True):
    """A reader proposed this claim; ``position`` is its place among the claims of that reading."""

    reader: str
    position: int
    claim: Claim


class Withdrawn(Fact, frozen=True, kw_only=True):
    """The same reader, perhaps in a newer version, read the capture again and no longer proposes the claim."""

    reader: str


class Compared(Fact, frozen=True, kw_only=True):
    """The claim was laid beside those of another reader; ``readers`` names the two.

    ``same`` is the claim by ``reader`` that says the same, ``None`` where there is none; ``leads`` tells which of the
    two stands for both.
    """

    readers: tuple[str, str]
    reader: str | None = None
    same: str | None = None
    leads: bool = True


class Located(Fact, frozen=True, kw_only=True):
    """A locator resolved the claim's place and time."""

    place: Place | None = None
    time: Time | None = None


What = (
    Reading
    | Withdrawn
    | Located
    | Compared
    | ClaimJudged
    | ClaimEdited
    | ClaimAdded
    | CaptureTaken
    | CaptureDescribed
    | PairJudged
    | AuditDrawn
    | RecordAudited
    | IncidentNamed
    | AxisJudged
    | PolicyAdopted
    | OverlapStated
    | CorrectionAsked
    | CorrectionDecided
    | ScorerLearned
    | FieldSealed
    | FieldErased
    | ConsentStated
    | RecipientAdmitted
    | RecipientLeft
    | DeviceEnrolled
    | DeviceRetired
    | CheckpointAnchored
    | JudgementUndone
    | ClaimReread
    | RoleGranted
    | RoleRevoked
    | ColumnsMapped
    | TableImported
)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing said of one subject, by whom, in which entry."""

    entry: int
    by: Agent
    what: What


def kind_of(entry: Entry) -> str:
    """The kind of an entry's fact as the ledger writes it: ``claim_judged``."""
    return str(type(entry.fact).__struct_config__.tag)


def pair_key(of: str, left: str, right: str) -> Key:
    """Return the key of a pair, the same whichever comes first."""
    return ("pair", of, *sorted((left, right)))


def events_of(entry: Entry) -> list[tuple[Key, Event]]:  # noqa: PLR0912, PLR0915 - one case a kind of fact
    """Return what an entry says by itself, by subject; undoing and withdrawing need more (see the folding)."""
    fact, found = entry.fact, list[tuple[Key, What]]()
    match fact:
        case CaptureTaken():
            found.append((("capture", fact.capture.id), fact))
        case CaptureDescribed():
            found.append((("capture", fact.capture), fact))
        case ClaimsRead():
            found.extend(
                (("claim", claim.id), Reading(reader=fact.reader, position=position, claim=claim))
                for position, claim in enumerate(fact.claims)
            )
        case ReadingsCompared():
            found.extend((("claim", name), what) for name, what in _compared(fact).items())
        case ScorerLearned():
            found.append((("scorer", fact.reader), fact))
        case ClaimsLocated():
            found.extend((("claim", w.claim), Located(place=w.place, time=w.time)) for w in fact.found)
        case ClaimJudged() | ClaimEdited():
            found.append((("claim", fact.claim), fact))
        case ClaimAdded():
            found.append((("claim", fact.claim.id), fact))
        case PairJudged():
            found.append((pair_key(fact.of, fact.left, fact.right), fact))
        case AuditDrawn():
            found.append((("audit", fact.audit), fact))
        case RecordAudited():
            found.append((("audited", fact.audit, fact.entry, entry.by.name), fact))
        case IncidentNamed():
            found.append((("title", fact.anchor), fact))
        case AxisJudged():
            found.append((("axis", fact.anchor, fact.axis, entry.by.name), fact))
        case ClaimReread():
            found.append((("second", fact.claim, entry.by.name), fact))
        case RoleGranted() | RoleRevoked():
            found.append((("role", fact.person, fact.role), fact))
        case PolicyAdopted():
            found.append((("policy",), fact))
        case OverlapStated():
            found.append((("overlap", fact.total), fact))
        case CorrectionAsked():
            found.append((("correction", fact.correction), fact))
        case CorrectionDecided():
            found.append((("decision", fact.correction), fact))
        case FieldSealed():
            found.append((("sealed", fact.sealed.commitment), fact))
        case FieldErased():
            found.append((("sealed", fact.commitment), fact))
        case ColumnsMapped():
            found.append((("columns", fact.table), fact))
        case TableImported():
            found.append((("import", fact.table), fact))
        case ConsentStated():
            found.append((("consent", fact.subject, fact.purpose), fact))
        case RecipientAdmitted() | RecipientLeft():
            found.append((("recipient", fact.key), fact))
        case DeviceEnrolled() | DeviceRetired():
            found.append((("device", fact.key), fact))
        case CheckpointAnchored():
            found.append((("anchor", f"{fact.size:012}", fact.object), fact))
        case _:
            pass
    return [(key, Event(entry=entry.number, by=entry.by, what=what)) for key, what in found]


def _compared(fact: ReadingsCompared) -> dict[str, Compared]:
    """Return what a comparison says of each claim, by the claim's id."""
    readers = fact.left, fact.right
    found = {name: Compared(readers=readers) for name in fact.apart}
    for one in fact.agreed:
        found[one.right] = Compared(readers=readers, reader=fact.left, same=one.left, leads=False)
    for one in fact.agreed:
        found[one.left] = Compared(readers=readers, reader=fact.right, same=one.right)
    return found


def named_in(entry: Entry) -> set[str]:  # noqa: PLR0912 - one case a kind of fact
    """Return the ids of captures and claims that an entry speaks of, so that each has its history."""
    fact = entry.fact
    names = {key[1] for key, _ in events_of(entry) if key[0] in ("capture", "claim")}
    match fact:
        case ClaimsRead() | ClaimsLocated():
            names.add(fact.capture)
        case ClaimAdded():
            names.add(fact.claim.document)
        case PairJudged():
            names.update((fact.left, fact.right))
        case LinksProposed():
            names.add(f"links of {fact.of}")
        case RecordAudited():
            names.add(fact.entry)
        case IncidentNamed() | AxisJudged():
            names.add(fact.anchor)
        case FieldSealed():
            names.add(fact.sealed.subject)
        case OverlapStated():
            names.update((fact.total, *fact.incidents))
        case CorrectionAsked():
            names.update((fact.correction, fact.capture, fact.subject))
        case CorrectionDecided():
            names.add(fact.correction)
        case ConsentStated() | HandedOver():
            names.add(fact.subject)
        case _:
            if (capture := getattr(fact, "capture", None)) and isinstance(capture, str):
                names.add(capture)
    return names
