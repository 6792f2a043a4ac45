"""What was done, in words: an entry of the ledger as a line of a history, and what an edit changed."""

from collections.abc import Callable

import msgspec

from uncounted.ledger.views.events import named_in
from uncounted.model.claims import Claim, Count, Passage, Place, Quoted, Time
from uncounted.model.facts import (
    AnyFact,
    AuditDrawn,
    AxisJudged,
    CaptureDescribed,
    CaptureTaken,
    CaseOpened,
    CheckpointAnchored,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    ClaimReread,
    ClaimsLocated,
    ClaimsRead,
    ColumnsMapped,
    ConsentStated,
    CopyMade,
    CorrectionAsked,
    CorrectionDecided,
    DeviceEnrolled,
    DeviceRetired,
    DrillHeld,
    EntriesSigned,
    Entry,
    EstimateMade,
    FieldErased,
    FieldSealed,
    HandedOver,
    IncidentNamed,
    JudgementUndone,
    LinksProposed,
    ListRead,
    OverlapStated,
    PairJudged,
    PolicyAdopted,
    ReadingsCompared,
    RecipientAdmitted,
    RecipientLeft,
    RecordAudited,
    ReleaseMade,
    RoleGranted,
    RoleRevoked,
    ScorerLearned,
    SealsRenewed,
    TableImported,
)
from uncounted.stages.publish.words import Words

Say = Callable[[str], str]
"""Puts the desk's own words into a language."""


def _(said: str) -> str:
    """Mark words for translation where they stand."""
    return said


SIMPLE: dict[type, str] = {
    CaseOpened: _("opened the case"),
    CaptureTaken: _("preserved the report"),
    CaptureDescribed: _("described the report’s publication"),
    ClaimsLocated: _("looked up places and dates"),
    ClaimEdited: _("corrected and accepted"),
    ClaimAdded: _("added the claim"),
    ClaimReread: _("read it a second time, blind"),
    LinksProposed: _("proposed what belongs together"),
    ListRead: _("read entries of a victim list"),
    FieldSealed: _("put a field under seal"),
    FieldErased: _("erased a sealed field for good"),
    ConsentStated: _("stated consent"),
    ReleaseMade: _("published a release"),
    EstimateMade: _("estimated how many there were in all"),
    ReadingsCompared: _("compared what two readers read"),
    RecipientAdmitted: _("let somebody open what is sealed"),
    RecipientLeft: _("let somebody open what is sealed no more"),
    SealsRenewed: _("sealed the fields anew"),
    DrillHeld: _("held a drill with the keys"),
    DeviceEnrolled: _("enrolled a device that signs"),
    DeviceRetired: _("retired a device"),
    EntriesSigned: _("signed entries"),
    CheckpointAnchored: _("had the ledger vouched for outside"),
    CopyMade: _("made a copy of the case"),
    HandedOver: _("handed evidence over"),
    AuditDrawn: _("drew an audit"),
    RecordAudited: _("answered an audit"),
    OverlapStated: _("stated how a total overlaps with incidents"),
    CorrectionAsked: _("took in a request for correction"),
    CorrectionDecided: _("decided a request for correction"),
    ColumnsMapped: _("said what the columns of a table mean"),
    TableImported: _("imported a table"),
}
PAIRS = {
    ("claims", "same"): _("held %(left)s and %(right)s to be one event"),
    ("claims", "different"): _("held %(left)s and %(right)s to be two events"),
    ("claims", "unsure"): _("left open whether %(left)s and %(right)s are one event"),
    ("origins", "same"): _("held %(left)s and %(right)s to be one first-hand source"),
    ("origins", "different"): _("held %(left)s and %(right)s to be two first-hand sources"),
    ("origins", "unsure"): _("left open whether %(left)s and %(right)s are one first-hand source"),
    ("entries", "same"): _("held %(left)s and %(right)s to be one person"),
    ("entries", "different"): _("held %(left)s and %(right)s to be two persons"),
    ("entries", "unsure"): _("left open whether %(left)s and %(right)s are one person"),
    ("captures", "same"): _("held %(left)s and %(right)s to be one report"),
    ("captures", "different"): _("held %(left)s and %(right)s to be two reports"),
    ("captures", "unsure"): _("left open whether %(left)s and %(right)s are one report"),
}


