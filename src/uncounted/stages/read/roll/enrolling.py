"""From the named dead of a report to drafts: one for each person whom the grammar did not read, a group for the rest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.stages.read.clause import Clause, NounPhrase, clause
from uncounted.stages.read.extension import Victim
from uncounted.stages.read.lexicon import Harming, Lexicon
from uncounted.stages.read.roll.dying import Harmed, dying
from uncounted.stages.read.roll.mentions import Mention, mentions
from uncounted.stages.read.roll.persons import Person, persons
from uncounted.stages.read.roll.words import roll_words
from uncounted.stages.read.sentence import Draft
from uncounted.stages.read.wording import Trigger
from uncounted.text.sentences import sentences
from uncounted.text.view import View, view

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
    found = [one for start, end in spans for one in mentions(seen, start, end, words, lex)]
    victims = [_span(draft) for draft in killed if draft.lexicon is lex]
    dead = set(map(id, dying(seen, spans, found, victims, _harmed(seen, lex), words)))
    roll = Roll(list(drafts))
    for person in persons(found):
        named = next((one for one in person.mentions if id(one) in dead), None)
        if named is None or len(roll.persons) >= _MOST:
            continue
        draft = _read_before(person, killed, dead) or _fresh(seen, spans, named, lex)
        if draft is not None:
            if draft.rule == "roll":
                roll.drafts.append(draft)
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


def _read_before(person: Person, killed: Sequence[Draft], dead: set[int]) -> Draft | None:
    """The draft of a single victim whose words hold a mention of the person that is told of as dead."""
    for draft in killed:
        start, end = _span(draft)
        if _single(draft) and any(start <= one.start < end and id(one) in dead for one in person.mentions):
            return draft
    return None


def _fresh(seen: View, spans: Sequence[tuple[int, int]], named: Mention, lex: Lexicon) -> Draft | None:
    """A draft for a name of a list."""
    start, end = next((span for span in spans if span[0] <= named.start < span[1]), (0, 0))
    made = clause(seen, start, end, lex)
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


def _harmed(seen: View, lex: Lexicon) -> list[Harmed]:
    """Where words of harm to the body stand, in order."""
    pattern, kinds = _harms(lex)
    return [Harmed(match.start(), *kinds[match.group()]) for match in pattern.finditer(seen.lower)]


_HARMS: dict[str, tuple[re.Pattern[str], dict[str, tuple[bool, bool]]]] = {}


def _harms(lex: Lexicon) -> tuple[re.Pattern[str], dict[str, tuple[bool, bool]]]:
    """A pattern for the words of killing and wounding of a language, with what each of them tells."""
    if lex.language not in _HARMS:
        kinds = {
            " ".join(entry.words): (entry.harm == "killed", "happen" in entry.parts)
            for row in lex.harming.values()
            for entry in row
            if entry.harm in ("killed", "injured")
        }
        ordered = sorted(kinds, key=lambda phrase: (-len(phrase), phrase))
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")
        _HARMS[lex.language] = pattern, kinds
    return _HARMS[lex.language]
