"""``uncounted review``: judge claims, one at a time or by name."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from uncounted.cli.common import acting, by_option, case_option, open_case, progress, shown_safely
from uncounted.model.claims import Claim, Count
from uncounted.model.errors import BadInput, Refused
from uncounted.model.review import ReviewedClaim, Status

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
            count[field] = _bound(change, value.strip())
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


def _bound(change: str, value: str) -> int | None:
    """A bound as somebody typed it; nothing leaves it open, and what is no number is no bound."""
    if value and not (value.isascii() and value.isdigit()):
        raise BadInput(f"--set {change}", "a bound is a whole number", "Leave it empty to open the bound.")
    return int(value) if value else None


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

    judged: list[tuple[int, int]] = []
    """Each judgement's entry, and the place in the queue of its claim: undoing goes back there, past skipped ones."""
    queue = [one.claim.id for one in case.views.claims(status="proposed")]
    at = 0
    while at < len(queue):
        shown = case.views.claim(queue[at])
        show(shown, case.text(shown.claim.document), len(queue) - at)
        key = click.getchar().lower()
        if key == "q":
            return
        if key == "u" and judged:
            entry, at = judged.pop()
            reviewing.undo(case, entry, name)
        elif key in "axe":
            try:
                judged.append((_judged(case, shown.claim, key, name), at))
            except BadInput as fault:
                click.pause(f"{fault}; press a key")
                continue
            except Refused as fault:
                click.pause(f"{fault}; press a key for the next")
            at += 1
        elif key == "s":
            at += 1
    click.echo("nothing left to review", err=True)


def _judged(case: "Case", claim: Claim, key: str, name: str) -> int:
    """Judge a claim by a key and return the entry; :class:`Refused` when somebody else judged it in the meantime."""
    from uncounted.case import reviewing

    if key != "e":
        verdict: Status = "accepted" if key == "a" else "rejected"
        return reviewing.judge(case, claim.id, verdict, name, seen=-1).number
    said = click.prompt("corrections (field=value, …)", default="", show_default=False)
    edited = changed(claim, [part.strip() for part in said.split(",") if part.strip()])
    return reviewing.edit(case, claim.id, edited, name, seen=-1).number


def show(reviewed: ReviewedClaim, text: str, left: int) -> None:
    """One claim on the terminal: its words in their surroundings, then what was read in them."""
    from uncounted.stages.toll.ranges import said

    claim, passage = reviewed.claim, reviewed.claim.passage
    before, after = text[max(0, passage.start - 160) : passage.start], text[passage.end : passage.end + 160]
    before, words, after = (shown_safely(part, "\n\t") for part in (before, passage.text, after))
    click.clear()
    click.echo(f"{left} to review · {claim.id} · {KEYS}\n")
    click.echo("…" + before + click.style(words, bold=True, underline=True) + after + "…\n")
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
        click.echo(f"  {label:9} {shown_safely(value)}")
