"""The claim form: from fields to a claim. Words are never typed in; they are cut from the report by their place."""

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

import msgspec

from uncounted.model import vocabulary
from uncounted.model.claims import Claim, Count, Named, Passage, Place, Source, Time
from uncounted.model.errors import BadInput

CHOICES: Mapping[str, tuple[str, ...]] = {
    "harm": get_args(vocabulary.Harm),
    "group": get_args(vocabulary.Group),
    "quantifier": get_args(vocabulary.Quantifier),
    "unit": get_args(vocabulary.Unit),
    "scope": get_args(vocabulary.Scope),
    "modality": get_args(vocabulary.Modality),
    "kind": get_args(vocabulary.SourceKind),
    "date_precision": get_args(vocabulary.DatePrecision),
}
MOST_SOURCES = 12


def claim_of(form: Mapping[str, str], before: Claim, text: str) -> Claim:
    """The claim that a form describes, starting from the claim before it; what the form leaves out stays.

    Spans come as ``<part>_start`` and ``<part>_end`` in code points of ``text``; an empty pair means that the report
    does not say it. :class:`BadInput` names the field at fault. A place whose name changed loses its coordinates, for
    they were another place's.
    """
    passage = _span(form, "passage", text, (before.passage.start, before.passage.end))
    if passage is None:
        raise BadInput("the passage", "a claim rests on words of the report", "Select them and set the passage.")
    victim = _span(form, "victim", text, _kept(before.victim))
    low, high = _number(form, "low", before.count.low), _number(form, "high", before.count.high)
    if low is not None and high is not None and low > high:
        raise BadInput("the count", f"its lower bound {low} is above its upper bound {high}", "Swap or correct them.")
    changes: dict[str, Any] = {
        **{name: _choice(form, name, getattr(before, name)) for name in ("harm", "group", "scope", "modality")},
        "passage": passage,
        "victim": victim,
        "count": {
            "low": low,
            "high": high,
            "quantifier": _choice(form, "quantifier", before.count.quantifier),
            "unit": _choice(form, "unit", before.count.unit),
            **_quoted(_span(form, "count", text, _kept(before.count))),
        },
        "attribution": _chain(form, before, text),
    }
    return msgspec.structs.replace(
        before,
        **{**changes, "count": msgspec.convert(changes["count"], Count)},
        place=_place(form, before.place, text),
        time=_time(form, before.time, text),
        actor=_named(form, "actor", before.actor, text),
        means=_named(form, "means", before.means, text),
    )


def _choice(form: Mapping[str, str], name: str, before: str, of: str | None = None) -> str:
    said = form.get(name, before)
    if said not in CHOICES[of or name]:
        raise BadInput(f"the field {name}", f"{said!r} is not one of its words", "Choose one from the list.")
    return said


def _number(form: Mapping[str, str], name: str, before: int | None) -> int | None:
    if name not in form:
        return before
    said = form[name].strip()
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= 9):
        raise BadInput(f"the field {name}", f"{said!r} is not a whole number", "Leave it empty when it is not known.")
    return int(said)


def _span(form: Mapping[str, str], part: str, text: str, before: tuple[int, int] | None) -> Passage | None:
    if f"{part}_start" not in form:
        return Passage(text[before[0] : before[1]], *before) if before else None
    start, end = _number(form, f"{part}_start", None), _number(form, f"{part}_end", None)
    if start is None and end is None:
        return None
    if start is None or end is None or not start < end <= len(text):
        raise BadInput(f"the words of the {part.replace('_', ' ')}", "they are not in the report", "Select them again.")
    return Passage(text[start:end], start, end)


def _kept(part: Any) -> tuple[int, int] | None:
    return (part.start, part.end) if part is not None and part.start is not None else None


def _quoted(span: Passage | None) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end} if span else {}


def _chain(form: Mapping[str, str], before: Claim, text: str) -> tuple[Source, ...]:
    if not any(f"source{n}_name" in form for n in range(MOST_SOURCES)):
        return before.attribution
    chain = []
    for n in range(MOST_SOURCES):
        span = _span(form, f"source{n}", text, None)
        name = form.get(f"source{n}_name", "").strip() or (span.text if span else "")
        if name:
            kind = _choice(form, f"source{n}_kind", "unknown", of="kind")
            chain.append(msgspec.convert({"name": name, "kind": kind, **_quoted(span)}, Source))
    return tuple(chain)


def _named(form: Mapping[str, str], part: str, before: Named | None, text: str) -> Named | None:
    if f"{part}_name" not in form:
        return before
    span = _span(form, part, text, None)
    name = form[f"{part}_name"].strip() or (span.text if span else "")
    return Named(name=name, **_quoted(span)) if name else None


def _place(form: Mapping[str, str], before: Place | None, text: str) -> Place | None:
    named = _named(form, "place", None, text)
    if "place_name" not in form:
        return before
    if named is None:
        return None
    said = {"text": named.text, "start": named.start, "end": named.end}
    if before is not None and before.name == named.name:
        return msgspec.structs.replace(before, **said)
    return Place(name=named.name, text=named.text, start=named.start, end=named.end)


def _time(form: Mapping[str, str], before: Time | None, text: str) -> Time | None:
    if "time_from" not in form:
        return before
    span = _span(form, "time", text, None)
    first, last = _day(form, "time_from"), _day(form, "time_to")
    if first is None and last is None and span is None:
        return None
    if first and last and first > last:
        raise BadInput("the time", f"it would end on {last}, before it begins on {first}", "Swap or correct the dates.")
    precision = form.get("date_precision") or None
    if precision is not None:
        _choice(form, "date_precision", precision)
    same = before is not None and (before.from_, before.to) == (first, last)
    return msgspec.convert(
        {
            "from": first,
            "to": last,
            "precision": precision,
            "of": before.of if same and before else "event",
            **_quoted(span),
        },
        Time,
    )


def _day(form: Mapping[str, str], name: str) -> str | None:
    said = form.get(name, "").strip()
    if not said:
        return None
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise BadInput(f"the field {name}", f"{said!r} is not a date", "Write it as YYYY-MM-DD.") from None
