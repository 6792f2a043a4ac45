"""Every time expression of a document, with the days it means as seen from the day of publication."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date as Day
from typing import cast

from uncounted.model.claims import Document, Time
from uncounted.model.vocabulary import DatePrecision
from uncounted.stages.locate.direction import direction
from uncounted.stages.locate.spells import Spell
from uncounted.stages.locate.timesense import PRECISIONS, Outlook, order_of_figures, sense
from uncounted.stages.locate.timewords import TimeGrammar, TimeWords, time_grammar
from uncounted.text.view import lowered

_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile(r"[\u0621-\u064a]")
# A dateline stands in the first lines: capitalised words, the date, then a bracket, a dash, a colon or the line's end.
_DATELINE_AFTER = re.compile(r"[,.]?[^\S\n]{0,3}(?:\d\d:?\d\d\b|[(\[_:]|--|[–—-]\s|\n|$)")
_DATELINE_BEFORE = re.compile(
    r"[\s\[(]*(?:[^\W\d_a-z][\w.'’-]*[,.]?\s*){0,7}(?:\([^()\n]{1,30}\)\s*)?(?:--|[(–—-])?\s*$"
)
_HEAD = 400


def find_times(document: Document) -> tuple[Time, ...]:
    """Return every time expression in order, none overlapping another.

    ``from`` and ``to`` are ISO 8601 days, ``None`` where the document does not settle them: without a day of
    publication or a dateline "on Wednesday" stays unresolved, and so does 3/11 where the order of figures is unknown.
    ``of`` is ``report`` for the date of a dateline. Durations ("for three days"), repeated days ("every Friday") and
    names ("the Sunday Times") are not times. Cost is linear in the text's length.
    """
    text, found = document.text, list[Time]()
    published, told, year = _published(document), None, None
    anchor = published
    day_first = order_of_figures(text)
    for grammar, meaning, match in _expressions(document):
        start, end = match.span()
        seen = Outlook(
            words=grammar.words,
            anchor=anchor,
            told=told,
            year=year,
            direction=direction(text, start, end, grammar.words, hopes=meaning in ("date", "holiday")),
            day_first=day_first,
        )
        spell = sense(meaning, {k: v for k, v in match.groupdict().items() if v}, seen)
        dateline = start < _HEAD and meaning in ("date", "iso", "numeric", "weekday") and _is_dateline(text, start, end)
        if dateline and spell is not None and anchor is None and spell.precision == "day":
            anchor = spell.first
        if spell is not None and not dateline:
            told = spell.first if spell.precision == "day" else told
            year = spell.first.year if spell.precision != "period" else year
        elif spell is not None:
            year, told = spell.first.year, told or spell.first
        found.append(_time(text, (start, end), meaning, spell, dateline=dateline))
    return tuple(found)


def publication_day(document: Document, found: Sequence[Time] | None = None) -> Day | None:
    """Return the day of publication as given, else the dateline's, else ``None``; ``found`` are its times if known."""
    given = _published(document)
    if given:
        return given
    dated = (time for time in (find_times(document) if found is None else found) if time.of == "report" and time.from_)
    first = next(dated, None)
    return Day.fromisoformat(first.from_) if first and first.from_ else None


def _published(document: Document) -> Day | None:
    try:
        return Day.fromisoformat((document.published or "")[:10])
    except ValueError:
        return None


def _time(text: str, span: tuple[int, int], meaning: str, spell: Spell | None, *, dateline: bool) -> Time:
    start, end = span
    precision = spell.precision if spell else cast("DatePrecision | None", PRECISIONS.get(meaning))
    return Time(
        text=text[start:end],
        start=start,
        end=end,
        from_=spell.first.isoformat() if spell else None,
        to=spell.last.isoformat() if spell else None,
        precision=precision,
        of="report" if dateline else "event",
    )


def _is_dateline(text: str, start: int, end: int) -> bool:
    if not _DATELINE_AFTER.match(text, end):
        return False
    line = text[max(0, start - 100) : start].rpartition("\n")[2]
    return bool(_DATELINE_BEFORE.fullmatch(line))


def _grammars(document: Document) -> list[TimeGrammar]:
    languages = [(document.language or "en").lower()[:2]]
    if "ar" not in languages and not document.text.isascii() and _ARABIC.search(document.text):
        languages.append("ar")
    return [grammar for language in languages if (grammar := time_grammar(language))]


