"""A working title for an incident, from the words of its claims: "Killed and injured, Town, 4 March 2025"."""

from collections.abc import Sequence
from datetime import date

from uncounted.model.claims import Claim, Place, Time
from uncounted.model.vocabulary import Harm

_ORDER: tuple[Harm, ...] = (
    "killed", "injured", "casualties", "missing", "abused", "detained", "trapped", "displaced", "orphaned", "attacked",
    "destroyed",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_in_words(day: str) -> str:
    """``2025-03-04`` as ``4 March 2025``; what is no such date stays as it is."""
    try:
        parsed = date.fromisoformat(day[:10])
    except ValueError:
        return day
    return f"{parsed.day} {_MONTHS[parsed.month - 1]} {parsed.year}"


def time_in_words(time: Time | None) -> str:
    """A day, a month, a year, or first and last day; a report's date is called so."""
    if time is None or not time.from_:
        return "date unknown"
    first, last = time.from_, time.to or time.from_
    if time.of == "report":
        return f"reported {day_in_words(first)}"
    if first == last:
        return day_in_words(first)
    if time.precision == "month" and first[:7] == last[:7]:
        return day_in_words(first).split(" ", 1)[1]
    if time.precision == "year" and first[:4] == last[:4]:
        return first[:4]
    return f"{day_in_words(first)} to {day_in_words(last)}"


def harms_of(claims: Sequence[Claim]) -> tuple[Harm, ...]:
    """The harms that a working title names, two at most, the gravest first."""
    return tuple([harm for harm in _ORDER if any(claim.harm == harm for claim in claims)][:2])


def title_of(harms: Sequence[Harm], place: Place | None, time: Time | None) -> str:
    """Harms, place and time."""
    what = " and ".join(harms).capitalize()
    return f"{what}, {place.name if place else 'place unknown'}, {time_in_words(time)}"
