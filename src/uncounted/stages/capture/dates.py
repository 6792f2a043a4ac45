"""Dates of publication as files write them, into ISO 8601; what is not clear stays unknown."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

NAMES = """january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept
|october oct|november nov|december dec"""
MONTHS = {name: number for number, names in enumerate(NAMES.split("|"), start=1) for name in names.split()}
DAY_MONTH = re.compile(r"^(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+)\.?,?\s+(\d{4})$")
MONTH_DAY = re.compile(r"^(?:[A-Za-z]+,?\s+)?([A-Za-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")
NUMBERS = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
PARTIAL = re.compile(r"^\d{4}(?:-(?:0[1-9]|1[0-2]))?$")


def iso_date(said: str) -> str | None:
    """ISO 8601 of a date or date-time as written, or ``None`` where it is not one or could be two.

    A moment with an offset is given in UTC. ``03/04/2025`` may be two days and is ``None``; ``25/04/2025`` is one.
    """
    said = said.strip()
    return _iso(said) or _mail(said) or _words(said)


def _iso(said: str) -> str | None:
    if PARTIAL.match(said):
        return said
    if not re.match(r"^\d{4}-?\d{2}-?\d{2}", said):
        return None
    try:
        if len(said) <= 10:
            return date.fromisoformat(said).isoformat()
        return moment(datetime.fromisoformat(said))
    except (ValueError, OverflowError):
        return None


def moment(when: datetime) -> str:
    """A date-time in ISO 8601: in UTC when its offset is known, else as the clock that wrote it showed."""
    if when.tzinfo is None:
        return when.replace(microsecond=0).isoformat()
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _mail(said: str) -> str | None:
    if not re.search(r"\d:\d\d", said):
        return None
    try:
        return moment(parsedate_to_datetime(said))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _words(said: str) -> str | None:
    if match := DAY_MONTH.match(said):
        return _day(match[3], MONTHS.get(match[2].lower()), match[1])
    if match := MONTH_DAY.match(said):
        return _day(match[3], MONTHS.get(match[1].lower()), match[2])
    if match := NUMBERS.match(said):
        first, second = int(match[1]), int(match[2])
        if first > 12 or first == second:
            return _day(match[3], second, match[1])
        if second > 12:
            return _day(match[3], first, match[2])
    return None


def _day(year: str, month: int | None, day: str) -> str | None:
    try:
        return date(int(year), month or 0, int(day)).isoformat()
    except ValueError:
        return None
