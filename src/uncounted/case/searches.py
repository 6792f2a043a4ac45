"""Searches that people of a case saved, in a file beside the ledger: a convenience, no evidence."""

from pathlib import Path

import msgspec

from uncounted.case.case import Case
from uncounted.case.people import write_private
from uncounted.model.errors import BadInput, Refused

SEARCHES = "searches.json"
MOST = 200


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """A search under a name: ``query`` is the address's query, as the search page takes it."""

    name: str
    query: str
    by: str


def saved(case: Case) -> tuple[Search, ...]:
    """The saved searches, in order of their names."""
    try:
        return msgspec.json.decode(_path(case).read_bytes(), type=tuple[Search, ...])
    except FileNotFoundError:
        return ()


def save(case: Case, search: Search) -> None:
    """Save a search; one of the same name is replaced. :class:`Refused` when there are :data:`MOST` others."""
    if not search.name.strip() or len(search.name) > 100 or len(search.query) > 1000:
        raise BadInput("the saved search", "its name has 1 to 100 letters", "Choose another.")
    with case.writing("save a search"):
        others = [one for one in saved(case) if one.name != search.name]
        if len(others) >= MOST:
            raise Refused("the saved search", f"the case keeps {MOST} at most", "Forget another one first.")
        _write(case, [search, *others])


def forget(case: Case, name: str) -> None:
    """Forget a saved search."""
    with case.writing("forget a search"):
        _write(case, [one for one in saved(case) if one.name != name])


def _write(case: Case, searches: list[Search]) -> None:
    write_private(_path(case), msgspec.to_builtins(sorted(searches, key=lambda one: one.name.casefold())))


def _path(case: Case) -> Path:
    return case.folder / SEARCHES
