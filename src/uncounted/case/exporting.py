"""Write an imported table back as it stands: the columns of its files, each row as its newest file has it."""

from pathlib import Path

from uncounted.case import importing
from uncounted.case.case import Case
from uncounted.case.new_file import write_new
from uncounted.model.errors import Refused
from uncounted.stages.exchange import written_back
from uncounted.stages.exchange.sources import table as read_table


def write_table(case: Case, table: str, target: Path) -> int:
    """Write a table into a new file, ``.csv`` or ``.xlsx``, and return how many rows it has.

    Columns are those of its newest file, then those that only earlier files had; rows keep the order in which they
    first came. The file is its owner's alone, and whole or not there. Raises :class:`NotFound` when no import of it
    stands, :class:`Refused` when the file is there already.
    """
    if target.exists():
        raise Refused(str(target), "it exists already", "Choose another name")
    rows = [cells for _, cells in importing.current(case, table)]
    data = written_back(target.name, columns(case, table), rows)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_new(str(target), target, data)
    return len(rows)


def columns(case: Case, table: str) -> tuple[str, ...]:
    """The columns of a table: those of its newest file in their order, then those that earlier files alone had."""
    _, newest = case.views.imports()[table]
    states = importing.index(case, table).values()
    files = dict.fromkeys((one.object, one.how) for one in states if one.object != newest.object)
    how = next((one.how for one in states if one.object == newest.object), newest.file.rpartition(".")[2].lower())
    found: dict[str, None] = {}
    for name, form in ((newest.object, how), *files):
        suffix, _, encoding = form.partition(";")
        found |= dict.fromkeys(read_table(f"table.{suffix}", case.objects.get(name), encoding=encoding or None).columns)
    return tuple(found)
