"""Searches that people of a case saved, in a file beside the ledger: a convenience, no evidence."""

import os
from pathlib import Path

import msgspec

from uncounted.case.case import Case
from uncounted.model.errors import BadInput

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
    """Save a search; one of the same name is replaced."""
    if not search.name.strip() or len(search.name) > 100 or len(search.query) > 1000:
        raise BadInput("the saved search", "its name has 1 to 100 letters", "Choose another.")
    _write(case, [search, *(one for one in saved(case) if one.name != search.name)])


def forget(case: Case, name: str) -> None:
    """Forget a saved search."""
    _write(case, [one for one in saved(case) if one.name != name])


def _write(case: Case, searches: list[Search]) -> None:
    kept = sorted(searches, key=lambda one: one.name.casefold())[:MOST]
    with case.writing("save a search"):
        fresh = _path(case).with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(msgspec.json.encode(kept))
        fresh.replace(_path(case))


def _path(case: Case) -> Path:
    return case.folder / SEARCHES
