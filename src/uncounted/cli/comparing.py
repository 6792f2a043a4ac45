"""``uncounted read --compare A B``: where two readers differ, in the words that they read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from uncounted.cli.common import answer, open_case, progress
from uncounted.cli.streaming import Write, encode
from uncounted.model.claims import Claim, Document
from uncounted.stages.read.agreement import Aligned, Comparison, compared
from uncounted.stages.read.protocol import Reader


def compare_case(folder: Path, left: str, right: str, *, as_json: bool) -> None:
    """Compare what two readers made of a case, queue the claims, and say where they differ."""
    from uncounted.case import comparing

    totals = [0, 0, 0, 0]
    said: list[dict[str, object]] = []
    with open_case(folder) as case:
        reports = len(case.views.captures())
        for one in progress(comparing.compare(case, left, right), "compare", total=reports):
            found = one.comparison
            for at, group in enumerate((found.agreed, _differing(found), found.left, found.right)):
                totals[at] += len(group)
            if as_json:
                said.append({"capture": one.capture.id, "left": one.left, "right": one.right, **_told(found)})
            else:
                show(f"{one.capture.name} ({one.capture.id})", one.left, one.right, found)
    if as_json:
        answer(said)
    click.echo(
        f"{totals[0]} claims agree and wait for a quick look; reviewed before them: {totals[1]} in which the two "
        f"differ, {totals[2]} of {left} alone, {totals[3]} of {right} alone",
        err=True,
    )


def compare_lines(left: Reader, right: Reader) -> Write:
    """Writes one line a document: what agrees, what differs and in which fields, what one reader has alone."""

    def write(document: Document) -> Iterator[bytes]:
        found = compared(left.read(document), right.read(document))
        yield encode({"document": document.id, "left": left.name, "right": right.name, **_told(found)})

    return write


def _told(found: Comparison) -> dict[str, object]:
    return {
        "agreed": [[pair.left.id, pair.right.id] for pair in found.agreed],
        "differ": [{"left": pair.left, "right": pair.right, "in": pair.differs} for pair in _differing(found)],
        "left_alone": found.left,
        "right_alone": found.right,
    }


def _differing(found: Comparison) -> list[Aligned]:
    return [pair for pair in found.aligned if pair.differs]


def show(title: str, left: str, right: str, found: Comparison, say: Callable[[str], None] = click.echo) -> None:
    """Write what differs in one report, nothing where all agrees."""
    lines = []
    for pair in _differing(found):
        lines += [f"  differ in {', '.join(pair.differs)}", _line(left, pair.left), _line(right, pair.right)]
    for name, alone in ((left, found.left), (right, found.right)):
        lines += [line for claim in alone for line in (f"  {name} alone", _line(name, claim))]
    if lines:
        say("\n".join([title, *lines]))


def _line(reader: str, claim: Claim) -> str:
    from uncounted.stages.toll.ranges import said

    teller = claim.attribution[-1].name if claim.attribution else "not said"
    words = " ".join(claim.passage.text.split())
    return (
        f"    {reader}: {claim.harm} {said(claim.count.low, claim.count.high)} ({claim.count.quantifier}) "
        f"{claim.group}, {claim.modality}, said by {teller}: “{words}” {claim.id}"
    )