def _expressions(document: Document) -> Iterator[tuple[TimeGrammar, str, re.Match[str]]]:
    found = [(g, meaning, match) for g in _grammars(document) for meaning, match in _scan(document.text, g)]
    end = 0
    for grammar, meaning, match in sorted(found, key=lambda one: one[2].start()):
        if match.start() >= end:
            yield grammar, meaning, match
            end = match.end()


def _scan(text: str, grammar: TimeGrammar) -> Iterator[tuple[str, re.Match[str]]]:
    """Try the forms at the few words before each word that times are made of, the earliest first."""
    words = [word.span() for word in _WORD.finditer(text)]
    lower, triggers, prefixes = lowered(text), grammar.triggers, grammar.words.prefixes
    done = 0
    for number, (start, end) in enumerate(words):
        word = lower[start:end]
        # Most words end here, so no function is called for them.
        if word not in triggers and not prefixes and not word[0].isdecimal():
            continue
        if start < done or not _triggers(word, text, start, grammar):
            continue
        for before, _ in words[max(0, number - grammar.longest + 1) : number + 1]:
            if before < done:
                continue
            taken = _match(text, before, end, grammar)
            if taken:
                yield taken
                done = taken[1].end()
                break


def _triggers(word: str, text: str, start: int, grammar: TimeGrammar) -> bool:
    """Whether a word in lower case can be what a time is told by."""
    if word in grammar.triggers:
        return True
    if word[0].isdecimal():
        if len(word) == 4 or text[start - 1 : start] in ("/", "-", "."):
            return True
        return len(word) <= 4 and not word[-1].isdecimal()
    prefixes = grammar.words.prefixes
    return bool(prefixes) and any(word.startswith(p) and word[len(p) :] in grammar.triggers for p in prefixes)


def _match(text: str, start: int, trigger: int, grammar: TimeGrammar) -> tuple[str, re.Match[str]] | None:
    if start and (text[start - 1].isalnum() or text[start - 1] in "_@#"):
        return None
    if not grammar.any_form.match(text, start):
        return None
    for meaning, form in grammar.forms:
        match = form.match(text, start)
        if match and match.end() >= trigger and _is_time(text, meaning, match, grammar.words):
            return meaning, match
    return None


def _is_time(text: str, meaning: str, match: re.Match[str], words: TimeWords) -> bool:
    """Whether what stands around a match lets it be a time."""
    start, end = match.span()
    before = [w[0].lower() for w in _WORD.finditer(text, max(0, start - 24), start)]
    if words.never_before and (before[-1:] and before[-1] in words.never_before):
        return False
    if " ".join(before[-2:]) in words.never_before:
        return False
    after = _WORD.match(text, end + 1) if text[end : end + 1] in (" ", "-", "\n") else None
    following = after[0] if after else ""
    if meaning in ("weekday", "date", "month_bare") and following.lower() in words.names_after:
        return not (following[0].isupper() or text[end] == "-")
    return _GUARDS[meaning](text, match.span(), before, following, words) if meaning in _GUARDS else True


def _bare_month(text: str, span: tuple[int, int], before: list[str], _: str, words: TimeWords) -> bool:
    return bool(before) and before[-1] in words.before_month and text[span[0] - 1 : span[0]].isspace()


def _bare_year(text: str, span: tuple[int, int], before: list[str], following: str, words: TimeWords) -> bool:
    crowd = re.fullmatch(words.after_year_not or "(?!)", following.lower())
    return bool(before) and before[-1] in words.before_year and text[span[0] - 1] in " \n-" and not crowd


def _ordinal(text: str, span: tuple[int, int], _: list[str], following: str, __: TimeWords) -> bool:
    return not following[:1].islower()


def _figures(text: str, span: tuple[int, int], _: list[str], __: str, ___: TimeWords) -> bool:
    start, end = span
    return text[end : end + 1] not in ("/", "-") and text[max(0, start - 1) : start] not in ("/", "-", ".")


_Guard = Callable[[str, tuple[int, int], list[str], str, TimeWords], bool]
_GUARDS: dict[str, _Guard] = {
    "month_bare": _bare_month, "year_bare": _bare_year, "ordinal": _ordinal, "iso": _figures, "numeric": _figures,
}  # fmt: skip
