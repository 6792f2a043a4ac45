"""Why a figure is what it is: a tree from a toll's cell down to the words in the reports."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Incident, Origin, TollCell
from uncounted.stages.toll.accounts import account, counts
from uncounted.stages.toll.across import by_origin
from uncounted.stages.toll.figures import incident_toll
from uncounted.stages.toll.policy import Policy
from uncounted.stages.toll.ranges import NOTHING, said


class Tree(msgspec.Struct, frozen=True, kw_only=True):
    """A line and what it rests on. ``kind`` says what the line is of; ``id`` names the thing, where it has a name."""

    text: str
    children: tuple["Tree", ...] = ()
    kind: str = "step"
    id: str | None = None


def _name(cell: Mapping[str, str]) -> str:
    labels = [value for key, value in cell.items() if key not in ("harm", "group")]
    return ", ".join([f"{cell['group']} {cell['harm']}", *labels]).replace("_", " ")


def passage_line(claim: Claim, captures: Mapping[str, Capture]) -> str:
    """The words, and the report that they stand in: “…” – publisher, date, document:start–end."""
    capture = captures.get(claim.document)
    known = [capture.publisher, (capture.published or "")[:10], capture.title] if capture else []
    where = ", ".join(part for part in known if part)
    spot = f"{claim.document}:{claim.passage.start}–{claim.passage.end}"
    return f"“{' '.join(claim.passage.text.split())}” – {where + ', ' if where else ''}{spot}"


def _claim_tree(claim: Claim, captures: Mapping[str, Capture], note: str = "") -> Tree:
    count = claim.count
    number = f"“{count.text}”" if count.text else "inferred from the words for the victims"
    if claim.modality not in ("asserted",):
        number += f", {claim.modality.replace('_', ' ')}"
    chain = " → ".join(source.name for source in claim.attribution)
    quote = Tree(text=passage_line(claim, captures), kind="passage", id=claim.document)
    text = f"{claim.group} {claim.harm}: {number}{' – ' + chain if chain else ''}{note}".replace("_", " ")
    return Tree(text=text, children=(quote,), kind="claim", id=claim.id)


def _incident_tree(
    incident: Incident,
    cell: tuple[str, str],
    claims: Mapping[str, Claim],
    origins: Sequence[Origin],
    policy: Policy,
    *,
    captures: Mapping[str, Capture],
    published: Mapping[str, str],
) -> Tree:
    harm, group = cell
    ranges = incident_toll(incident, claims, origins, policy, published)
    found = next(value for key, value in ranges.items() if key == (harm, group))
    present = [claims[name] for name in incident.claims if name in claims]
    names = {origin.id: origin for origin in origins}
    children = [Tree(text=step) for step in (*found.why, *found.contradictions)]
    shown: set[str] = set()
    for one, told in sorted(by_origin(present, origins).items()):
        now = {key: figure for key, figure in account(told, policy, published).items() if key[0] == harm}
        set_by = {name for figure in now.values() for name in figure.claims}
        here = [claim for claim in told if claim.harm == harm or claim.id in found.claims]
        here = [claim for claim in here if counts(claim, policy)]
        if not here:
            continue
        figures = ", ".join(f"{key[1]} {said(figure.low, figure.high)}" for key, figure in sorted(now.items()))
        origin = names.get(one)
        head = f"{origin.name} ({origin.kind})" if origin else one
        reasons = tuple(Tree(text=f"one origin: {why}") for why in origin.reasons) if origin and len(here) > 1 else ()
        lines = tuple(
            _claim_tree(claim, captures, "" if claim.id in set_by else " (replaced or part of a larger count)")
            for claim in sorted(here, key=lambda claim: claim.id)
        )
        shown.update(claim.id for claim in here)
        children.append(
            Tree(text=f"origin: {head} – {figures or 'no figure'}", children=reasons + lines, kind="origin", id=one)
        )
    beside = [claim for claim in present if claim.id not in shown and claim.harm == harm]
    if beside:
        lines = tuple(_claim_tree(claim, captures) for claim in sorted(beside, key=lambda claim: claim.id))
        children.append(Tree(text="beside, not counted", children=lines, kind="beside"))
    text = f"{incident.title}: {said(found.low, found.high)}" + (f" [{incident.grade}]" if incident.grade else "")
    return Tree(text=text, children=tuple(children), kind="incident", id=incident.id)


def why(
    cell: TollCell,
    incidents: Mapping[str, Incident],
    claims: Mapping[str, Claim],
    origins: Mapping[str, Sequence[Origin]],
    policy: Policy,
    *,
    captures: Mapping[str, Capture] | None = None,
    published: Mapping[str, str] = NOTHING,
) -> Tree:
    """Return the tree of one cell: steps, incidents, origins, claims, passages.

    ``incidents`` and ``captures`` map ids; ``origins`` maps an incident's id to its origins; ``policy`` is the one that
    made the cell. Claims that were not counted (denials, orders) stand in it as such. A total that stands apart leads
    straight to its claims.
    """
    reports = captures or {}
    steps = tuple(Tree(text=step) for step in cell.why) if len(cell.incidents) != 1 else ()
    below = tuple(
        _incident_tree(
            incidents[one],
            (cell.cell["harm"], cell.cell["group"]),
            claims,
            origins.get(one, ()),
            policy,
            captures=reports,
            published=published,
        )
        for one in cell.incidents
    )
    if not cell.incidents:
        below = tuple(_claim_tree(claims[name], reports) for name in cell.claims if name in claims)
    return Tree(
        text=f"{_name(cell.cell)}: {said(cell.low, cell.high)} (policy {cell.policy})",
        children=steps + below,
        kind="cell",
    )


def render(tree: Tree) -> str:
    """The tree as text, one line a node, drawn with branches."""
    return "\n".join(_lines(tree))


def _lines(tree: Tree) -> Iterator[str]:
    yield tree.text
    for at, child in enumerate(tree.children):
        last = at == len(tree.children) - 1
        for number, line in enumerate(_lines(child)):
            yield (("└─ " if last else "├─ ") if number == 0 else ("   " if last else "│  ")) + line
