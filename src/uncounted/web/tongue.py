"""The languages of the desk: its own words from gettext catalogues, the field's words from one module a language."""

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import HTTPConnection

COOKIE = "uncounted-language"
TONGUES: Mapping[str, str] = {"en": "English", "ar": "العربية"}
RIGHT_TO_LEFT = frozenset({"ar"})
LOCALES = Path(__file__).with_name("locale")


def tongue_of(request: HTTPConnection) -> str:
    """The language a person chose, else the first of ours that their browser asks for, else English."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in TONGUES:
        return chosen
    for asked in request.headers.get("accept-language", "").split(","):
        if (name := asked.split(";")[0].strip().lower()[:2]) in TONGUES:
            return name
    return "en"


@cache
def catalogue(tongue: str) -> gettext.NullTranslations:
    """The desk's own words in a language; English needs no catalogue."""
    if tongue == "en":
        return gettext.NullTranslations()
    return gettext.translation("desk", str(LOCALES), languages=[tongue])


def words_of(tongue: str) -> Any:
    """The module that puts claims, bounds, dates and the field's words into a language."""
    if tongue == "ar":
        from uncounted.web import arabic

        return arabic
    from uncounted.stages.publish import words

    return words
