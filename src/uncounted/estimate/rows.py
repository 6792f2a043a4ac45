"""From columns of text to persons: which columns are lists, which is the count, and what else is known of people."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from uncounted.estimate.covariates import Persons
from uncounted.estimate.tables import from_patterns
from uncounted.model.errors import BadInput

MARKS = {"0": 0.0, "1": 1.0, "0.0": 0.0, "1.0": 1.0, "false": 0.0, "true": 1.0}
COUNT = "count"
_REPEATED = re.compile(r"thr(esh(old)?)?(_|$)|draw|imput|linkage|replicate", re.IGNORECASE)
_WHOLE = {"all", "total", "any", "overall"}

Columns = Mapping[str, Sequence[str]]


def read_columns(
    columns: Columns,
    lists: Sequence[str] | None = None,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
) -> Persons:
    """Read columns of text, as a CSV file holds them, into persons.

    A column named ``count`` says how many people a row stands for; without it a row is a person. The lists are those
    named, or every column with nothing but 0 and 1 that is not in ``by`` or ``where``; other columns are covariates.
    ``where`` keeps the rows with these values. Raises :class:`BadInput` for a column that is nearly but not all 0 and
    1, for a wrong count or pattern, and for rows that would count people twice.
    """
    columns = {name.strip(): [value.strip() for value in values] for name, values in columns.items()}
    where = dict(where or {})
    for name in [*(lists or ()), *by, *where]:
        if name not in columns:
            raise BadInput(f"column {name!r}", "there is no such column", f"The columns are {', '.join(columns)}.")
    size = len(next(iter(columns.values()), ()))
    if not size:
        raise BadInput("the file", "holds no rows")
    rows = [i for i in range(size) if all(columns[name][i] == value for name, value in where.items())]
    if not rows:
        raise BadInput("the rows", f"none has {', '.join(f'{k} = {v}' for k, v in where.items())}")
    counter = next((name for name in columns if name.lower() == COUNT), None)
    free = [name for name in columns if name != counter and name not in by and name not in where]
    every = [name for name in free if _is_list(name, columns[name], lists)]
    if not every:
        raise BadInput("the file", "has no column of 0 and 1, so no list", "Give each list a column of 0 and 1.")
    counts = [1.0] * size if counter is None else [_number(value, i) for i, value in enumerate(columns[counter])]
    marks = np.array([[MARKS.get(columns[name][i].lower(), np.nan) for name in every] for i in range(size)])
    from_patterns(every, marks, counts)
    others = [name for name in columns if name not in every and name != counter and name not in where]
    _refuse_repeats(columns, [name for name in others if name not in by], rows)
    kept = [i for i in rows if counts[i] > 0]
    persons = Persons(
        tuple(every),
        marks[kept].astype(np.int64),
        np.array([counts[i] for i in kept], dtype=np.int64),
        {name: tuple(columns[name][i] for i in kept) for name in others},
    )
    return persons.keep(lists) if lists else persons


def _is_list(name: str, values: Sequence[str], lists: Sequence[str] | None) -> bool:
    odd = [i for i, value in enumerate(values) if value.lower() not in MARKS]
    if not odd:
        return True
    if (lists and name in lists) or (not lists and len(odd) < len(values) / 2):
        shown = f"{values[odd[0]]!r}" if values[odd[0]] else "nothing"
        raise BadInput(
            f"row {odd[0] + 1}, column {name!r}",
            f"holds {shown} where a list holds 0 or 1",
            "Missing is not zero: correct the row, or name the lists with --lists if this column is none.",
        )
    return False


def _number(value: str, row: int) -> float:
    try:
        return float(value)
    except ValueError:
        said = f"{value!r} is no count" if value else "has no count; missing is never zero"
        raise BadInput(f"row {row + 1}", said, "Correct the row.") from None


def _refuse_repeats(columns: Columns, others: Sequence[str], rows: Sequence[int]) -> None:
    """Stop before rows of one person under several thresholds, draws or totals are added up."""
    for name in others:
        kinds = sorted({columns[name][i] for i in rows})
        if len(kinds) < 2:
            continue
        if _REPEATED.search(name) or _WHOLE & {kind.lower() for kind in kinds}:
            raise BadInput(
                f"column {name!r}",
                f"seems to tell the same people several times ({', '.join(kinds[:4])} …); adding them up would count "
                "them more than once",
                f"Keep one with --where {name}={kinds[0]}, or treat each as a draw of the links with --draws {name}.",
            )
