"""What the words of a time expression mean, seen from the day of publication."""

import re
from collections.abc import Callable, Mapping
from datetime import date as Day

import msgspec

from uncounted.stages.locate import spells
from uncounted.stages.locate.spells import Spell
from uncounted.stages.locate.timewords import TimeWords

Parts = Mapping[str, str]


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """From where an expression is seen.

    ``anchor`` is the day of publication; ``told`` the last day that the text named before the expression; ``year`` the
    last year that it named; ``direction`` -1, 0 or 1 (see :mod:`direction`); ``day_first`` how the document orders
    figures in dates, where it shows it.
    """

    words: TimeWords
    anchor: Day | None = None
    told: Day | None = None
    year: int | None = None
    direction: int = 0
    day_first: bool | None = None


def sense(meaning: str, parts: Parts, seen: Outlook) -> Spell | None:
    """Return the days that an expression means, or ``None`` where the document does not let one know."""
    return MEANINGS[meaning](parts, seen)


def _at(table: Mapping[str, int], said: str | None) -> int | None:
    return None if said is None else table.get(" ".join(said.lower().replace("’", "'").split()))


def _number(said: str, words: TimeWords) -> int | None:
    return int(said) if said.isdecimal() else _at(words.numbers, said)


def _unit(parts: Parts, words: TimeWords) -> str:
    return words.units[" ".join(parts["unit"].lower().split())]


def _placed(month: int | None, day: str, year: str | None, seen: Outlook, weekday: int | None = None) -> Day | None:
    if month is None:
        return None
    if year:
        return spells.civil(spells.full_year(year, seen.anchor), month, int(day))
    if seen.anchor and weekday is not None:
        years = (spells.civil(seen.anchor.year + away, month, int(day)) for away in (0, -1, 1, -2, 2, -3, -4, -5))
        fitting = next((d for d in years if d and d.weekday() == weekday), None)
        if fitting:
            return fitting
    if seen.anchor:
        return spells.dated(month, int(day), seen.anchor, seen.direction)
    return spells.civil(seen.year, month, int(day)) if seen.year else None


def _date(parts: Parts, seen: Outlook) -> Spell | None:
    first = _placed(
        _at(seen.words.months, parts["m"]), parts["d"], parts.get("y"), seen, _at(seen.words.weekdays, parts.get("w"))
    )
    if not (first and parts.get("d2")):
        return spells.one_day(first)
    return spells.between(first, spells.civil(first.year, first.month, int(parts["d2"])))


def _pair(parts: Parts, seen: Outlook) -> Spell | None:
    if parts.get("w"):
        first, last = (_at(seen.words.weekdays, parts[w]) for w in ("w", "w2"))
        if seen.anchor is None or first is None or last is None:
            return None
        end = spells.weekday_near(seen.anchor, last, seen.direction or -1)
        return spells.between(spells.weekday_near(end, first, -1, strict=True) if end else None, end)
    month = _at(seen.words.months, parts["m"])
    last_month = _at(seen.words.months, parts.get("m2")) or month
    end = _placed(last_month, parts["d2"], parts.get("y"), seen)
    return spells.between(spells.civil(end.year, month, int(parts["d"])) if end and month else None, end)


def _iso(parts: Parts, seen: Outlook) -> Spell | None:
    return spells.one_day(spells.civil(int(parts["y"]), int(parts["mm"]), int(parts["d"])))


def _numeric(parts: Parts, seen: Outlook) -> Spell | None:
    """Read figures in the document's order; without one, only what a single order allows or publication settles."""
    year, a, b = spells.full_year(parts["y"], seen.anchor), int(parts["a"]), int(parts["b"])
    by_day, by_month = spells.civil(year, b, a), spells.civil(year, a, b)
    if by_day is None or by_month is None or by_day == by_month:
        return spells.one_day(by_day or by_month)
    if seen.day_first is not None:
        return spells.one_day(by_day if seen.day_first else by_month)
    if seen.anchor is None:
        return None
    # A report written within two weeks of one reading and far from (or before) the other settles it.
    near = [d for d in (by_day, by_month) if 0 <= (seen.anchor - d).days <= 14]
    far = [d for d in (by_day, by_month) if not 0 <= (seen.anchor - d).days <= 45]
    return spells.one_day(near[0]) if len(near) == len(far) == 1 else None


