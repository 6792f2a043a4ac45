"""An origin's tree: from whoever told it first, through those who passed it on, to the reports and their claims."""

from collections.abc import Mapping

from uncounted.model.claims import Claim
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Origin, OriginNode


def origin_tree(origin: Origin, claims: Mapping[str, Claim], captures: Mapping[str, Capture]) -> OriginNode:
    """Return the tree of one origin, ready to be drawn; its root bears the reasons why it is one origin.

    A branch is a chain of attribution read backwards: who heard it from the origin, who from them, at last the report
    and, as leaves, its claims. Claims that share the beginning of a chain share a branch. Everything is in the order of
    names, so equal origins give equal trees.
    """
    branches: dict[tuple[str, ...], dict[str, list[Claim]]] = {}
    kinds: dict[tuple[str, ...], str] = {}
    for name in origin.claims:
        claim = claims.get(name)
        if claim is None:
            continue
        way: tuple[str, ...] = ()
        for source in reversed(claim.attribution):
            if source.name == origin.name and not way:
                continue
            way = (*way, source.name)
            kinds[way] = source.kind
        branches.setdefault(way, {}).setdefault(claim.document, []).append(claim)
    return OriginNode(
        kind="origin",
        name=origin.name,
        id=origin.id,
        source_kind=origin.kind,
        reasons=origin.reasons,
        children=_below((), branches, kinds, captures),
    )


def _below(
    way: tuple[str, ...],
    branches: Mapping[tuple[str, ...], Mapping[str, list[Claim]]],
    kinds: Mapping[tuple[str, ...], str],
    captures: Mapping[str, Capture],
) -> tuple[OriginNode, ...]:
    """What hangs below one node: further sources, then the reports whose chain ends here."""
    onward = sorted({one[: len(way) + 1] for one in branches if len(one) > len(way) and one[: len(way)] == way})
    sources = [
        OriginNode(
            kind="source", name=one[-1], source_kind=kinds.get(one), children=_below(one, branches, kinds, captures)
        )
        for one in onward
    ]
    reports = [_report(document, held, captures) for document, held in sorted(branches.get(way, {}).items())]
    return (*sources, *reports)


def _report(document: str, held: list[Claim], captures: Mapping[str, Capture]) -> OriginNode:
    capture = captures.get(document)
    known = (
        [part for part in ((capture.published or "")[:10], capture.publisher, capture.title) if part] if capture else []
    )
    leaves = tuple(
        OriginNode(kind="claim", name=" ".join(claim.passage.text.split()), id=claim.id)
        for claim in sorted(held, key=lambda claim: (claim.passage.start, claim.id))
    )
    return OriginNode(kind="document", name=", ".join(known) or document, id=document, children=leaves)


def lines(node: OriginNode) -> list[str]:
    """The tree as text, one line a node, drawn with branches."""
    found = [node.name if node.kind != "claim" else f"“{node.name}” {node.id}"]
    for at, child in enumerate(node.children):
        last = at == len(node.children) - 1
        for number, line in enumerate(lines(child)):
            found.append((("└─ " if last else "├─ ") if number == 0 else ("   " if last else "│  ")) + line)
    return found
