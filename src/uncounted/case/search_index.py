"""Puts reports, claims and the entries of lists into the index's search, as they stand."""

from collections.abc import Callable, Iterable

from uncounted.case import consent
from uncounted.case.persons import key_of
from uncounted.case.searching import name_key, searchable_capture, searchable_claim, searchable_entry
from uncounted.ledger.index import Index
from uncounted.ledger.views import Views
from uncounted.model.evidence import Capture
from uncounted.model.identity import canonical, digest
from uncounted.model.review import ReviewedClaim
from uncounted.names import fold


def put_claims(index: Index, claims: Iterable[ReviewedClaim]) -> None:
    """Claims by their words and names."""
    index.search_in(searchable_claim(reviewed) for reviewed in claims)


def put_captures(index: Index, captures: Iterable[Capture], text: Callable[[str], str]) -> None:
    """Reports by their working texts."""
    index.search_in(searchable_capture(capture, text(capture.id)) for capture in captures)


def put_lists(index: Index, views: Views) -> None:
    """Entries of the current lists, where these or a consent changed; who refused to be counted is not found."""
    barred = consent.barred(views, "analyse")
    state = f"{views.list_state()} {digest(canonical(sorted(barred)))}"
    if index.lists == state:
        return
    entries = {key_of(entry): entry for entry in views.list_entries()}
    kept = {ref: entry for ref, entry in entries.items() if ref not in barred}
    index.unsearch_all("person")
    index.search_in(map(searchable_entry, kept.values()))
    index.relist(state, [(ref, name_key(e.name), e.death_date, fold(e.place or "")) for ref, e in kept.items()])
