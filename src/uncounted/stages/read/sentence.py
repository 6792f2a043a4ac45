"""What one sentence says of harm: a draft for each victim of each word of harm, parts after their wholes."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uncounted.model.vocabulary import Harm, Modality, Scope
from uncounted.stages.read.ahead import ahead
from uncounted.stages.read.apposition import Victim
from uncounted.stages.read.attachment import attach
from uncounted.stages.read.candidates import Attachment
from uncounted.stages.read.elsewhere import elsewhere
from uncounted.stages.read.extension import together, victims
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.modality import modality, scope
from uncounted.stages.read.parts import Part, parts
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.shares import Share, figure, shares, whole_of
from uncounted.stages.read.special import special
from uncounted.stages.read.struck import struck
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
    reach: tuple[int, int] | None = None

    @property
    def harm(self) -> Harm:
        """The harm that the word of harm names, or that the text before tells of ("the victims")."""
        return self.told or self.trigger.entry.harm


def drafts(made: Clause, lex: Lexicon, before: Sequence[Draft] = ()) -> list[Draft]:
    """The drafts of a sentence in reading order; ``before`` are those of the sentences before it."""
    over = scope(made, lex, before[-1].scope if before else None)
    made.flat = made.classes
    told = before[-1].trigger.entry if before else None
    places = [*_of_places(made, over, lex), *_of_figure(made, over, before, lex)]
    shared = list(shares(made, told, lex)) if not lex.verb_first else []
    if shared:
        return sorted([*_of_shares(made, shared, over, before, lex), *places], key=lambda draft: draft.victim.first)
    named = parts(made, lex)
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
    return sorted([*found, *places], key=lambda draft: draft.victim.first)


def _of_harms(made: Clause, over: Scope, taken: set[tuple[Harm, int]], lex: Lexicon) -> Iterator[Draft]:
    for trigger in made.triggers:
        if elsewhere(made, trigger, lex):
            continue
        for victim, rule, attachment in _victims(made, trigger, lex):
            held = modality(made, trigger, victim.phrase, lex)
            if held is None or _key(trigger.entry.harm, victim) in taken or not _can_be_harmed(victim):
                continue
            taken.add(_key(trigger.entry.harm, victim))
            for harm in _both(trigger, victim, lex):
                yield Draft(made, trigger, victim, lex, rule, held, over, attachment, told=harm)


def _anyone(made: Clause, trigger: Trigger, lex: Lexicon) -> Victim | None:
    """ "denied that its aircraft had killed anyone": a victim of no number, told only where the harm is denied."""
    at = trigger.last
    if at >= len(made.tokens) or made.tokens[at].word not in lex.sets["anyone"]:
        at = trigger.first - 1  # "denied that anyone had died"
        while at >= 0 and made.classes[at] in "ABHV":
            at -= 1
    if at < 0 or made.tokens[at].word not in lex.sets["anyone"]:
        return None
    phrase = NounPhrase(at, at + 1, "count", plural=True, head=at)
    return Victim(phrase, at, at + 1) if modality(made, trigger, phrase, lex) == "denied" else None


def _both(trigger: Trigger, victim: Victim, lex: Lexicon) -> tuple[Harm | None, ...]:
    """The harms of "killed and injured": each by itself of a number left open; a stated number is that of both."""
    quantity = victim.phrase.quantity
    entry = trigger.entry
    plural = victim.phrase.plural or (quantity is not None and quantity.quantifier == "vague")
    several = (
        entry.harm == "casualties" and lex.sets["both"] & set(entry.words) and entry.parts & {"act", "ing", "state"}
    )
    if several and plural and (quantity is None or quantity.quantifier == "vague"):
        return ("killed", "injured")
    return (None,)


def _of_places(made: Clause, over: Scope, lex: Lexicon) -> Iterator[Draft]:
    for trigger, place in struck(made, lex):
        held = modality(made, trigger, None, lex)
        if held is not None:
            yield Draft(made, trigger, place, lex, "struck", held, over)


def _key(harm: Harm, victim: Victim) -> tuple[Harm, int]:
    return harm, victim.phrase.head if victim.phrase.head >= 0 else victim.first


def _victims(made: Clause, trigger: Trigger, lex: Lexicon) -> Iterator[tuple[Victim, str, Attachment | None]]:
    for victim, rule in special(made, trigger, lex):
        yield victim, rule, None
    if lex.verb_first:
        yield from ahead(made, trigger, lex)
        return
    if "body" in trigger.entry.parts:
        return
    attachment = attach(made, trigger)
    if attachment is None:
        anyone = _anyone(made, trigger, lex)
        if anyone is not None:
            yield anyone, "anyone", None
        return
    place = attachment.chosen.place
    listed = "subject" if attachment.rule in ("reduced", "state") else place  # "a teacher and two pupils killed"
    for victim in victims(made, attachment.chosen.phrase, listed):
        yield victim, attachment.rule, attachment
    if place == "subject":
        for victim in together(made, trigger.last, lex):
            yield victim, "together", attachment


def _can_be_harmed(victim: Victim) -> bool:
    phrase = victim.phrase
    if phrase.kind == "group":
        return phrase.quantity is not None
    return phrase.kind not in ("thing", "age") and not phrase.subset


def _of_shares(
    made: Clause, shared: list[Share], over: Scope, before: Sequence[Draft], lex: Lexicon
) -> Iterator[Draft]:
    """The drafts of a sentence that tells of shares, and of its other words of harm; their wholes stand before."""
    used = {share.trigger for share in shared}
    made.triggers = [trigger for trigger in made.triggers if trigger not in used]
    named = parts(made, lex)
    taken: set[tuple[Harm, int]] = set()
    others = list(_of_harms(made, over, taken, lex))
    others += list(_of_parts(named, others, taken))
    reachable = [*before[-_RECALLED:], *others]
    own: list[Draft] = []
    for share in shared:
        held = modality(made, share.trigger, share.victim.phrase, lex)
        if held is None:
            continue
        draft = Draft(made, share.trigger, share.victim, lex, "share", held, over)
        if draft.harm == "casualties":  # "six of the victims": of the harm that was told of last
            draft.told = next((one.harm for one in reversed(reachable) if one.harm in ("killed", "injured")), None)
        sizes = [(one.harm, _low(one), one.whole is not None) for one in reachable]
        at = whole_of(share.size, sizes, draft.harm, _low(draft) or 1)
        draft.whole = reachable[at] if at is not None else None
        own.append(draft)
    yield from sorted([*others, *own], key=lambda draft: draft.victim.first)


def _of_figure(made: Clause, over: Scope, before: Sequence[Draft], lex: Lexicon) -> Iterator[Draft]:
    """ "That figure is now 70": a new number for the harm that was told of last."""
    found = figure(made, lex)
    if found is None:
        return
    at, victim = found
    harmed = [trigger for trigger in made.triggers if trigger.last <= at]
    entry = harmed[-1].entry if harmed else before[-1].trigger.entry if before else None
    if entry is not None and victim.phrase.kind in ("count", "person"):
        trigger = Trigger(entry, victim.first, victim.last)
        held = modality(made, trigger, victim.phrase, lex)
        if held is not None:
            yield Draft(made, trigger, victim, lex, "figure", held, over)


_RECALLED = 12
"""So many claims back is the whole of a share looked for."""


def _low(draft: Draft) -> int | None:
    quantity = draft.victim.phrase.quantity
    return None if quantity is None else quantity.low if quantity.low is not None else quantity.high


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
