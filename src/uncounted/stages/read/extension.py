"""From one victim to all: coordination and apposition."""

import re

from uncounted.stages.read.apposition import Victim, apposed, apposition, single
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause, NounPhrase

_MOST = 12
_JOINTS = 3


def victims(made: Clause, chosen: NounPhrase, place: str) -> list[Victim]:
    """The victims that one attachment stands for, in order: coordinated phrases each, apposed ones together."""
    alone = place != "subject" or _of_two_owners(made, chosen)
    run = [chosen] if alone else [*_to_the_left(made, chosen), chosen]
    run += to_the_right(made, chosen, place) if place in ("object", "complement") else _name_behind(made, chosen)
    return apposed(made, run)


def _name_behind(made: Clause, chosen: NounPhrase) -> list[NounPhrase]:
    """ "Their daughter, four-year-old Ana Orva, was killed": the name of a subject, told behind it between marks."""
    name = made.starting.get(chosen.last + 1) if made.classes[chosen.last : chosen.last + 1] == "," else None
    if name is None or not name.named or made.classes[name.last : name.last + 1] != ",":
        return []
    return [name] if chosen.kind == "person" and not chosen.named and apposition(chosen, name) else []


def _of_two_owners(made: Clause, chosen: NounPhrase) -> bool:
    """ "Ana and Ben's son was killed": both are his parents."""
    return "S" in made.classes[chosen.first : chosen.last] and made.classes[chosen.first - 1 : chosen.first] == "C"


def _to_the_left(made: Clause, chosen: NounPhrase) -> list[NounPhrase]:
    """ "Two soldiers, a policeman and X": what stands before the last of a list."""
    run: list[NounPhrase] = []
    first, joined, joints = chosen.first, False, 0
    while len(run) < _MOST:
        at = first - 1
        if at >= 0 and made.classes[at] == "C" and (not run or joints < _JOINTS):
            joined, joints = True, joints + 1
            at = _before_joint(made, at - 1)
        elif at >= 0 and made.classes[at] == "," and (joined or _apposable(made, made.ending.get(at), chosen)):
            at -= 1
        else:
            break
        phrase = made.ending.get(at + 1)
        if phrase is not None and phrase.kind == "age" and made.classes[phrase.first - 1 : phrase.first] == ",":
            phrase = made.ending.get(phrase.first - 1)
        if phrase is None or phrase.subset:
            break
        tied = phrase.first and (made.classes[phrase.first - 1] in "IKVEH" or made.governs(phrase.first - 1))
        with_kin = not tied and joined and chosen.owned and _one_more(made, phrase)  # "a sexton and his wife"
        if tied or not (_listable(phrase) or with_kin):
            phrase = _head_of_relative(made, phrase)
            if phrase is None:
                break
        run.insert(0, phrase)
        first = phrase.first
        if not joined and made.classes[first - 1 : first] != "C":
            break
    return run


def _before_joint(made: Clause, at: int) -> int:
    """Where the phrase ends that stands before an "and": commas, adverbs and asides between them are passed over."""
    if at >= 0 and made.classes[at] == ",":
        at -= 1
    while at >= 0 and (made.flat[at] == "_" or made.classes[at] == "A"):
        at -= 1
    if at >= 0 and made.classes[at] == "," and made.classes[at + 1] == "A":
        at -= 1  # "two sisters, aged 20 and 24, and their mother"
    return _before_aside(made.classes, at) if at >= 0 and made.classes[at] == "–" else at


def to_the_right(
    made: Clause, chosen: NounPhrase, place: str = "object", holding: frozenset[str] = frozenset()
) -> list[NounPhrase]:
    """ "X, a policeman and two soldiers": what stands after the first of a list."""
    run: list[NounPhrase] = []
    classes, last = made.classes, chosen.last
    while len(run) < _MOST:
        at = last
        marked = at < len(classes) and (
            classes[at] == ","
            or (classes[at] == ":" and (chosen.quantity is not None or chosen.plural))
            or (classes[at] == ";" and made.tokens[at].word == ";" and _listing(made, chosen))
        )
        at += marked
        if at < len(classes) and classes[at] in "(–" and not marked:
            at = _past_aside(classes, at)
        joined = at < len(classes) and classes[at] == "C" and made.tokens[at].word not in ("but",)
        if not joined and at < len(classes) and made.tokens[at].word in holding:
            joined = True
        at += joined
        while joined and at < len(classes) and classes[at] in "AF":
            at += 1
        if not (marked or joined):
            break
        phrase = made.starting.get(at)
        if phrase is None or phrase.subset or not _continues(made, phrase, joined) or _explains(made, phrase):
            break
        if _is_age(phrase, marked and not joined, run[-1] if run else chosen):
            last = phrase.last
            continue
        after = classes[phrase.last : phrase.last + 2].lstrip("A")
        if phrase.kind == "count" and classes[phrase.last : phrase.last + 2] == "FK":
            break  # "and hundreds of wounded"
        verb_follows = after[:1] in ("B", "H", "K", "V") or (after[:1] == "E" and joined)
        if not joined and _says(made, phrase):
            break
        if verb_follows and not (place == "complement" and not marked and after[:1] != "K"):
            break
        run.append(phrase)
        last = phrase.last
        if joined and not (last < len(classes) and classes[last] in ",C"):
            break
    return run


