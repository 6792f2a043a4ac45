"""The sheet of an audit: drawn records with their likeliest candidates, for a person to fill in without a machine's
word, and read back."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from uncounted.model.errors import BadInput
from uncounted.stages.match.persons.between import Between
from uncounted.stages.match.persons.lists import VictimList

NOBODY = "none"
"""What a person writes when no entry of the other list is the drawn one."""
SHOWN = 5
COLUMNS = ("audit", "entry", "name", "sex", "age", "mate", "reason", *(f"candidate {n + 1}" for n in range(SHOWN)))
Answer = tuple[str, str, str | None, str]
"""Audit, drawn entry, mate (``LIST:ID``, ``None`` for nobody), reason."""


def write_sheet(path: Path, audits: Iterable[tuple[str, Between, Iterable[int]]]) -> int:
    """Write one row a drawn record, ``mate`` and ``reason`` left empty; return how many.

    Candidates stand in the order of their ids, without a probability and without saying who is linked.
    """
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for audit, found, rows in audits:
            for row in rows:
                name, sex, age = _said(found.left, row)
                mates = [
                    " ".join([f"{found.right.name}:{found.right.ids[at]}", *filter(None, _said(found.right, at))])
                    for at in found.candidates(row, SHOWN)
                ]
                writer.writerow([audit, f"{found.left.name}:{found.left.ids[row]}", name, sex, age, "", "", *mates])
                count += 1
    return count


def _said(one: VictimList, row: int) -> tuple[str, str, str]:
    age = one.age[row]
    return one.names[row], one.sex[row], "" if age is None else str(age)


def read_sheet(path: Path) -> Iterator[Answer]:
    """Yield the answers of a filled sheet; a row with an empty ``mate`` is not answered yet.

    A mate is written as ``LIST:ID`` (what stands after a space is passed over) or :data:`NOBODY`. Raises
    :class:`BadInput` for a file that is no sheet.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput(str(path), f"cannot be read ({fault})", "Save the sheet as CSV in UTF-8.") from fault
    if not rows or not {"audit", "entry", "mate"} <= set(rows[0]):
        raise BadInput(str(path), "it is no sheet of an audit", "Write one: uncounted match --audit 300 --sheet FILE")
    for row in rows:
        mate = (row["mate"] or "").strip()
        if mate:
            nobody = mate.casefold() == NOBODY
            yield row["audit"], row["entry"], None if nobody else mate.split()[0], (row.get("reason") or "").strip()