def _weekday(parts: Parts, seen: Outlook) -> Spell | None:
    weekday, which = _at(seen.words.weekdays, parts["w"]), _at(seen.words.which, parts.get("which"))
    if weekday is None or seen.anchor is None:
        return None
    if which:
        # "the previous Friday" counts from the day that the text is telling of, "last Friday" from publication.
        aside = seen.told if (parts.get("which") or "").lower() in seen.words.aside and which < 0 else None
        return spells.one_day(spells.weekday_near(aside or seen.anchor, weekday, which, strict=True))
    toward = seen.direction or (1 if which == 0 else -1)
    return spells.one_day(spells.weekday_near(seen.anchor, weekday, toward))


def _day(parts: Parts, seen: Outlook) -> Spell | None:
    away = _at(seen.words.days, parts["day"])
    return spells.one_day(spells.moved(seen.anchor, away)) if seen.anchor and away is not None else None


def _spell(parts: Parts, seen: Outlook) -> Spell | None:
    away = seen.words.spells.get(parts["spell"].lower())
    if not (seen.anchor and away):
        return None
    return spells.between(spells.moved(seen.anchor, away[0]), spells.moved(seen.anchor, away[1]))


def _beside(parts: Parts, seen: Outlook) -> Spell | None:
    away, inner = _at(seen.words.beside, parts["beside"]), parts["inner"]
    whole = _weekday({**parts, "which": _first_word(inner)}, seen) if parts.get("w") else _day({"day": inner}, seen)
    return spells.one_day(spells.moved(whole.first, away)) if whole and away is not None else None


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0]


def _back(day: Day, n: int, unit: str, sign: int) -> Spell | None:
    if unit == "hour":
        return spells.one_day(day) if n <= 12 else None
    if unit == "day":
        return spells.one_day(spells.moved(day, sign * n))
    if unit in ("week", "weekend"):
        return spells.week_away(day, sign * n)
    if unit == "month":
        return spells.month_away(day, sign * n)
    return spells.year_of(day.year + sign * n * (10 if unit == "decade" else 1))


def _ago(parts: Parts, seen: Outlook) -> Spell | None:
    n = _number(parts["n"], seen.words) if parts.get("n") else None
    return _back(seen.anchor, n, _unit(parts, seen.words), -1) if seen.anchor and n is not None else None


_DAYS = {"day": 1, "week": 7, "weekend": 7}


