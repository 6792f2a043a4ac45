"""The half of ``uncounted estimate`` that stands in a case: its lists, its matches, its record."""

import json
from pathlib import Path
from typing import Any

import click

from uncounted.cli.common import open_case
from uncounted.cli.estimate_words import words
from uncounted.model.errors import BadInput
from uncounted.model.facts import EstimateMade


def run(
    folder: Path,
    model: str | None,
    *,
    lists: tuple[str, ...],
    by: tuple[str, ...],
    seed: int,
    level: float,
    links: int,
    again: int | None,
    made: bool,
    report: Path | None,
    as_json: bool,
) -> None:
    """Estimate from a case's lists and record the answer; or show what was recorded; or make one again."""
    if model == "all":
        raise BadInput("--model all", "a case records one engine's answer at a time", "Name one, or use --report.")
    from uncounted.case import estimating

    with open_case(folder) as case:
        if made:
            _show(case.views.estimates(), as_json)
            return
        if again is not None:
            known = estimating.again(case, again)
            click.echo(f"entry {again}: the same lists, matches and seed give the same answer, byte for byte")
            click.echo(_line(known))
            return
        model = model or "shrinkage"
        entry, said = estimating.estimate(case, model, lists=lists, by=by, seed=seed, level=level, draws=links)
        if report:
            from uncounted.estimate.report import write

            found = estimating.basis(case, lists, draws=links, seed=seed)
            tables = [estimating.rows(found, linkage) for linkage in found.linkages]
            title = f"How many in all: {case.opened.title}"
            write(report, tables[0], title=title, seed=seed, level=level, linkages=tables)
            click.echo(f"report written to {report}", err=True)
    click.echo(f"recorded as entry {entry.number}; it is no part of the toll", err=True)
    fact = entry.fact
    assert isinstance(fact, EstimateMade)
    if "refused" in said:
        click.echo(json.dumps(said, ensure_ascii=False) if as_json else f"No number. {said['refused']}")
        raise SystemExit(3)
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False, allow_nan=False))
        return
    click.echo(words(said))


def _show(entries: list[Any], as_json: bool) -> None:
    import msgspec

    if as_json:
        click.echo(json.dumps([{"entry": e.number, "at": e.at, **msgspec.to_builtins(e.fact)} for e in entries]))
        return
    for entry in entries:
        click.echo(f"{entry.number}  {entry.at}  {_line(entry.fact)}")
    if not entries:
        click.echo("No estimate was made in this case.")


def _line(fact: EstimateMade) -> str:
    over = f" by {', '.join(fact.by)}" if fact.by else ""
    if fact.refused is not None:
        return f"{fact.model}{over}: no number. {fact.refused}"
    return (
        f"{fact.model}{over}, lists {', '.join(fact.lists)}: {fact.median:,.0f} ({fact.low:,.0f} to {fact.high:,.0f}, "
        f"{fact.level:.0%}); {fact.observed:,} recorded by these lists"
    )
