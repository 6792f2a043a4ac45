"""The closed union of facts: all that a case remembers, each appended once and never changed.

A fact is recorded in an :class:`Entry` that says when and by whom. Everything a case shows is a fold over entries. Old
entries must stay readable for ever: a field is only added with a default, and a fact is never removed or renamed.
"""

from typing import Literal

import msgspec

from uncounted.model.claims import Claim, Place, Time
from uncounted.model.consent import Purpose
from uncounted.model.corrections import CorrectionReason, Verdict
from uncounted.model.custody import AnchorKind, RecipientRole
from uncounted.model.evidence import Capture, Sealed
from uncounted.model.incidents import Axis, Link
from uncounted.model.persons import ListEntry
from uncounted.model.roles import Role


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


class CaseOpened(Fact, frozen=True, kw_only=True):
    """The case's first fact. ``nonce`` makes two cases of one title distinct; ``invented`` marks a made-up case."""

    title: str
    nonce: str
    invented: bool = False


class CaptureTaken(Fact, frozen=True, kw_only=True):
    """A report was preserved."""

    capture: Capture


class CaptureDescribed(Fact, frozen=True, kw_only=True):
    """A person stated or corrected what is known of a capture's publication; ``None`` leaves a field as it was."""

    capture: str
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    reason: str = ""


class FieldSealed(Fact, frozen=True, kw_only=True):
    """A sensitive value was put under seal; the fact holds its commitment alone."""

    sealed: Sealed


class FieldErased(Fact, frozen=True, kw_only=True):
    """Tombstone: value and salt of a sealed field were erased; the commitment and every proof still stand."""

    commitment: str
    reason: str


class ConsentStated(Fact, frozen=True, kw_only=True):
    """What somebody allowed, or no longer allows, for one purpose.

    ``subject`` is a capture's id or a list entry as ``LIST:ID``. Consent is withdrawn by a later ``given=False``.
    ``evidence`` says where the consent itself is kept: a capture's id, a sealed field's commitment, or words.
    """

    subject: str
    purpose: Purpose
    given: bool
    reason: str = ""
    evidence: str | None = None


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


class CopyMade(Fact, frozen=True, kw_only=True):
    """A copy of a capture was made; the evidence itself stays as it is.

    ``source`` and ``result`` are SHA-256; ``changes`` names every transformation, none for a copy bit for bit.
    """

    capture: str
    kind: Literal["evidence", "working", "publication"]
    source: str
    result: str
    changes: tuple[str, ...] = ()
    tool: str
    purpose: str = ""


class HandedOver(Fact, frozen=True, kw_only=True):
    """Custody passed: ``subject`` (a capture's id, or ``case``) was given to, or received from, somebody.

    ``who`` may be a pseudonym. ``digest`` is the SHA-256 of what was handed over, where it is one file.
    """

    subject: str
    direction: Literal["given", "received"]
    who: str
    means: str
    reason: str = ""
    digest: str | None = None


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


class ClaimJudged(Fact, frozen=True, kw_only=True):
    """A person accepted or rejected a claim as read."""

    claim: str
    verdict: Literal["accepted", "rejected"]
    reason: str = ""


class ClaimEdited(Fact, frozen=True, kw_only=True):
    """A person accepted a claim in a corrected form; ``edited`` keeps the id of the claim it corrects."""

    claim: str
    edited: Claim
    reason: str = ""


class ClaimAdded(Fact, frozen=True, kw_only=True):
    """A person added a claim that no reader found; it counts as accepted."""

    claim: Claim
    reason: str = ""


class JudgementUndone(Fact, frozen=True, kw_only=True):
    """A person took back a judgement, named by its entry's number. Undoing an undo brings the judgement back."""

    entry: int
    reason: str = ""


class LinksProposed(Fact, frozen=True, kw_only=True):
    """A matcher proposes that things of one kind are the same; it replaces that matcher's earlier proposals."""

    of: Literal["claims", "entries", "captures"]
    matcher: str
    links: tuple[Link, ...]


class PairJudged(Fact, frozen=True, kw_only=True):
    """A person's verdict on a pair.

    ``of`` says in which respect: two ``claims`` speak of one event, two ``origins`` (named by one claim each) are one
    first-hand source, two list ``entries`` are one person, two ``captures`` are one report. It wins over any proposal.
    """

    of: Literal["claims", "origins", "entries", "captures"]
    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    reason: str = ""


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


class IncidentNamed(Fact, frozen=True, kw_only=True):
    """A person gave an incident, known by its anchor claim, a title."""

    anchor: str
    title: str


