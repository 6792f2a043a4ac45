"""The case-bound half of ``uncounted match``: incidents, proposed by a matcher and judged by people."""

from collections.abc import Sequence
from pathlib import Path

import click

from uncounted.cli.common import acting, answer, open_case
from uncounted.model.errors import BadInput


def match_claims(
    folder: Path,
    by: str | None,
    merge: Sequence[str],
    split: Sequence[str],
    reason: str,
    *,
    report: bool,
    as_json: bool,
) -> None:
    """Propose incidents from accepted claims, or record a person's merge or split; then list them."""
    from uncounted.case import linking

    with open_case(folder) as case:
        if merge:
            if len(merge) != 2:
                raise BadInput(
                    "--merge", "two incidents are merged at a time", "Give --merge INCIDENT --merge INCIDENT"
                )
            linking.merge(case, merge[0], merge[1], acting(by), reason)
        if split:
            linking.split(case, split[0], list(split), acting(by), reason)
        found = linking.incidents(case.views) if merge or split else linking.match(case)
        trust = linking.trust(case) if found and (report or not as_json) else None
        sums = linking.aggregates(case) if found else ()
    if trust is not None and as_json:
        answer({"trust": trust, "aggregates": sums})
        return
    if as_json:
        answer(found)
        return
    for incident in found:
        when = incident.time.from_ if incident.time and incident.time.from_ else "date not known"
        click.echo(f"{incident.id}  {when}  {incident.title}  ({len(incident.claims)} claims)")
    for one in sums:
        click.echo(
            f"{', '.join(one.claims)} seems to sum up {', '.join(one.incidents)}: {one.said} {one.harm}, {one.parts} "
            "added up; it is linked with none of them",
            err=True,
        )
    if trust is not None:
        from uncounted.stages.match.incidents_trust import in_words

        click.echo("\n".join(in_words(trust)), err=True)
    if not found:
        click.echo("no incident yet: it takes an accepted claim; next: uncounted review")
