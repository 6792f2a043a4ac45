"""Who carried the words between the publisher and the speaker, and where the publisher speaks itself."""

import re
from collections.abc import Sequence
from dataclasses import replace

from uncounted.stages.read.attribution import Statement
from uncounted.stages.read.chain_kinds import SourceWords
from uncounted.stages.read.chain_nodes import Node
from uncounted.text.view import View, fold

_AT_HEAD = 600
_BYLINE = re.compile(
    r"^[ \t*_]*(?:from|by|source:)[ \t]+(?P<from>(?:the[ \t]+)?[^\n*_.:;]{2,60}?)[ \t*_.]*$|"
    r"^[^\n()]{2,60}\((?P<dateline>[^\n()]{2,60})\)[ \t]*[-–—]",
    re.IGNORECASE | re.MULTILINE,
)
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


def same_name(one: str, other: str | None) -> bool:
    """Whether two names of sources are the same but for case, marks and an article before them."""
    return other is not None and _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return _ARTICLE.sub("", " ".join(fold(name).split()))


def is_wire(node: Node, words: SourceWords) -> bool:
    """Whether a source is a wire agency: press that calls itself an agency or is known as one."""
    said = _plain(node.name).split()
    return node.kind == "press" and (_plain(node.name) in words.wires or bool(words.wire_heads & set(said)))


def head_carrier(seen: View, words: SourceWords) -> Node | None:
    """The wire agency in the byline or dateline of a text: "From the X Agency", "CITY, May 3 (X Agency) -"."""
    for match in _BYLINE.finditer(seen.text[:_AT_HEAD]):
        group = "from" if match["from"] else "dateline"
        node = Node(match.start(group), match.end(group), " ".join(match[group].split()), "name", "press")
        if is_wire(node, words):
            return replace(node, kind="agency")
    return None


def carried(found: Sequence[tuple[Statement, list[Node]]], head: Node | None, words: SourceWords) -> list[Node]:
    """The sources of the statements that cover a claim, outer first, with a wire agency that reports what a speaker
    said before that speaker and of kind ``agency``."""
    wires, others = list[Node](), list[Node]()
    for told, named in found:
        alone = len(named) == 1 and told.base in words.carrying and is_wire(named[0], words)
        (wires if alone else others).extend(named)
    made = [replace(node, kind="agency") for node in wires] if others else wires
    if head is not None and not any(same_name(head.name, node.name) for node in (*made, *others)):
        made.insert(0, head)
    last = len(others) - 1
    others = [
        replace(node, kind="agency") if at < last and is_wire(node, words) else node for at, node in enumerate(others)
    ]
    return [*made, *others]
