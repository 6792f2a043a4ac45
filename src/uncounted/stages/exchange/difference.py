"""What an update would change: rows by their key, against the rows as they stood after the last import."""

from collections.abc import Mapping

import msgspec

from uncounted.stages.exchange.rows import Row


class RowState(msgspec.Struct, frozen=True, array_like=True):
    """A row as it went in: digest of its cells, file (SHA-256) and line, the capture that writes it out, its claims.

    ``how`` is how to read the file again: its suffix, and its charset after a semicolon where a person named one.
    """

    digest: str
    object: str
    line: int
    capture: str
    claims: tuple[str, ...]
    how: str = "csv"


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """One row that changed: column → (as it stood, as it stands now)."""

    key: str
    line: int
    cells: dict[str, tuple[str, str]]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What an import would do: rows to add, rows whose cells changed, rows that are no longer there, rows as before."""

    added: tuple[Row, ...]
    changed: tuple[Row, ...]
    gone: tuple[str, ...]
    same: int


def difference(rows: Mapping[str, Row], before: Mapping[str, RowState]) -> Difference:
    """Compare rows by key with the rows as they stood."""
    added, changed, same = [], [], 0
    for key, row in rows.items():
        held = before.get(key)
        if held is None:
            added.append(row)
        elif held.digest != row.digest:
            changed.append(row)
        else:
            same += 1
    gone = tuple(key for key in before if key not in rows)
    return Difference(added=tuple(added), changed=tuple(changed), gone=gone, same=same)


def told(row: Row, before: Mapping[str, str]) -> Changed:
    """Which cells of a row changed; an empty cell and a missing column are the same."""
    columns = dict.fromkeys([*before, *row.cells])
    cells = {
        column: (before.get(column, ""), row.cells.get(column, ""))
        for column in columns
        if before.get(column, "") != row.cells.get(column, "")
    }
    return Changed(key=row.key, line=row.line, cells=cells)
