"""Modality and scope: whether a harm is said to have happened, and over what stretch of time it is counted."""

import re
from typing import Literal

from uncounted.model.vocabulary import Modality, Scope
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.wording import Trigger
from uncounted.text.numbers import number_words

_REACH = 18


def modality(made: Clause, trigger: Trigger, victim: NounPhrase | None, lex: Lexicon) -> Modality | None:
    """How the harm is said; ``None`` for a mere attempt, which tells of no harm."""
    heard = _heard(made, trigger, victim, lex)
    if lex.sets["barely"] & set(heard["group"].split()):
        return None
    if victim is not None and victim.quantity is not None and victim.quantity.none:
        return "denied"
    for said, table, window in _TESTS:
        if said == "presupposed":
            if _presupposed(made, trigger, lex):
                return "asserted"
        elif _hears(lex, table, heard[window], window):
            if said != "attempted":
                return said
            if window == "near" or trigger.entry.parts & {"noun", "act", "active"}:
                return None
    return _plain(made, trigger, victim, heard, lex)


def _plain(made: Clause, trigger: Trigger, victim: NounPhrase | None, heard: dict[str, str], lex: Lexicon) -> Modality:
    """The modality where no cue is heard: a question and a bare infinitive assert nothing."""
    if made.tokens[-1].word in lex.sets["asking"] or _yet_to_come(trigger, heard, lex):
        return "possible"
    estimated = victim is not None and victim.quantity is not None and victim.quantity.estimated
    return "estimated" if estimated else "asserted"


def _yet_to_come(trigger: Trigger, heard: dict[str, str], lex: Lexicon) -> bool:
    """ "to kill", "deserves to die", "is to be killed": an infinitive, unless it is told as done ("the third to die",
    "is said to be dead")."""
    group = heard["group"]
    if trigger.entry.parts & {"active", "happen"} and group.endswith(" to"):
        return not (lex.sets["managed"] | lex.sets["ranked"]) & set(heard["before"].split()[-5:])
    passive = "act" in trigger.entry.parts and group.endswith(" to be")
    return passive and not lex.sets["managed"] & set(heard["before"].split()[-4:])


# Modality, the table of cues, and the stretch of words in which a cue counts; the first that is heard wins.
_TESTS: tuple[tuple[Modality | Literal["attempted", "presupposed"], str, str], ...] = (
    ("no_estimate", "before.no_estimate", "before"),
    ("attempted", "after.attempted", "after"),
    ("ordered", "before.ordered", "before"),
    ("threatened", "before.threatened", "before"),
    ("attempted", "before.attempted", "near"),
    ("denied", "after.denied", "after"),
    ("possible", "after.possible", "after"),
    ("possible", "after.put_off", "rest"),
    ("denied", "after.unfounded", "rest"),
    ("presupposed", "", ""),
    ("denied", "verb_group.denied", "group"),
    ("denied", "before.denied", "before"),
    ("possible", "before.possible", "before"),
    ("possible", "verb_group.possible", "group"),
    ("presumed", "before.presumed", "before"),
    ("presumed", "after.presumed", "after"),
    ("estimated", "before.estimated", "before"),
)


def _hears(lex: Lexicon, table: str, words: str, window: str) -> bool:
    cue = lex.cues.get(table)
    if cue is None:
        return False
    return bool(cue.match(words) if window == "after" else cue.search(words))


def _heard(made: Clause, trigger: Trigger, victim: NounPhrase | None, lex: Lexicon) -> dict[str, str]:
    """The words around a word of harm: its clause so far, the last few of them, its verb group, what follows."""
    first = _opening(made, trigger, lex)
    verbal = trigger.first
    while verbal > first and (
        made.classes[verbal - 1] in "HBAt"
        or made.classes[max(verbal - 2, 0) : verbal] == "BJ"  # "were presumed killed"
    ):
        verbal -= 1
    opens = first
    if verbal > first and made.classes[verbal - 1] == "R" and trigger.entry.parts & {"act", "happen", "state"}:
        opens = verbal
    said = made.words(opens, trigger.first)
    number = victim.quantity if victim is not None and _numbered(victim) else None
    if number is not None and opens < number.last <= trigger.first:
        # "possibly up to 12" hedges the number, not the harm.
        said = f"{made.words(opens, max(opens, number.first))} {made.words(number.last, trigger.first)}"
    return {
        "before": said,
        "near": made.words(max(_apart(made, trigger, victim, opens, verbal), trigger.first - 7), trigger.first),
        "group": " " + made.words(verbal, trigger.first),
        "after": made.words(trigger.last, trigger.last + 8),
        "rest": made.words(trigger.last, trigger.last + 8),
    }


