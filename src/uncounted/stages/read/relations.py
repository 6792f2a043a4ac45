"""How the claims of one document stand to each other: the same said twice, a figure that replaces another, a sum.

Claims are never merged. A relation points backwards, from a claim to one read before it.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from uncounted.model.claims import Claim, Relation
from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.stages.read.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST = 400
"""No more claims of one document are compared, so that the cost stays linear."""


def related(claims: Sequence[Claim], text: str, lex: Lexicon) -> tuple[Claim, ...]:
    """The claims with their relations filled in; ``text`` is the document's."""
    done: list[Claim] = []
    by_name: dict[str, Claim] = {}
    for claim in claims:
        found = tuple(_relations(claim, done[-_MOST:], text, lex)) if len(done) < _MOST * 4 else ()
        if claim.subset_of is not None and claim.subset_of in by_name:
            found = (Relation("subset_of", claim.subset_of), *found)
        done.append(msgspec.structs.replace(claim, relations=found) if found else claim)
        by_name[claim.id] = claim
    return tuple(done)


def _relations(claim: Claim, before: Sequence[Claim], text: str, lex: Lexicon) -> Iterator[Relation]:
    if claim.modality not in HELD_MODALITIES:
        return
    alike = [other for other in before if other.harm == claim.harm and other.modality in HELD_MODALITIES]
    twin = next((other for other in reversed(alike) if _same(claim, other, lex)), None)
    if twin is not None:
        yield Relation("same_as", twin.id)
        return
    summed = _summands(claim, alike)
    if len(summed) > 1:
        for part in summed:
            yield Relation("sum_of", part.id)
        return
    near = text[max(0, claim.passage.start - 60) : claim.passage.end + 20].lower()
    if claim.count.low is not None and lex.cues["relation.update"].search(near):
        former = next((one for one in reversed(alike) if one.group == claim.group and one.count.low is not None), None)
        if former is not None and former.count.low != claim.count.low:
            yield Relation("update_of", former.id)


def _same(claim: Claim, other: Claim, lex: Lexicon) -> bool:
    """Equal bounds and group, and words in common for who was harmed; a stated count of two or more needs no words."""
    if (claim.count.low, claim.count.high, claim.group) != (other.count.low, other.count.high, other.group):
        return False
    if claim.subset_of is not None and claim.subset_of == other.subset_of:
        return False
    mine, theirs = _words(claim), _words(other)
    if claim.count.text is None or (claim.count.low or 0) < 2:
        return bool(mine & theirs) and not _two_names(claim, other, lex)
    return True


def _two_names(claim: Claim, other: Claim, lex: Lexicon) -> bool:
    """Whether both name their victim, and neither name is a shorter form of the other ("Ana Orva", "Lea Orva")."""
    mine, theirs = _names(claim, lex), _names(other, lex)
    return bool(mine and theirs) and not (mine <= theirs or theirs <= mine)


def _names(claim: Claim, lex: Lexicon) -> set[str]:
    """The capital words of a victim that are no common words; none where the whole of it is in capitals."""
    if claim.victim is None or claim.victim.text.isupper():
        return set()
    said = {found.group() for found in _WORD.finditer(claim.victim.text)}
    return {word for word in said if word[0].isupper() and word.lower() not in lex.classes}


def _words(claim: Claim) -> set[str]:
    return set(_WORD.findall(claim.victim.text.lower())) if claim.victim else set()


def _summands(claim: Claim, before: Sequence[Claim]) -> list[Claim]:
    """The claims of one sentence right before that add up to this one's exact count."""
    total = claim.count.low
    if claim.count.quantifier != "exact" or total is None or total < 3 or claim.count.text is None:
        return []
    run: list[Claim] = []
    left = total
    for other in reversed(before[-6:]):
        amount = other.count.low if other.count.quantifier == "exact" else None
        if amount is None or other.subset_of is not None or amount > left:
            break
        run.append(other)
        left -= amount
        if left == 0:
            return run
    return []
