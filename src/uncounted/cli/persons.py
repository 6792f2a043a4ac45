"""The half of ``uncounted match`` that needs no case: which entries of victim lists are one person."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncounted.model.errors import BadInput, NotFound

if TYPE_CHECKING:
    from uncounted.stages.match.persons.match import Matched


def match_persons(
    files: tuple[Path, ...],
    out: Path | None,
    clusters: Path | None,
    threshold_out: float,
    explain: tuple[str, str] | None,
) -> None:
    """Match victim lists; write links and clusters, or say why two entries are or aren't one."""
    if out is None and clusters is None and not explain:
        raise BadInput("uncounted match", "there is nothing to do", "Give --out, --clusters or --explain.")
    from tqdm import tqdm

    from uncounted.stages.match.persons.link import STEPS
    from uncounted.stages.match.persons.lists import read_lists
    from uncounted.stages.match.persons.match import match_lists
    from uncounted.stages.match.persons.output import write_clusters, write_links

    lists = read_lists(list(files))
    for warning in (warning for one in lists for warning in one.warnings):
        click.echo(warning, err=True)
    steps = len(STEPS) * len(lists) * (len(lists) - 1) // 2
    with tqdm(total=steps, delay=1, leave=False, unit="step") as bar:

        def progress(step: str) -> None:
            bar.set_description(step)
            bar.update()

        found = match_lists(lists, progress)
    if out is not None:
        count = write_links(out, found.links(threshold_out))
        click.echo(f"{count} links of probability {threshold_out:g} or more are in {out}", err=True)
    if clusters is not None:
        count = write_clusters(clusters, found.clusters())
        click.echo(f"{count} persons known by several entries are in {clusters}", err=True)
    if explain:
        click.echo("\n".join(_explained(found, *explain)))


def _explained(found: "Matched", one: str, other: str) -> list[str]:
    from uncounted.stages.match.persons.explain import explanation, in_words

    for a, i in _entries(found, one):
        for b, j in _entries(found, other):
            (first, row), (second, col) = sorted(((a, i), (b, j)))
            if (first, second) in found.linked and (first, row) != (second, col):
                left, right = found.lists[first], found.lists[second]
                return in_words(explanation(found.linked[first, second], left, right, row, col))
    raise BadInput(f"{one} and {other}", "they stand on one list only", "Name entries of two lists, as LIST:ID.")


def _entries(found: "Matched", name: str) -> list[tuple[int, int]]:
    """Return (list, row) of every entry of that id, or of ``LIST:ID``."""
    places = []
    for at, one in enumerate(found.lists):
        for wanted in (name, name.removeprefix(f"{one.name}:")):
            if wanted in one.ids and (at, one.ids.index(wanted)) not in places:
                places.append((at, one.ids.index(wanted)))
    if not places:
        raise NotFound(name, "no list has an entry of this id", "Write the id as it stands in the file, or LIST:ID.")
    return places
