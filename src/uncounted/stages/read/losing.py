"""Words of harm that take a life only together with a word for it, said after the victim."""

from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.wording import Trigger
from uncounted.text.tokens import Token

_REACH = 14
_ACT = frozenset({"act"})


def settled(found: list[Token], triggers: list[Trigger], lex: Lexicon) -> list[Trigger]:
    """The words of harm with those of part ``ending`` decided: killing, where a word of ``life`` follows in reach;
    else what they mean by themselves; else no harm at all."""
    life = lex.sets.get("life")
    if not life:
        return triggers
    made: list[Trigger] = []
    for at, trigger in enumerate(triggers):
        if "ending" not in trigger.entry.parts:
            made.append(trigger)
            continue
        limit = min(trigger.last + _REACH, triggers[at + 1].first if at + 1 < len(triggers) else len(found))
        if any(token.word in life for token in found[trigger.last : limit]):
            made.append(trigger._replace(entry=trigger.entry._replace(harm="killed", parts=_ACT)))
        elif "act" in trigger.entry.parts:
            made.append(trigger)
    return made
