"""People's judgements of claims. Each is a fact by a named person; none is overwritten, any can be undone."""

from collections.abc import Iterator

import msgspec

from uncounted.case.case import Case
from uncounted.model.claims import Claim
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.facts import (
    Agent,
    AnyFact,
    AxisJudged,
    CaptureDescribed,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    ConsentStated,
    CorrectionDecided,
    Entry,
    IncidentNamed,
    JudgementUndone,
    OverlapStated,
    PairJudged,
    PolicyAdopted,
    RecordAudited,
    ScorerLearned,
)
from uncounted.model.identity import claim_id
from uncounted.model.quoting import misquoted
from uncounted.model.review import Status

BATCH = 200
"""How many judgements of one act share a durable write."""


TAKEN_BACK = (
    ClaimJudged, ClaimEdited, ClaimAdded, PairJudged, AxisJudged, IncidentNamed, CaptureDescribed, PolicyAdopted,
    OverlapStated, CorrectionDecided, ConsentStated, JudgementUndone, RecordAudited, ScorerLearned,
)  # fmt: skip
"""What people state and may take back."""


def person(name: str) -> Agent:
    """The agent of a named person; a blank name is refused, for every judgement is somebody's."""
    if not name.strip():
        raise BadInput("the reviewer", "a judgement needs the name of the person who makes it", "Give --by NAME.")
    return Agent("person", name.strip())


def judge(case: Case, claim: str, verdict: Status, by: str, *, reason: str = "", seen: int | None = None) -> Entry:
    """Accept or reject a claim as it stands.

    ``seen`` is the entry of the judgement that the person had before their eyes (-1 for none); when another person
    judged since, :class:`Refused` says who, and nothing is recorded.
    """
    if verdict == "proposed":
        raise BadInput(f"claim {claim}", "a verdict is accepted or rejected", "To take a verdict back, undo it.")
    with case.writing("record a judgement"):
        _unchanged_since(case, claim, seen)
        return _record(case, by, ClaimJudged(claim=claim, verdict=verdict, reason=reason))


def accept_all(case: Case, by: str, reason: str = "") -> Iterator[str]:
    """Accept every claim that nobody has judged, and yield each one's id once that is safe on disk."""
    with case.writing("accept claims"):
        case.views.catch_up()
        waiting = [reviewed.claim.id for reviewed in case.views.claims(status="proposed")]
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            facts = [ClaimJudged(claim=claim, verdict="accepted", reason=reason) for claim in batch]
            case.record(person(by), *facts)
            yield from batch


def edit(case: Case, claim: str, edited: Claim, by: str, *, reason: str = "", seen: int | None = None) -> Entry:
    """Accept a claim in a corrected form; every quoted part must be a slice of the capture's text."""
    with case.writing("record a judgement"):
        standing = _unchanged_since(case, claim, seen)
        edited = msgspec.structs.replace(edited, id=claim, document=standing.document)
        grounded(edited, case.text(standing.document))
        return _record(case, by, ClaimEdited(claim=claim, edited=edited, reason=reason))


def add_claim(case: Case, claim: Claim, by: str, reason: str = "") -> Entry:
    """Add a claim that no reader found; it counts as accepted."""
    grounded(claim, case.text(claim.document))
    named = msgspec.structs.replace(claim, id=claim_id(claim), reader="person")
    return _record(case, by, ClaimAdded(claim=named, reason=reason))


def undo(case: Case, entry: int, by: str, reason: str = "") -> Entry:
    """Take back a judgement by its entry's number; undoing an undo brings it back."""
    if not 0 <= entry < len(case.ledger):
        raise NotFound(f"entry {entry}", f"the ledger has entries 0 to {len(case.ledger) - 1}")
    fact = next(case.ledger.entries(entry, entry + 1)).fact
    if not isinstance(fact, TAKEN_BACK):
        raise Refused(f"entry {entry}", "only a person's judgement can be taken back", "Evidence is never undone.")
    return _record(case, by, JudgementUndone(entry=entry, reason=reason))


def judge_pair(case: Case, pair: PairJudged, by: str) -> Entry:
    """Record a verdict on a pair."""
    return _record(case, by, pair)


def describe(
    case: Case,
    capture: str,
    by: str,
    *,
    publisher: str | None = None,
    author: str | None = None,
    published: str | None = None,
    language: str | None = None,
    reason: str = "",
) -> Entry:
    """State or correct what is known of a capture's publication; ``None`` leaves a field as it is."""
    case.views.capture(capture)
    fact = CaptureDescribed(
        capture=capture, publisher=publisher, author=author, published=published, language=language, reason=reason
    )
    return _record(case, by, fact)


def grounded(claim: Claim, text: str) -> None:
    """Raise :class:`BadInput` unless each quoted part of a claim is the text's own slice."""
    for part, words, start, end in misquoted(claim, text):
        raise BadInput(
            f"claim {claim.id}",
            f"its {part} {words!r} is not what the report says at {start}-{end}",
            "Every quoted part must be a verbatim slice of the report",
        )


def _unchanged_since(case: Case, claim: str, seen: int | None) -> Claim:
    """The claim as it stands, if nobody judged it since entry ``seen``; to be asked while nobody else can write."""
    case.views.catch_up()
    standing = case.views.claim(claim)
    if seen is not None and seen != (-1 if standing.entry is None else standing.entry):
        raise Refused(
            f"claim {claim}",
            f"{standing.by or 'somebody'} judged it in the meantime ({standing.status})",
            "Look at it again, then judge.",
        )
    return standing.claim


def record(case: Case, by: str, *facts: AnyFact) -> tuple[Entry, ...]:
    """Record what a person says, in one durable step."""
    with case.writing("record a judgement"):
        return case.record(person(by), *facts)


def _record(case: Case, by: str, fact: AnyFact) -> Entry:
    return record(case, by, fact)[0]
