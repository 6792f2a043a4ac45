"""What one sentence says of harm: a draft for each victim of each word of harm, parts after their wholes."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from uncounted.model.vocabulary import Harm, Modality, Scope
from uncounted.stages.read.attachment import Attachment, attach
from uncounted.stages.read.clause import Clause
from uncounted.stages.read.extension import Part, Victim, parts, together, victims
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.modality import modality, scope
from uncounted.stages.read.special import special
from uncounted.stages.read.wording import Trigger


@dataclass(slots=True, eq=False)
class Draft:
    """One harm to one victim, by which rule; ``whole`` is the draft that it is a part of."""

    made: Clause
    trigger: Trigger
    victim: Victim
    lexicon: Lexicon
    rule: str
    modality: Modality
    scope: Scope
    attachment: Attachment | None = None
    whole: "Draft | None" = None
    told: Harm | None = None

    @property
    def harm(self) -> Harm:
        """The harm that the word of harm names, or that the text before tells of ("the victims")."""
        return self.told or self.trigger.entry.harm


def drafts(made: Clause, lex: Lexicon) -> list[Draft]:
    """The drafts of a sentence in reading order."""
    named = parts(made, lex)
    over = scope(made, lex)
    taken: set[tuple[Harm, int]] = set()
    found = list(_of_harms(made, over, taken, lex))
    if named and not found:
        # Parts of no whole in this sentence may be victims in their own right.
        for part in named:
            part.victim.phrase.subset = False
        for phrase in made.phrases:
            phrase.subset = False
        found, named = list(_of_harms(made, over, taken, lex)), []
    for draft in found:
        if draft.victim.phrase.within is not None:
            draft.whole = next((one for one in found if one.victim.phrase is draft.victim.phrase.within), None)
    found += list(_of_parts(named, found, taken))
    return sorted(found, key=lambda draft: draft.victim.first)


def _of_harms(made: Clause, over: Scope, taken: set[tuple[Harm, int]], lex: Lexicon) -> Iterator[Draft]:
    for trigger in made.triggers:
        for victim, rule, attachment in _victims(made, trigger, lex):
            held = modality(made, trigger, victim.phrase, lex)
            if held is None or _key(trigger.entry.harm, victim) in taken or not _can_be_harmed(victim):
                continue
            taken.add(_key(trigger.entry.harm, victim))
            yield Draft(made, trigger, victim, lex, rule, held, over, attachment)


def _key(harm: Harm, victim: Victim) -> tuple[Harm, int]:
    return harm, victim.phrase.head if victim.phrase.head >= 0 else victim.first


def _victims(made: Clause, trigger: Trigger, lex: Lexicon) -> Iterator[tuple[Victim, str, Attachment | None]]:
    for victim, rule in special(made, trigger, lex):
        yield victim, rule, None
    if "body" in trigger.entry.parts:
        return
    attachment = attach(made, trigger)
    if attachment is None:
        return
    place = attachment.chosen.place
    for victim in victims(made, attachment.chosen.phrase, place):
        yield victim, attachment.rule, attachment
    if place == "subject":
        for victim in together(made, trigger.last, lex):
            yield victim, "together", attachment


def _can_be_harmed(victim: Victim) -> bool:
    phrase = victim.phrase
    if phrase.kind == "group":
        return phrase.quantity is not None
    return phrase.kind not in ("thing", "age") and not phrase.subset


def _of_parts(named: list[Part], found: list[Draft], taken: set[tuple[Harm, int]]) -> Iterator[Draft]:
    """A draft for each part, of the harm whose victim or word stands nearest before the part."""
    wholes = list(found)
    for part in named:
        before = [draft for draft in wholes if draft.victim.first < part.opens]
        whole = max(before, key=lambda draft: _nearness(draft, part.opens), default=None)
        if whole is None or _key(whole.harm, part.victim) in taken:
            continue
        taken.add(_key(whole.harm, part.victim))
        yield dataclasses.replace(whole, victim=part.victim, rule="part", whole=whole)


def _nearness(draft: Draft, limit: int) -> int:
    return max((end for end in (draft.victim.last, draft.trigger.last) if end <= limit), default=0)
