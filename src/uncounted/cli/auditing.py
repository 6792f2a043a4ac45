"""``uncounted match``: audits of links, their rates, and draws of the linkage; in a case and for files alone."""

import csv
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uncounted.cli.common import acting, answer, open_case
from uncounted.model.errors import BadInput, NotEnough

if TYPE_CHECKING:
    from uncounted.stages.match.persons.between import Between
    from uncounted.stages.match.persons.match import Matched

Linkage = Sequence[Sequence[str]]


def audit_case(folder: Path, by: str | None, size: int | None, sheet: Path | None, *, seed: int) -> None:
    """Draw audits in a case, or name those that are drawn, and write their sheet."""
    from uncounted.case import auditing

    with open_case(folder) as case:
        if size is not None:
            auditing.draw(case, size, acting(by), seed=seed)
        audits = [drawn.audit for drawn in case.views.audits()]
        newest = {(drawn.left, drawn.right): drawn.audit for drawn in case.views.audits()}
        for drawn in case.views.audits():
            click.echo(f"{drawn.audit}  {drawn.left} against {drawn.right}: {len(drawn.records)} records", err=True)
        if sheet is not None and audits:
            count = auditing.write_sheet(case, newest.values(), sheet)
            _sheet_told(count, sheet)


def answers_case(folder: Path, by: str | None, sheets: Iterable[Path]) -> None:
    """Record the answers of filled sheets as one person's."""
    from uncounted.case import auditing

    with open_case(folder) as case:
        for sheet in sheets:
            click.echo(f"{auditing.take_sheet(case, sheet, acting(by))} new answers of {sheet} recorded", err=True)


def rates_case(folder: Path, *, as_json: bool) -> None:
    """Say what the audits of a case tell: rates of missed and false links by stratum."""
    from uncounted.case import auditing

    with open_case(folder) as case:
        told = auditing.told(case)
    if as_json:
        answer(told)
        return
    if not told:
        raise NotEnough("the links", "no audit was drawn", "Draw one: uncounted match --audit 300 --sheet FILE")
    for one in told:
        click.echo(f"{one.audit}: {one.left} against {one.right}, {one.answered} of {one.drawn} records looked up, "
                   f"{one.twice} of them by two people")  # fmt: skip
        if one.refused:
            click.echo(f"  no rate yet: {one.refused}")
        _rates_told(one.strata)


def draws_case(folder: Path, k: int, out: Path | None, tables: Path | None, *, seed: int) -> None:
    """Write draws of a case's linkage."""
    from uncounted.case import auditing
    from uncounted.case.lists import current

    with open_case(folder) as case:
        made = auditing.draws(case, k, seed)
        _write(made, sorted(current(case)), out, tables)


def audit_files(found: "Matched", size: int, sheet: Path | None, *, seed: int) -> None:
    """Draw an audit of the links of files and write its sheet."""
    from uncounted.stages.match.persons.sheet import write_sheet

    if sheet is None:
        raise BadInput("--audit", "the drawn records are written to a sheet", "Give --sheet FILE")
    drawn = [(_name(one), one, [row for row, _ in one.drawn(size, seed)]) for one in _betweens(found)]
    _sheet_told(write_sheet(sheet, drawn), sheet)


def draws_files(
    found: "Matched", k: int, sheets: Sequence[Path], out: Path | None, tables: Path | None, *, seed: int
) -> None:
    """Write draws of the linkage of files, as the answers on filled sheets (one a person) leave it open."""
    from uncounted.stages.match.persons.audit import STRATA, posterior, rates
    from uncounted.stages.match.persons.between import looked
    from uncounted.stages.match.persons.linkages import Audited, linkages
    from uncounted.stages.match.persons.sheet import read_sheet

    said: dict[str, dict[str, dict[str, str | None]]] = {}
    for sheet in sheets:
        for audit, entry, mate, _ in read_sheet(sheet):
            mate_id = None if mate is None else mate.partition(":")[2]
            said.setdefault(audit, {}).setdefault(entry.partition(":")[2], {})[str(sheet)] = mate_id
    audits = []
    for one in _betweens(found):
        if _name(one) not in said:
            raise NotEnough(
                f"the links between {one.left.name} and {one.right.name}",
                "no sheet given has an audit of these very links",
                "Draw one with --audit 300 --sheet FILE; two people fill a copy each; give both with --answers.",
            )
        verdicts = said[_name(one)]
        rows = {name: at for at, name in enumerate(one.left.ids)}
        drawn = [(rows[entry], STRATA[int(one.strata[rows[entry]])]) for entry in verdicts if entry in rows]
        audits.append(Audited(one, looked(one, drawn, verdicts)))
        answers = {name: held.answers for name, held in audits[-1].looked.items()}
        click.echo(f"{one.left.name} against {one.right.name}:", err=True)
        _rates_told(rates(answers, posterior(answers, 1000, seed)), err=True)
    _write(linkages(found.lists, audits, k, seed), [one.name for one in found.lists], out, tables)


def _betweens(found: "Matched") -> "list[Between]":
    from uncounted.stages.match.persons.between import between

    made = []
    for one, other in combinations(range(len(found.lists)), 2):
        left, right = found.lists[one], found.lists[other]
        links = [
            (a, b, p) for first, a, second, b, p in found.links(0.02) if (first, second) == (left.name, right.name)
        ]
        made.append(between(left, right, links))
    return made


def _name(one: "Between") -> str:
    return "a" + one.links[:10]


def _sheet_told(count: int, sheet: Path) -> None:
    click.echo(f"{count} records to look up are in {sheet}. Have two people fill a copy each, without seeing the "
               "other's: mate is LIST:ID, or none.", err=True)  # fmt: skip


def _rates_told(strata: Iterable[Any], *, err: bool = False) -> None:
    for one in strata:
        told = one.false or one.missed
        what = "of its links are wrong" if one.false else "have a mate that was missed"
        click.echo(
            f"  {one.stratum:<9} {one.size:>8,} records, {one.audited:>4} looked up: {told.median:6.1%} {what} "
            f"({told.low:.1%} to {told.high:.1%})",
            err=err,
        )


def _write(made: Sequence[Linkage], lists: Sequence[str], out: Path | None, tables: Path | None) -> None:
    """Write draws: every entry with its cluster, and how many persons each pattern of lists holds."""
    if out is None and tables is None:
        raise BadInput("--draws", "there is nowhere to write them", "Give --out FILE, --tables FILE, or both.")
    if out is not None:
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["draw", "cluster", "list", "id"])
            for draw, linkage in enumerate(made, 1):
                for number, cluster in enumerate(linkage, 1):
                    writer.writerows([draw, number, *entry.split(":", 1)] for entry in cluster)
        click.echo(f"{len(made)} draws of the linkage are in {out}", err=True)
    if tables is not None:
        with tables.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["draw", *lists, "count"])
            for draw, linkage in enumerate(made, 1):
                writer.writerows(
                    [draw, *pattern, count] for pattern, count in sorted(_patterns(linkage, lists).items())
                )
        click.echo(f"their tables are in {tables}; next: uncounted estimate {tables} --draws draw", err=True)


def _patterns(linkage: Linkage, lists: Sequence[str]) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], int] = {}
    for cluster in linkage:
        on = {entry.partition(":")[0] for entry in cluster}
        pattern = tuple(int(name in on) for name in lists)
        found[pattern] = found.get(pattern, 0) + 1
    return found
