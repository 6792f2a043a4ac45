"""What each token of a sentence is: asides left out, words of harm found, one class letter a token."""

from dataclasses import dataclass
from typing import NamedTuple

from uncounted.stages.read.ages import aside
from uncounted.stages.read.lexicon import Harming, Lexicon
from uncounted.stages.read.quantities import Quantity
from uncounted.text.tokens import Token
from uncounted.text.view import View

_MARKS = {
    ",": ",",
    ";": ";",
    ":": ":",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
    "–": "–",
    ".": ".",
    "\n": ";",
    "!": ".",
    "?": ".",
    "…": ".",
}


_QUOTING = frozenset("\"'*_«»")


class Trigger(NamedTuple):
    """A word or phrase of harm where it stands: ``tokens[first:last]``."""

    entry: Harming
    first: int
    last: int
    qualifying: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What is found over the tokens of a sentence: quantities, words of harm, tokens of set phrases without harm."""

    quantities: list[Quantity]
    triggers: list[Trigger]
    nothing: set[int]


def without_asides(found: list[Token], lex: Lexicon) -> list[Token]:
    """Tokens without quotation marks and without asides in square brackets, or in round ones that tell no count."""
    kept: list[Token] = []
    opened = -1
    for index, token in enumerate(found):
        word = token.word
        if word in _QUOTING and not _owns(found, index):
            continue
        if word in ("[", "("):
            opened = len(kept)
        kept.append(token)
        if word in ("]", ")") and opened >= 0:
            if kept[opened].word != "(" or not _tells(kept[opened + 1 : -1], lex):
                del kept[opened:]
            opened = -1
    return kept


def _tells(inside: list[Token], lex: Lexicon) -> bool:
    """Whether an aside may tell a count of people: a number or a word for a part in it, and no age or measure."""
    measured = any(one.word in lex.sets["measure"] for one in inside)
    return (
        len(inside) > 1
        and not measured
        and any(one.is_digits or one.word in lex.sets["telling"] for one in inside[:-1])
    )


def _owns(found: list[Token], at: int) -> bool:
    """Whether an apostrophe ends a plural that owns what follows: "the priests' murder"."""
    if found[at].word != "'" or not 0 < at < len(found) - 1:
        return False
    before, after = found[at - 1], found[at + 1]
    return before.word.endswith("s") and before.end == found[at].start and after.start > found[at].end and after.is_word


def harm_words(found: list[Token], lex: Lexicon) -> tuple[list[Trigger], set[int]]:
    """Words of harm, longest first, and the tokens of set phrases that tell of none."""
    triggers: list[Trigger] = []
    nothing: set[int] = set()
    over = 0
    for at, token in enumerate(found):
        if at < over or token.word not in lex.starts:
            continue
        phrase = next((one for one in lex.nothing.get(token.word, ()) if _stands(found, at, one)), None)
        if phrase:
            over = at + len(phrase)
            nothing.update(range(at, over))
            continue
        entry = next((one for one in lex.harming.get(token.word, ()) if _stands(found, at, one.words)), None)
        if entry:
            over = at + len(entry.words)
            triggers.append(Trigger(entry, at, over))
    return triggers, nothing


def classed(seen: View, found: list[Token], marks: Marks, lex: Lexicon) -> list[str]:
    """The class letter of each token."""
    classes: list[str] = []
    for token in found:
        letter = lex.classes.get(token.word)
        if letter is None:
            letter = _guessed(token.word, lex) if _guessable(token, lex) else _mark(token.word)
            if letter == "U" and len(token.word) == 1 and seen.text[token.start].islower():
                letter = "z"  # "two fishermen n a boat"
        if letter == "V" and classes and classes[-1] in "DJnS" and token.word in lex.things:
            letter = "X"  # "the attack"
        inside = bool(classes) and classes[-1] not in ".;"
        if letter in "EIAV" and inside and not seen.upper_case and seen.text[token.start].isupper():
            letter = "U"
        classes.append(letter)
    _overlay(classes, found, marks, lex)
    return classes


def _tie(classes: list[str], found: list[Token], lex: Lexicon) -> None:
    """Tells hyphens from dashes and the stop of a shortened word from that of a sentence."""
    for index, letter in enumerate(classes):
        if letter != "h":
            continue
        if not _adjoins(found, index):
            classes[index] = "–"
        elif (found[index - 1].word, found[index + 1].word) in lex.compounds:
            classes[index - 1], classes[index + 1] = "U", "G"  # "passers-by"
    for index in range(1, len(classes) - 1):
        shortened = classes[index - 1] == "T" or len(found[index - 1].word) == 1
        if classes[index] == "." and shortened and found[index - 1].end == found[index].start:
            classes[index] = "h"  # "Dr. Ruiz", "J. Ruiz"


def _overlay(classes: list[str], found: list[Token], marks: Marks, lex: Lexicon) -> None:
    """Puts the classes of several tokens together over those of the single words."""
    _tie(classes, found, lex)
    for at, token in enumerate(found):
        if token.word in lex.sets["aged"] and (last := aside(found, at, lex)) > at:
            classes[at:last] = "A" * (last - at)  # "two sons aged 4 and 6"
    for quantity in marks.quantities:
        classes[quantity.first : quantity.last] = "n" * (quantity.last - quantity.first)
    for at in marks.nothing:
        classes[at] = "X"
    for index, token in enumerate(found):
        if token.word not in lex.joining:
            continue
        joined = next((phrase for phrase in lex.joining[token.word] if _stands(found, index, phrase)), None)
        if joined:
            classes[index : index + len(joined)] = "C" + "A" * (len(joined) - 1)
    for at in range(1, len(classes)):
        if found[at].word == "s" and found[at - 1].is_digits and found[at - 1].end == found[at].start:
            back = at - 1 - (classes[at - 2 : at - 1] == ["D"])
            back -= classes[back - 1 : back] == ["P"]
            classes[back : at + 1] = "A" * (at + 1 - back)  # "in his 60s"
    for at in range(1, len(classes) - 1):
        if classes[at] == "D" and classes[at - 1] == "B" and any(trigger.first == at + 1 for trigger in marks.triggers):
            classes[at] = "A"  # "were all killed"
    for trigger in marks.triggers:
        letter = "Y" if "body" in trigger.entry.parts else "G" if "person" in trigger.entry.parts else "K"
        classes[trigger.first : trigger.last] = letter * (trigger.last - trigger.first)


def _mark(word: str) -> str:
    if word[0].isdecimal():
        return "N"
    if word[0] == "'":
        return "S"
    return "h" if word == "-" else _MARKS.get(word, "U" if word[0] == "@" else "z")


def _stands(found: list[Token], at: int, phrase: tuple[str, ...]) -> bool:
    if at + len(phrase) > len(found):
        return False
    # The first word was looked up; a loop is several times as fast here as a generator.
    for n in range(1, len(phrase)):
        if found[at + n].word != phrase[n]:
            return False
    return found[at].word == phrase[0]


def _guessable(token: Token, lex: Lexicon) -> bool:
    return token.is_word or (lex.script is not None and token.word[0] == "@")


def _guessed(word: str, lex: Lexicon) -> str:
    """The class of an unknown word, from its ending; a word in a foreign script closes a phrase."""
    if lex.script is not None and word[0].isascii():
        return "."
    for ending, letter, least in lex.endings:
        if len(word) >= least and word.endswith(ending):
            return letter
    return "U"


def _adjoins(found: list[Token], at: int) -> bool:
    return 0 < at < len(found) - 1 and found[at - 1].end == found[at].start and found[at].end == found[at + 1].start


def with_qualifiers(classes: list[str], triggers: list[Trigger]) -> tuple[list[str], list[Trigger]]:
    """Marks harm words that qualify a noun: "two wounded soldiers", "the dead man"."""
    made = []
    for trigger in triggers:
        at = trigger.first
        qualifies = (
            trigger.last == at + 1
            and trigger.entry.parts & {"act", "state"}
            and at > 0
            and (
                classes[at - 1] in ("DnJVE" if trigger.entry.parts & {"state"} else "DnJ")
                # "dozens of wounded civilians"; "dozens of displaced people" says who they were, not what befell them
                or (at > 1 and classes[at - 2 : at] == ["n", "F"] and trigger.entry.harm != "displaced")
            )
            and trigger.last < len(classes)
            and classes[trigger.last] in "GUJT"
            and "killed" not in trigger.entry.words
        )
        if qualifies:
            classes[at] = "k"
        made.append(trigger._replace(qualifying=bool(qualifies)))
    return classes, made
