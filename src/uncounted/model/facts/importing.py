"""Facts about tables of others that were taken in."""

from uncounted.model.facts.base import Fact


class ColumnsMapped(Fact, frozen=True, kw_only=True):
    """A person said what the columns of a table mean: field → column; it holds for every later import of it."""

    table: str
    form: str
    columns: dict[str, str]


class TableImported(Fact, frozen=True, kw_only=True):
    """A table was imported, or updated from a newer file.

    ``object`` is the SHA-256 of the file, ``index`` that of the list of its rows as they now stand. ``first`` numbers
    the first entry of this import; what lies between that and this entry belongs to it and is what an undo takes back.
    """

    table: str
    form: str
    file: str
    object: str
    index: str
    first: int
    added: int
    changed: int
    gone: int
    same: int
    bad: int = 0
