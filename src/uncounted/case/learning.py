"""What a case's reader learns from its reviewers: asked for by a person, reported, kept as a fact, reversible."""

import msgspec

from uncounted.case.case import Case
from uncounted.case.reading import document
from uncounted.case.reviewing import person
from uncounted.model.claims import Claim
from uncounted.model.errors import NotEnough, NotFound, Refused
from uncounted.model.facts import ScorerLearned
from uncounted.model.identity import canonical, named_in_case
from uncounted.model.review import ReviewedClaim
from uncounted.stages.read.explain import explain
from uncounted.stages.read.grammar import Reading
from uncounted.stages.read.learning import Judged, Learned, learned
from uncounted.stages.read.scorer import features
from uncounted.stages.read.standard import standard_reader

READER = "grammar"
_RESTS_ON = ("harm", "group", "count", "victim", "modality", "scope")


def changes(case: Case) -> dict[str, float]:
    """What the case's reader has learned, as changes by feature; empty where nothing, or where it was forgotten."""
    fact = case.views.scorer(READER)
    if fact is None or fact.object is None:
        return {}
    return msgspec.json.decode(case.objects.get(fact.object), type=dict[str, float])


def learn(case: Case, by: str, reason: str = "") -> Learned:
    """Learn from every judgement of a claim that the grammar read, and let the case read with it from now on.

    Raises :class:`NotEnough` where there are too few judgements, or where cross-validation shows no gain; then nothing
    is changed.
    """
    found = learned(judgements(case))
    if found.gain <= 0.0:
        raise NotEnough(
            f"{found.judgements} judgements",
            f"they would not help: on reports left out, the loss goes from {found.before:.3f} to {found.after:.3f}",
            "Nothing was changed.",
        )
    name = case.objects.put(canonical(found.changes))
    fact = ScorerLearned(
        reader=READER, object=name, judgements=found.judgements, before=round(found.before, 4),
        after=round(found.after, 4), reason=reason,
    )  # fmt: skip
    with case.writing("learn from review"):
        case.record(person(by), fact)
    return found


def forget(case: Case, by: str, reason: str = "") -> None:
    """Go back to the shipped weights; what was learned stays in the record."""
    if case.views.scorer(READER) is None:
        raise Refused("the case's reader", "it reads with the shipped weights already", "There is nothing to forget.")
    with case.writing("forget what was learned"):
        case.record(person(by), ScorerLearned(reader=READER, object=None, reason=reason))


def judgements(case: Case) -> list[Judged]:
    """Every judgement in force of a claim that the grammar reads today, with the features that made the claim.

    A claim holds as read when it was accepted, also with a correction that changes nothing a toll rests on.
    """
    reader = standard_reader()
    judged: list[Judged] = []
    for capture in case.views.captures():
        claims = {one.claim.id: one for one in case.views.claims(capture=capture.id) if one.status != "proposed"}
        if not capture.text or not any(_by_grammar(one) for one in claims.values()):
            continue
        readings = reader.readings(document(case, capture))
        for name, reading in _named(readings).items():
            one = claims.get(name)
            if one is not None and _by_grammar(one):
                attached = reading.draft.attachment.chosen.features if reading.draft.attachment else None
                seen = features(reading.claim, reading.draft.rule, attached)
                judged.append(Judged(capture.id, reading.claim.confidence, seen, _held(one)))
    return judged


def explained(case: Case, name: str) -> str:
    """What made a claim of the case, in words, as the case's reader reads its report today.

    :class:`NotFound` where the case has no such claim or a person alone spoke of it, or where another reader made it.
    """
    standing = case.views.claim(name)
    known = changes(case)
    reader = standard_reader(known)
    capture = case.views.capture(standing.claim.document)
    found = _named(reader.readings(document(case, capture)))
    if name not in found:
        by = ", ".join(standing.readers) or f"{standing.by}, a person"
        raise NotFound(f"the making of claim {name}", f"it was read by {by}; {reader.name} does not read it")
    reading = found[name]
    named = Reading(msgspec.structs.replace(reading.claim, id=name), reading.draft)
    return explain(named, known)


def _named(readings: list[Reading]) -> dict[str, Reading]:
    """The readings by the name that their claim has in a case."""
    found: dict[str, Reading] = {}
    for reading in readings:
        (claim,) = named_in_case((reading.claim,))
        found.setdefault(claim.id, reading)
    return found


def _by_grammar(one: ReviewedClaim) -> bool:
    return any(name.startswith(f"{READER}/") for name in one.readers)


def _held(one: ReviewedClaim) -> bool:
    read: Claim | None = one.read
    same = read is None or all(getattr(read, name) == getattr(one.claim, name) for name in _RESTS_ON)
    return one.status == "accepted" and same
