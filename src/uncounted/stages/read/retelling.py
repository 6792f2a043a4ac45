"""Retelling: a phrase that only points back to a victim already told of makes no claim of its own."""

from uncounted.model.vocabulary import Harm
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.sentence import Draft


def without_retold(found: list[Draft], lex: Lexicon) -> list[Draft]:
    """The drafts without those that only point back.

    "The victim", "the dead man", "the wounded": a definite phrase that states neither count nor name, after a claim of
    the same harm in the same document, adds nothing that could be counted.
    """
    told: set[Harm] = set()
    kept: list[Draft] = []
    last: Harm | None = None
    for draft in found:
        if (
            draft.rule == "listed"
            and draft.harm == "casualties"
            and not set(draft.trigger.entry.words) & lex.sets["bare"]
        ):
            draft.told = last
        elif draft.harm in ("killed", "injured"):
            last = draft.harm
        phrase = draft.victim.phrase
        bare = (
            phrase.definite
            and not phrase.owned
            and phrase.quantity is None
            and not phrase.named
            and draft.whole is None
        )
        head = draft.made.tokens[phrase.head].word
        points_back = bare and (draft.rule == "qualifier" or (head in lex.sets["generic"] and _alone(draft)))
        if points_back and draft.harm in told:
            continue
        told.add(draft.harm)
        kept.append(draft)
    return kept


def _alone(draft: Draft) -> bool:
    """Whether nothing but the head and its small words stands in the phrase."""
    return draft.victim.last - draft.victim.first <= 3
