"""``uncounted consent``: what people allowed to be done with what they told, and with their names."""

from pathlib import Path

import click

from uncounted.cli.common import acting, answer, by_option, case_option, json_option, open_case
from uncounted.model.consent import MEANING, PURPOSES, Purpose


@click.command()
@click.argument("subject", required=False)
@click.option(
    "--for",
    "purposes",
    multiple=True,
    type=click.Choice(PURPOSES),
    help="What consent is about; may be given several times.",
)
@click.option("--given/--withdrawn", default=True, help="Whether it is given or withdrawn.")
@click.option("--reason", default="", help="In words; kept in the record, so name nobody in it.")
@click.option("--evidence", help="Where the consent is kept: a capture, a sealed field's commitment, or words.")
@case_option
@by_option
@json_option
def consent(
    subject: str | None,
    purposes: tuple[Purpose, ...],
    given: bool,
    reason: str,
    evidence: str | None,
    folder: Path,
    by: str | None,
    as_json: bool,
) -> None:
    """State consent of SUBJECT (a capture, or a list entry as LIST:ID) per purpose; without --for show what stands.

    \b
    store     be kept in the case
    analyse   be counted and compared
    publish   be shown by name in a release
    advocate  be named to governments, the press and campaigns
    court     be handed to a court or an investigator

    Silence is no consent: nobody is published by name on what was never asked. Withdrawing changes nothing that was
    recorded; from then on releases leave the person out.
    """
    from uncounted.case import consent as deeds

    with open_case(folder) as case:
        if purposes:
            if subject is None:
                raise click.UsageError("name the capture or list entry that consent is about")
            deeds.state(case, acting(by), subject, purposes, given, reason=reason, evidence=evidence)
        stands = {name: said for name, said in case.views.consents().items() if subject in (None, name)}
    if as_json:
        answer(stands)
        return
    for name, said in sorted(stands.items()):
        for purpose in PURPOSES:
            if purpose in said:
                word = "given" if said[purpose] else "withdrawn"
                click.echo(f"{name}  {purpose:<9}{word}: to {MEANING[purpose]}")
    if not stands:
        click.echo("nobody's consent is recorded" if subject is None else f"no consent of {subject} is recorded")
