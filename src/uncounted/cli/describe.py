"""``uncounted describe`` and ``uncounted assess``: what a person states of a report, and judges of an incident."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncounted.cli.common import acting, by_option, case_option, open_case, publication_options

if TYPE_CHECKING:
    from uncounted.model.incidents import Axis


@click.command()
@click.argument("capture")
@case_option
@by_option
@publication_options
@click.option("--reason", default="", help="How you know, kept with the statement.")
def describe(
    capture: str,
    folder: Path,
    by: str | None,
    publisher: str | None,
    author: str | None,
    published: str | None,
    language: str | None,
    reason: str,
) -> None:
    """State or correct what is known of the publication of CAPTURE; the preserved bytes stay as they are."""
    from uncounted.case import reviewing

    with open_case(folder) as case:
        entry = reviewing.describe(
            case,
            capture,
            acting(by),
            publisher=publisher,
            author=author,
            published=published,
            language=language,
            reason=reason,
        )
    click.echo(f"recorded as entry {entry.number}", err=True)


@click.command()
@click.argument("incident")
@click.argument("axis", type=click.Choice(["happened", "responsible", "victims", "count"]))
@click.argument("value")
@case_option
@by_option
@click.option("--reason", required=True, help="Why; a judgement on an incident always has a reason.")
def assess(incident: str, axis: "Axis", value: str, folder: Path, by: str | None, reason: str) -> None:
    """Judge INCIDENT on one AXIS: did it happen, who did it, who were they, how many.

    An incident is discounted by two people, each by name and with a reason, or not at all.
    """
    from uncounted.case import linking

    with open_case(folder) as case:
        entry = linking.assess(case, incident, axis, value, by=acting(by), reason=reason)
    click.echo(f"recorded as entry {entry.number}", err=True)