_TO_SAYING = re.compile(r"A*(?:[EI]A*)?(?:[Pt][DnJkUXGMNLYh]{1,6}A*){0,3}(?=V)")


def _says(made: Clause, phrase: NounPhrase) -> bool:
    """ "..., two residents reached by telephone told": a phrase that speaks is told by, not told of."""
    found = _TO_SAYING.match(made.classes, phrase.last)
    return found is not None and made.tokens[found.end()].word in made.saying


def _listing(made: Clause, chosen: NounPhrase) -> bool:
    """Whether a list that semicolons part begins with a phrase: one in a row, or one that a colon opens."""
    if ":" in made.classes[max(0, chosen.first - 3) : chosen.first]:
        return True
    following = made.classes[chosen.last : chosen.last + 40]
    return following.startswith(";") and following.count(";") > 1 and "R" not in following


def _past_aside(classes: str, at: int) -> int:
    """The index after an aside in round brackets or dashes that opens at ``at``; ``at`` itself when it never closes."""
    close = classes.find(")" if classes[at] == "(" else "–", at + 1, at + 20)
    return close + 1 if close > 0 else at


def _before_aside(classes: str, at: int) -> int:
    """The index before an aside that closes at ``at``; ``at`` itself when it never opened."""
    opened = classes.rfind("(" if classes[at] == ")" else "–", max(0, at - 20), at)
    return opened - 1 if opened > 0 else at


def _head_of_relative(made: Clause, phrase: NounPhrase) -> NounPhrase | None:
    """ "Two guards who were watching the gate and a nurse": from a phrase inside a relative clause to its head."""
    for at in range(phrase.first - 1, max(phrase.first - 9, -1), -1):
        if made.classes[at] == "R":
            head = made.ending.get(at)
            return head if head is not None and _listable(head) else None
        if made.classes[at] in ",;K(":
            return None
    return None


def together(made: Clause, last: int, lex: Lexicon) -> list[Victim]:
    """ "was killed, together with two of his guards": who else, after a harm word that ends at ``last``."""
    beside = made.starting.get(last + 1)
    kinds = ("person",) if made.view.upper_case else ("person", "name")
    if beside is not None and made.words(last, last + 1) in lex.sets["holding"] and beside.kind in kinds:
        return apposed(made, [beside, *to_the_right(made, beside)])
    for at in range(last, min(last + 14, len(made.classes))):
        if made.classes[at] in "K;":
            return []
        as_was = made.tokens[at].word in ("as", "so") and made.classes[at + 1 : at + 2] in ("B", "H")
        if as_was and (phrase := made.starting.get(at + 2)) is not None and _listable(phrase):
            return apposed(made, [phrase, *to_the_right(made, phrase)])
        if made.classes[at] == "C" and made.classes[at + 1 : at + 2] == "A":
            start = at + 1
            while start < len(made.classes) and made.classes[start] == "A":
                start += 1
            phrase = made.starting.get(start)
            if phrase is None or not _listable(phrase):
                return []
            after = made.classes[phrase.last : phrase.last + 1]
            return [] if after in ("B", "H", "K", "V") else apposed(made, [phrase, *to_the_right(made, phrase)])
    return []


def _explains(made: Clause, phrase: NounPhrase) -> bool:
    """ "one woman and one girl, both from Orvale": a word that sums up who was just told of."""
    return made.tokens[phrase.first].word in made.summing and phrase.kind == "count"


def _is_age(phrase: NounPhrase, marked: bool, before: NounPhrase) -> bool:
    """ "Ana Ruiz, 42, and ...": a bare number after a comma is the age of a single person."""
    return marked and phrase.kind in ("count", "age") and single(before) and before.kind in ("person", "name")


def _listable(phrase: NounPhrase) -> bool:
    return phrase.kind in ("person", "name", "count", "unit") or (
        phrase.kind == "other" and phrase.quantity is not None
    )


def _continues(made: Clause, phrase: NounPhrase, joined: bool) -> bool:
    """Whether a phrase may stand in a list of victims."""
    if made.view.upper_case and phrase.kind == "name" and phrase.last - phrase.first == 1:
        return False  # in capitals any unknown word may look like a name
    return _listable(phrase) or phrase.kind == "age" or (joined and _one_more(made, phrase))


def _one_more(made: Clause, phrase: NounPhrase) -> bool:
    """ "... and a Netherlander": one of a kind that the lexicon does not know, at the end of a list."""
    return phrase.kind == "other" and made.tokens[phrase.first].word in ("a", "an")


def _apposable(made: Clause, before: NounPhrase | None, phrase: NounPhrase) -> bool:
    return before is not None and (apposition(before, phrase) or _headlined(made, before, phrase))


def _headlined(made: Clause, before: NounPhrase, phrase: NounPhrase) -> bool:
    """ "Driver, teen killed": in a headline a comma stands for "and"."""
    both = all(one.kind == "person" and single(one) and not one.named for one in (before, phrase))
    opens = before.first == 0 or made.tokens[before.first - 1].word in made.subordinating
    return both and opens and made.classes[before.first] == "G" and made.classes[phrase.first] == "G"
