"""What was done, in words: an entry of the ledger as a line of a history, and what an edit changed."""

import msgspec

from uncounted.model.claims import Claim, Count, Passage, Place, Quoted, Time
from uncounted.model.facts import (
    AnyFact,
    AxisJudged,
    CaptureDescribed,
    CaptureTaken,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    ClaimsLocated,
    ClaimsRead,
    IncidentNamed,
    JudgementUndone,
    LinksProposed,
    PairJudged,
    ReadingsCompared,
    ScorerLearned,
)
from uncounted.stages.publish import words

PAIRS = {"claims": "event", "origins": "first-hand source", "entries": "person", "captures": "report"}


SIMPLE: dict[type, str] = {
    CaptureTaken: "preserved the report",
    CaptureDescribed: "described the report's publication",
    ClaimsLocated: "looked up places and dates",
    ClaimEdited: "corrected and accepted",
    ClaimAdded: "added the claim",
    LinksProposed: "proposed what belongs together",
    ReadingsCompared: "compared what two readers read",
}


class Change(msgspec.Struct, frozen=True):
    """One field of a claim that an edit changed, before and after, in words."""

    field: str
    before: str
    after: str


def told(fact: AnyFact) -> str:
    """A fact as a line: what was done, and to what."""
    said = SIMPLE.get(type(fact), type(fact).__name__)
    match fact:
        case ClaimsRead(claims=claims):
            said = f"read {len(claims)} claim{'s' if len(claims) != 1 else ''} from the report"
        case ClaimJudged(verdict=verdict, claim=name):
            said = f"{verdict} {name}"
        case ScorerLearned(reader=reader, object=weights, judgements=number):
            said = f"let {reader} learn from {number} judgements" if weights else f"let {reader} forget what it learned"
        case JudgementUndone(entry=entry):
            said = f"took back entry {entry}"
        case PairJudged(of=of, left=left, right=right, verdict=verdict):
            held = {"same": "one", "different": "two", "unsure": "perhaps one"}[verdict]
            said = f"held {left} and {right} to be {held}: {PAIRS[of]}"
        case IncidentNamed(title=title):
            said = f"called the incident “{title}”"
        case AxisJudged(axis=axis, value=value):
            said = f"judged “{axis}”: {value}"
    return said


def changes(before: Claim, after: Claim) -> list[Change]:
    """The fields in which two forms of a claim differ."""
    found = []
    for field in Claim.__struct_fields__:
        old, new = getattr(before, field), getattr(after, field)
        if old != new and field not in ("reader", "confidence", "id"):
            found.append(Change(field.replace("_", " "), _said(old), _said(new)))
    return found


def _said(value: object) -> str:
    """A field's value in words, with the report's own words where it has them."""
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return ", quoting ".join(_said(item) for item in value)
    if isinstance(value, Passage):
        return f"“{value.text}”"
    if not isinstance(value, Quoted):
        return str(value).replace("_", " ")
    if isinstance(value, Count):
        said = words.counted(value)
    elif isinstance(value, Time):
        said = words.when(value)
    elif isinstance(value, Place):
        said = words.where(value)
    else:
        said = str(getattr(value, "name", ""))
    return f"{said} (“{value.text}”)" if value.text and value.text != said else said
