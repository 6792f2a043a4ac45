"""How numbers, dates and the field's words are put to a reader, in a language; what is unknown is put as unknown."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from markupsafe import Markup, escape

from uncounted.model.claims import Claim, Count, Place, Time
from uncounted.model.evidence import Capture
from uncounted.stages.publish.marks import direction

LANGUAGES = ("en", "ar")
"""The languages that pages are written in; each has a table ``wording/CODE.toml``."""

RADII: Mapping[str, float] = {
    "exact": 0.1,
    "street": 0.5,
    "neighbourhood": 1.5,
    "village": 2,
    "town": 4,
    "city": 8,
    "district": 25,
    "province": 70,
    "country": 300,
}
"""Kilometres around a place's point within which the harm may have happened; a drawing convention, no measurement."""


class Titled(Protocol):
    """What a title is made from."""

    @property
    def title(self) -> str:
        """The title as the case gives it."""

    @property
    def titled(self) -> Sequence[str]:
        """The harms of a working title."""

    @property
    def place(self) -> Place | None:
        """Where."""

    @property
    def time(self) -> Time | None:
        """When."""


class Words:
    """One language's way to put things.

    ``table`` is the language's table: closed words under their names (``harms``, ``groups``, …), forms with
    ``{placeholders}`` under ``forms``, things that are counted under ``counted``, and whole messages under ``messages``
    by what English says. A message that a table lacks is put in English.
    """

    def __init__(self, language: str) -> None:
        said = files("uncounted.stages.publish.wording").joinpath(f"{language}.toml").read_text("utf-8")
        self.language, self.direction = language, direction(language)
        self.table: dict[str, Any] = tomllib.loads(said)
        self.HARMS: Mapping[str, str] = self.table["harms"]
        self.GROUPS: Mapping[str, str] = self.table["groups"]
        self.ONE: Mapping[str, str] = self.table["one"]
        self.KINDS: Mapping[str, str] = self.table["kinds"]
        self.MODALITIES: Mapping[str, str] = self.table["modalities"]
        self.SCOPES: Mapping[str, str] = self.table["scopes"]
        self.GRADES: Mapping[str, str] = self.table["grades"]
        self.MONTHS: list[str] = self.table["months"]
        self.RADII = RADII
        self.UNKNOWN: str = self.table["unknown"]
        self._forms: Mapping[str, str] = self.table["forms"]
        self._messages: Mapping[str, str] = self.table.get("messages", {})
        self._counted: Mapping[str, Mapping[str, str]] = self.table["counted"]

    def t(self, said: str, **parts: object) -> Markup:
        """A message of the pages in this language, its parts filled in and escaped."""
        message = self._messages.get(said, said)
        if not parts:
            return Markup(message)  # noqa: S704 - our own words
        pieces = _pieces(message)
        filled = (str(escape(parts[piece])) if at % 2 else piece for at, piece in enumerate(pieces))
        return Markup("".join(filled))  # noqa: S704 - our own words, and escaped parts

    def n(self, thing: str, number: int) -> str:
        """How many of a thing: ``3 incidents``. The form follows the language's plural categories (CLDR)."""
        forms = self._counted[thing]
        return forms.get(_category(self.language, number), forms["other"]).format(n=self.figure(number))

    def bounds(self, low: int | None, high: int | None) -> str:
        """A range in words: ``14–18``, ``14``, ``14 or more``, ``up to 18``, ``not known``."""
        if low is None:
            return self.UNKNOWN if high is None else self._forms["up_to"].format(n=self.figure(high))
        if high is None:
            return self._forms["or_more"].format(n=self.figure(low))
        if low == high:
            return self.figure(low)
        return self._forms["range"].format(low=self.figure(low), high=self.figure(high))

    def figure(self, number: int) -> str:
        """A number with its thousands apart from ten thousand on."""
        return f"{number:,}" if number >= 10_000 else str(number)

    def counted(self, count: Count) -> str:
        """A claim's count as it was said, with its unit where that is not persons."""
        low, high = count.low, count.high
        match count.quantifier:
            case "unquantified":
                return self._forms["no_number"]
            case "vague":
                return f"“{count.text}”" if count.text else self._forms["vague"]
            case "more_than" if low is not None and high is None:
                said = self._forms["more_than"].format(n=self.figure(low))
            case "less_than" if high is not None and low is None:
                said = self._forms["fewer_than"].format(n=self.figure(high))
            case "about" if low is not None and low == high:
                said = self._forms["about"].format(n=self.figure(low))
            case _:
                said = self.bounds(low, high)
        return said + str(self.table["units"][count.unit])

    def statement(self, claim: Claim) -> str:
        """A claim in a line: ``14 or more people killed``; ``civilians killed, no number given``."""
        said, what = self.counted(claim.count), self.who(claim.group, claim.harm)
        if claim.count.low == claim.count.high == 1 and claim.count.unit == "person":
            return self._forms["one"].format(n=said, group=self.ONE[claim.group], harm=self.HARMS[claim.harm])
        if claim.count.quantifier == "unquantified":
            return self._forms["uncounted"].format(what=what, n=said)
        apart = claim.count.unit != "person" or claim.count.quantifier == "vague"
        return self._forms["apart" if apart else "statement"].format(what=what, n=said)

    def sentence(self, said: str) -> str:
        """Words as the beginning of a sentence."""
        return said[:1].upper() + said[1:]

    def who(self, group: str, harm: str) -> str:
        """What a figure counts: ``civilians killed``."""
        named = {"group": self.GROUPS.get(group, group), "harm": self.HARMS.get(harm, harm)}
        return self._forms.get(f"who_{group}", self._forms["who"]).format(**named)

    def day(self, iso: str | None) -> str:
        """A date in words from ISO 8601: ``3 May 2031``, ``May 2031``, ``2031``; what is no date is given as it is."""
        return self._day(iso) if iso else self.UNKNOWN

    def _day(self, iso: str) -> str:
        parts = iso[:10].split("-")
        if not all(part.isascii() and part.isdigit() for part in parts) or (
            len(parts) > 1 and not 1 <= int(parts[1]) <= 12
        ):
            return iso
        named = [self.MONTHS[int(part) - 1] if at == 1 else str(int(part)) for at, part in enumerate(parts)]
        return " ".join(reversed(named))

    def short(self, iso: str) -> str:
        """A day without its year, as an axis has room for it."""
        parts = iso[:10].split("-")
        form = self._forms["short_day"]
        return form.format(day=int(parts[2]), number=int(parts[1]), month=self.MONTHS[int(parts[1]) - 1])

    def when(self, time: Time | None) -> str:
        """When a harm happened, with what is unsure about it."""
        if time is None or (time.from_ is None and time.to is None):
            return self.UNKNOWN
        if time.from_ == time.to:
            said = self.day(time.from_)
        elif time.from_ is None:
            said = self._forms["until"].format(to=self.day(time.to))
        elif time.to is None:
            said = self._forms["from"].format(start=self.day(time.from_))
        else:
            said = self._forms["between"].format(start=self.day(time.from_), to=self.day(time.to))
        return self._forms["report_dated"].format(when=said) if time.of == "report" else said

    def title(self, of: "Titled") -> str:
        """An incident's title: a person's as they gave it, a working title in this language's words."""
        if not of.titled or self.language == "en":
            return of.title
        harms = [self.HARMS.get(harm, harm) for harm in of.titled]
        what = harms[0] if len(harms) == 1 else self._forms["and"].format(one=harms[0], other=harms[1])
        unknown = self._forms["unknown_part"].format(part=self.table["parts"]["place"])
        return self._forms["title"].format(
            what=what, where=of.place.name if of.place else unknown, when=self.when(of.time)
        )

    def tongue(self, code: str | None) -> str:
        """The name of a language; its code where this language has no name for it."""
        return str(self.table["languages"].get(code, code)) if code else self.UNKNOWN

    def where(self, place: Place | None) -> str:
        """Where a harm happened: the place and what it lies in."""
        if place is None:
            return self.UNKNOWN
        return self._forms["where"].format(name=place.name, within=place.within) if place.within else place.name

    def precision(self, place: Place | None) -> str:
        """How precisely a place is known, in words."""
        if place is None:
            return self.UNKNOWN
        if place.lat is None or place.lon is None:
            if place.alternatives:
                return self._forms["ambiguous"].format(n=len(place.alternatives))
            return self._forms["not_found"]
        precision: str = self.table["precisions"].get(place.precision, self.UNKNOWN)
        return precision

    def headline(self, capture: Capture) -> str:
        """What a report is called: its title, else its date and publisher, else its id. Never a file's path."""
        if capture.title:
            return capture.title
        # The date goes first: behind a right-to-left publisher it would be turned around.
        known = [part for part in (self.day(capture.published) if capture.published else None, capture.publisher)
                 if part]  # fmt: skip
        return ", ".join(known) or self._forms["report"].format(id=capture.id)


def _category(language: str, number: int) -> str:
    """The plural category of a whole number (Unicode CLDR, plural rules for Arabic and English)."""
    if language != "ar":
        return "one" if number == 1 else "other"
    if number in (0, 1, 2):
        return ("zero", "one", "two")[number]
    rest = number % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


@cache
def _pieces(message: str) -> list[str]:
    """A message cut at its parts: words, a part's name, words, …"""
    return re.split(r"\{(\w+)\}", message)


@cache
def spoken(language: str) -> Words:
    """The words of a language."""
    return Words(language)


_english = spoken("en")
HARMS, GROUPS, ONE, KINDS = _english.HARMS, _english.GROUPS, _english.ONE, _english.KINDS
MODALITIES, SCOPES, MONTHS, UNKNOWN = _english.MODALITIES, _english.SCOPES, _english.MONTHS, _english.UNKNOWN
bounds, counted, statement, sentence, who = (
    _english.bounds, _english.counted, _english.statement, _english.sentence, _english.who,
)  # fmt: skip
day, when, where, precision, headline = (
    _english.day, _english.when, _english.where, _english.precision, _english.headline,
)  # fmt: skip
"""English, for the desk."""
