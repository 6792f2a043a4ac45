"""Harm of another kind than is counted here: told in a story, done in a game, or a natural death."""

from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause
from uncounted.stages.read.wording import Trigger

_AFTER = 12
"""Tokens after a death in which its natural cause is told."""


def elsewhere(made: Clause, trigger: Trigger, lex: Lexicon) -> bool:
    """Whether a word of harm tells of fiction, sport or a natural death, by the phrases of the language for these.

    Sport is none where its sentence names a means of violence: a striker may be shot.
    """
    sentence = made.words(0, len(made.tokens))
    fiction, sport, natural = (lex.cues.get(f"elsewhere.{kind}") for kind in ("fiction", "sport", "natural"))
    if fiction is not None and fiction.search(sentence):
        return True
    if sport is not None and sport.search(sentence) and not lex.means_pattern.search(sentence):
        return True
    after = made.words(trigger.last, trigger.last + _AFTER)
    return bool(natural is not None and trigger.entry.harm == "killed" and natural.search(after))
