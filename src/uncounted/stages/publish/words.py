"""How numbers, dates and the field's words are put to a reader: bounds in words, and what is unknown as unknown."""

from collections.abc import Mapping

from uncounted.model.claims import Claim, Count, Place, Time
from uncounted.model.evidence import Capture
from uncounted.model.vocabulary import Group, SourceKind

UNKNOWN = "not known"

HARMS: Mapping[str, str] = {
    "killed": "killed",
    "injured": "injured",
    "casualties": "killed or injured",
    "missing": "missing",
    "detained": "detained",
    "displaced": "displaced",
    "trapped": "trapped",
    "orphaned": "orphaned",
    "abused": "abused",
    "attacked": "attacked",
    "destroyed": "destroyed",
}

GROUPS: Mapping[str, str] = {
    "people": "people",
    "civilians": "civilians",
    "children": "children",
    "women": "women",
    "men": "men",
    "combatants": "combatants",
    "journalists": "journalists",
    "health_workers": "health workers",
    "aid_workers": "aid workers",
}

ONE: Mapping[Group, str] = {
    "people": "person",
    "civilians": "civilian",
    "children": "child",
    "women": "woman",
    "men": "man",
    "combatants": "combatant",
    "journalists": "journalist",
    "health_workers": "health worker",
    "aid_workers": "aid worker",
}

KINDS: Mapping[SourceKind, str] = {
    "publisher": "publisher",
    "press": "press",
    "monitor": "monitor",
    "official": "official",
    "belligerent": "party to the conflict",
    "medical": "medical source",
    "witness": "witness",
    "relative": "relative",
    "agency": "agency",
    "social": "social media",
    "document": "the report itself",
    "anonymous": "unnamed source",
    "unknown": "source of unknown kind",
}

MODALITIES: Mapping[str, str] = {
    "asserted": "said to have happened",
    "estimated": "estimated",
    "presumed": "presumed",
    "possible": "possible",
    "ordered": "ordered, not said to have happened",
    "threatened": "threatened, not said to have happened",
    "denied": "denied",
    "no_estimate": "no estimate given",
}

SCOPES: Mapping[str, str] = {
    "incident": "one incident",
    "period": "a period; not added to incidents",
    "cumulative": "a running total; not added to incidents",
}

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

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


def bounds(low: int | None, high: int | None) -> str:
    """A range in words: ``14–18``, ``14``, ``14 or more``, ``up to 18``, ``not known``."""
    if low is None:
        return UNKNOWN if high is None else f"up to {_figure(high)}"
    if high is None:
        return f"{_figure(low)} or more"
    return _figure(low) if low == high else f"{_figure(low)}–{_figure(high)}"


def _figure(number: int) -> str:
    return f"{number:,}" if number >= 10_000 else str(number)


def counted(count: Count) -> str:
    """A claim's count as it was said, with its unit where that is not persons."""
    low, high = count.low, count.high
    match count.quantifier:
        case "unquantified":
            return "no number given"
        case "vague":
            return f"“{count.text}”" if count.text else "a vague number"
        case "more_than" if low is not None and high is None:
            said = f"more than {_figure(low)}"
        case "less_than" if high is not None and low is None:
            said = f"fewer than {_figure(high)}"
        case "about" if low is not None and low == high:
            said = f"about {_figure(low)}"
        case _:
            said = bounds(low, high)
    units = {"person": "", "household": " households", "family": " families", "body": " bodies"}
    return said + units[count.unit]


def statement(claim: Claim) -> str:
    """A claim in a line: ``14 or more people killed``; ``civilians killed, no number given``."""
    said, what = counted(claim.count), who(claim.group, claim.harm)
    if claim.count.low == claim.count.high == 1 and claim.count.unit == "person":
        return f"{said} {ONE[claim.group]} {HARMS[claim.harm]}"
    if claim.count.quantifier == "unquantified":
        return f"{what}, {said}"
    apart = claim.count.unit != "person" or claim.count.quantifier == "vague"
    return f"{said}: {what}" if apart else f"{said} {what}"


def sentence(said: str) -> str:
    """Words as the beginning of a sentence."""
    return said[:1].upper() + said[1:]


def who(group: str, harm: str) -> str:
    """What a figure counts: ``civilians killed``."""
    return f"{GROUPS.get(group, group)} {HARMS.get(harm, harm)}"


def day(iso: str | None) -> str:
    """A date in words from ISO 8601: ``3 May 2031``, ``May 2031``, ``2031``; what is no date is given as it is."""
    if not iso:
        return UNKNOWN
    parts = iso[:10].split("-")
    if not all(part.isdigit() for part in parts) or (len(parts) > 1 and not 1 <= int(parts[1]) <= 12):
        return iso
    named = [MONTHS[int(part) - 1] if at == 1 else str(int(part)) for at, part in enumerate(parts)]
    return " ".join(reversed(named))


def when(time: Time | None) -> str:
    """When a harm happened, with what is unsure about it."""
    if time is None or (time.from_ is None and time.to is None):
        return UNKNOWN
    if time.from_ == time.to:
        said = day(time.from_)
    elif time.from_ is None:
        said = f"until {day(time.to)}"
    elif time.to is None:
        said = f"from {day(time.from_)}"
    else:
        said = f"between {day(time.from_)} and {day(time.to)}"
    return f"{said} (date of the report; the event is not dated)" if time.of == "report" else said


def where(place: Place | None) -> str:
    """Where a harm happened: the place and what it lies in."""
    if place is None:
        return UNKNOWN
    return f"{place.name}, {place.within}" if place.within else place.name


def precision(place: Place | None) -> str:
    """How precisely a place is known, in words."""
    if place is None:
        return UNKNOWN
    if place.lat is None or place.lon is None:
        if place.alternatives:
            return f"not settled: {len(place.alternatives)} places bear this name"
        return "not found in the gazetteer"
    return {"exact": "to the spot"}.get(place.precision, f"to the {place.precision}") if place.precision else UNKNOWN


def headline(capture: Capture) -> str:
    """What a report is called: its title, else its date and publisher, else its id. Never a file's path."""
    if capture.title:
        return capture.title
    # The date goes first: behind a right-to-left publisher it would be turned around.
    known = [part for part in (day(capture.published) if capture.published else None, capture.publisher) if part]
    return ", ".join(known) or f"Report {capture.id}"
