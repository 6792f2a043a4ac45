"""From one victim to all: coordination, apposition, and parts of a whole ("including three children")."""

import re
from typing import NamedTuple

from uncounted.stages.read.clause import Clause, NounPhrase
from uncounted.stages.read.lexicon import Lexicon

_MOST = 12
_PERSONAL = frozenset({"person", "name", "count", "unit", "other"})


class Victim(NamedTuple):
    """Who was harmed: ``tokens[first:last]`` and the phrase that tells group and number."""

    phrase: NounPhrase
    first: int
    last: int


def victims(made: Clause, chosen: NounPhrase, place: str) -> list[Victim]:
    """The victims that one attachment stands for, in order: coordinated phrases each, apposed ones together."""
    run = _to_the_left(made, chosen) + [chosen] if place == "subject" else [chosen]
    run += _to_the_right(made, chosen) if place in ("object", "complement") else []
    return _apposed(made, run)


def _to_the_left(made: Clause, chosen: NounPhrase) -> list[NounPhrase]:
    """"Two soldiers, a policeman and X": what stands before the last of a list."""
    run: list[NounPhrase] = []
    first, joined = chosen.first, False
    while len(run) < _MOST:
        at = first - 1
        if at >= 0 and made.classes[at] == "C" and not run:
            joined = True
            at -= 1
            if at >= 0 and made.classes[at] == ",":
                at -= 1
        elif at >= 0 and made.classes[at] == "," and (joined or _apposable(made.ending.get(at), chosen)):
            at -= 1
        else:
            break
        phrase = made.ending.get(at + 1)
        if phrase is None or not _listable(phrase) or phrase.subset:
            break
        governed = phrase.first and made.classes[phrase.first - 1] in "PVEIKF"
        if governed and not phrase.quantity:
            break
        if phrase.first and made.classes[phrase.first - 1] in "PIKVE":
            break
        run.insert(0, phrase)
        first = phrase.first
        if not joined:
            break
    return run


def _to_the_right(made: Clause, chosen: NounPhrase) -> list[NounPhrase]:
    """"X, a policeman and two soldiers": what stands after the first of a list."""
    run: list[NounPhrase] = []
    classes, last = made.classes, chosen.last
    while len(run) < _MOST:
        at = last
        marked = at < len(classes) and classes[at] in ",:"
        at += marked
        joined = at < len(classes) and classes[at] == "C" and made.tokens[at].word not in ("but",)
        at += joined
        while joined and at < len(classes) and classes[at] == "A":
            at += 1
        if not (marked or joined):
            break
        phrase = made.starting.get(at)
        if phrase is None or not _listable(phrase) or phrase.subset:
            break
        after = classes[phrase.last : phrase.last + 2].lstrip("A")
        if after[:1] in ("B", "H", "K", "V") or (after[:1] == "E" and joined):
            break
        run.append(phrase)
        last = phrase.last
        if joined and not (last < len(classes) and classes[last] in ",C"):
            break
    return run


def _listable(phrase: NounPhrase) -> bool:
    return phrase.kind in ("person", "name", "count", "unit") or (phrase.kind == "other" and phrase.quantity is not None)


def _apposable(before: NounPhrase | None, phrase: NounPhrase) -> bool:
    return before is not None and _apposition(before, phrase)


def _single(phrase: NounPhrase) -> bool:
    return phrase.quantity is None and not phrase.plural


def _apposition(one: NounPhrase, other: NounPhrase) -> bool:
    """Whether two phrases beside a comma name one person: a name and what that person is."""
    if not (_single(one) and _single(other)):
        return False
    role, name = (one, other) if one.kind == "person" and not one.named else (other, one)
    return role.kind == "person" and not role.named and (name.named or name.kind == "name")


def _apposed(made: Clause, run: list[NounPhrase]) -> list[Victim]:
    found: list[Victim] = []
    at = 0
    while at < len(run):
        phrase, first, last = run[at], run[at].first, run[at].last
        after = run[at + 1] if at + 1 < len(run) else None
        if after is not None and made.classes[last : after.first] == "," and _apposition(phrase, after):
            last, at = after.last, at + 1
        elif after is not None and _one_population(made, phrase, after):
            merged = phrase.group if phrase.group == after.group else "people"
            phrase = NounPhrase(
                first, after.last, "person", merged, True, phrase.unit, phrase.quantity, phrase.definite, False, phrase.head
            )  # fmt: skip
            last, at = after.last, at + 1
        found.append(Victim(phrase, first, last))
        at += 1
    return found


def _one_population(made: Clause, phrase: NounPhrase, after: NounPhrase) -> bool:
    """"1,200 women and children": one count of a mixed population."""
    return (
        phrase.quantity is not None
        and phrase.quantity.low != 1
        and after.quantity is None
        and after.kind == "person"
        and bool(after.plural)
        and made.classes[phrase.last : after.first] == "C"
        and not after.definite
    )


class Part(NamedTuple):
    """A part of a whole: a victim, and the token at which the words of the part begin."""

    victim: Victim
    opens: int


_OF_THEM = re.compile(r"n F[OR] ?")


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
            continue
        opens = offsets.get(match.start())
        if opens is None:
            continue
        at = opens + len(match.group().split())
        while at < len(made.classes) and made.classes[at] in ",:AB–":
            at += 1
        found += _listed(made, at, opens)
    for at, letter in enumerate(made.classes):
        if letter in "(:–" and at:
            found += _bracketed(made, at)
    return found


def _listed(made: Clause, at: int, opens: int) -> list[Part]:
    phrase = made.starting.get(at)
    if phrase is None or phrase.subset or phrase.kind not in _PERSONAL:
        return []
    run = [phrase, *_to_the_right(made, phrase)]
    whole = _apposed(made, run)
    for one in run:
        one.subset = True
    return [Part(victim, opens) for victim in whole]


def _counted_of_them(made: Clause, of: int | None, said: str) -> list[Part]:
    """"five of them children", "three of whom were women"."""
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
    merged = NounPhrase(count.first, what.last, "person", what.group, True, what.unit, count.quantity, subset=True, head=what.head)
    return [Part(Victim(merged, count.first, what.last), count.first)]


def _bracketed(made: Clause, at: int) -> list[Part]:
    """"12 people (two children and ten women)": a list of counted persons right after a counted whole."""
    whole = made.ending.get(at)
    phrase = made.starting.get(at + 1)
    if whole is None or phrase is None or whole.quantity is None or phrase.subset:
        return []
    listed = phrase.kind == "person" and (phrase.quantity is not None or made.tokens[phrase.first].word in ("a", "an"))
    smaller = phrase.quantity is None or (phrase.quantity.low or 0) < (whole.quantity.low or whole.quantity.high or 0)
    return _listed(made, at + 1, at) if listed and smaller else []
