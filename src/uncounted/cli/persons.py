"""The half of ``uncounted match`` that needs no case: which entries of victim lists are one person."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uncounted.model.errors import BadInput, NotFound

if TYPE_CHECKING:
    from uncounted.stages.match.persons.match import Matched


def match_persons(files: tuple[Path, ...], wish: Mapping[str, Any]) -> None:
    """Match victim lists; write links and clusters, an audit or draws, or say why two entries are or aren't one."""
    out, clusters, explain = wish["out"], wish["clusters"], wish["explain"]
    if not any(wish[name] for name in ("out", "clusters", "explain", "audit", "draws")):
        raise BadInput("uncounted match", "there is nothing to do", "Give --out, --clusters, --explain or --audit.")
    found = _matched(files, wish["engine"], wish["work"])
    if wish["audit"]:
        from uncounted.cli.auditing import audit_files

        audit_files(found, wish["audit"], wish["sheet"], seed=wish["seed"])
    if wish["draws"]:
        from uncounted.cli.auditing import draws_files

        draws_files(found, wish["draws"], wish["answers"], out, wish["tables"], seed=wish["seed"])
        return
    _links_written(found, out, clusters, wish["threshold_out"])
    if explain:
        click.echo("\n".join(_explained(found, *explain)))


def _matched(files: tuple[Path, ...], engine: str, work: Path | None) -> "Matched":
    from tqdm import tqdm

    from uncounted.stages.match.persons.link import STEPS
    from uncounted.stages.match.persons.lists import read_lists
    from uncounted.stages.match.persons.match import match_lists
    from uncounted.stages.match.persons.parts import Here

    lists = read_lists(list(files))
    for warning in (warning for one in lists for warning in one.warnings):
        click.echo(warning, err=True)
    steps = len(STEPS) * len(lists) * (len(lists) - 1) // 2
    with tqdm(total=steps, delay=1, leave=False, unit="step") as bar:

        def progress(step: str) -> None:
            bar.set_description(step)
            bar.update()

        if engine == "spark":
            from uncounted.cli.spark import spark_session
            from uncounted.stages.match.persons.spark import OnSpark

            with spark_session("uncounted match") as session:
                return match_lists(lists, progress, engine=OnSpark(session))
        return match_lists(lists, progress, engine=Here(work) if work else None)


def _links_written(found: "Matched", out: Path | None, clusters: Path | None, least: float) -> None:
    from uncounted.stages.match.persons.output import write_clusters, write_links

    if out is not None:
        count = write_links(out, found.links(least))
        click.echo(f"{count} links of probability {least:g} or more are in {out}", err=True)
        for one, other, expected, linked in found.overlaps():
            click.echo(
                f"{one} and {other}: {linked} linked; {expected:,.0f} on both by the probabilities. No audit has "
                "measured either, and an estimate over unaudited links says so.",
                err=True,
            )
    if clusters is not None:
        count = write_clusters(clusters, found.clusters())
        click.echo(f"{count} persons known by several entries are in {clusters}", err=True)


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
