"""``uncounted match``: which entries of victim lists are one person."""

from pathlib import Path

import click

from uncounted.cli.common import by_option, case_option, json_option
from uncounted.cli.incidents import match_claims
from uncounted.model.errors import BadInput


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write the links here.")
@click.option("--threshold-out", default=0.01, show_default=True, help="Leave out links less probable than this.")
@case_option
@by_option
@click.option("--merge", multiple=True, metavar="INCIDENT", help="In a case: hold two incidents to be one (twice).")
@click.option("--split", multiple=True, metavar="CLAIM", help="In a case: these claims speak of another event.")
@click.option("--reason", default="", help="Why you merge or split, kept with the judgement.")
@json_option
def match(
    files: tuple[Path, ...],
    out: Path | None,
    threshold_out: float,
    folder: Path,
    by: str | None,
    merge: tuple[str, ...],
    split: tuple[str, ...],
    reason: str,
    as_json: bool,
) -> None:
    """Match victim lists (FILES), or without files the claims of a case.

    Of lists: which entries are one person, and how probably. In a case: which accepted claims speak of one incident.
    """
    if not files:
        match_claims(folder, by, merge, split, reason, as_json=as_json)
        return
    if out is None:
        raise BadInput("uncounted match", "--out is missing", "Say where the links are to be written.")
    from uncounted.stages.match.persons.link import link
    from uncounted.stages.match.persons.lists import read_lists
    from uncounted.stages.match.persons.output import write_links

    left, right = read_lists(list(files))[:2]
    found = link(left, right, lambda step: click.echo(f"{step} …", err=True))
    kept = found.probability >= threshold_out
    write_links(
        out,
        (
            (left.name, left.ids[a], right.name, right.ids[b], p)
            for a, b, p in zip(
                found.i[kept].tolist(), found.j[kept].tolist(), found.probability[kept].tolist(), strict=True
            )
        ),
    )
