"""Captures and claims as they stand, and the order in which claims are reviewed."""

from uncounted.ledger.views.store import Store
from uncounted.model.errors import NotFound
from uncounted.model.evidence import Capture
from uncounted.model.facts import (
    Entry,
)
from uncounted.model.review import ReviewedClaim, Status


class Reviewed(Store):
    """Questions about captures and claims. A part of :class:`~uncounted.ledger.views.Views`."""

    def captures(self) -> list[Capture]:
        """Return all captures in the order they were taken, with what was said of them later."""
        return self._bodies(Capture, "SELECT body FROM captures ORDER BY entry, id")

    def capture(self, name: str) -> Capture:
        """Return one capture; ``NotFound`` if there is none of that id."""
        return self._one(Capture, f"capture {name}", "SELECT body FROM captures WHERE id = ?", name)

    def claims(self, status: Status | None = None, capture: str | None = None) -> list[ReviewedClaim]:
        """Return claims as they stand; all, or those of a status or capture.

        In the order they first appeared; those that wait for review in the order of review: what two readers agree on
        comes after everything else.
        """
        where = [text for text, value in (("status = ?", status), ("capture = ?", capture)) if value is not None]
        query = "SELECT body FROM claims" + (" WHERE " + " AND ".join(where) if where else "")  # noqa: S608
        values = tuple(value for value in (status, capture) if value is not None)
        order = " ORDER BY agreed, entry, position, id" if status == "proposed" else " ORDER BY entry, position, id"
        return self._bodies(ReviewedClaim, query + order, values)

    def claim(self, name: str) -> ReviewedClaim:
        """Return one claim as it stands; ``NotFound`` if there is none of that id."""
        return self._one(ReviewedClaim, f"claim {name}", "SELECT body FROM claims WHERE id = ?", name)

    def next_claim(self, after: str | None = None) -> ReviewedClaim | None:
        """Return the first proposed claim, or the first that comes after the claim ``after``; ``None`` at the end."""
        place = self._all("SELECT agreed, entry, position, id FROM claims WHERE id = ?", (after,))
        start = place[0] if place else (-1, -1, -1, "")
        found = self._bodies(
            ReviewedClaim,
            "SELECT body FROM claims WHERE status = 'proposed' AND (agreed, entry, position, id) > (?, ?, ?, ?)"
            " ORDER BY agreed, entry, position, id LIMIT 1",
            start,
        )
        return found[0] if found else None

    def beside(self, name: str) -> tuple[str | None, str | None]:
        """Return the ids of the claims before and after one, whatever their status; ``None`` at an end."""
        here = self._all("SELECT agreed, entry, position, id FROM claims WHERE id = ?", (name,))
        if not here:
            raise NotFound(f"claim {name}", "the case holds none of that name")
        query = (
            "SELECT id FROM claims WHERE (agreed, entry, position, id) {0} (?, ?, ?, ?)"
            " ORDER BY agreed {1}, entry {1}, position {1}, id {1}"
        )
        before = self._all(query.format("<", "DESC") + " LIMIT 1", here[0])
        after = self._all(query.format(">", "ASC") + " LIMIT 1", here[0])
        return (before[0][0] if before else None), (after[0][0] if after else None)

    def counts(self) -> dict[Status, int]:
        """Return how many claims have each status."""
        found: dict[Status, int] = {"proposed": 0, "accepted": 0, "rejected": 0}
        found.update(dict(self._all("SELECT status, n FROM tallies")))
        return found

    def statuses(self) -> dict[str, Status]:
        """Return each claim's status by its id, without reading the claims."""
        return dict(self._all("SELECT id, status FROM claims"))

    def was_read(self, capture: str, text: str, reader: str) -> bool:
        """Say whether that reader, in that version, read that text of the capture already.

        Of one version with changes that were learned and without (``grammar/1+1f2e``, ``grammar/1``), the newest
        reading counts alone, so that forgetting is followed by reading again.
        """
        version = reader.partition("+")[0]
        query = "SELECT reader FROM readings WHERE capture = ? AND text = ? ORDER BY entry DESC"
        names = [name for (name,) in self._all(query, (capture, text)) if name.partition("+")[0] == version]
        return bool(names) and names[0] == reader

    def history(self, subject: str) -> list[Entry]:
        """Return all entries that touch a capture, a claim or a list entry (``LIST:ID``), oldest first."""
        rows = self._all("SELECT entry FROM touches WHERE subject = ? ORDER BY entry", (subject,))
        return [entry for (number,) in rows for entry in self._ledger.entries(number, number + 1)]
