"""Which phrase is the subject of the verb group that ends in a word of harm."""

from uncounted.stages.read.candidates import Attachment, Candidate, scored
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.wording import Trigger

_WINDOW = 30


def subject(made: Clause, trigger: Trigger, before: int) -> Attachment | None:
    """The phrase that stands as subject of the verb group that ends at ``before``."""
    end = _verb_group(made.flat, before + 1)
    if end > 0 and made.flat[end - 1] == "O" and end not in made.ending:
        return None
    anchor = end
    if end > 1 and made.flat[end - 1] == ",":
        anchor = end - 1
        if not made.flat[end : before + 1].startswith("R"):
            opened = made.flat.rfind(",", max(0, end - _WINDOW), end - 1)
            anchor = opened if opened > 0 and "K" not in made.flat[opened:end] else anchor
    candidates = []
    for phrase in reversed(made.phrases):
        if phrase.last > end:
            continue
        if end - phrase.last > _WINDOW * 2 or ";" in made.flat[phrase.last : end]:
            break
        candidates.append(scored(made, phrase, "subject", anchor))
    candidates.sort(key=lambda candidate: -candidate.score)
    if not candidates or candidates[0].score <= made.table["threshold"]:
        shared = _shared_subject(made, end)
        candidates[:0] = [shared] if shared is not None else []
    if not candidates or candidates[0].score <= made.table["threshold"]:
        return None
    return Attachment(trigger, candidates[0], "subject", tuple(candidates[1:4]))


def _shared_subject(made: Clause, end: int) -> Candidate | None:
    """ "The man fell off the roof and was killed": the subject of the verb that is joined to the one of harm."""
    joint = end - 1
    while joint > 0 and made.flat[joint] in "A_":
        joint -= 1
    if joint < 1 or made.flat[joint] != "C":
        return None
    for phrase in reversed(made.phrases):
        if phrase.last > joint or phrase.kind not in ("person", "name"):
            continue
        between = made.flat[phrase.last : joint].lstrip("A_")
        if joint - phrase.last > _WINDOW or set(between) & set(";RK"):
            return None
        governed = phrase.first > 0 and made.governs(phrase.first - 1)
        if between[:1] in ("V", "E", "H", "B") and not governed and _agrees(made, phrase, end):
            candidate = scored(made, phrase, "subject", phrase.last)
            features = {**candidate.features, "shared": 1.0}
            return candidate._replace(features=features, score=candidate.score + made.table["shared"])
    return None


def _agrees(made: Clause, phrase: NounPhrase, end: int) -> bool:
    """Whether a subject is one of several as the verb says: not "the men ... and was killed"."""
    verb = made.tokens[end].word if end < len(made.tokens) else ""
    single = phrase.quantity is None and not phrase.plural
    return verb not in made.of_many if single else verb not in made.of_one


def _verb_group(flat: str, end: int) -> int:
    """Where a verb group that ends before ``end`` begins, relative pronouns and asides before it included."""
    while end > 0 and (flat[end - 1] in "BHA_" or (flat[end - 1] in "VE" and flat[end - 2 : end - 1] == "B")):
        end -= 1
    while end > 0 and flat[end - 1] in "RA_":
        end -= 1
    return end