class AxisJudged(Fact, frozen=True, kw_only=True):
    """A person's judgement on one of the four axes of an incident, known by its anchor claim."""

    anchor: str
    axis: Axis
    value: str
    reason: str


class ListRead(Fact, frozen=True, kw_only=True):
    """Entries of a victim list, read from a capture; a long list takes several facts.

    ``version`` says which edition of the list this is (``2025-03-31``); a list without one has a single version. Each
    version is kept whole: what a later one no longer holds is not deleted.
    """

    list: str
    capture: str
    entries: tuple[ListEntry, ...]
    version: str | None = None


class PolicyAdopted(Fact, frozen=True, kw_only=True):
    """The case's toll follows this policy from now on; ``object`` is the SHA-256 of its rules as applied."""

    name: str
    object: str
    reason: str = ""


class ClaimReread(Fact, frozen=True, kw_only=True):
    """A second person judged a claim without seeing the first judgement.

    It never changes how the claim stands; it measures how far two people agree. ``low`` and ``high`` are the bounds
    that the second person read, where they rejected none.
    """

    claim: str
    verdict: Literal["accepted", "rejected"]
    low: int | None = None
    high: int | None = None
    reason: str = ""


class RoleGranted(Fact, frozen=True, kw_only=True):
    """A person may act in this role from now on."""

    person: str
    role: Role


class RoleRevoked(Fact, frozen=True, kw_only=True):
    """A person may not act in this role any more; what they did before stands."""

    person: str
    role: Role


class OverlapStated(Fact, frozen=True, kw_only=True):
    """A person states how many of a stated total's dead known incidents hold already, so that both can be added once.

    ``total`` is the claim of the total, ``incidents`` the incidents' anchor claims; ``low`` to ``high`` persons.
    """

    total: str
    incidents: tuple[str, ...]
    low: int
    high: int
    reason: str


class CorrectionAsked(Fact, frozen=True, kw_only=True):
    """Somebody outside asked for a correction; ``capture`` is their form as it was preserved.

    ``about`` is what they named, ``subject`` the claim, capture or ``LIST:ID`` that it leads to.
    """

    correction: str
    capture: str
    about: str
    subject: str
    reason: CorrectionReason
    said: str = ""


class CorrectionDecided(Fact, frozen=True, kw_only=True):
    """A person decided a request for correction. ``note`` is public; ``entries`` number what was done about it."""

    correction: str
    verdict: Verdict
    note: str
    entries: tuple[int, ...] = ()


class ReleaseMade(Fact, frozen=True, kw_only=True):
    """A release was published: policy, the number of facts it rests on, and the SHA-256 of its manifest.

    ``profile`` names the rules by which it was made safe to publish; ``figures`` is the SHA-256 of the figures as they
    were shown, from which the next release of this policy and profile tells what changed and holds back what would
    reveal a person.
    """

    name: str
    policy: str
    facts: int
    manifest: str
    profile: str = ""
    figures: str | None = None


class EstimateMade(Fact, frozen=True, kw_only=True):
    """How many victims there were in all was estimated from the overlap of lists: apart from any toll, never in it.

    It is bound to what it was made from: the capture of each list's version (``lists``), the SHA-256 of the matches
    (``matches``) and of the counts of patterns (``tables``), model, strata, seed and number of draws of the links. The
    same again gives the same answer, byte for byte: ``object`` is the SHA-256 of its JSON, kept among the objects.
    ``refused`` says why where there is no number; then ``median``, ``low`` and ``high`` are ``None``.
    """

    model: str
    lists: dict[str, str]
    matches: str
    tables: str
    seed: int
    level: float
    object: str
    facts: int
    by: tuple[str, ...] = ()
    draws: int = 0
    observed: int = 0
    median: float | None = None
    low: float | None = None
    high: float | None = None
    refused: str | None = None


class ColumnsMapped(Fact, frozen=True, kw_only=True):
    """A person said what the columns of a table mean: field → column; it holds for every later import of it."""

    table: str
    form: str
    columns: dict[str, str]


class TableImported(Fact, frozen=True, kw_only=True):
    """A table was imported, or updated from a newer file.

    ``object`` is the SHA-256 of the file, ``index`` that of the list of its rows as they now stand. ``first`` numbers
    the first entry of this import; what lies between that and this entry belongs to it and is what an undo takes back.
    """

    table: str
    form: str
    file: str
    object: str
    index: str
    first: int
    added: int
    changed: int
    gone: int
    same: int
    bad: int = 0


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