def _period(parts: Parts, seen: Outlook) -> Spell | None:
    n = _number(parts["n"], seen.words) if parts.get("n") else (None if parts.get("vague") else 1)
    if seen.anchor is None or n is None:
        return None
    unit = _unit(parts, seen.words)
    if unit == "hour":
        return spells.between(spells.moved(seen.anchor, -max(1, -(-n // 24))), seen.anchor)
    if unit in _DAYS:
        return spells.between(spells.moved(seen.anchor, -n * _DAYS[unit]), seen.anchor)
    months = n * {"month": 1, "year": 12, "decade": 120}[unit]
    month = spells.month_away(seen.anchor, -months)
    if month is None:
        return None
    first = month.first.replace(day=min(seen.anchor.day, month.last.day))
    return spells.between(first, seen.anchor)


def _aside(parts: Parts, seen: Outlook) -> Spell | None:
    """Count from the day that the text told last ("the next morning", "two days later")."""
    if seen.told is None:
        return None
    away = _at(seen.words.aside, parts.get("aside")) or 0
    if parts.get("n"):
        n = _number(parts["n"], seen.words)
        return _back(seen.told, n, _unit(parts, seen.words), away) if n is not None and away else None
    return spells.one_day(spells.moved(seen.told, away))


def _weekend(parts: Parts, seen: Outlook) -> Spell | None:
    if seen.anchor is None:
        return None
    which = _at(seen.words.which, parts.get("which"))
    toward = which or seen.direction or -1
    saturday = spells.weekday_near(seen.anchor, 5, toward, strict=bool(which))
    return spells.between(saturday, spells.moved(saturday, 1) if saturday else None)


def _unit_away(parts: Parts, seen: Outlook) -> Spell | None:
    which, unit = _at(seen.words.which, parts["which"]), _unit(parts, seen.words)
    if seen.anchor is None or which is None or unit in ("hour", "decade"):
        return None
    return _back(seen.anchor, which, unit, 1)


def _month(parts: Parts, seen: Outlook) -> Spell | None:
    month = _at(seen.words.months, parts["m"])
    if month is None:
        return None
    if parts.get("y"):
        return spells.month_of(int(parts["y"]), month)
    first = _placed(month, "1", None, seen)
    return spells.month_of(first.year, month) if first else None


def _month_of(parts: Parts, seen: Outlook) -> Spell | None:
    month, which = _at(seen.words.months, parts["m"]), _at(seen.words.which, parts["which"])
    if seen.anchor is None or month is None or which is None:
        return None
    year = seen.anchor.year
    if which < 0 and month >= seen.anchor.month:
        year -= 1
    if which > 0 and month <= seen.anchor.month:
        year += 1
    return spells.month_of(year, month)


def _holiday(parts: Parts, seen: Outlook) -> Spell | None:
    month, day = seen.words.holidays[" ".join(parts["holiday"].lower().replace("’", "'").split())]
    return spells.one_day(_placed(month, str(day), parts.get("y"), seen))


def _year(parts: Parts, seen: Outlook) -> Spell | None:
    return spells.year_of(int(parts["y"]))


def _ordinal(parts: Parts, seen: Outlook) -> Spell | None:
    """ "the 15th": of the month that the text told last, else the last such day before publication."""
    day = int(parts["d"])
    if seen.told:
        return spells.one_day(spells.civil(seen.told.year, seen.told.month, day))
    if seen.anchor is None:
        return None
    back = 0 if day <= seen.anchor.day else -1
    month = spells.month_away(seen.anchor, back)
    return spells.one_day(spells.civil(month.first.year, month.first.month, day)) if month else None


MEANINGS: dict[str, Callable[[Parts, Outlook], Spell | None]] = {
    "date": _date, "pair": _pair, "iso": _iso, "numeric": _numeric, "weekday": _weekday, "day": _day, "spell": _spell,
    "beside": _beside, "ago": _ago, "period": _period, "aside": _aside, "weekend": _weekend, "unit": _unit_away,
    "month": _month, "month_bare": _month, "month_of": _month_of, "holiday": _holiday, "year": _year,
    "year_bare": _year, "ordinal": _ordinal,
}  # fmt: skip
"""What the forms of a language's data file can mean."""

PRECISIONS = {
    "date": "day", "pair": "period", "iso": "day", "numeric": "day", "weekday": "day", "day": "day",
    "spell": "period", "beside": "day", "period": "period", "weekend": "period", "month": "month",
    "month_bare": "month", "month_of": "month", "holiday": "day", "year": "year", "year_bare": "year",
    "ordinal": "day",
}  # fmt: skip
"""How precise the words are even where they cannot be resolved."""

_NUMERIC = re.compile(r"(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\w/-])")


def order_of_figures(text: str) -> bool | None:
    """Return whether a document writes the day first in figures, the month first, or does not show it."""
    firsts, seconds = zip(*[(int(m[1]), int(m[3])) for m in _NUMERIC.finditer(text)] or [(0, 0)], strict=True)
    day_first = any(12 < a <= 31 and b <= 12 for a, b in zip(firsts, seconds, strict=True))
    month_first = any(12 < b <= 31 and a <= 12 for a, b in zip(firsts, seconds, strict=True))
    return None if day_first == month_first else day_first
