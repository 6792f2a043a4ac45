"""``uncounted review``: judge claims, one at a time or by name."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from uncounted.cli.common import acting, by_option, case_option, open_case, progress
from uncounted.model.claims import Claim, Count
from uncounted.model.errors import BadInput
from uncounted.model.review import ReviewedClaim

if TYPE_CHECKING:
    from uncounted.case import Case

KEYS = "a accept · x reject · e edit · u undo · s skip · q quit"


@click.command()
@case_option
@by_option
@click.option("--accept", multiple=True, metavar="CLAIM", help="Accept this claim (repeatable).")
@click.option("--reject", multiple=True, metavar="CLAIM", help="Reject this claim (repeatable).")
@click.option("--edit", metavar="CLAIM", help="Accept this claim corrected by --set.")
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="harm, group, scope, modality, low, high.")
@click.option("--accept-all", is_flag=True, help="Accept every claim that nobody has judged.")
@click.option("--undo", metavar="ENTRY", type=int, help="Take back the judgement of this entry.")
@click.option("--reason", default="", help="Why, kept with the judgement.")
def review(
    folder: Path,
    by: str | None,
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    edit: str | None,
    changes: tuple[str, ...],
    accept_all: bool,
    undo: int | None,
    reason: str,
) -> None:
    """Judge claims: one at a time by key, or those that are named."""
    from uncounted.case import reviewing

    name = acting(by)
    with open_case(folder) as case:
        with case.writing("review"):
            for claim in accept:
                reviewing.judge(case, claim, "accepted", name, reason=reason)
            if accept_all:
                left = case.views.counts()["proposed"]
                accepted = sum(1 for _ in progress(reviewing.accept_all(case, name, reason), "accept", total=left))
                click.echo(f"accepted {accepted} claims", err=True)
            for claim in reject:
                reviewing.judge(case, claim, "rejected", name, reason=reason)
            if edit:
                reviewing.edit(case, edit, changed(case.views.claim(edit).claim, changes), name, reason=reason)
            if undo is not None:
                reviewing.undo(case, undo, name, reason)
        if not (accept or reject or edit or accept_all or undo is not None):
            one_at_a_time(case, name)


def changed(claim: Claim, changes: Iterable[str]) -> Claim:
    """A claim with ``field=value`` corrections; ``low=`` and ``high=`` with nothing behind open the bound."""
    fields: dict[str, object] = msgspec.to_builtins(claim)
    count: dict[str, object] = msgspec.to_builtins(claim.count)
    for change in changes:
        field, equals, value = change.partition("=")
        if not equals or field not in {"harm", "group", "scope", "modality", "low", "high", "quantifier", "unit"}:
            raise BadInput(
                f"--set {change}", "a correction is FIELD=VALUE", "Fields: harm, group, scope, modality, low, high."
            )
        if field in {"low", "high"}:
            count[field] = int(value) if value.strip().isdigit() else None
        elif field in {"quantifier", "unit"}:
            count[field] = value
        else:
            fields[field] = value
    bounded = {"low", "high"} & {change.partition("=")[0] for change in changes}
    if bounded and not any(change.startswith("quantifier=") for change in changes):
        count["quantifier"] = quantifier(count["low"], count["high"])
    try:
        return msgspec.convert({**fields, "count": msgspec.convert(count, Count)}, Claim)
    except msgspec.ValidationError as fault:
        raise BadInput(f"claim {claim.id}", str(fault), "Use the words of the vocabulary.") from fault


def quantifier(low: object, high: object) -> str:
    """The quantifier that two bounds amount to."""
    if low is None and high is None:
        return "unquantified"
    if high is None:
        return "at_least"
    if low is None:
        return "at_most"
    return "exact" if low == high else "range"


def one_at_a_time(case: "Case", name: str) -> None:
    """Show each claim that nobody judged, with its words, and take one key a verdict."""
    from uncounted.case import reviewing

    judged: list[int] = []
    queue = [one.claim.id for one in case.views.claims(status="proposed")]
    at = 0
    while at < len(queue):
        shown = case.views.claim(queue[at])
        show(shown, case.text(shown.claim.document), len(queue) - at)
        key = click.getchar().lower()
        if key == "q":
            return
        if key == "u" and judged:
            reviewing.undo(case, judged.pop(), name)
            at -= 1
        elif key == "a":
            judged.append(reviewing.judge(case, queue[at], "accepted", name, seen=-1).number)
            at += 1
        elif key == "x":
            judged.append(reviewing.judge(case, queue[at], "rejected", name, seen=-1).number)
            at += 1
        elif key == "e":
            said = click.prompt("corrections (field=value, …)", default="", show_default=False)
            try:
                edited = changed(shown.claim, [part.strip() for part in said.split(",") if part.strip()])
            except BadInput as fault:
                click.echo(f"{fault}", err=True)
                continue
            judged.append(reviewing.edit(case, queue[at], edited, name, seen=-1).number)
            at += 1
        elif key == "s":
            at += 1
    click.echo("nothing left to review", err=True)


def show(reviewed: ReviewedClaim, text: str, left: int) -> None:
    """One claim on the terminal: its words in their surroundings, then what was read in them."""
    from uncounted.stages.toll.ranges import said

    claim, passage = reviewed.claim, reviewed.claim.passage
    before, after = text[max(0, passage.start - 160) : passage.start], text[passage.end : passage.end + 160]
    click.clear()
    click.echo(f"{left} to review · {claim.id} · {KEYS}\n")
    click.echo("…" + before + click.style(passage.text, bold=True, underline=True) + after + "…\n")
    chain = " → ".join(source.name for source in claim.attribution) or "not said"
    for label, value in (
        ("harm", claim.harm),
        ("group", claim.group),
        ("count", f"{said(claim.count.low, claim.count.high)} ({claim.count.quantifier})"),
        ("said by", chain),
        ("modality", claim.modality),
        ("scope", claim.scope),
        ("where", claim.place.name if claim.place else "not known"),
        ("when", f"{claim.time.from_} to {claim.time.to}" if claim.time and claim.time.from_ else "not known"),
    ):
        click.echo(f"  {label:9} {value}")
