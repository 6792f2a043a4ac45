"""Shares of a whole told of before: "five of the dead were children", "six of them were women", "four children and
three women were among the dead".
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from uncounted.stages.read.apposition import Victim
from uncounted.stages.read.extension import victims
from uncounted.stages.read.lexicon import Harming, Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase
from uncounted.stages.read.quantities import Quantity, quantities
from uncounted.stages.read.wording import Trigger

# A count, "of", the whole (told by a word of harm or by a pronoun), what follows it, a form of "be".
_SHARE = re.compile(r"(?P<part>n+)F(?:D*(?P<size>n*)[JG]*(?P<harm>K+)|(?P<back>[OD]))(?:[Ptn][^,;.KVBH]{1,6})?A*BA*")
# "of the 17 dead, six were children"
_TURNED = re.compile(r"FD*(?P<size>n*)[JG]*(?P<harm>K+),?(?P<part>n+)A*BA*")
# "22 of the injured remained in hospital"
_REMAINING = re.compile(r"(?P<part>n+)FD+(?P<size>n*)[JG]*(?P<harm>K)(?=A*(?:V|E|H[VE]))(?!A*[BH]*A*K)")
# "... and three were children"
_AND_MORE = re.compile(r",?C(?P<part>n+)BA*")
_AMONG = re.compile(r"BA*(?P<among>[PA])D*(?P<size>n*)[JG]*(?P<harm>K+)")
_PERSONAL = ("person", "name")


class Share(NamedTuple):
    """A part of a whole: its victim, the word of harm, and the size of the whole where the words say it."""

    victim: Victim
    trigger: Trigger
    size: Quantity | None


def shares(made: Clause, told: Harming | None, lex: Lexicon) -> Iterator[Share]:
    """The shares that a sentence tells of. ``told`` is the harm of the sentence before, which "them" points back to."""
    for pattern in (_SHARE, _TURNED):
        for match in pattern.finditer(made.classes):
            yield from _counted(made, match, told, lex)
    for match in _REMAINING.finditer(made.classes):
        yield from _remaining(made, match, lex)
    for match in _AMONG.finditer(made.classes):
        trigger = _said(made, match.start("harm"))
        subject = made.ending.get(match.start())
        among = made.tokens[match.start("among")].word in made.among
        said_not = lex.cues["verb_group.denied"].search(made.words(match.start(), match.end()))
        if (
            trigger is None
            or said_not
            or not among
            or subject is None
            or subject.kind not in _PERSONAL
            or subject.subset
        ):
            continue
        run = victims(made, subject, "subject")
        if all(one.phrase.kind in _PERSONAL for one in run):
            yield from (Share(one, trigger, _stated(made, match, lex)) for one in run)


def _counted(made: Clause, match: re.Match[str], told: Harming | None, lex: Lexicon) -> Iterator[Share]:
    what = made.starting.get(match.end())
    said_not = lex.cues["verb_group.denied"].search(made.words(match.start(), match.end()))
    if said_not:
        return
    first, last = match.span("part")
    count = _count_at(made, first, lex)
    if what is None or what.kind != "person" or what.quantity is not None or what.subset or count is None or count.none:
        return
    if match.groupdict().get("back"):
        pointing = made.tokens[match.start("back")].word in lex.sets["pointing"]
        trigger = Trigger(told, first, last) if told is not None and pointing else None
    else:
        trigger = _said(made, match.start("harm"))
    if trigger is None:
        return
    phrase = NounPhrase(
        first, what.last, "person", what.group, what.plural, what.unit, count, subset=False, head=what.head
    )
    size = _stated(made, match, lex)
    yield Share(Victim(phrase, min(first, match.start()), what.last), trigger, size)
    while more := _AND_MORE.match(made.classes, what.last):
        what = made.starting.get(more.end())
        count = _count_at(made, more.start("part"), lex)
        if what is None or what.kind != "person" or what.quantity is not None or count is None or count.none:
            return
        phrase = NounPhrase(count.first, what.last, "person", what.group, what.plural, what.unit, count, head=what.head)
        yield Share(Victim(phrase, count.first, what.last), trigger, size)


def _remaining(made: Clause, match: re.Match[str], lex: Lexicon) -> Iterator[Share]:
    """Those of the harmed of whom something else is told, which is no harm of its own."""
    trigger = _said(made, match.start("harm"))
    count = _count_at(made, match.start("part"), lex)
    if trigger is None or "victims" not in trigger.entry.parts or count is None or count.none:
        return
    phrase = NounPhrase(count.first, match.end(), "count", plural=True, quantity=count, head=count.first)
    yield Share(Victim(phrase, count.first, match.end()), trigger, _stated(made, match, lex))


def _said(made: Clause, at: int) -> Trigger | None:
    """The word of harm at a token, where it can stand for those harmed ("the dead", "those killed")."""
    found = next((one for one in made.triggers if one.first == at), None)
    return found if found is not None and found.entry.parts & {"victims", "act", "state"} else None


def _stated(made: Clause, match: re.Match[str], lex: Lexicon) -> Quantity | None:
    first, last = match.span("size")
    return _count_at(made, first, lex) if first < last else None


def _count_at(made: Clause, at: int, lex: Lexicon) -> Quantity | None:
    return next((one for one in quantities(made.tokens, lex) if one.first == at), None)


def figure(made: Clause, lex: Lexicon) -> tuple[int, Victim] | None:
    """Where "that figure" stands and the new number that it is now said to be; ``None`` where nothing of it is."""
    pointing = lex.cues.get("subset.figure")
    if pointing is None or not pointing.search(made.words(0, len(made.tokens))):
        return None
    for at in range(len(made.tokens) - 2):
        if not pointing.fullmatch(made.words(at, at + 2)):
            continue
        for end in range(at + 3, min(at + 9, len(made.tokens))):
            phrase = made.starting.get(end)
            if phrase is None or phrase.quantity is None or phrase.quantity.none:
                continue
            linked = any(made.tokens[index].word in lex.sets["rising"] for index in range(at + 2, end))
            if linked and not set(made.classes[at + 2 : end]) & set(";K"):
                return at, Victim(phrase, phrase.first, phrase.last)
    return None


def whole_of(size: Quantity | None, sizes: Sequence[tuple[str, int | None, bool]], harm: str, part: int) -> int | None:
    """The index of the whole among earlier claims ``(harm, count, is a part)``: of the stated size, else the nearest
    that is no smaller than the part; ``None`` where there is none."""
    fitting = [
        at for at, (said, count, within) in enumerate(sizes) if said == harm and count is not None and not within
    ]
    if size is not None:
        return next((at for at in reversed(fitting) if sizes[at][1] == size.low), None)
    return next((at for at in reversed(fitting) if (sizes[at][1] or 0) > part), None)
