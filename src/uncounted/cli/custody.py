"""``uncounted custody``, ``copy`` and ``handover``: the life of an exhibit."""

from pathlib import Path
from typing import Literal

import click

from uncounted.cli.common import acting, answer, by_option, case_option, json_option, open_case
from uncounted.model.errors import Broken


@click.command()
@click.argument("capture")
@case_option
@click.option("--pdf", type=click.Path(path_type=Path), help="Print it to this file instead.")
@click.option("--pseudonymous", is_flag=True, help="Show people by their device's key, not by name.")
@json_option
def custody(capture: str, folder: Path, pdf: Path | None, pseudonymous: bool, as_json: bool) -> None:
    """Print the chain of custody of CAPTURE: how it was collected and recorded, what became of it, whether it is whole.

    Sealed values are never in it. Exit status 1 when something is no longer what was recorded.
    """
    from uncounted.case import custody as telling

    with open_case(folder) as case:
        report = telling.custody(case, capture, pseudonymous=pseudonymous)
    if as_json:
        answer(report)
    elif pdf:
        from uncounted.case.custody_page import as_page
        from uncounted.stages.capture.paper import print_pdf

        pdf.write_bytes(print_pdf(as_page(report), title=f"custody of {capture}"))
        click.echo(f"wrote {pdf}", err=True)
    else:
        click.echo(telling.as_text(report), nl=False)
    if report.broken:
        raise Broken(f"capture {capture}", "; ".join(report.broken), "Restore it from a backup")


@click.command()
@click.argument("capture")
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "kind",
    type=click.Choice(["evidence", "working", "publication"]),
    default="working",
    show_default=True,
    help="evidence: bit for bit, read-only; working: to be worked on; publication: made anew without metadata.",
)
@click.option("--purpose", default="", help="What the copy is for; kept in the record.")
@case_option
@by_option
def copy(
    capture: str,
    target: Path,
    kind: Literal["evidence", "working", "publication"],
    purpose: str,
    folder: Path,
    by: str | None,
) -> None:
    """Copy CAPTURE out of the case to the file TARGET, and record it with every change.

    The evidence in the case is never touched. A publication copy of a picture, PDF or Word document is made anew: where
    and with what it was made, and by whom, is not in it. Of a page that a browser visited its picture is taken.
    """
    from uncounted.case import copies

    with open_case(folder) as case:
        entry = copies.copy(case, acting(by), capture, target, kind, purpose=purpose)
    click.echo(f"copied to {target}; entry {entry.number} says so", err=True)


@click.command()
@click.argument("subject")
@click.option("--to", "given_to", metavar="WHO", help="Who received it from you; may be a pseudonym.")
@click.option("--from", "received_from", metavar="WHO", help="Who gave it to you; may be a pseudonym.")
@click.option("--means", required=True, help="How: by hand, on an encrypted disk, by courier.")
@click.option("--reason", default="", help="Why.")
@click.option("--file", type=click.Path(path_type=Path), help="The file that was handed over; its SHA-256 is kept.")
@case_option
@by_option
def handover(
    subject: str,
    given_to: str | None,
    received_from: str | None,
    means: str,
    reason: str,
    file: Path | None,
    folder: Path,
    by: str | None,
) -> None:
    """Record that SUBJECT (a capture, or 'case' for all of it) passed from hand to hand.

    What you write here is part of the record and of every bundle: name nobody who could be harmed by it.
    """
    from uncounted.case import copies

    who = given_to or received_from
    if who is None or (given_to and received_from):
        raise click.UsageError("say who, with either --to or --from")
    with open_case(folder) as case:
        entry = copies.hand_over(
            case, acting(by), subject, who, means, received=received_from is not None, reason=reason, file=file
        )
    click.echo(f"recorded as entry {entry.number}", err=True)