class Change(msgspec.Struct, frozen=True):
    """One field of a claim that an edit changed, before and after, in words."""

    field: str
    before: str
    after: str


def told(fact: AnyFact, say: Say) -> str:
    """A fact as a line: what was done, and to what; ``say`` puts the words into a language."""
    form, parts = _form(fact, say)
    return say(form) % parts if parts else say(form)


def _form(fact: AnyFact, say: Say) -> tuple[str, dict[str, object]]:
    """The words for a fact, and what goes into them."""
    form, parts = SIMPLE.get(type(fact), str(type(fact).__struct_config__.tag).replace("_", " ")), dict[str, object]()
    match fact:
        case ClaimsRead(claims=claims):
            form, parts = _("read the report; claims found: %(n)s"), {"n": len(claims)}
        case ClaimJudged(verdict=verdict, claim=name):
            form = _("accepted %(claim)s") if verdict == "accepted" else _("rejected %(claim)s")
            parts = {"claim": name}
        case ScorerLearned(reader=reader, object=weights, judgements=number):
            form = (
                _("let %(reader)s learn; judgements: %(n)s") if weights else _("let %(reader)s forget what it learned")
            )
            parts = {"reader": reader, "n": number}
        case JudgementUndone(entry=entry):
            form, parts = _("took back entry %(entry)s"), {"entry": entry}
        case PairJudged(of=of, left=left, right=right, verdict=verdict):
            form, parts = PAIRS[of, verdict], {"left": left, "right": right}
        case IncidentNamed(title=title):
            form, parts = _("called the incident “%(title)s”"), {"title": title}
        case AxisJudged(axis=axis, value=value):
            form, parts = _("judged “%(axis)s”: %(value)s"), {"axis": say(axis), "value": say(value)}
        case PolicyAdopted(name=name):
            form, parts = _("adopted the policy %(name)s"), {"name": name}
        case RoleGranted(person=name, role=role):
            form = _("gave %(name)s the role %(role)s")
            parts = {"name": name, "role": say(role.replace("_", " "))}
        case RoleRevoked(person=name, role=role):
            form = _("took from %(name)s the role %(role)s")
            parts = {"name": name, "role": say(role.replace("_", " "))}
    return form, parts


def about(entry: Entry, most: int = 2) -> list[tuple[str, str]]:
    """The pages of the claims and reports that an entry speaks of, each with its name; so many at most."""
    named = [entry.fact.claim] if isinstance(entry.fact, ClaimReread) else sorted(named_in(entry))
    if isinstance(entry.fact, EstimateMade):
        named = list(entry.fact.lists.values())
    pages = {"k": "/claims/", "c": "/captures/"}
    return [(pages[name[0]] + name, name) for name in named if name[:1] in pages and name.isalnum()][:most]


def changes(before: Claim, after: Claim, words: Words, say: Say) -> list[Change]:
    """The fields in which two forms of a claim differ; ``words`` are the field's words in a language."""
    found = []
    for field in Claim.__struct_fields__:
        old, new = getattr(before, field), getattr(after, field)
        if old != new and field not in ("reader", "confidence", "id"):
            found.append(Change(say(field.replace("_", " ")), _said(old, words, say), _said(new, words, say)))
    return found


def _said(value: object, words: Words, say: Say) -> str:
    """A field's value in words, with the report's own words where it has them."""
    if value is None or value == ():
        return say(_("none"))
    if isinstance(value, tuple):
        return say(_(", quoting ")).join(_said(item, words, say) for item in value)
    if isinstance(value, Passage):
        return f"“{value.text}”"
    if not isinstance(value, Quoted):
        return say(str(value).replace("_", " "))
    if isinstance(value, Count):
        said = words.counted(value)
    elif isinstance(value, Time):
        said = words.when(value)
    elif isinstance(value, Place):
        said = words.where(value)
    else:
        said = str(getattr(value, "name", ""))
    return f"{said} (“{value.text}”)" if value.text and value.text != said else str(said)
