"""From the named dead of a report to drafts: a new one for whom the grammar did not read, a group for the others."""

import bisect
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.stages.read.apposition import Victim
from uncounted.stages.read.clause import clause
from uncounted.stages.read.lexicon import Harming, Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.roll.dying import dying
from uncounted.stages.read.roll.harms import harmed
from uncounted.stages.read.roll.mention import Mention
from uncounted.stages.read.roll.mentions import mentions
from uncounted.stages.read.roll.persons import Person, persons
from uncounted.stages.read.roll.scene import scenes
from uncounted.stages.read.roll.words import roll_words
from uncounted.stages.read.sentence import Draft
from uncounted.stages.read.wording import Trigger
from uncounted.text.sentences import sentences
from uncounted.text.view import view

_MOST = 400
"""No more names of one report are enrolled."""
_NAMED = frozenset({"named"})


@dataclass(slots=True)
class Roll:
    """The drafts of a report with those of its roll among them, and the persons on it, each with its draft."""

    drafts: list[Draft]
    persons: list[tuple[Person, Draft]] = field(default_factory=list)


def enrolled(text: str, drafts: list[Draft], lex: Lexicon) -> Roll:
    """The roll of a report; the drafts alone where its language has none, its text is all capitals, or nobody is
    said to be killed."""
    words, seen = roll_words(lex.language), view(text)
    killed = [draft for draft in drafts if draft.harm == "killed" and draft.modality in HELD_MODALITIES]
    if words is None or seen.upper_case or not killed:
        return Roll(drafts)
    spans = sentences(seen.text)
    names = [one for start, end in spans for one in mentions(seen, start, end, words, lex)]
    victims = sorted(_span(draft) for draft in killed if draft.lexicon is lex)
    dead = {id(one) for one in dying(scenes(seen, spans, names, victims, harmed(seen, lex)), words)}
    singles = sorted((*_span(draft), at) for at, draft in enumerate(killed) if _single(draft))
    roll = Roll(list(drafts))

    @cache
    def made(start: int, end: int) -> Clause:
        return clause(seen, start, end, lex)

    for person in persons(names):
        said = [one for one in person.mentions if id(one) in dead]
        if not said or len(roll.persons) >= _MOST:
            continue
        draft = _read_before(said, killed, singles)
        if draft is None and (draft := _fresh(made(*_sentence(spans, said[0])), said[0], lex)) is not None:
            roll.drafts.append(draft)
        if draft is not None:
            _grouped(draft, person)
            roll.persons.append((person, draft))
    roll.drafts.sort(key=lambda draft: draft.made.tokens[draft.victim.first].start)
    return roll


def _single(draft: Draft) -> bool:
    phrase = draft.victim.phrase
    return phrase.quantity is None and not phrase.plural


def _span(draft: Draft) -> tuple[int, int]:
    tokens = draft.made.tokens
    return tokens[draft.victim.first].start, tokens[draft.victim.last - 1].end


def _read_before(
    said: Sequence[Mention], killed: Sequence[Draft], singles: Sequence[tuple[int, int, int]]
) -> Draft | None:
    """The draft of a single victim whose words hold one of the mentions."""
    for one in said:
        at = bisect.bisect_right(singles, (one.start, sys.maxsize, 0)) - 1
        if at >= 0 and one.start < singles[at][1]:
            return killed[singles[at][2]]
    return None


def _sentence(spans: Sequence[tuple[int, int]], named: Mention) -> tuple[int, int]:
    return spans[bisect.bisect_right(spans, (named.start, sys.maxsize)) - 1]


def _fresh(made: Clause, named: Mention, lex: Lexicon) -> Draft | None:
    """A draft for a name of a list; ``None`` for a name that the grammar leaves out (in an aside)."""
    held = [at for at, token in enumerate(made.tokens) if named.start <= token.start < named.end]
    if not held:
        return None
    first, last = held[0], held[-1] + 1
    phrase = NounPhrase(first, last, "name", named=True, head=last - 1, age=named.age)
    trigger = Trigger(Harming((), "killed", _NAMED), first, last)
    draft = Draft(made, trigger, Victim(phrase, first, last), lex, "roll", "asserted", "incident")
    draft.reach = (named.first, named.last)
    return draft


def _grouped(draft: Draft, person: Person) -> None:
    phrase = draft.victim.phrase
    if person.group is not None and phrase.group in ("people", "civilians"):
        phrase.group = person.group
        phrase.guessed = person.years != "child"
