"""``uncounted match``: which entries of victim lists are one person."""

from pathlib import Path

import click

from uncounted.model.errors import BadInput


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write the links here.")
@click.option("--threshold-out", default=0.01, show_default=True, help="Leave out links less probable than this.")
def match(files: tuple[Path, ...], out: Path | None, threshold_out: float) -> None:
    """Match victim lists: which of their entries are one person, and how probably."""
    if not files:
        raise BadInput("uncounted match", "no list was given", "Name two CSV files or more.")
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
