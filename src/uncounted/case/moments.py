"""Moments of a case: how many entries it held then, whatever the clocks that wrote their times did."""

from datetime import UTC, date, datetime, time

import msgspec

from uncounted.case.case import Case
from uncounted.model.errors import BadInput
from uncounted.model.facts import ReleaseMade


class _Recorded(msgspec.Struct, frozen=True):
    """When an entry was recorded; the rest of its line is passed over."""

    at: str


def moment(case: Case, as_of: str | None = None) -> int:
    """How many entries the case held at a moment: a number of entries, or a date or time (UTC; a date: its end).

    Now is the moment before the releases that nothing has followed, so that publishing twice tells the same. Entries
    stand in the order in which they were recorded, their times are what a clock said: where a clock went back or was
    wrong for a while, the moment is the place in that order that the fewest times contradict, the earlier one of two.
    :class:`BadInput` for what is no moment.
    """
    if as_of is None:
        size = len(case.ledger)
        while size and isinstance(next(case.ledger.entries(size - 1, size)).fact, ReleaseMade):
            size -= 1
        return size
    if as_of.isascii() and as_of.isdigit() and len(as_of) < 19:
        return int(as_of)
    until = _end_of(as_of)
    decoder = msgspec.json.Decoder(_Recorded)
    before = [datetime.fromisoformat(decoder.decode(line).at) <= until for line in case.ledger.lines()]
    size, late, early = 0, 0, sum(before)
    least = early
    for number, was in enumerate(before, 1):
        late, early = late + (not was), early - was
        if late + early < least:
            size, least = number, late + early
    return size


def _end_of(as_of: str) -> datetime:
    try:
        if "T" not in as_of and " " not in as_of:
            return datetime.combine(date.fromisoformat(as_of), time.max, UTC)
        found = datetime.fromisoformat(as_of)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as fault:
        rule = "a moment is a date, a time or a number of entries"
        raise BadInput(f"moment {as_of!r}", rule, "Like 2025-03-09 or 2025-03-09T12:00:00Z") from fault
