"""What is shown as it was recorded: victim lists, tables, estimates, releases."""

import json

from uncounted.ledger.views.store import Store
from uncounted.model.facts import (
    ColumnsMapped,
    Entry,
    TableImported,
)
from uncounted.model.identity import canonical, digest
from uncounted.model.persons import ListEntry, ListVersion


class Recorded(Store):
    """Lists, tables, estimates and releases. A part of :class:`~uncounted.ledger.views.Views`."""

    def list_versions(self) -> list[ListVersion]:
        """Return the versions of all victim lists, by list and then from the earliest to the newest."""
        return self._bodies(ListVersion, "SELECT body FROM list_versions ORDER BY list, version")

    def list_captures(self) -> dict[str, str]:
        """Return the capture in which the newest version of each list came, by list."""
        return {version.list: version.capture for version in self.list_versions()}

    def list_state(self) -> str:
        """Return what tells one state of the victim lists from another."""
        rows = self._all("SELECT list, version, entry, body FROM list_versions ORDER BY list, version")
        return digest(canonical([[name, version, entry, body.decode()] for name, version, entry, body in rows]))

    def list_entries(self, name: str | None = None, version: str | None = None) -> list[ListEntry]:
        """Return the entries of one victim list, or of all, in the order they were read.

        Of each list these are the entries of its newest version, or of the ``version`` that is named.
        """
        where, values = ["version = (SELECT max(version) FROM list_versions v WHERE v.list = e.list)"], list[str]()
        if version is not None:
            where, values = ["version = ?"], [version]
        if name is not None:
            where, values = [*where, "list = ?"], [*values, name]
        query = "SELECT body FROM list_entries e WHERE " + " AND ".join(where)  # noqa: S608
        return self._bodies(ListEntry, query + " ORDER BY entry, position, list, id", tuple(values))

    def estimates(self) -> list[Entry]:
        """Return the entries that record estimates of the uncounted, oldest first."""
        return self._bodies(Entry, "SELECT body FROM estimates ORDER BY entry")

    def columns(self, table: str) -> ColumnsMapped | None:
        """Return what a person said the columns of an imported table mean, ``None`` if nobody did."""
        for key, event in self._stated("columns"):
            if key == json.dumps([table]) and isinstance(event.what, ColumnsMapped):
                return event.what
        return None

    def imports(self) -> dict[str, tuple[int, TableImported]]:
        """Return the newest import of each table that stands, with the number of its entry."""
        said = (event for _, event in self._stated("import"))
        return {e.what.table: (e.entry, e.what) for e in said if isinstance(e.what, TableImported)}

    def releases(self) -> list[Entry]:
        """Return the entries that record releases, oldest first."""
        return self._bodies(Entry, "SELECT body FROM releases ORDER BY entry")