def _apart(made: Clause, trigger: Trigger, victim: NounPhrase | None, opens: int, verbal: int) -> int:
    """Where the words near a harm begin: at a counted victim behind a mark ("Raid foiled, 8 dead"), or at the verb of
    a passive ("men who had tried to hide were killed")."""
    finite = made.tokens[verbal].word in made.of_one | made.of_many
    if finite and "act" in trigger.entry.parts and made.classes[verbal] == "B":
        return max(opens, verbal)
    if victim is None or victim.quantity is None or not opens < victim.first < trigger.first:
        return opens
    return victim.first if made.classes[victim.first - 1] in ",;:–" else opens


def _numbered(victim: NounPhrase) -> bool:
    return victim.quantity is not None and victim.quantity.quantifier != "vague"


def _presupposed(made: Clause, trigger: Trigger, lex: Lexicon) -> bool:
    """ "he denied a link to the murder of X": a definite noun of harm takes the harm for granted."""
    if "noun" not in trigger.entry.parts:
        return False
    at = trigger.first - 1
    while at >= 0 and made.classes[at] in "JWnUNA":
        at -= 1
    return at >= 0 and made.tokens[at].word in lex.sets["presupposing"]


def _opening(made: Clause, trigger: Trigger, lex: Lexicon) -> int:
    """Where the clause of a word of harm opens: after the last turn of the sentence, or another harm that is over."""
    first = max(0, trigger.first - _REACH)
    for at in range(trigger.first - 1, first - 1, -1):
        if made.tokens[at].word in lex.sets["turns"]:
            return at + 1
    for other in made.triggers:
        if first < other.last <= trigger.first and set(made.classes[other.last : trigger.first]) - set("CKA,"):
            first = other.last
    return first


def scope(made: Clause, lex: Lexicon, before: Scope | None = None) -> Scope:
    """Whether a sentence counts one incident, a stretch of time, or everything since a beginning.

    ``before`` is the scope of the sentence before, which "in that time" takes over.
    """
    text = made.words(0, len(made.tokens))
    if lex.cues["scope.cumulative"].search(text) or _since_a_beginning(text, lex):
        return "cumulative"
    if before is not None and _cued(lex, "scope.same", text):
        return before
    if _cued(lex, "scope.toll", text) and not _names_an_attack(text, lex):
        return "cumulative"
    return "period" if _over_a_period(text, lex) or _over_a_stretch(made, lex) else "incident"


def _over_a_period(text: str, lex: Lexicon) -> bool:
    """Words of a stretch of time; "last week's bombing" is one event of it."""
    return any(not text.startswith(" 's", found.end()) for found in lex.cues["scope.period"].finditer(text))


def _over_a_stretch(made: Clause, lex: Lexicon) -> bool:
    """ "in two months", "over 43 days": a number and a word of time, and not "in 20 minutes"."""
    for at, token in enumerate(made.tokens[:-2]):
        number = made.tokens[at + 1]
        if token.word in lex.sets["within"] and (number.is_digits or number.word in number_words(lex.language).single):
            after = made.tokens[at + 2].word
            if after in lex.sets["stretch"] and made.words(at + 3, at + 4) not in ("ago", "time"):
                return True
    return False


_YEAR = re.compile(r"(?<!\w)(?:19|20)\d\d(?!\w)")
_SINCE = 50
"""So many characters after "since" may a beginning be named."""


def _since_a_beginning(text: str, lex: Lexicon) -> bool:
    since, begun = lex.cues.get("scope.since"), lex.cues.get("scope.begun")
    if since is None or begun is None:
        return False
    for match in since.finditer(text):
        stretch = text[match.end() : match.end() + _SINCE].split(" , ", maxsplit=1)[0]
        if begun.search(stretch) or _YEAR.search(stretch):
            return True
    return False


def _cued(lex: Lexicon, table: str, text: str) -> bool:
    cue = lex.cues.get(table)
    return cue is not None and cue.search(text) is not None


def _names_an_attack(text: str, lex: Lexicon) -> bool:
    return any(lex.means[match.group()] != "clash" for match in lex.means_pattern.finditer(text))
