"""The case-bound half of ``uncounted read``: read and locate what no reader of this version has read."""

from pathlib import Path

import click

from uncounted.cli.common import bar, open_case, progress


def read_case(folder: Path) -> None:
    """Read and locate the unread captures of a case; each reading is a fact, and judged claims stay as judged."""
    from uncounted.case import reading
    from uncounted.stages.locate.attach import LOCATOR, locate
    from uncounted.stages.locate.gazetteer import open_gazetteer
    from uncounted.stages.read.standard import standard_reader

    reader = standard_reader()
    with open_case(folder) as case:
        waiting = reading.unread(case, reader.name)
        if not waiting:
            click.echo(f"nothing to read: {reader.name} has read every report that has a text", err=True)
            return
        with bar() as told:
            gazetteer = open_gazetteer(case.folder / "gazetteer.csv", told)
        read = reading.read(
            case, reader.name, reader.read, LOCATOR, lambda document, claims: locate(document, claims, gazetteer)
        )
        found = sum(claims for _, claims in progress(read, "read", total=len(waiting)))
        proposed = case.views.counts()["proposed"]
    click.echo(f"read {len(waiting)} reports, {found} claims; {proposed} wait for review: uncounted review")
