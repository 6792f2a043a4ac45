"""Import tables of others, and update them: the difference first, then good rows or nothing, undone by one command."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from uncounted.case.case import Case
from uncounted.case.reviewing import person
from uncounted.model.claims import Claim
from uncounted.model.errors import NotFound, Refused
from uncounted.model.evidence import Capture
from uncounted.model.facts import (
    Agent,
    AnyFact,
    CaptureTaken,
    ClaimJudged,
    ClaimsRead,
    ColumnsMapped,
    JudgementUndone,
    TableImported,
)
from uncounted.model.identity import capture_id, named_in_case
from uncounted.stages.capture.taken import utc_now
from uncounted.stages.exchange import (
    BadRow,
    Changed,
    Difference,
    Profile,
    Row,
    RowState,
    Stretch,
    difference,
    opened,
    profile,
    rows,
    stretches,
)
from uncounted.stages.exchange.difference import told
from uncounted.stages.exchange.sources import table as read_table

BATCH = 500
"""Judgements that share one durable write."""

Index = dict[str, RowState]
Told = Callable[[str, int], None]


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What an import would do, for a person to see before it is done. Nothing is recorded yet.

    ``mapped`` is the mapping that a person gave now, ``None`` where the remembered one or the form's own holds.
    """

    table: str
    form: str
    path: Path
    data: bytes
    profile: Profile
    difference: Difference
    bad: tuple[BadRow, ...]
    before: Index
    how: str
    mapped: dict[str, str] | None = None


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did. ``entry`` is the number by which it can be undone, ``None`` when there was nothing to do."""

    table: str
    entry: int | None
    added: int
    changed: int
    gone: int
    same: int
    bad: int


def propose(
    case: Case, path: Path, form: str, *, table: str | None = None, columns: Mapping[str, str] | None = None,
    encoding: str | None = None, day_first: bool = False, limit: int = 2_000_000_000,
    progress: Told = lambda what, done: None,
) -> Proposal:  # fmt: skip
    """Read a table and compare it with the case; records nothing.

    ``table`` is the name under which the case knows it (the form's, if not given); ``columns`` maps fields to columns
    where the form leaves them open. Raises :class:`BadInput` when the file as a whole cannot be read.
    """
    name = table or form
    held = case.views.columns(name)
    known = dict(columns) if columns else (held.columns if held and held.form == form else None)
    made = profile(form, known)
    if day_first:
        made = msgspec.structs.replace(made, day_first=True)
    source, data = opened(path, limit, encoding)
    good: dict[str, Row] = {}
    bad: list[BadRow] = []
    for number, row in enumerate(rows(source, made), 1):
        if isinstance(row, BadRow):
            bad.append(row)
        else:
            good[row.key] = row
        if number % 1000 == 0:
            progress("read rows", number)
    before = index(case, name)
    found = difference(good, before)
    # A row that cannot be read now is not gone: what it said before stands until it can be read again.
    unread = {row.key for row in bad}
    gone = () if None in unread else tuple(key for key in found.gone if key not in unread)
    return Proposal(
        table=name, form=form, path=path, data=data, profile=made,
        difference=msgspec.structs.replace(found, gone=gone), bad=tuple(bad), before=before,
        mapped=dict(columns) if columns and not (held and held.columns == dict(columns)) else None,
        how=f"{path.suffix.lower().lstrip('.')}{';' + encoding if encoding else ''}",
    )  # fmt: skip


def changes(case: Case, proposal: Proposal, most: int = 20) -> tuple[Changed, ...]:
    """Of the first rows that changed, which cells: as they stood, and as they stand now."""
    some = proposal.difference.changed[:most]
    before = _cells(case, {row.key: proposal.before[row.key] for row in some})
    return tuple(told(row, before.get(row.key, {})) for row in some)


def carry_out(
    case: Case, proposal: Proposal, by: str, *, good_rows: bool = False, drop_gone: bool = False, accept: bool = False,
    progress: Told = lambda what, done: None,
) -> Imported:  # fmt: skip
    """Do what was proposed.

    With bad rows nothing goes in unless ``good_rows`` (:class:`Refused` names the first). A row that changed is written
    anew; its earlier claims are set aside in the person's name, and when one of them was accepted the new ones are
    accepted too. Rows that are gone keep their claims unless ``drop_gone``. ``accept`` accepts every new claim.
    """
    found = proposal.difference
    if proposal.bad and not good_rows:
        rule = f"{len(proposal.bad)} of its rows cannot go in, so nothing did; the first: {proposal.bad[0]}"
        raise Refused(proposal.path.name, rule, "Mend them, or take the good rows alone with --good-rows")
    gone = found.gone if drop_gone else ()
    if not (found.added or found.changed or gone or proposal.mapped):
        return _done(proposal, None, gone)
    with case.writing("import a table"):
        case.views.catch_up()
        if index(case, proposal.table) != proposal.before:
            rule = f"table {proposal.table!r} was imported or taken back since it was compared, so nothing went in"
            raise Refused(proposal.path.name, rule, "Compare again, then import")
        first = len(case.ledger)
        who = person(by)
        if proposal.mapped:
            case.record(who, ColumnsMapped(table=proposal.table, form=proposal.form, columns=proposal.mapped))
        state = dict(proposal.before)
        file = case.objects.put(proposal.data)
        fresh = [*found.added, *found.changed]
        written = _write(case, proposal, file, fresh, progress)
        judged = _set_aside(case, proposal, [row.key for row in found.changed], gone, written)
        if accept:
            done = {fact.claim for fact in judged if isinstance(fact, ClaimJudged)}
            judged += [
                ClaimJudged(claim=claim, verdict="accepted", reason="accepted on import")
                for one in written.values() for claim in one.claims if claim not in done
            ]  # fmt: skip
        for start in range(0, len(judged), BATCH):
            case.record(who, *judged[start : start + BATCH])
            progress("judge claims", start)
        state.update(written)
        for key in gone:
            state.pop(key, None)
        fact = TableImported(
            table=proposal.table, form=proposal.form, file=proposal.path.name, object=file,
            index=case.objects.put(msgspec.json.encode(state)), first=first, added=len(found.added),
            changed=len(found.changed), gone=len(gone), same=found.same, bad=len(proposal.bad),
        )  # fmt: skip
        (entry,) = case.record(who, fact)
    return _done(proposal, entry.number, gone)


def undo(case: Case, table: str, by: str) -> TableImported:
    """Take back the newest import of a table: its claims are withdrawn or set aside, its judgements undone.

    What was preserved stays preserved; a claim of it that a person has judged since stays as they judged it.
    """
    held = case.views.imports().get(table)
    if held is None:
        raise NotFound(
            f"table {table!r}", "no import of it stands", f"Tables: {', '.join(case.views.imports()) or 'none'}"
        )
    number, fact = held
    who = person(by)
    with case.writing("undo an import"):
        undone: list[AnyFact] = []
        read: set[str] = set()
        for entry in case.ledger.entries(fact.first, number):
            if isinstance(entry.fact, ClaimsRead):
                read.update(claim.id for claim in entry.fact.claims)
                machine = Agent("machine", entry.fact.reader)
                case.record(machine, msgspec.structs.replace(entry.fact, claims=()))
            elif isinstance(entry.fact, ClaimJudged | ColumnsMapped):
                undone.append(JudgementUndone(entry=entry.number, reason=f"import {number} undone"))
        undone.append(JudgementUndone(entry=number, reason="import undone"))
        for start in range(0, len(undone), BATCH):
            case.record(who, *undone[start : start + BATCH])
        # A claim of which anybody ever spoke is not forgotten: those that the import itself accepted are set aside.
        status = case.views.statuses()
        left = sorted(name for name in read if status.get(name) == "proposed")
        facts = [ClaimJudged(claim=name, verdict="rejected", reason=f"import {number} undone") for name in left]
        for start in range(0, len(facts), BATCH):
            case.record(who, *facts[start : start + BATCH])
    return fact


def index(case: Case, table: str) -> Index:
    """The rows of a table as they stand, by key."""
    held = case.views.imports().get(table)
    return msgspec.json.decode(case.objects.get(held[1].index), type=Index) if held else {}


def current(case: Case, table: str) -> Iterator[tuple[RowState, dict[str, str]]]:
    """Every row of a table as it stands: its state, and its cells as the strings that its file holds."""
    held = case.views.imports().get(table)
    if held is None:
        raise NotFound(
            f"table {table!r}", "no import of it stands", f"Tables: {', '.join(case.views.imports()) or 'none'}"
        )
    state = index(case, table)
    cells = _cells(case, state)
    for key, one in state.items():
        yield one, cells[key]


def _cells(case: Case, wanted: Index) -> dict[str, dict[str, str]]:
    """The cells of rows, read again from the files that they came in."""
    found: dict[str, dict[str, str]] = {}
    by_file: dict[tuple[str, str], dict[int, str]] = {}
    for key, one in wanted.items():
        by_file.setdefault((one.object, one.how), {})[one.line] = key
    for (name, how), lines in by_file.items():
        suffix, _, encoding = how.partition(";")
        source = read_table(f"table.{suffix}", case.objects.get(name), encoding=encoding or None)
        for line in source.lines:
            if line.number in lines:
                found[lines[line.number]] = line.cells
    return found


def _write(case: Case, proposal: Proposal, file: str, fresh: Sequence[Row], progress: Told) -> Index:
    """Record rows as captures and claims; returns how each then stands."""
    state: Index = {}
    known = {capture.id for capture in case.views.captures()}
    at = utc_now()
    reader = f"table-{proposal.form}/1"
    for stretch in stretches(fresh, proposal.profile):
        capture = _capture(case, proposal, stretch, file, at)
        claims = _named(stretch, capture.id)
        flat = tuple(claim for of in claims for claim in of)
        facts: list[AnyFact] = [] if capture.id in known else [CaptureTaken(capture=capture)]
        if not proposal.profile.texts or flat:
            facts.append(ClaimsRead(capture=capture.id, text=str(capture.text), reader=reader, claims=flat))
        case.record(Agent("machine", reader), *facts)
        for row, of in zip(stretch.rows, claims, strict=True):
            names = tuple(claim.id for claim in of)
            state[row.key] = RowState(row.digest, file, row.line, capture.id, names, proposal.how)
        progress("record rows", len(state))
    return state


def _capture(case: Case, proposal: Proposal, stretch: Stretch, file: str, at: str) -> Capture:
    made, data = proposal.profile, stretch.text.encode()
    row = stretch.rows[0]
    own = row if made.texts else None
    return Capture(
        id=capture_id(file, stretch.part), object=file, part=stretch.part, form="row", size=len(proposal.data),
        name=proposal.path.name, taken=at, text=case.objects.put(data), characters=len(stretch.text),
        extractor=f"{'rows' if made.texts else 'figures'}-{made.name}/1",
        title=(own.said("title") if own else None) or f"{made.title}, {stretch.part}",
        publisher=(own.said("publisher") if own else None) or made.publisher,
        published=_date(own.said("published")) if own else None, url=own.said("url") if own else None,
        language=made.language,
    )  # fmt: skip


def _date(said: str | None) -> str | None:
    from uncounted.stages.capture.dates import iso_date

    return iso_date(said) if said else None


def _named(stretch: Stretch, capture: str) -> list[tuple[Claim, ...]]:
    """The claims of a stretch under their names in a case, row by row."""
    return [
        named_in_case(tuple(msgspec.structs.replace(claim, document=capture) for claim in of)) for of in stretch.claims
    ]


def _set_aside(
    case: Case, proposal: Proposal, changed: Sequence[str], gone: Sequence[str], written: Index
) -> list[AnyFact]:
    """The judgements by which changed and gone rows lose their earlier claims, and accepted ones hand on."""
    why = f"the row was changed by {proposal.path.name}"
    facts: list[AnyFact] = []
    status = case.views.statuses() if changed or gone else {}
    for key in changed:
        old = proposal.before[key].claims
        facts += [ClaimJudged(claim=claim, verdict="rejected", reason=why) for claim in old if claim in status]
        if any(status.get(claim) == "accepted" for claim in old):
            facts += [ClaimJudged(claim=claim, verdict="accepted", reason=why) for claim in written[key].claims]
    why = f"the row is not in {proposal.path.name}"
    for key in gone:
        old = proposal.before[key].claims
        facts += [ClaimJudged(claim=claim, verdict="rejected", reason=why) for claim in old if claim in status]
    return facts


def _done(proposal: Proposal, entry: int | None, gone: Sequence[str]) -> Imported:
    found = proposal.difference
    return Imported(
        table=proposal.table, entry=entry, added=len(found.added), changed=len(found.changed), gone=len(gone),
        same=found.same, bad=len(proposal.bad),
    )  # fmt: skip
