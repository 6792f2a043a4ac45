"""Parts of a whole: "including three children", "five of them women", "12 people (two children and ten women)"."""

import re
from typing import NamedTuple

from uncounted.stages.read.apposition import Victim, apposed
from uncounted.stages.read.extension import to_the_right
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase

_PERSONAL = frozenset({"person", "name", "count", "unit", "other"})


class Part(NamedTuple):
    """A part of a whole: a victim, and the token at which the words of the part begin."""

    victim: Victim
    opens: int


_BRACKETS = re.compile(r"\([^()]{0,60}\)|–[^–;.KBH]{1,40}–")
# "a woman whose name is unknown was killed"
_WHOSE = re.compile(r"R[DnJUXG]{1,4}[BH]{1,2}[AJEVUK]{1,3}(?=[ABH]*[BHK])")
_TO_VERB = re.compile(r"[^KBHV;.]{0,30}?(?=[,–]A*[BHK])")
_OPEN_ASIDE = re.compile(r",[^,KBVHn;]{1,15}$")
_MARKED_ASIDE = re.compile(r"[,–]?_[_,C]*_[,–]?|[,–]_[,–]?")


def parts(made: Clause, lex: Lexicon) -> list[Part]:
    """The parts that a sentence names of some whole before them; their phrases are marked as parts."""
    found: list[Part] = []
    text = made.words(0, len(made.tokens))
    offsets, length = {}, 0
    for index, token in enumerate(made.tokens):
        offsets[length] = index
        length += len(token.word) + 1
    for match in lex.cues["subset.open"].finditer(text):
        if match.group() in ("at least", "of them", "of which", "of whom"):
            found += _counted_of_them(made, offsets.get(match.start()), match.group())
            found += _of_which_were(made, offsets.get(match.start()))
            continue
        opens = offsets.get(match.start())
        if opens is None:
            continue
        at = opens + len(match.group().split())
        while at < len(made.classes) and made.classes[at] in ",:AB–":
            at += 1
        found += _listed(made, at, opens, lex)
    for match in _GRADED.finditer(made.classes):
        found += _graded(made, match, lex)
    for at, letter in enumerate(made.classes):
        if letter in "(:–" and at:
            found += _bracketed(made, at, lex)
    made.flat = _flattened(made, found)
    return found


# "nine of them critically", "three seriously"
_GRADED = re.compile(r",C?(?P<count>n+)(?:F[OD])?(?P<how>A+)(?=[,;.]|$)")


def _graded(made: Clause, match: re.Match[str], lex: Lexicon) -> list[Part]:
    """A number of the injured by how badly they are hurt, without a verb or a noun of its own."""
    first, last = match.span("count")
    how = {token.word for token in made.tokens[match.start("how") : match.end("how")]}
    hurt = [trigger for trigger in made.triggers if trigger.last <= match.start()]
    count = next((one for one in made.phrases if one.first == first and one.quantity is not None), None)
    if not how & lex.sets["gravely"] or not hurt or hurt[-1].entry.harm != "injured" or count is None:
        return []
    count.subset = True
    phrase = NounPhrase(first, last, "count", plural=True, quantity=count.quantity, subset=True, head=first)
    return [Part(Victim(phrase, first, match.end("how")), first)]


def _flattened(made: Clause, found: list[Part]) -> str:
    """The classes with parts and bracketed asides as ``_``, marks around them included."""
    flat = list(made.classes)
    spans = [(part.opens, part.victim.last) for part in found]
    spans += [(match.start(), match.end()) for match in _BRACKETS.finditer(made.classes)]
    spans += [
        (match.start(), match.end())
        for match in _WHOSE.finditer(made.classes)
        if made.tokens[match.start()].word in made.owning
    ]
    for first, last in spans:
        closing = _TO_VERB.match(made.classes, last) if first and made.classes[first - 1] in ",–" else None
        end = closing.end() if closing else last
        flat[first:end] = "_" * (end - first)
    return _MARKED_ASIDE.sub(_unmarked, "".join(flat))


def _unmarked(aside: re.Match[str]) -> str:
    """An aside without its marks; the mark after it stays where it also closes an aside around it."""
    text = aside.group()
    nested = text.endswith(",") and _OPEN_ASIDE.search(aside.string, max(0, aside.start() - 16), aside.start())
    return "_" * (len(text) - 1) + "," if nested else "_" * len(text)


def _listed(made: Clause, at: int, opens: int, lex: Lexicon) -> list[Part]:
    phrase = made.starting.get(at)
    if phrase is None or phrase.subset or phrase.kind not in _PERSONAL:
        return []
    run = [phrase, *to_the_right(made, phrase, holding=lex.sets["holding"])]
    whole = apposed(made, run)
    for one in run:
        one.subset = True
    return [Part(victim, opens) for victim in whole]


def _counted_of_them(made: Clause, of: int | None, said: str) -> list[Part]:
    """ "five of them children", "three of whom were women"."""
    if of is None or not said.startswith("of") or of == 0 or made.classes[of - 1] != "n":
        return []
    count = next((phrase for phrase in made.phrases if phrase.first < of <= phrase.last), None)
    at = of + 2
    while at < len(made.classes) and made.classes[at] in "BA":
        at += 1
    what = made.starting.get(at)
    if count is None or count.quantity is None or what is None or what.kind != "person" or what.quantity:
        return []
    count.subset = what.subset = True
    merged = NounPhrase(
        count.first, what.last, "person", what.group, True, what.unit, count.quantity, subset=True, head=what.head
    )
    return [Part(Victim(merged, count.first, what.last), count.first)]


_WERE = re.compile(r",?C?(?P<count>n+)BA*(?=[DJG])")


def _of_which_were(made: Clause, of: int | None) -> list[Part]:
    """ "of which 318 were children and 207 were women"."""
    found: list[Part] = []
    at = of + 2 if of is not None else len(made.classes)
    while match := _WERE.match(made.classes, at):
        count = next((one for one in made.phrases if one.first == match.start("count")), None)
        what = made.starting.get(match.end())
        if (
            count is None
            or count.quantity is None
            or what is None
            or what.kind != "person"
            or what.quantity is not None
        ):
            break
        count.subset = what.subset = True
        merged = NounPhrase(
            count.first, what.last, "person", what.group, True, what.unit, count.quantity, subset=True, head=what.head
        )
        found.append(Part(Victim(merged, count.first, what.last), of or 0))
        at = what.last
    return found


def _bracketed(made: Clause, at: int, lex: Lexicon) -> list[Part]:
    """ "12 people (two children and ten women)": a list of counted persons right after a counted whole."""
    phrase = made.starting.get(at + 1)
    if at and made.classes[at - 1] == "K" and phrase is not None and phrase.kind == "person" and not phrase.subset:
        counted = phrase.quantity is not None or made.tokens[phrase.first].word in lex.sets["indefinite"]
        return _listed(made, at + 1, at, lex) if counted and made.classes[at] != "(" else []
    whole = made.ending.get(at)
    if whole is None or phrase is None or whole.quantity is None or phrase.subset:
        return []
    named = phrase.named and made.classes[at] == "–"
    listed = phrase.kind in ("person", "name") and (
        named or phrase.quantity is not None or made.tokens[phrase.first].word in ("a", "an")
    )
    smaller = phrase.quantity is None or (phrase.quantity.low or 0) < (whole.quantity.low or whole.quantity.high or 0)
    return _listed(made, at + 1, at, lex) if listed and smaller else []
