"""What nouns beside a name tell of sex and years: "his wife", "(a child)", "A and her son", "their sons A, B"."""

import re
from collections.abc import Iterable

from uncounted.names.sex import Sex, sex_of
from uncounted.stages.read.roll.mention import Around, Mention
from uncounted.stages.read.roll.words import Words

_SMALL = re.compile(r"[a-zà-ÿ-]+")
_BREAK = re.compile(r"[,;:()]|\band\b|'s\b")
_OTHERS = re.compile(r"\bof\b|\bto\b|\band\b")
_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"")
_JOINT = re.compile(r"[\s,;&]*(?:and\b)?[\s,]*")
_APPOSED = re.compile(r"[^(),;.]{0,3}(?:\([^()]{0,30}\))?\s*[,(–-]\s*((?:[a-z0-9à-ÿ'-]+\s*){1,6})(?=[),;.]|$|\bwho\b)")
_AGE = re.compile(r"^[\w-]+?[ -](?:years?|months?|weeks?|days?)[ -]olds?\s+")
_BRACKETED = re.compile(r"\s*\(([^()]{1,40})\)")


def read_nouns(mention: Mention, around: Around, former: Mention | None, words: Words) -> None:
    """Sets sex and years of a mention by the nouns right before it and by an aside right behind it; ``former`` is the
    mention before it in the sentence."""
    ageless = _ageless(around.before, mention.start - mention.first)
    whole = ageless.rstrip(", ") if words.owned.search(ageless) else ageless
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
        told = _SMALL.findall(_OTHERS.split(aside)[0])
        if not _of_another(mention, told, former, words):
            _tell(mention, told, words)


def read_kin(mention: Mention, after: str, words: Words) -> Sex | None:
    """ "X and his wife", "Y (34), her children": whoever has a spouse or children is grown.

    Gives the sex that the owner's word tells, for where nothing else does. A spouse can only be of the name right
    before, so there it is set at once; "her daughter" may be of one further back, whose sons are listed.
    """
    found = words.kin_of.match(_ASIDE.sub("", after))
    if found is None:
        return None
    owner: Sex = "f" if words.owners.get(found.group(1)) == "f" else "m"
    mention.tell(owner if found.group().split()[-1] in words.wed else "", "adult")
    return owner


def lend(mention: Mention, former: Mention | None, before: str, between: str, words: Words) -> None:
    """Gives a name of a list what a plural noun before the list tells: "their children: A, B and C"."""
    plural = words.lending.search(before)
    if plural is not None:
        mention.lent = words.beside[plural.group(1)]
    elif former is not None and former.lent and _JOINT.fullmatch(_ASIDE.sub("", between)):
        mention.lent = former.lent
    if mention.lent is not None:
        mention.tell(*mention.lent)


def _ageless(before: str, told: int) -> str:
    """The words before a name, the last ``told`` characters of them without the age that they open with."""
    cut = len(before) - told
    return before[:cut] + _AGE.sub("", before[cut:]) if told > 0 else before


def _of_another(mention: Mention, told: list[str], former: Mention | None, words: Words) -> bool:
    """Whether an aside tells of whose kin comes next: ", along with her two sons,"; ", his wife," behind the first name
    of a list or behind a name of the other sex."""
    at = next((index for index, word in enumerate(told) if word in words.owners), None)
    if at is None:
        return False
    guessed = sex_of(mention.name)
    unlike = guessed is not None and any(words.beside.get(word, ("", ""))[0] not in ("", guessed) for word in told)
    return at > 0 or former is None or unlike


def _tell(mention: Mention, said: Iterable[str], words: Words) -> None:
    for word in said:
        if word in words.beside:
            mention.tell(*words.beside[word])
