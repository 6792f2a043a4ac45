"""What nouns beside a name tell of sex and years: "his wife", "(a child)", "A and her son", "their sons A, B"."""

import re
from collections.abc import Iterable

from uncounted.stages.read.roll.mention import Around, Mention
from uncounted.stages.read.roll.words import Words

_SMALL = re.compile(r"[a-zà-ÿ-]+")
_BREAK = re.compile(r"[,;:()]|\band\b|'s\b")
_OTHERS = re.compile(r"\bof\b|\bto\b|\band\b")
_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"")
_JOINT = re.compile(r"[\s,;&]*(?:and\b)?[\s,]*")
_APPOSED = re.compile(r"[^(),;.]{0,3}(?:\([^()]{0,30}\))?\s*[,(–-]\s*((?:[a-z0-9à-ÿ'-]+\s*){1,6})(?=[),;.]|$|\bwho\b)")
_BRACKETED = re.compile(r"\s*\(([^()]{1,40})\)")


def read_nouns(mention: Mention, around: Around, words: Words) -> None:
    """Sets sex and years of a mention by the nouns right before it and by an aside right behind it."""
    whole = around.before.rstrip(", ") if words.owned.search(around.before) else around.before
    said = _SMALL.findall(_BREAK.split(whole)[-1])[-5:]
    for word in reversed(said):
        if word not in words.beside and word not in words.between:
            break
        _tell(mention, (word,), words)
        if mention.sex and mention.years:
            break
    if mention.years == "kin" and words.young & set(said):
        mention.years = "child"
    apposed, bracketed = _APPOSED.match(around.written), _BRACKETED.match(around.after)
    for aside in (apposed.group(1).lower() if apposed else "", bracketed.group(1) if bracketed else ""):
        _tell(mention, _SMALL.findall(_OTHERS.split(aside)[0]), words)


def read_kin(mention: Mention, after: str, words: Words) -> None:
    """ "X and his wife", "Y (34), her children": whoever has a spouse or children is grown, and the owner's word tells
    the sex where nothing else does."""
    found = words.kin_of.match(_ASIDE.sub("", after))
    if found is not None:
        mention.tell(words.owners.get(found.group(1), ""), "adult")


def lend(mention: Mention, former: Mention | None, before: str, between: str, words: Words) -> None:
    """Gives a name of a list what a plural noun before the list tells: "their children: A, B and C"."""
    plural = words.lending.search(before)
    if plural is not None:
        mention.lent = words.beside[plural.group(1)]
    elif former is not None and former.lent and _JOINT.fullmatch(_ASIDE.sub("", between)):
        mention.lent = former.lent
    if mention.lent is not None:
        mention.tell(*mention.lent)


def _tell(mention: Mention, said: Iterable[str], words: Words) -> None:
    for word in said:
        if word in words.beside:
            mention.tell(*words.beside[word])
