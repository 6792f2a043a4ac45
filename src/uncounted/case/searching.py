"""What can be searched, and in which forms: words as written, folded, and for names by their consonants.

The consonants (the *skeleton*) are what Arabic, Latin and Cyrillic spellings of one name share, so a name is found
whichever way it is written. They are kept with a sign before them that no word has.
"""

import re
from functools import lru_cache

from uncounted.ledger.index import Index
from uncounted.ledger.index_tables import FACETS
from uncounted.model.asking import Found, Searchable
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Incident
from uncounted.model.persons import ListEntry
from uncounted.model.review import ReviewedClaim
from uncounted.names import fold, parse, skeleton

BONES = "zq"
"""What a skeleton begins with in the index, so that it is never taken for a word."""
SHORTEST = 3
"""Consonants of the shortest skeleton that is looked for: shorter ones say nothing."""
MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+(?:['’ʿʾ\-][^\W_]+)*")
_NAMELIKE = re.compile(r"[^\W\d_a-z]")


def folded(words: str, *, names: bool = False) -> str:
    """Words in the forms in which they are compared; ``names`` says that all of them may be a name."""
    return " ".join(_forms(word, names or bool(_NAMELIKE.match(word))) for word in _WORD.findall(words))


def asked(words: str) -> tuple[str, list[str]]:
    """A question as its words, and beside each its folded forms (``a|b``) for the index."""
    kept = _WORD.findall(words)[:MOST_WORDS]
    forms = []
    for word in kept:
        plain = fold(word)
        forms.append("|".join([plain, *_skeletons(plain)]))
    return " ".join(kept), forms


def search(index: Index, words: str, facets: dict[str, str], number: int = 1, size: int = 30) -> Found:
    """Captures, claims, incidents and list entries with all of the words, in any script; and the facets' counts."""
    known = {name: value for name, value in facets.items() if name in FACETS and value}
    said, forms = asked(words)
    return index.search(said, forms, known, number, size)


def name_key(name: str) -> str:
    """What the spellings of one full name share, in any script and order of its parts; empty for too short a name."""
    bones = sorted({bones for part in parse(name).words if (bones := skeleton(part).casefold())})
    return " ".join(bones) if len(bones) > 1 else ""


def searchable_capture(capture: Capture, text: str) -> Searchable:
    """A report: its title, publisher and words. Never its file's name or author, which can name a source."""
    title = capture.title or capture.publisher or capture.id
    facets = {"kind": "capture", "language": capture.language or "", "publisher": capture.publisher or ""}
    named = f"{capture.title or ''} {capture.publisher or ''}"
    return Searchable(
        kind="capture", ref=capture.id, title=title, said=text, facets=_known(facets),
        folded=f"{folded(named, names=True)} {folded(text)}",
    )  # fmt: skip


def searchable_claim(reviewed: ReviewedClaim) -> Searchable:
    """A claim: its passage, and who, where and by whom it names."""
    claim = reviewed.claim
    named = [source.name for source in claim.attribution]
    named += [part.name for part in (claim.place, claim.actor, claim.means) if part]
    facets = {"kind": "claim", "status": reviewed.status, "harm": claim.harm}
    return Searchable(
        kind="claim", ref=claim.id, title=" · ".join(dict.fromkeys(named)), said=claim.passage.text, facets=facets,
        folded=f"{folded(' '.join(named), names=True)} {folded(claim.passage.text)}",
    )  # fmt: skip


def searchable_incident(incident: Incident) -> Searchable:
    """An incident: its title, place and actors."""
    place = incident.place
    named = [incident.title, *((place.name, place.within or "") if place else ()), *incident.actors]
    facets = {"kind": "incident", "grade": incident.grade or ""}
    return Searchable(
        kind="incident", ref=incident.id, title=incident.title, said=" · ".join(filter(None, named)),
        folded=folded(" ".join(named), names=True), facets=_known(facets),
    )  # fmt: skip


def searchable_entry(entry: ListEntry) -> Searchable:
    """An entry of a victim list: the name, in any script, and the place."""
    named = f"{entry.name} {entry.place or ''}"
    return Searchable(
        kind="person", ref=f"{entry.list}:{entry.id}", title=entry.name, said=named.strip(),
        folded=folded(named, names=True), facets={"kind": "person", "list": entry.list},
    )  # fmt: skip


@lru_cache(maxsize=50_000)
def _forms(word: str, named: bool) -> str:
    """One word as it is kept: folded, and its skeletons where it may be a name. Most words of a case recur."""
    plain = fold(word)
    return " ".join([plain, *_skeletons(plain)]) if named else plain


def _skeletons(plain: str) -> list[str]:
    return [BONES + bones for part in plain.split() if (bones := _bones(part))]


def _bones(word: str) -> str:
    bones = skeleton(word)
    return bones.casefold() if len(bones) >= SHORTEST else ""


def _known(facets: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in facets.items() if value}
