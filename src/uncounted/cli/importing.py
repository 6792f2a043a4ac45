"""``uncounted import``: take in what others publish and collect, and update it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncounted.cli.common import acting, answer, by_option, case_option, json_option, open_case, shown_safely
from uncounted.model.errors import BadInput, Refused

if TYPE_CHECKING:
    from uncounted.case import Case
    from uncounted.case.importing import Imported, Proposal

TABLES = ("ucdp", "acled", "airwars", "ibc", "kobo", "uwazi", "bayanat", "atlos", "table")
ARCHIVES = ("auto-archiver", "wacz", "mbox", "telegram", "whatsapp", "twitter")


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--as", "form", type=click.Choice([*TABLES, *ARCHIVES]), default="table", show_default=True,
              metavar="FORM", help="What it is: " + ", ".join([*TABLES, *ARCHIVES]) + ".")  # fmt: skip
@click.option("--table", metavar="NAME", help="The name under which the case keeps it [default: the form's].")
@click.option("--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="What a column means; remembered.")
@click.option("--diff", "only_diff", is_flag=True, help="Show what would change, and stop.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--good-rows", is_flag=True, help="Take the good rows; else one bad row keeps all out.")
@click.option("--drop-gone", is_flag=True, help="Set aside the claims of rows that are no longer there.")
@click.option("--accept", is_flag=True, help="Accept every claim that goes in, in your name.")
@click.option("--day-first", is_flag=True, help="Dates like 3/4/2025 are the third of April.")
@click.option("--encoding", help="The charset of the file, where it is not UTF-8.")
@click.option(
    "--limit", type=int, default=2000, show_default=True, metavar="MB", help="The largest file, unpacked too."
)
@click.option("--undo", "undone", metavar="TABLE", help="Take back the newest import of a table.")
@case_option
@by_option
@json_option
def command(
    file: Path | None, form: str, table: str | None, columns: tuple[str, ...], only_diff: bool, yes: bool,
    good_rows: bool, drop_gone: bool, accept: bool, day_first: bool, encoding: str | None, limit: int,
    undone: str | None, folder: Path, by: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Import FILE, or update what was imported from it before.

    Each row becomes evidence with every cell as it stands; figures become claims that quote it. An update shows what
    changed first, changes only that, and 'uncounted import --undo TABLE' takes it back. Columns are mapped once.
    """
    from uncounted.case import importing

    with open_case(folder) as case:
        if undone:
            fact = importing.undo(case, undone, acting(by))
            click.echo(f"undone: {fact.added} added, {fact.changed} changed rows of {fact.file}", err=as_json)
            return
        if file is None:
            raise BadInput("import", "a file is missing", "Name one, or take an import back with --undo TABLE")
        if form in ARCHIVES:
            _archive(case, file, form, acting(by), limit * 1_000_000, as_json=as_json)
            return
        given = dict(_pair(column) for column in columns)
        with _bar() as told:
            proposal = importing.propose(
                case, file, form, table=table, columns=given, encoding=encoding, day_first=day_first,
                limit=limit * 1_000_000, progress=told,
            )  # fmt: skip
            _say(case, proposal, quiet=as_json and not only_diff, as_json=as_json)
            if only_diff:
                return
            _ask(proposal, yes=yes)
            done = importing.carry_out(
                case, proposal, acting(by), good_rows=good_rows, drop_gone=drop_gone, accept=accept, progress=told
            )
        _finish(done, as_json=as_json)
        if proposal.bad:
            sys.exit(BadInput.exit_status)


def _say(case: "Case", proposal: "Proposal", *, quiet: bool, as_json: bool) -> None:
    """Bad rows on standard error; what would change where there is something to compare with."""
    from uncounted.case import importing

    for row in proposal.bad:
        click.echo(shown_safely(f"{proposal.path.name}, {row}"), err=True)
    found = proposal.difference
    changed = importing.changes(case, proposal) if found.changed else ()
    if as_json and not quiet:
        answer({"added": len(found.added), "changed": len(found.changed), "gone": list(found.gone), "same": found.same,
                "bad": [{"line": row.line, "column": row.column, "rule": row.rule} for row in proposal.bad],
                "changes": changed})  # fmt: skip
        return
    if quiet:
        return
    told = f"{len(found.added)} rows to add, {len(found.changed)} changed, {found.same} as before"
    click.echo(f"{proposal.path.name}: {told}, {len(found.gone)} no longer there, {len(proposal.bad)} bad")
    for one in changed:
        click.echo(f"  {shown_safely(one.key)} (line {one.line})")
        for column, (old, new) in one.cells.items():
            click.echo(f"    {shown_safely(column)}: {_plain(old)} → {_plain(new)}")
    if len(found.changed) > len(changed):
        click.echo(f"  … and {len(found.changed) - len(changed)} more")


def _plain(said: str) -> str:
    """A cell on a terminal, cut where it is long."""
    shown = shown_safely(said)
    return repr(shown if len(shown) <= 60 else shown[:59] + "…") if shown else "(empty)"


def _ask(proposal: "Proposal", *, yes: bool) -> None:
    """An update is done only after its difference was seen: asked on a terminal, said with --yes elsewhere."""
    if yes or not proposal.before or not (proposal.difference.changed or proposal.difference.added):
        return
    if not sys.stdin.isatty():
        rule = "an update is done once its difference was seen"
        raise Refused(proposal.path.name, rule, "Look at it with --diff, then say --yes")
    click.confirm("Do this?", abort=True)


def _finish(done: "Imported", *, as_json: bool) -> None:
    if as_json:
        answer(done)
    elif done.entry is None:
        click.echo("nothing to do: every row is as it was")
    else:
        told = f"{done.added} rows added, {done.changed} changed, {done.gone} set aside"
        click.echo(f"{told}, {done.bad} left out; take it back with: uncounted import --undo {done.table}")


def _archive(case: "Case", file: Path, form: str, by: str, limit: int, *, as_json: bool) -> None:
    from uncounted.case import intake
    from uncounted.cli.add import _tell
    from uncounted.cli.common import progress
    from uncounted.model.facts import Agent
    from uncounted.stages.capture import Options
    from uncounted.stages.capture.archives import archived

    options = Options(limit=limit, inflated=limit)
    outcomes = []
    for outcome in intake.add(case, progress(archived(file, form, options), "import"), Agent("person", by)):
        outcomes.append(outcome)
        _tell(outcome, quiet=as_json)
    if as_json:
        answer(outcomes)
    if any(outcome.kind == "fault" for outcome in outcomes):
        sys.exit(BadInput.exit_status)


def _pair(column: str) -> tuple[str, str]:
    field, equals, name = column.partition("=")
    if not equals:
        raise BadInput(f"--column {column}", "a column is named as FIELD=COLUMN", "Like --column killed=Deaths")
    return field.strip(), name.strip()


@contextmanager
def _bar() -> Iterator[Callable[[str, int], None]]:
    """Lend a callback for (what is being done, how many rows); on a terminal it counts on standard error."""
    from tqdm import tqdm

    with tqdm(delay=0.5, disable=None, leave=False, unit=" rows") as shown:

        def told(what: str, done: int) -> None:
            shown.set_description(what, refresh=False)
            shown.update(done - shown.n)

        yield told
