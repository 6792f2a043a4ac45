"""The languages of the desk: its own words from gettext catalogues, the field's words as releases have them."""

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.requests import HTTPConnection

from uncounted.stages.publish.words import Words, spoken

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


def words_of(tongue: str) -> Words:
    """What puts claims, bounds, dates and the field's words into a language, on the desk as in a release."""
    return spoken(tongue)
