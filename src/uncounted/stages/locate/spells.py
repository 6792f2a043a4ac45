"""Spells of days: first and last day, both included, and how precise the words for them are."""

import datetime as dt
from calendar import monthrange

import msgspec

from uncounted.model.vocabulary import DatePrecision

Day = dt.date
_FAR = 300


class Spell(msgspec.Struct, frozen=True):
    """From the first to the last day, both included."""

    first: Day
    last: Day
    precision: DatePrecision


def moved(day: Day, days: int) -> Day | None:
    """Return the day so many days later, or ``None`` beyond the calendar."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def one_day(day: Day | None) -> Spell | None:
    """Return a day as a spell."""
    return Spell(day, day, "day") if day else None


def between(first: Day | None, last: Day | None) -> Spell | None:
    """Return a period, or ``None`` where it has no beginning, no end, or ends before it begins."""
    return Spell(first, last, "period") if first and last and first <= last else None


def civil(year: int, month: int, day: int) -> Day | None:
    """Return a day of the civil calendar, or ``None`` where there is none ("31 June")."""
    try:
        return Day(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Spell | None:
    """Return a whole month."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return Spell(Day(year, month, 1), Day(year, month, monthrange(year, month)[1]), "month")


def month_away(day: Day, months: int) -> Spell | None:
    """Return the whole month so many months from a day's own."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return month_of(year, month + 1)


def year_of(year: int) -> Spell | None:
    """Return a whole year."""
    return Spell(Day(year, 1, 1), Day(year, 12, 31), "year") if 1 <= year <= 9999 else None


def week_away(day: Day, weeks: int) -> Spell | None:
    """Return the week, Monday to Sunday (ISO 8601), so many weeks from a day's own."""
    monday = moved(day, 7 * weeks - day.weekday())
    sunday = moved(monday, 6) if monday else None
    return Spell(monday, sunday, "week") if monday and sunday else None


def weekday_near(day: Day, weekday: int, direction: int, *, strict: bool = False) -> Day | None:
    """Return the nearest such weekday before (-1) or after (1) a day; the day itself counts unless ``strict``."""
    away = (day.weekday() - weekday) % 7 if direction < 0 else (weekday - day.weekday()) % 7
    if strict and away == 0:
        away = 7
    return moved(day, direction * away)


def full_year(digits: str, near: Day | None) -> int:
    """Return a year written with two or four digits; two digits mean the century that lies nearest.

    Without a day to be near, the pivot is that of POSIX ``strptime``: 69..99 are 1969..1999.
    """
    year = int(digits)
    if len(digits) > 2:
        return year
    if near is None:
        return year + (1900 if year >= 69 else 2000)
    return min(
        (near.year // 100 * 100 + year + century for century in (-100, 0, 100)), key=lambda y: abs(y - near.year)
    )


def dated(month: int, day: int, anchor: Day, direction: int) -> Day | None:
    """Return the day that a date without a year means, seen from an anchor.

    ``direction`` is -1 where the words speak of the past, 1 of the future, 0 where they do not say: then the nearer
    one, with the past preferred as news tells what happened.
    """
    years = [civil(anchor.year + away, month, day) for away in (-1, 0, 1)]
    past = [d for d in years if d and d <= anchor]
    future = [d for d in years if d and d >= anchor]
    if direction > 0 and future and (future[0] - anchor).days <= _FAR:
        return future[0]
    if not past or (direction == 0 and future and 3 * (future[0] - anchor).days < (anchor - past[-1]).days):
        return future[0] if future else None
    return past[-1]
