"""Who is meant by "he", "the group", "the same source", a surname or initials: the source named before."""

import re
from collections.abc import Callable, Sequence

from uncounted.model.vocabulary import SourceKind
from uncounted.stages.read.chain_kinds import SourceWords
from uncounted.stages.read.chain_nodes import Node

_BODIES: frozenset[SourceKind] = frozenset(
    {"monitor", "agency", "press", "belligerent", "official", "document", "social"}
)
_PERSON = re.compile(
    r"\b(?:spokes(?:man|woman|person)|doctor|director|commander|minister|mayor|governor|general|colonel|captain|"
    r"president|secretary|witness|resident|mother|father|brother|sister|uncle|cousin|son|daughter|wife|husband|man|"
    r"woman|activist|journalist|correspondent|official|source|officer|medic|nurse|paramedic|relative|neighbou?r|judge|"
    r"survivor|villager|farmer|teacher|driver|worker|lawyer|dr|mr|mrs|ms|sheikh|head|chief|user)\b",
    re.IGNORECASE,
)
_PRONOUNS = frozenset({"person", "any", "body", "before"})
_SHORTER = re.compile(r"[^\W_]+")


_Look = Callable[[Sequence[Node]], Node | None]
"""Finds whom a source points back to, among the sources named before it."""


def resolved(found: Node, before: Callable[[], Sequence[Node]], words: SourceWords) -> Node:
    """Return a source under the name by which the text introduced it, or as it is where nothing before it fits.

    ``before`` gives the sources named so far, in order, already resolved; it is asked only for words that point back.
    The words' own span is kept.
    """
    look = _look(found, words)
    meant = look(before()) if look is not None else None
    if meant is None:
        return found
    return Node(found.start, found.end, meant.name, found.phrase, meant.kind, found.others)


def _look(found: Node, words: SourceWords) -> _Look | None:
    said = found.name.lower().split()
    pronoun = len(said) == 1 and words.anaphora.get(said[0], ("",))[0] in _PRONOUNS
    if found.phrase in ("pronoun", "who", "that") or pronoun:
        return lambda before: _of_pronoun(said[0], before, words)
    pointing = said[0] in words.pointing
    rest = [word for word in said[1:] if word != "same"] if pointing else said
    if pointing and len(rest) == 1 and rest[0] in words.anaphora:
        return lambda before: _of_head(rest[0], before, words)
    short = _shorter(found)
    return None if short is None else lambda before: _of_shorter(short, before)


def _of_pronoun(said: str, before: Sequence[Node], words: SourceWords) -> Node | None:
    wanted = words.anaphora.get(said, ("any",))[0]
    for node in reversed(before):
        person = node.kind == "unknown" or bool(_PERSON.search(node.name))
        fits = {"person": person, "body": node.kind in _BODIES and not person, "before": True}.get(wanted, True)
        if fits:
            return node
    return None


def _of_head(head: str, before: Sequence[Node], words: SourceWords) -> Node | None:
    one = head.rstrip("s")
    for node in reversed(before):
        if one in {word.rstrip("s") for word in _SHORTER.findall(node.name.lower())}:
            return node
    kinds = words.anaphora[head]
    if kinds[0] in _PRONOUNS:
        return None
    return next((node for node in reversed(before) if node.kind in kinds), None)


def _shorter(found: Node) -> str | None:
    """A name of one word, which may be a surname or initials; ``None`` for any other."""
    if found.phrase not in ("name", "bare", "det-name"):
        return None
    said = _SHORTER.findall(found.name)
    said = said[1:] if said and said[0].lower() in ("the", "mr", "mrs", "ms", "dr", "gen", "col") else said
    return said[0] if len(said) == 1 and said[0][0].isupper() else None


def _of_shorter(said: str, before: Sequence[Node]) -> Node | None:
    """A surname for a full name, initials for a body: "Reyes", "HRN"."""
    for node in reversed(before):
        names = [word for word in _SHORTER.findall(node.name) if word[0].isupper() and word != "The"]
        initials = "".join(word[0] for word in names)
        if len(names) > 1 and (said == names[-1] or (said.isupper() and said == initials)):
            return node
    return None
